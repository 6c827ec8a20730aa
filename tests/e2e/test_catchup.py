"""`/catchup`: what a reader missed."""

from datetime import timedelta
from typing import Any

import pytest

from preview.discord import Reply
from tests.e2e.controls import choose_evidence_of
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot


async def catch_up(whole_bot: WholeBot, **options: Any) -> Reply:
    return await (await whole_bot.reader.slash(whole_bot.news, "catchup", **options)).done()


async def print_news(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    old, new = [Words("Elena Marsh", "The dam will hold")], [Words("Piotr Zielinski", "We shall strike on Monday")]
    await print_article(whole_bot.services, feed, "Dam under watch", old, age=timedelta(days=6))
    around = "Snow covered every northern valley overnight; schools closed early."
    await print_article(whole_bot.services, feed, "Miners vote", new, age=timedelta(hours=1), around=around)


async def test_one_private_message_has_the_stories_since_then_with_their_evidence(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await catch_up(whole_bot, since="a week")
    assert reply.ephemeral
    assert reply.embeds[0]["title"].startswith("What you missed since ")
    assert "All stories." in reply.text
    assert "Miners vote" in reply.text
    evidence = await (await choose_evidence_of(whole_bot.reader, reply, "Piotr Zielinski")).done()
    assert "We shall strike on Monday" in evidence.text


async def test_without_a_time_it_is_since_yesterday_and_digests_still_show_everything(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await catch_up(whole_bot)
    assert "Miners vote" in reply.text
    assert "Dam under watch" not in reply.text
    await (await whole_bot.manager.slash(whole_bot.news, "digest subscribe")).done()
    posted = await (await whole_bot.manager.slash(whole_bot.news, "digest now")).done()
    assert "on its way" in posted.text


@pytest.mark.parametrize(
    ("since", "told"),
    [
        ("whenever", "I do not understand “whenever” as a date"),
        ("2999-01-01", "is in the future"),
        ("a year", "You can catch up on at most 31 days."),
        ("5 minutes", "You missed nothing: there is no news since"),
    ],
)
async def test_what_cannot_be_told_is_answered_in_a_sentence(whole_bot: WholeBot, since: str, told: str) -> None:
    await print_news(whole_bot)
    assert told in (await catch_up(whole_bot, since=since)).text


async def test_a_server_without_feeds_is_told_how_to_begin_and_times_are_completed(whole_bot: WholeBot) -> None:
    assert "/feed add" in (await catch_up(whole_bot)).text
    typing = await whole_bot.reader.autocomplete(whole_bot.news, "catchup", focused="since", since="this w")
    assert typing.choices[0]["value"] == "this week"


async def test_of_a_period_with_two_ends_nothing_later_is_shown(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await catch_up(whole_bot, since="7 to 2 days ago")
    assert reply.embeds[0]["title"].startswith("What you missed: ")
    assert "Dam under watch" in reply.text
    assert "Miners vote" not in reply.text
    nothing = await catch_up(whole_bot, since="4 to 3 days ago")
    assert "You missed nothing: there is no news from " in nothing.text
