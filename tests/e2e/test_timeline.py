"""`/timeline`: what somebody said over time, with a plot."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.app import DRAWN_WITHIN_S
from preview.discord import Reply
from preview.discord.errors import CommandHidden
from tests.e2e.controls import choose_evidence
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot


async def timeline(whole_bot: WholeBot, actor: str, **options: Any) -> Reply:
    return await (await whole_bot.reader.slash(whole_bot.news, "timeline", actor=actor, **options)).done()


async def print_news(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    for day in range(7):
        words = [Words("Elena Marsh", f"The dam at section {day} is sound")]
        words += [Words("Elena Marsh", "The valley below the dam is safe")] if day in (3, 6) else []
        words += [Words("Elena Marsh", "The valley below the dam is not safe")] if day == 0 else []
        age = timedelta(hours=2 + day * 24)
        await print_article(whole_bot.services, feed, f"Report of day {day}", words, age=age)


async def test_it_lists_positions_by_date_and_draws_the_same_also_after_a_restart(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await timeline(whole_bot, "marsh", topic="dam")
    assert reply.ephemeral
    told = reply.embeds[0]["description"]
    assert told.index("section 6") < told.index("valley below the dam is safe") < told.index("section 5")
    assert told.count("valley below the dam is safe") == 1
    assert "-# Again: <t:" in told
    assert "Page 1 of 2 · 9 positions from 10 claims" in reply.text
    # the list does not wait for the plot
    drawn = await reply.edited(lambda now: bool(now.message["attachments"]), patience=DRAWN_WITHIN_S)
    (picture,) = drawn.message["attachments"]
    assert picture["filename"] == "timeline.png"
    assert picture["description"].startswith("Timeline of what Elena Marsh said about “dam”")
    async with aiohttp.ClientSession() as session, session.get(picture["url"]) as answer:
        assert (await answer.read()).startswith(b"\x89PNG")

    await whole_bot.restart()
    turned = await (await whole_bot.reader.click(reply, "Next ▶")).done()
    assert "**≠** The contrary had been said before:\n`2`" in turned.text
    turned = await turned.edited(
        lambda now: "contrary of 2" in str(now.message["attachments"]), patience=DRAWN_WITHIN_S
    )
    assert len(turned.message["attachments"]) == 1
    assert whole_bot.services.drawers.is_running
    evidence = await (await choose_evidence(whole_bot.reader, turned, 6)).done()
    assert "The weather stayed fine" in evidence.text
    shared = await (await whole_bot.reader.click(turned, "Share")).followup()
    assert shared["mentions"] == []
    await turned.edited(lambda _: bool(shared["attachments"]), patience=DRAWN_WITHIN_S)
    assert shared["attachments"][0]["description"] == turned.message["attachments"][0]["description"]
    private = await (await whole_bot.manager.click(shared, "◀ Previous")).done()
    assert private.ephemeral
    assert "Page 1 of 2" in private.text


async def test_an_answer_comes_without_its_plot_if_that_cannot_be_drawn(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    await whole_bot.services.drawers.close()
    reply = await timeline(whole_bot, "Elena Marsh", since="3 days")
    assert "section 0" in reply.text
    assert reply.message["attachments"] == []


@pytest.mark.parametrize(
    ("actor", "options", "told"),
    [
        ("?!", {}, "no word in this name"),
        ("Nobody Known", {"topic": "dam"}, "No claims found by **Nobody Known** about “dam”."),
        ("Elena Marsh", {"since": "whenever"}, "I do not understand “whenever” as a date"),
    ],
)
async def test_what_has_no_timeline_is_said_in_a_sentence(
    whole_bot: WholeBot, actor: str, options: dict[str, str], told: str
) -> None:
    await print_news(whole_bot)
    assert told in (await timeline(whole_bot, actor, **options)).text


async def test_it_is_offered_in_servers_only_and_names_actors_that_are_there(whole_bot: WholeBot) -> None:
    with pytest.raises(CommandHidden):
        await whole_bot.reader.slash(whole_bot.reader.dm, "timeline", actor="Marsh")
    assert "/feed add" in (await timeline(whole_bot, "Marsh")).text
    await print_news(whole_bot)
    typed = await whole_bot.reader.autocomplete(whole_bot.news, "timeline", focused="actor", actor="mar")
    assert [choice["value"] for choice in typed.choices] == ["Elena Marsh"]
