"""What users see when something breaks: a sentence with an id that the log has, never a traceback."""

import re
import sqlite3
from contextlib import closing
from typing import Any

import discord
import pytest
from structlog.testing import capture_logs

from bot.client import HearsayBot
from bot.errors import StoreError
from preview.discord import NotAnswered, Reply, faults
from tests.e2e.controls import choose_evidence
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot

ERROR_ID = re.compile(r"Error id: `([0-9a-f]{8})`")


def break_the_store(whole_bot: WholeBot) -> None:
    """Delete the tables that answers need."""
    with closing(sqlite3.connect(whole_bot.database())) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for table in ("claims", "actor_words"):
            connection.execute(f"DROP TABLE {table}")


async def an_answer(whole_bot: WholeBot) -> Reply:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    words = [Words("Elena Marsh", f"Gate {number} will hold until spring") for number in range(7)]
    await print_article(whole_bot.services, feed, "Dam under watch", words)
    return await (await whole_bot.reader.slash(whole_bot.news, "said")).done()


def the_failure_in(logs: list[Any], told: str) -> dict[str, Any]:
    """Return the one log entry with the id that the user got."""
    found = ERROR_ID.search(told)
    assert found, told
    (entry,) = [log for log in logs if log.get("error_id") == found[1]]
    return dict(entry)


async def test_a_store_that_fails_is_reported_with_an_id_that_the_log_has(whole_bot: WholeBot) -> None:
    await an_answer(whole_bot)
    break_the_store(whole_bot)
    with capture_logs() as logs:
        reply = await (await whole_bot.reader.slash(whole_bot.news, "said")).done()
    entry = the_failure_in(logs, reply.text)
    assert entry["interaction"] == "/said"
    assert isinstance(entry["exc_info"], StoreError)
    for hidden in ("Traceback", "SELECT", "claims", str(whole_bot.database()), "sqlite"):
        assert hidden not in reply.text


async def test_suggestions_from_a_store_that_fails_are_empty_and_logged(whole_bot: WholeBot) -> None:
    await an_answer(whole_bot)
    break_the_store(whole_bot)
    with capture_logs() as logs:
        typing = await whole_bot.reader.autocomplete(whole_bot.news, "said", focused="actor", actor="ele")
    assert typing.choices == []
    assert "suggestions_failed" in [log["event"] for log in logs]


@pytest.mark.parametrize("button", ["Next ▶", "Evidence"])
async def test_a_button_whose_store_fails_is_told_like_a_command(whole_bot: WholeBot, button: str) -> None:
    answer = await an_answer(whole_bot)
    before = answer.text
    break_the_store(whole_bot)
    with capture_logs() as logs:
        if button == "Evidence":
            reply = await choose_evidence(whole_bot.reader, answer, 1)
        else:
            reply = await whole_bot.reader.click(answer, button)
        await whole_bot.local.until(lambda: bool(reply.followups) or not reply.thinking, "the failure to be told")
    told = str(reply.followups[0]["content"]) if reply.followups else reply.text
    assert the_failure_in(logs, told)["interaction"].startswith("hearsay:")
    assert answer.text == before


async def test_an_error_nobody_thought_of_is_reported_with_an_id_too(
    whole_bot: WholeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(type(whole_bot.services.store.guilds), "feeds_of", broken)
    with capture_logs() as logs:
        reply = await (await whole_bot.manager.slash(whole_bot.news, "feed list")).done()
    assert isinstance(the_failure_in(logs, reply.text)["exc_info"], ZeroDivisionError)
    assert "secret" not in reply.text
    assert reply.ephemeral


async def test_an_answer_that_comes_too_late_harms_nothing(whole_bot: WholeBot) -> None:
    await whole_bot.local.commands_registered("about")
    with capture_logs() as logs:
        whole_bot.local.faults.order("POST", "/interactions/*/*/callback", faults.late(3.5))
        with pytest.raises(NotAnswered):
            await whole_bot.reader.slash(whole_bot.news, "about")

        async def logged() -> bool:
            return "interaction_lost" in [log["event"] for log in logs]

        await whole_bot.eventually(logged)
    assert (await (await whole_bot.reader.slash(whole_bot.news, "about")).done()).has_message


async def test_an_answer_is_tried_again_after_a_rate_limit_and_a_bad_gateway(whole_bot: WholeBot) -> None:
    edit = "/webhooks/*/*/messages/@original"
    whole_bot.local.faults.order("PATCH", edit, faults.rate_limited(0.05))
    whole_bot.local.faults.order("PATCH", edit, faults.server_error(502))
    reply = await (await whole_bot.reader.slash(whole_bot.news, "about")).done()
    assert "Hearsay reads news feeds" in reply.text


async def test_commands_that_were_renamed_since_are_answered_in_a_sentence(whole_bot: WholeBot) -> None:
    await whole_bot.local.commands_registered("about")
    whole_bot.bot.tree.remove_command("about")
    reply = await (await whole_bot.reader.slash(whole_bot.news, "about")).done()
    assert "This command has changed" in reply.text


async def test_a_dropped_connection_is_taken_up_again(whole_bot: WholeBot) -> None:
    whole_bot.local.drop()
    await whole_bot.local.until(lambda: whole_bot.local.resumed > 0, "the bot to resume", 30)
    assert (await (await whole_bot.reader.slash(whole_bot.news, "about")).done()).has_message


async def test_a_wrong_token_is_refused_at_once(whole_bot: WholeBot) -> None:
    async with HearsayBot(whole_bot.services) as bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("wrong")
