"""A database that can be read, not written, as on a full disk: questions are answered, and `/status` says it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, event

from preview.discord.messages import all_components
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot


@pytest.fixture
def unwritable(whole_bot: WholeBot) -> Iterator[None]:
    """Let SQLite refuse whatever is written, once an article is printed."""
    engine = whole_bot.services.store.database.engine.sync_engine
    refuses = True

    def refuse(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if refuses else 'OFF'}")

    event.listen(engine, "begin", refuse, insert=True)
    yield
    refuses = False


async def printed(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    words = [Words("Elena Marsh", f"The gate {number} will hold until spring") for number in range(8)]
    await print_article(whole_bot.services, feed, "Dam under watch", words)


async def test_status_says_that_nothing_can_be_stored(whole_bot: WholeBot, request: pytest.FixtureRequest) -> None:
    await printed(whole_bot)
    request.getfixturevalue("unwritable")
    told = (await (await whole_bot.reader.slash(whole_bot.news, "status")).done()).text
    assert "Hearsay cannot store anything right now" in told
    assert "Hearsay works" not in told


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("said", {"topic": "gate"}),
        ("topic", {"topic": "gate"}),
        ("actor", {"actor": "Elena Marsh"}),
        ("timeline", {"actor": "Elena Marsh"}),
        ("check", {"words": "The gate 1 will hold until spring"}),
    ],
)
async def test_questions_are_answered_without_buttons_that_need_the_store(
    whole_bot: WholeBot, request: pytest.FixtureRequest, command: str, options: dict[str, str]
) -> None:
    await printed(whole_bot)
    request.getfixturevalue("unwritable")
    reply = await (await whole_bot.reader.slash(whole_bot.news, command, **options)).done()
    assert "will hold until spring" in reply.text
    ids = [str(one.get("custom_id")) for one in all_components(reply.message["components"])]
    assert not [one for one in ids if one.startswith(("hearsay:said:", "hearsay:export:"))]
