"""`/admin`: for the owner of the application alone. `/status`: for everybody."""

import sys
from datetime import timedelta
from typing import Any

import pytest

from bot.services.health import choose_notices_channel
from bot.services.server_settings import choose_language
from preview.discord import MANAGER, Permission, Person, Reply
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.test_help import help_for
from tests.e2e.test_reports import evidence, sent
from tests.e2e.test_said import press_forged, said
from tests.e2e.whole import WholeBot
from tests.factories import a_subscription

GATE = "The gate will hold until spring"
COMMANDS: tuple[tuple[str, dict[str, str]], ...] = (
    ("stats", {}),
    ("feeds", {}),
    ("reports", {}),
    ("announce", {"text": "Hello"}),
    ("reload", {}),
)


def owner_of(whole_bot: WholeBot) -> Person:
    return whole_bot.local.owner


async def admin(whole_bot: WholeBot, command: str, person: Person | None = None, **options: Any) -> Reply:
    person = person or owner_of(whole_bot)
    return await (await person.slash(whole_bot.news, f"admin {command}", **options)).done()


async def printed(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    await print_article(whole_bot.services, feed, "Dam under watch", [Words("Elena Marsh", GATE)])


async def test_everybody_else_is_refused_even_an_administrator(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    boss = whole_bot.local.user("boss", permissions=MANAGER | Permission.ADMINISTRATOR)
    for command, options in COMMANDS:
        refused = await admin(whole_bot, command, boss, **options)
        assert refused.text == "This is only for whoever runs this bot."
    refused = await (await press_forged(whole_bot, "hearsay:announce:1")).done()
    assert "only for whoever runs this bot" in refused.text
    for person, shown in ((boss, False), (owner_of(whole_bot), True)):
        assert ("</admin stats:" in await help_for(person, whole_bot.news)) == shown


async def test_the_owner_sees_numbers_and_withdraws_a_claim_for_all_servers(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    stats = (await admin(whole_bot, "stats")).text
    assert "**Servers:** 1" in stats
    assert "**Claims:** 1" in stats
    assert "Every feed works." in (await admin(whole_bot, "feeds")).text
    await sent(whole_bot.reader, await evidence(whole_bot))
    shown = await admin(whole_bot, "reports")
    assert "Reported by 1 reader" in shown.text
    await whole_bot.restart()
    done = await (await owner_of(whole_bot).click(shown, "Withdraw for all servers")).done()
    assert "Withdrawn for all servers" in done.text
    assert GATE not in (await said(whole_bot)).text
    reviewed = await (await whole_bot.manager.slash(whole_bot.news, "reports")).done()
    assert "nothing to decide" in reviewed.text
    await (await owner_of(whole_bot).click(done, "Undo")).done()
    assert GATE in (await said(whole_bot)).text


async def test_an_announcement_reaches_those_who_chose_a_channel_once_each(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    asked = await admin(whole_bot, "announce", text="New: **/status**.\\n@everyone, try it.")
    assert "This goes to 0 servers" in asked.text
    await choose_notices_channel(whole_bot.services, whole_bot.guild_id, int(whole_bot.news.id))
    await choose_language(whole_bot.services, whole_bot.guild_id, "de")
    for again in (False, True):
        asked = await admin(whole_bot, "announce", text="New: **/status**.\\n@everyone, try it.")
        assert "This goes to 1 server that chose" in asked.text
        await whole_bot.restart()
        done = await (await owner_of(whole_bot).click(asked, "Announce")).done()
        assert f"{0 if again else 1} server" in done.text
        await whole_bot.work()
    # in the language of the server, whatever that of the owner is
    posted = [one for one in whole_bot.news.messages if "Neues über Hearsay" in str(one)]
    assert len(posted) == 1
    assert posted[0]["embeds"][0]["description"] == "New: **/status**.\n@everyone, try it."
    assert not posted[0]["mention_everyone"]
    assert "An announcement has 1 to" in (await admin(whole_bot, "announce", text=" \\n ")).text


async def test_commands_are_loaded_anew_and_one_that_fails_stays_as_it_was(
    whole_bot: WholeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await printed(whole_bot)
    shown = await evidence(whole_bot)
    before = {name: module for name, module in sys.modules.items() if name.startswith("cogs")}
    try:
        monkeypatch.setenv("HEARSAY_LOG_LEVEL", "warning")
        reloaded = await admin(whole_bot, "reload")
        assert "modules are loaded anew" in reloaded.text
        assert "Applied: log_level" in reloaded.text
        assert "failed" not in reloaded.text
        assert sys.modules["cogs.said"] is not before["cogs.said"]
        assert sys.modules["cogs.views.reports"] is not before["cogs.views.reports"]
        assert GATE in (await said(whole_bot)).text
        assert "Thank you." in (await sent(whole_bot.reader, shown)).text, "buttons work as well"
        monkeypatch.setitem(sys.modules, "bot.services.topics", None)
        reloaded = await admin(whole_bot, "reload")
        assert "These failed and work as before:" in reloaded.text
        assert "cogs.topic" in reloaded.text
        monkeypatch.undo()
        topic = await (await whole_bot.reader.slash(whole_bot.news, "topic", topic="gate")).done()
        assert GATE in topic.text
    finally:
        for name in [name for name in sys.modules if name.startswith("cogs")]:
            del sys.modules[name]
        sys.modules.update(before)


async def test_anybody_sees_whether_it_works_and_when_the_next_digest_comes(whole_bot: WholeBot) -> None:
    empty = await (await whole_bot.reader.slash(whole_bot.news, "status")).done()
    assert empty.ephemeral
    assert "This server has no feeds yet" in empty.text
    assert "none is planned" in empty.text
    await printed(whole_bot)
    next_at = whole_bot.clock() + timedelta(hours=3)
    await a_subscription(
        whole_bot.services.store, whole_bot.guild_id, channel_id=int(whole_bot.news.id), next_at=next_at
    )
    told = (await (await whole_bot.reader.slash(whole_bot.news, "status")).done()).text
    assert "Hearsay works" in told
    assert "1 feed" in told
    assert f"<t:{int(next_at.timestamp())}:R>" in told
