"""Notices about failing feeds: episodes, channels, and the outbox, on either database."""

from datetime import timedelta

import pytest

from bot.errors import NotFound
from bot.model.delivery import Delivery, NoticeKind, PostedAt
from bot.model.feeds import Feed, FeedState, PollStatus
from bot.store import Store
from bot.store.servers.notices import FailedFor, NewNotice
from tests.factories import (
    CHANNEL,
    GUILD,
    NOON,
    OTHER_GUILD,
    SetClock,
    a_subscription,
    an_attached_feed,
    an_outcome,
    save_outcome,
)

ANY = FailedFor(NOON + timedelta(days=99), 1)


async def failed(store: Store, feed: Feed, clock: SetClock, times: int = 1, **given: object) -> Feed:
    for number in range(times):
        values = {"status": PollStatus.ERROR, "state": FeedState.FAILING, "error": "Broken (500)."} | given
        outcome = an_outcome(feed.id, polled_at=clock(), failures=number + 1, **values | {"feed": None})
        await save_outcome(store, outcome)
    return await store.feeds.get(feed.id)


def a_notice(guild_id: int = GUILD, nonce: str = "n1") -> NewNotice:
    return NewNotice(guild_id, CHANNEL, nonce, {"embeds": [], "components": []})


async def to_review(store: Store) -> list[Feed]:
    return await store.notices.to_review(ANY, ANY, NOON + timedelta(days=99), 10)


async def due(store: Store) -> list[Delivery]:
    return await store.notices.due(NOON + timedelta(days=99), 10)


async def test_a_feed_remembers_since_when_it_fails_until_it_answers(store: Store, clock: SetClock) -> None:
    feed = await an_attached_feed(store)
    assert feed.failing_since is None
    await failed(store, feed, clock)
    clock.advance(days=2)
    assert (await failed(store, feed, clock)).failing_since == NOON
    await save_outcome(store, an_outcome(feed.id, polled_at=clock()))
    assert (await store.feeds.get(feed.id)).failing_since is None


async def test_a_warning_is_put_once_for_an_episode(store: Store, clock: SetClock) -> None:
    feed = await failed(store, await an_attached_feed(store), clock, 5)
    assert await store.notices.put(feed, NoticeKind.WARNING, [a_notice()], NOON)
    assert not await store.notices.put(feed, NoticeKind.WARNING, [a_notice(nonce="n2")], NOON)
    assert [notice.nonce for notice in await due(store)] == ["n1"]
    warned = await store.feeds.get(feed.id)
    assert (warned.state, warned.warned_at) == (FeedState.FAILING, NOON)


async def test_after_it_answered_and_fails_again_a_feed_is_warned_of_anew(store: Store, clock: SetClock) -> None:
    feed = await failed(store, await an_attached_feed(store), clock, 5)
    await store.notices.put(feed, NoticeKind.WARNING, [a_notice()], NOON)
    await save_outcome(store, an_outcome(feed.id, polled_at=clock()))
    assert await due(store) == []  # what it would tell is no longer so
    clock.advance(days=20)
    again = await failed(store, feed, clock, 5)
    assert again.warned_at is None
    assert await store.notices.put(again, NoticeKind.WARNING, [a_notice(nonce="n2")], clock())
    assert [notice.nonce for notice in await due(store)] == ["n2"]


async def test_a_feed_that_answered_meanwhile_is_not_disabled(store: Store, clock: SetClock) -> None:
    feed = await failed(store, await an_attached_feed(store), clock, 10)
    await save_outcome(store, an_outcome(feed.id, polled_at=clock()))
    assert not await store.notices.put(feed, NoticeKind.DISABLED, [a_notice()], NOON)
    assert (await store.feeds.get(feed.id)).state is FeedState.HEALTHY


async def test_a_disabled_feed_stays_disabled_through_a_late_failure_until_it_answers(
    store: Store, clock: SetClock
) -> None:
    feed = await failed(store, await an_attached_feed(store), clock, 10)
    assert await store.notices.put(feed, NoticeKind.DISABLED, [a_notice()], NOON)
    late = await failed(store, feed, clock)
    assert (late.state, late.disabled_at) == (FeedState.DISABLED, NOON)
    assert await to_review(store) == []
    await save_outcome(store, an_outcome(feed.id, polled_at=clock()))
    repaired = await store.feeds.get(feed.id)
    assert (repaired.state, repaired.failing_since, repaired.disabled_at) == (FeedState.HEALTHY, None, None)


async def test_what_is_to_be_told_is_found_by_how_long_a_feed_has_failed(store: Store, clock: SetClock) -> None:
    feed = await failed(store, await an_attached_feed(store), clock, 5)
    never = FailedFor(NOON, 99)
    for bounds, found in ((FailedFor(NOON, 5), True), (FailedFor(NOON, 6), False)):
        assert bool(await store.notices.to_review(bounds, never, NOON, 10)) is found
    assert await store.notices.to_review(FailedFor(NOON - timedelta(seconds=1), 5), never, NOON, 10) == []
    await store.notices.put(feed, NoticeKind.WARNING, [], NOON)
    assert await store.notices.to_review(FailedFor(NOON, 5), never, NOON, 10) == []
    assert await store.notices.to_review(never, FailedFor(NOON, 5), NOON, 10) != []
    assert await store.notices.to_review(never, FailedFor(NOON, 5), NOON - timedelta(days=1), 10) == []


async def test_a_feed_that_is_gone_for_good_is_to_be_told_of_at_once(store: Store, clock: SetClock) -> None:
    feed = await an_attached_feed(store)
    gone = await failed(store, feed, clock, status=PollStatus.GONE, state=FeedState.DISABLED)
    assert [one.id for one in await to_review(store)] == [feed.id]
    assert await store.notices.put(gone, NoticeKind.DISABLED, [a_notice()], NOON)
    assert await to_review(store) == []


async def test_a_feed_that_is_seen_to_work_is_revived(store: Store, clock: SetClock) -> None:
    feed = await failed(store, await an_attached_feed(store), clock, 10)
    await store.notices.put(feed, NoticeKind.DISABLED, [], NOON)
    clock.advance(hours=1)
    assert await store.notices.revive(feed.id)
    assert not await store.notices.revive(feed.id)
    well = await store.feeds.get(feed.id)
    assert (well.state, well.failures, well.error, well.disabled_at) == (FeedState.HEALTHY, 0, None, None)
    assert [target.feed_id for target in await store.feeds.due(clock(), 5)] == [feed.id]


async def test_the_channel_is_the_chosen_one_else_that_of_the_oldest_digest(store: Store) -> None:
    feed = await an_attached_feed(store)
    assert await store.notices.channel(GUILD) is None
    assert await store.notices.channels_of(feed.id) == {}
    first = await a_subscription(store)
    await a_subscription(store, channel_id=CHANNEL + 1)
    await a_subscription(store, OTHER_GUILD, channel_id=CHANNEL + 9)
    assert await store.notices.channels_of(feed.id) == {GUILD: CHANNEL}
    await store.subscriptions.pause(first.id, "Closed.")
    assert await store.notices.channel(GUILD) == CHANNEL + 1
    await store.notices.choose_channel(GUILD, CHANNEL + 5)
    assert await store.notices.channels_of(feed.id) == {GUILD: CHANNEL + 5}
    await store.notices.forget_channel(GUILD, CHANNEL + 6)
    assert await store.notices.channel(GUILD) == CHANNEL + 5
    await store.notices.choose_channel(GUILD, None)
    assert await store.notices.channels_of(feed.id) == {}
    await store.guilds.forget(GUILD)
    assert await store.notices.channel(GUILD) is None


async def test_a_notice_goes_through_the_outbox(store: Store, clock: SetClock) -> None:
    feed = await failed(store, await an_attached_feed(store), clock, 5)
    await store.notices.put(feed, NoticeKind.WARNING, [a_notice()], NOON)
    (notice,) = await due(store)
    assert (notice.channel_id, notice.attempted_at, notice.attempts) == (CHANNEL, None, 0)
    await store.notices.attempt(notice.id, NOON)
    (tried,) = await due(store)
    assert (tried.attempted_at, tried.attempts) == (NOON, 1)
    await store.notices.failed(notice.id, "Slow down.", NOON + timedelta(days=100))
    assert await due(store) == []
    await store.notices.sent(notice.id, PostedAt(7))
    assert await store.notices.due(NOON + timedelta(days=101), 10) == []
    with pytest.raises(NotFound):
        await store.notices.sent(notice.id + 1, PostedAt(7))


async def test_a_notice_that_failed_for_good_is_not_tried_again(store: Store, clock: SetClock) -> None:
    feed = await failed(store, await an_attached_feed(store), clock, 5)
    await store.notices.put(feed, NoticeKind.WARNING, [a_notice()], NOON)
    (notice,) = await due(store)
    await store.notices.failed(notice.id, "The channel is gone.", None)
    assert await due(store) == []
    assert await store.notices.guild_of(notice.id) == GUILD


async def test_a_server_that_removed_the_feed_is_not_told_of_it(store: Store, clock: SetClock) -> None:
    feed = await failed(store, await an_attached_feed(store), clock, 5)
    await an_attached_feed(store, OTHER_GUILD)
    await store.notices.put(feed, NoticeKind.WARNING, [a_notice(), a_notice(OTHER_GUILD, "n2")], NOON)
    await store.guilds.detach(GUILD, feed.id)
    assert [notice.nonce for notice in await due(store)] == ["n2"]


async def test_the_button_of_a_notice_works_in_its_own_server_only(store: Store, clock: SetClock) -> None:
    feed = await failed(store, await an_attached_feed(store), clock, 5)
    await store.notices.put(feed, NoticeKind.WARNING, [a_notice()], NOON)
    assert await store.notices.feed_of("n1", GUILD) == feed.id
    for nonce, guild_id in (("n1", OTHER_GUILD), ("n2", GUILD)):
        with pytest.raises(NotFound):
            await store.notices.feed_of(nonce, guild_id)
