"""`/trending`: what is said more often than usual."""

import random
from datetime import timedelta
from string import ascii_lowercase
from typing import Any

import pytest

from bot.app import DRAWN_WITHIN_S
from bot.model.feeds import Feed
from preview.discord import Reply
from preview.discord.errors import CommandHidden
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot


async def trending(whole_bot: WholeBot, **options: Any) -> Reply:
    return await (await whole_bot.reader.slash(whole_bot.news, "trending", **options)).done()


def words_of_its_own(number: int, count: int = 30) -> list[str]:
    """Return words that no other article has, so that the article is a story of its own."""
    chance = random.Random(number)
    return ["".join(chance.choices(ascii_lowercase, k=7)).capitalize() for _ in range(count)]


async def print_harvests(whole_bot: WholeBot, feed: Feed) -> None:
    """Print a story a day for four weeks that end a week ago."""
    for day in range(28):
        place, *around = words_of_its_own(day)
        words = [Words("Jens Lindmark", f"The harvest of {place} was good")]
        age = timedelta(days=7, hours=3 + day * 23.5)
        title = f"{place}: harvest is in"
        await print_article(whole_bot.services, feed, title, words, age=age, around=" ".join(around))


async def print_news(whole_bot: WholeBot) -> None:
    """Four weeks with a story a day, and a week in which the levy is in two of three."""
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    await print_harvests(whole_bot, feed)
    for number in range(9):
        place, *around = words_of_its_own(100 + number)
        actor, title = ("Elena Marsh", "water levy") if number % 3 else ("Jens Lindmark", "harvest")
        words = [Words(actor, f"{place} matters")]
        age = timedelta(hours=2 + number * 12)
        title = f"{place}: {title}"
        await print_article(whole_bot.services, feed, title, words, age=age, around=" ".join(around))


async def test_who_and_what_is_said_more_often_is_listed_drawn_and_shared(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await trending(whole_bot)
    assert reply.ephemeral
    told = reply.embeds[0]["description"]
    assert told.startswith(
        "In the last 7 days, compared with the 4 weeks before:\n\n**Actors**\n`1` **Elena Marsh**"
    )
    assert "-# 6 of 9 stories; before, 0 of 28" in told
    assert "ater levy** · at least" in told
    assert "Lindmark" not in told
    assert "arvest" not in told
    drawn = await reply.edited(lambda now: bool(now.message["attachments"]), patience=DRAWN_WITHIN_S)
    assert "Elena Marsh, 0 stories before, by day now" in drawn.message["attachments"][0]["description"]
    await whole_bot.restart()
    shared = await (await whole_bot.reader.click(reply, "Share")).followup()
    assert "Elena Marsh" in str(shared["embeds"])
    await reply.edited(lambda _: bool(shared["attachments"]), patience=DRAWN_WITHIN_S)
    assert shared["attachments"][0]["filename"] == "trends.png"
    today = await trending(whole_bot, span="today")
    assert "too little here to know what is usual" in today.text
    assert today.message["attachments"] == []


async def test_many_articles_on_one_event_are_no_trend(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    await print_harvests(whole_bot, feed)
    around = " ".join(words_of_its_own(99))
    for number in range(9):
        words = [Words("Elena Marsh", "The flood has taken the bridge of Dunmore")]
        age = timedelta(hours=2 + number)
        title = f"Flood takes the bridge of Dunmore, says Marsh ({number})"
        await print_article(whole_bot.services, feed, title, words, age=age, around=around)
    reply = await trending(whole_bot)
    assert "Nothing is said more often than usual" in reply.text
    assert "Among 1 stories with claims now and 28 before" in str(reply.embeds)


async def test_a_server_sees_only_its_own_feeds_and_little_is_said_to_be_little(whole_bot: WholeBot) -> None:
    assert "/feed add" in (await trending(whole_bot)).text
    others = int(whole_bot.local.guild("Others").id)
    feed = await feed_in(whole_bot.services, others, "Secret Gazette")
    await print_article(whole_bot.services, feed, "Hidden", [Words("Hidden Actor", "A secret")])
    await feed_in(whole_bot.services, whole_bot.guild_id)
    reply = await trending(whole_bot)
    assert "too little here to know what is usual: 0 stories" in reply.text
    assert reply.message["components"] == []
    with pytest.raises(CommandHidden):
        await whole_bot.reader.slash(whole_bot.reader.dm, "trending")
