"""Health of feeds as managers see it: notices, once each; `/feed health`, `/feed check`, `/feed notices`."""

from datetime import time, timedelta

import pytest

from bot.model.feeds import Feed, FeedState, PollOutcome, PollStatus
from preview.discord import CommandHidden, Permission, Reply
from preview.newsroom.faults import Fault
from tests.e2e.printed import feed_in
from tests.e2e.whole import WholeBot
from tests.factories import a_subscription, save_outcome

REASON = "The server has an internal error (500)."


async def slash(whole_bot: WholeBot, command: str, **options: object) -> Reply:
    return await (await whole_bot.manager.slash(whole_bot.news, command, **options)).done()


async def failed(whole_bot: WholeBot, feed: Feed, times: int, *, days_ago: float = 0, gone: bool = False) -> None:
    """Make a feed have failed so many times, the first time so long ago."""
    now = whole_bot.clock()
    for number in range(1, times + 1):
        at = now - timedelta(days=days_ago) if number == 1 else now
        outcome = PollOutcome(
            feed.id,
            PollStatus.GONE if gone else PollStatus.ERROR,
            polled_at=at,
            next_poll_at=now + timedelta(days=400),
            state=FeedState.DISABLED if gone else FeedState.FAILING,
            error=REASON,
            failures=number,
        )
        await save_outcome(whole_bot.services.store, outcome)


async def told_in_news(whole_bot: WholeBot) -> Feed:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    assert "gets a warning" in (await slash(whole_bot, "feed notices", channel=whole_bot.news)).text
    return feed


def titles(whole_bot: WholeBot, channel: str = "news") -> list[str]:
    return [embed["title"] for m in whole_bot.local.channel(channel).messages for embed in m["embeds"]]


async def test_managers_are_warned_once_and_told_once_that_a_feed_was_disabled(whole_bot: WholeBot) -> None:
    feed = await told_in_news(whole_bot)
    await failed(whole_bot, feed, 4, days_ago=4)
    await whole_bot.work()
    assert titles(whole_bot) == []
    await failed(whole_bot, feed, 10)
    for _ in range(3):
        await whole_bot.work()
    assert titles(whole_bot) == ["A feed fails"]
    (message,) = whole_bot.news.messages
    assert REASON in message["embeds"][0]["description"]
    assert "If it does not work by" in message["embeds"][0]["description"]
    assert "The site has to fix this" in message["embeds"][0]["fields"][0]["value"]
    whole_bot.ahead = timedelta(days=9)
    await whole_bot.work()
    assert len(titles(whole_bot)) == 1
    whole_bot.ahead = timedelta(days=12)
    for _ in range(3):
        await whole_bot.work()
    assert titles(whole_bot) == ["A feed fails", "A feed is no longer read"]
    assert (await whole_bot.services.store.feeds.get(feed.id)).state is FeedState.DISABLED


async def test_by_default_they_are_told_where_the_oldest_digest_goes(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    await a_subscription(
        whole_bot.services.store,
        whole_bot.guild_id,
        channel_id=int(whole_bot.news.id),
        at=time(9),
        timezone="UTC",
        next_at=whole_bot.clock() + timedelta(days=300),
    )
    await failed(whole_bot, feed, 1, gone=True)
    await whole_bot.work()
    assert titles(whole_bot) == ["A feed is no longer read"]


async def test_who_turned_notices_off_is_told_nothing(whole_bot: WholeBot) -> None:
    feed = await told_in_news(whole_bot)
    assert "Warnings about failing feeds are off" in (await slash(whole_bot, "feed notices")).text
    await failed(whole_bot, feed, 1, gone=True)
    await whole_bot.work()
    assert titles(whole_bot) == []
    assert "Warnings about failing feeds are off" in (await slash(whole_bot, "feed health")).text


async def test_other_servers_are_not_told_of_feeds_that_they_do_not_have(whole_bot: WholeBot) -> None:
    feed = await told_in_news(whole_bot)
    others = whole_bot.local.guild("Others")
    elsewhere = whole_bot.local.channel("general", guild=others)
    await whole_bot.services.store.notices.choose_channel(int(others.id), int(elsewhere.id))
    await failed(whole_bot, feed, 1, gone=True)
    await whole_bot.work()
    assert len(titles(whole_bot)) == 1
    assert elsewhere.messages == []


async def test_a_channel_in_which_hearsay_may_not_post_is_refused(whole_bot: WholeBot) -> None:
    whole_bot.local.forbid(whole_bot.news, Permission.SEND_MESSAGES)
    reply = await slash(whole_bot, "feed notices", channel=whole_bot.news)
    assert "lacks Send Messages there" in reply.text
    assert await whole_bot.services.store.notices.channel(whole_bot.guild_id) is None


class Killed(BaseException):
    """Ends a step as a kill would: nothing catches it."""


async def test_a_restart_after_posting_repeats_no_notice(whole_bot: WholeBot) -> None:
    """The message is posted, Discord's answer is lost, and the bot restarts: it finds the message."""
    feed = await told_in_news(whole_bot)
    await failed(whole_bot, feed, 6, days_ago=4)
    store = whole_bot.services.store
    real = store.notices.sent

    async def lost(*_: object, **__: object) -> None:
        raise Killed

    store.notices.sent = lost  # type: ignore[method-assign]
    with pytest.raises(Killed):
        await whole_bot.work()
    store.notices.sent = real  # type: ignore[method-assign]
    assert len(titles(whole_bot)) == 1
    whole_bot.ahead = timedelta(minutes=20)
    await whole_bot.restart()
    await whole_bot.work()
    assert len(titles(whole_bot)) == 1


async def test_the_button_of_a_notice_tries_the_feed_for_managers_only(whole_bot: WholeBot) -> None:
    await slash(whole_bot, "feed add", address=whole_bot.newsroom.feed_url("courier"))
    (feed,) = await whole_bot.services.store.feeds.all()
    await slash(whole_bot, "feed notices", channel=whole_bot.news)
    await failed(whole_bot, feed, 6, days_ago=4)
    await whole_bot.work()
    (message,) = whole_bot.news.messages
    refused = await (await whole_bot.reader.click(message, "Try it now")).done()
    assert "Manage Server" in refused.text
    tried = await (await whole_bot.manager.click(message, "Try it now")).done()
    assert "It will be polled now" in tried.text
    assert tried.ephemeral
    assert (await whole_bot.services.store.feeds.get(feed.id)).state is FeedState.HEALTHY


async def test_health_shows_what_fails_first_with_reason_and_next_try(whole_bot: WholeBot) -> None:
    for name in ("Alpha", "Beta", "Gamma"):
        await feed_in(whole_bot.services, whole_bot.guild_id, name)
    broken = await feed_in(whole_bot.services, whole_bot.guild_id, "Zulu")
    gone = await feed_in(whole_bot.services, whole_bot.guild_id, "Yankee")
    await failed(whole_bot, broken, 3, days_ago=2)
    await failed(whole_bot, gone, 1, gone=True)
    shown = (await slash(whole_bot, "feed health")).text
    assert "🟢 3 healthy · 🟠 1 failing · 🔴 1 disabled" in shown
    assert shown.index("Zulu") < shown.index("Yankee") < shown.index("Alpha")
    for words in ("internal error", "Since", "3 failures", "Next try", "No longer read"):
        assert words in shown


async def test_health_is_shown_in_pages(whole_bot: WholeBot) -> None:
    for number in range(14):
        await feed_in(whole_bot.services, whole_bot.guild_id, f"Outlet {number:02}")
    first = await slash(whole_bot, "feed health")
    assert "Page 1 of 3" in first.text
    second = await (await whole_bot.manager.click(first, "Next ▶")).done()
    assert "Page 2 of 3" in second.text
    assert "Page 1 of 3" in (await (await whole_bot.manager.click(second, "◀ Previous")).done()).text


async def test_a_server_without_feeds_is_told_how_to_add_one(whole_bot: WholeBot) -> None:
    assert "/feed add" in (await slash(whole_bot, "feed health")).text


async def test_a_check_explains_each_step_and_brings_a_failed_feed_back(whole_bot: WholeBot) -> None:
    await slash(whole_bot, "feed add", address=whole_bot.newsroom.feed_url("courier"))
    (feed,) = await whole_bot.services.store.feeds.all()
    await failed(whole_bot, feed, 1, gone=True)
    typing = await whole_bot.manager.autocomplete(whole_bot.news, "feed check", focused="feed", feed="cour")
    reply = await slash(whole_bot, "feed check", feed=typing.choices[0]["value"])
    assert reply.ephemeral
    for step in ("Address", "Allowed", "Connection", "Answer", "Size", "Document", "Newest", "New", "Next"):
        assert f"✅ **{step}**" in reply.text
    assert "works" in reply.text
    assert "will be polled now" in reply.text
    assert [t.feed_id for t in await whole_bot.services.store.feeds.due(whole_bot.clock(), 5)] == [feed.id]


@pytest.mark.parametrize(
    ("fault", "step", "words"),
    [
        (Fault.NOT_FOUND, "Answer", "404"),
        (Fault.SERVER_ERROR, "Answer", "500"),
        (Fault.HUGE, "Size", "larger than"),
        (Fault.NOT_A_FEED, "Document", "web page"),
    ],
)
async def test_a_check_names_the_step_that_fails(whole_bot: WholeBot, fault: Fault, step: str, words: str) -> None:
    await slash(whole_bot, "feed add", address=whole_bot.newsroom.feed_url("courier"))
    (feed,) = await whole_bot.services.store.feeds.all()
    whole_bot.newsroom.break_feed("courier", fault)
    reply = await slash(whole_bot, "feed check", feed=str(feed.id))
    assert "does not work" in reply.text
    (line,) = [line for line in reply.text.splitlines() if line.startswith("❌")]
    assert f"**{step}**" in line
    assert words in line


async def test_an_address_that_was_not_added_can_be_checked(whole_bot: WholeBot) -> None:
    reply = await slash(whole_bot, "feed check", feed=whole_bot.newsroom.feed_url("courier"))
    assert "/feed add" in reply.text
    assert "✅ **Document**" in reply.text
    reply = await slash(whole_bot, "feed check", feed="no address")
    assert "❌ **Address**: This is not a web address" in reply.text
    assert await whole_bot.services.store.feeds.all() == []


async def test_a_feed_of_another_server_is_checked_like_any_address(whole_bot: WholeBot) -> None:
    others = int(whole_bot.local.guild("Others").id)
    feed = await feed_in(whole_bot.services, others)
    assert "There is no feed" in (await slash(whole_bot, "feed check", feed=str(feed.id))).text


async def test_adding_a_failed_feed_again_brings_it_back(whole_bot: WholeBot) -> None:
    address = whole_bot.newsroom.feed_url("courier")
    await slash(whole_bot, "feed add", address=address)
    (feed,) = await whole_bot.services.store.feeds.all()
    for gone in (True, False):
        await failed(whole_bot, feed, 1, gone=gone)
        assert "is now resumed" in (await slash(whole_bot, "feed add", address=address)).text
        assert (await whole_bot.services.store.feeds.get(feed.id)).state is FeedState.HEALTHY


async def test_only_managers_see_the_commands(whole_bot: WholeBot) -> None:
    for command in ("feed health", "feed check", "feed notices"):
        with pytest.raises(CommandHidden):
            await whole_bot.reader.slash(whole_bot.news, command)
