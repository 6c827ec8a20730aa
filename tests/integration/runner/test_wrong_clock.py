"""A clock that was ahead for one pass: nothing waits for as long as that."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from bot.fetching.host_clocks import AGAIN_S, HostClocks
from bot.runner import steps
from bot.runner.clock_watch import HELD_S
from bot.runner.trusted_clock import TrustedClock
from bot.store import Store, open_store
from bot.store.schema.columns import SetbackStep
from tests.factories import (
    NOON,
    SetClock,
    a_subscription,
    an_attached_feed,
    an_entry,
    an_outcome,
    put_digest,
    save_outcome,
)

AHEAD = timedelta(days=400)


async def ahead(store: Store, clock: SetClock) -> None:
    """Do with a clock that is 400 days ahead what plans something."""
    feed = await an_attached_feed(store)
    await save_outcome(store, an_outcome(feed.id, an_entry()))
    subscription = await a_subscription(store)
    clock.now = NOON + AHEAD
    await save_outcome(store, an_outcome(feed.id, polled_at=clock(), next_poll_at=clock() + timedelta(hours=1)))
    for entry in await store.articles.entries_to_read(clock(), 9):
        await store.articles.read_failed(entry.entry_id, "no answer", clock() + timedelta(hours=1))
    await store.setbacks.note(SetbackStep.REVIEW, feed.id, "odd", clock())
    await put_digest(store, subscription.id, NOON, [("nonce", {})], (), clock() + timedelta(days=1))
    clock.now = NOON + timedelta(minutes=1)


async def test_what_was_planned_by_a_clock_that_was_ahead_is_planned_anew(tmp_path: Path) -> None:
    clock = SetClock()
    async with open_store(f"sqlite:///{tmp_path / 'hearsay.db'}", clock=clock) as store:
        await ahead(store, clock)
        assert await store.subscriptions.due(clock() + timedelta(days=8), 9) == []
        assert await steps.bring_back_far_times(store, clock) == 6
        (subscription,) = await store.subscriptions.all()
        assert clock() < subscription.next_at <= clock() + timedelta(days=1)
        assert len(await store.articles.entries_to_read(clock(), 9)) == 2
        assert len(await store.feeds.due(clock(), 9)) == 1
        assert len(await store.deliveries.due(clock(), 9)) == 1
        assert await steps.bring_back_far_times(store, clock) == 0


async def test_a_day_of_purging_in_the_future_holds_nothing_up(tmp_path: Path) -> None:
    clock = SetClock()
    async with open_store(f"sqlite:///{tmp_path / 'hearsay.db'}", clock=clock) as store:
        clock.now = NOON + AHEAD
        await steps.purge(store, clock)
        clock.now = NOON
        await steps.purge(store, clock)
        assert await store.installation.get(steps.PURGED_AT) == NOON.isoformat()


async def test_other_hosts_say_whether_the_clock_is_right(tmp_path: Path) -> None:
    clock = SetClock()
    passed = 0.0
    hosts = HostClocks(lambda: passed)

    def answers(count: int, at: datetime) -> None:
        for number in range(count):
            hosts.note(f"{number}.example", {"Date": format_datetime(at, usegmt=True)})

    async with open_store(f"sqlite:///{tmp_path / 'hearsay.db'}", clock=clock) as store:
        trusted = TrustedClock(store, clock, lambda: passed, hosts.time)
        assert await trusted.is_trusted()
        clock.now = NOON + AHEAD
        assert not await trusted.is_trusted(), "it jumped"
        answers(2, NOON + AHEAD)
        assert not await trusted.is_trusted(), "two hosts are too few"
        answers(3, NOON + AHEAD)
        assert await trusted.is_trusted(), "the clock was behind before"
        passed += AGAIN_S + 1
        answers(3, NOON)
        assert not await trusted.is_trusted()
        passed += HELD_S
        clock.now += timedelta(seconds=HELD_S)
        assert not await trusted.is_trusted(), "it is not trusted for having waited"
        passed += 3_600
        clock.now += timedelta(hours=1)
        assert await trusted.is_trusted(), "no host has said anything for an hour"


async def test_hosts_cannot_make_a_clock_doubtful_that_runs_on_evenly(tmp_path: Path) -> None:
    clock = SetClock()
    hosts = HostClocks(lambda: 0.0)
    for number in range(9):
        hosts.note(f"{number}.example", {"Date": format_datetime(NOON - AHEAD, usegmt=True)})
    async with open_store(f"sqlite:///{tmp_path / 'hearsay.db'}", clock=clock) as store:
        trusted = TrustedClock(store, clock, lambda: 0.0, hosts.time)
        assert await trusted.is_trusted()
        clock.now += timedelta(minutes=30)
        assert await trusted.is_trusted()


async def test_a_start_with_a_clock_that_is_ahead_deletes_and_plans_nothing_at_first(tmp_path: Path) -> None:
    clock = SetClock()
    passed = 0.0

    def watch(store: Store) -> TrustedClock:
        """Return what a process that has just started watches."""
        return TrustedClock(store, clock, lambda: passed)

    async with open_store(f"sqlite:///{tmp_path / 'hearsay.db'}", clock=clock) as store:
        assert await watch(store).is_trusted(), "nothing is known at the first start"
        clock.now = NOON + AHEAD
        for _ in range(2):  # a second start knows no better
            assert not await watch(store).is_trusted()
        clock.now = NOON + timedelta(minutes=5)
        assert await watch(store).is_trusted(), "set right"
        clock.now = NOON + AHEAD
        held = watch(store)
        assert not await held.is_trusted()
        passed = HELD_S + 1
        clock.now += timedelta(seconds=passed)
        assert await held.is_trusted(), "Hearsay really was stopped for so long"
        assert await watch(store).is_trusted()
