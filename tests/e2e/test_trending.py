"""`/trending`: what is said more often than usual."""

from datetime import timedelta
from typing import Any

import pytest

from bot.app import DRAWN_WITHIN_S
from preview.discord import Reply
from preview.discord.errors import CommandHidden
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot


async def trending(whole_bot: WholeBot, **options: Any) -> Reply:
    return await (await whole_bot.reader.slash(whole_bot.news, "trending", **options)).done()


async def print_news(whole_bot: WholeBot) -> None:
    """Four weeks with an article a day, and a week in which the levy is in two of three."""
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    for day in range(28):
        words = [Words("Jens Lindmark", f"The harvest of day {day} was good")]
        age = timedelta(days=7, hours=3 + day * 23.5)
        await print_article(whole_bot.services, feed, f"Harvest of day {day} is in", words, age=age)
    for number in range(9):
        actor, title = ("Elena Marsh", "Water levy") if number % 3 else ("Jens Lindmark", "Harvest")
        words = [Words(actor, f"Section {number} matters")]
        age = timedelta(hours=2 + number * 12)
        await print_article(whole_bot.services, feed, f"{title} at section {number}", words, age=age)


async def test_who_and_what_is_said_more_often_is_listed_drawn_and_shared(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await trending(whole_bot)
    assert reply.ephemeral
    told = reply.embeds[0]["description"]
    assert told.startswith(
        "In the last 7 days, compared with the 4 weeks before:\n\n**Actors**\n`1` **Elena Marsh**"
    )
    assert "-# 6 of 9 articles; before, 0 of 28" in told
    assert "**Water levy** · at least" in told
    assert "Lindmark" not in told
    assert "arvest" not in told
    drawn = await reply.edited(lambda now: bool(now.message["attachments"]), patience=DRAWN_WITHIN_S)
    assert "Elena Marsh, 0 articles before, by day now" in drawn.message["attachments"][0]["description"]
    await whole_bot.restart()
    shared = await (await whole_bot.reader.click(reply, "Share")).followup()
    assert "Elena Marsh" in str(shared["embeds"])
    await reply.edited(lambda _: bool(shared["attachments"]), patience=DRAWN_WITHIN_S)
    assert shared["attachments"][0]["filename"] == "trends.png"
    today = await trending(whole_bot, span="today")
    assert "too little here to know what is usual" in today.text
    assert today.message["attachments"] == []


async def test_a_server_sees_only_its_own_feeds_and_little_is_said_to_be_little(whole_bot: WholeBot) -> None:
    assert "/feed add" in (await trending(whole_bot)).text
    others = int(whole_bot.local.guild("Others").id)
    feed = await feed_in(whole_bot.services, others, "Secret Gazette")
    await print_article(whole_bot.services, feed, "Hidden", [Words("Hidden Actor", "A secret")])
    await feed_in(whole_bot.services, whole_bot.guild_id)
    reply = await trending(whole_bot)
    assert "too little here to know what is usual: 0 articles" in reply.text
    assert reply.message["components"] == []
    with pytest.raises(CommandHidden):
        await whole_bot.reader.slash(whole_bot.reader.dm, "trending")
