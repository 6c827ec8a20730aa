"""`/digest filter`: choosing which articles a digest shows, and seeing why one is left out."""

from datetime import timedelta
from typing import Any

import pytest

from preview.discord import Reply
from tests.e2e.printed import FILLER, Words, feed_in, print_article
from tests.e2e.whole import WholeBot

SNOW = "Snow covered every northern valley overnight; schools closed early."


async def digest(whole_bot: WholeBot, command: str, **options: Any) -> Reply:
    return await (await whole_bot.manager.slash(whole_bot.news, f"digest {command}", **options)).done()


async def print_news(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    dam = [Words("Elena Marsh", "The dam will hold until spring")]
    await print_article(whole_bot.services, feed, "Dam under watch", dam)
    strike = [Words("Piotr Zielinski", "We shall strike on Monday")]
    await print_article(whole_bot.services, feed, "Miners vote", strike, around=SNOW)


def posted(whole_bot: WholeBot) -> str:
    return str([message["embeds"] for message in whole_bot.news.messages])


async def test_what_does_not_pass_is_not_shown_and_waits_until_it_is_wanted(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    made = await digest(whole_bot, "subscribe", cadence="hourly", filter="actor:marsh or outlet:herald")
    assert "Only articles that pass its filter are shown: actor:marsh or outlet:herald" in made.text
    whole_bot.ahead = timedelta(hours=1)
    await whole_bot.work()
    await whole_bot.local.wait_for_message(whole_bot.news, matching="Dam under watch")
    assert "Miners vote" not in posted(whole_bot)
    assert "Nothing is new" in (await digest(whole_bot, "now")).text
    assert "shows all articles again" in (await digest(whole_bot, "filter clear")).text
    assert "1 story" in (await digest(whole_bot, "now")).text
    await whole_bot.work()
    await whole_bot.local.wait_for_message(whole_bot.news, matching="Miners vote")
    assert posted(whole_bot).count("Dam under watch") == 1


async def test_a_filter_is_set_shown_and_taken_off(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe")
    shown = await digest(whole_bot, "filter show")
    assert shown.ephemeral
    assert "has no filter" in shown.text
    assert '`actor:"Elena Marsh"`' in shown.text
    told = await digest(whole_bot, "filter set", filter="  “until spring”   -snow ")
    assert told.ephemeral
    assert "now shows only articles that pass: “until spring” -snow" in told.text
    assert "1 of the last 2 articles would" in told.text
    assert "until spring" in (await digest(whole_bot, "filter show")).text
    assert "Only: “until spring”" in (await digest(whole_bot, "list")).text
    await digest(whole_bot, "filter clear")
    assert "Only:" not in (await digest(whole_bot, "list")).text


@pytest.mark.parametrize("command", ["subscribe", "filter set", "filter test"])
async def test_a_filter_that_cannot_be_read_is_refused_with_its_place(whole_bot: WholeBot, command: str) -> None:
    if command != "subscribe":
        await digest(whole_bot, "subscribe", filter="dam")
    before = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    reply = await digest(whole_bot, command, filter="dam or outlet:")
    assert "after `outlet:` a name is missing, at character 15" in reply.text
    assert reply.ephemeral
    assert await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id) == before


async def test_a_filter_is_tried_on_the_latest_articles_with_the_reason_for_each(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await digest(whole_bot, "filter test", filter="strike -actor:marsh")
    assert reply.ephemeral
    assert "1 of the last 2 articles would pass" in reply.text
    assert "❌ [Dam under watch]" in reply.text
    assert "“strike” is neither in the headline nor in the text." in reply.text
    assert "✅ [Miners vote]" in reply.text
    assert "no actor is called “marsh”" in reply.text


async def test_a_digests_own_filter_is_tried_where_none_is_given(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    await digest(whole_bot, "subscribe")
    assert "has no filter" in (await digest(whole_bot, "filter test")).text
    await digest(whole_bot, "filter set", filter="kind:denial")
    reply = await digest(whole_bot, "filter test")
    assert "0 of the last 2 articles would pass" in reply.text
    assert "it contains no claim of the kind “denial”" in reply.text


async def test_an_article_in_which_nothing_is_said_passes_but_is_told_not_to_be_shown(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    await print_article(whole_bot.services, feed, "Quiet day", [], around=FILLER)
    assert "no digest shows it" in (await digest(whole_bot, "filter test", filter="quiet")).text


async def test_a_trial_is_turned_to_its_pages_after_a_restart_too(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    for number in range(7):
        words = [Words("Elena Marsh", f"Number {number} will hold until spring")]
        await print_article(whole_bot.services, feed, f"Dam {number}", words, age=timedelta(minutes=number))
    first = await digest(whole_bot, "filter test", filter="3 or 6")
    assert "Page 1 of 2" in first.text
    await whole_bot.restart()
    second = await (await whole_bot.manager.click(first, "Next ▶")).done()
    assert "Page 2 of 2" in second.text
    assert "✅ [Dam 6]" in second.text
    assert "2 of the last 7 articles would pass" in second.text
    back = await (await whole_bot.manager.click(second, "◀ Previous")).done()
    assert "✅ [Dam 3]" in back.text
    whole_bot.ahead = timedelta(days=31)
    await digest(whole_bot, "filter test", filter="dam")
    old = await (await whole_bot.manager.click(back, "Next ▶")).done()
    assert "too old" in (await old.followup())["content"]


async def test_nothing_of_another_server_is_seen_by_a_filter(whole_bot: WholeBot) -> None:
    others = int(whole_bot.local.guild("Others").id)
    feed = await feed_in(whole_bot.services, others, "Secret Times")
    await print_article(whole_bot.services, feed, "Dam under watch", [Words("Elena Marsh", "The dam will hold")])
    assert "no articles to try it on" in (await digest(whole_bot, "filter test", filter="dam")).text


async def test_a_channel_without_a_digest_has_no_filter_to_set(whole_bot: WholeBot) -> None:
    for command, options in (("filter set", {"filter": "dam"}), ("filter show", {}), ("filter clear", {})):
        assert "This channel has no digest." in (await digest(whole_bot, command, **options)).text


async def test_digests_are_completed_while_typing(whole_bot: WholeBot) -> None:
    await digest(whole_bot, "subscribe")
    for command in ("set", "show", "clear", "test"):
        typing = await whole_bot.manager.autocomplete(
            whole_bot.news, f"digest filter {command}", focused="subscription", subscription="daily"
        )
        assert len(typing.choices) == 1
