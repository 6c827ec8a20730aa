"""`/compare`: two actors side by side."""

from datetime import timedelta
from typing import Any

import pytest

from bot.model.claims import Kind
from preview.discord import Reply
from preview.discord.errors import CommandHidden
from tests.e2e.controls import choose_evidence
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot

SAFE = "The Dunmore dam is safe for the valley"
PAID = "The harbour fund paid for the yacht of Jens Lindmark"
DENIED = "The harbour fund never paid for the yacht"


async def compare(whole_bot: WholeBot, first: str, second: str, **options: Any) -> Reply:
    asked = await whole_bot.reader.slash(whole_bot.news, "compare", first=first, second=second, **options)
    return await asked.done()


async def print_news(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    for day in range(4):
        words = [Words("Elena Marsh", f"The dam at section {day} is sound")]
        words.append(Words("Jens Lindmark", f"The harvest of day {day} was good"))
        words += [Words("Elena Marsh", SAFE), Words("Jens Lindmark", SAFE)] if day == 1 else []
        words += [Words("Elena Marsh", PAID)] if day == 2 else []
        words += [Words("Jens Lindmark", DENIED, kind=Kind.DENIAL)] if day == 0 else []
        age = timedelta(hours=2 + day * 24)
        await print_article(whole_bot.services, feed, f"Report of day {day}", words, age=age)


async def test_it_shows_what_each_said_what_both_said_and_what_one_denies(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await compare(whole_bot, "marsh", "Lindmrak")
    assert reply.ephemeral
    told = reply.embeds[0]["description"]
    assert "No actor here is called “Lindmrak”" in told
    assert told.index("**Elena Marsh**") < told.index("\n**Jens Lindmark**") < told.index("**Both said**")
    assert told[told.index("**Both said**") :].count(SAFE) == 2
    assert told.index("**One denies what the other said**") < told.index("**Claimed:** **Elena Marsh**")
    assert told.index("**Claimed:**") < told.index("**Denied:** **Jens Lindmark**")

    await whole_bot.restart()
    evidence = await (await choose_evidence(whole_bot.reader, reply, 1)).done()
    assert "The weather stayed fine" in evidence.text
    turned = await (await whole_bot.reader.click(reply, "Next ▶")).done()
    assert "Page 2 of 2" in turned.text
    assert "Both said" not in turned.text
    shared = await (await whole_bot.reader.click(turned, "Share")).followup()
    assert shared["mentions"] == []
    private = await (await whole_bot.manager.click(shared, "◀ Previous")).done()
    assert private.ephemeral
    assert "Page 1 of 2" in private.text

    narrowed = await compare(whole_bot, "Elena Marsh", "Jens Lindmark", topic="section", since="30 hours")
    assert "said about “section” since" in narrowed.text
    assert "Elena Marsh: 2 claims" in narrowed.text
    assert "**Jens Lindmark**\nNo claims found." in narrowed.text


@pytest.mark.parametrize(
    ("first", "second", "options", "told"),
    [
        ("Elena Marsh", "?!", {}, "no word in this name"),
        ("Elena Marsh", "elena marsh", {}, "Both names mean the same actor"),
        ("Elena Marsh", "marsh", {}, "Both names mean the same actor"),
        ("Elena Marsh", "Nobody Known", {}, "**Nobody Known**\nNo claims found."),
        ("Elena Marsh", "Jens Lindmark", {"since": "whenever"}, "I do not understand “whenever” as a date"),
    ],
)
async def test_what_cannot_be_compared_is_said_in_a_sentence(
    whole_bot: WholeBot, first: str, second: str, options: dict[str, str], told: str
) -> None:
    await print_news(whole_bot)
    assert told in (await compare(whole_bot, first, second, **options)).text


async def test_it_is_not_offered_in_direct_messages_and_says_where_there_are_no_feeds(whole_bot: WholeBot) -> None:
    with pytest.raises(CommandHidden):
        await whole_bot.reader.slash(whole_bot.reader.dm, "compare", first="Marsh", second="Berg")
    assert "/feed add" in (await compare(whole_bot, "Marsh", "Berg")).text
