"""No exception of one item ends a step: it is logged, counted and put off, and the others are dealt with."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any, cast
from unittest.mock import AsyncMock

import pytest
from structlog.testing import capture_logs

from bot.delivery.outbox import Sender
from bot.errors import NotFound, StoreError, StoreUnavailable
from bot.model.claims import Extraction
from bot.model.delivery import Delivery, NoticeKind, PostedAt
from bot.model.feeds import ParsedEntry
from bot.runner import notices, polling, steps
from bot.runner.each_item import REFUSALS, deal_with_each, log_step_failure, shown
from bot.runner.story_memory import StoryMemory
from bot.services.digests import compose_digest
from bot.store import Store
from bot.store.setbacks import DELAYS
from tests.factories import NOON, SetClock, a_subscription, an_outcome, put_digest, stored_article
from tests.integration.runner.odd_items import ODD, articles, raising


@pytest.mark.parametrize("error", [*ODD, StoreError()], ids=lambda error: type(error).__name__)
async def test_every_item_has_its_turn_whatever_one_raises(error: Exception) -> None:
    done: list[int] = []
    off: list[tuple[int, str]] = []
    failures: Counter[str] = Counter()

    async def work(item: int) -> None:
        if item == 3:
            raise error
        if item == 4:
            raise NotFound
        done.append(item)

    async def put_off(item: int, message: str) -> None:
        off.append((item, message))

    found = await deal_with_each("read", range(8), work, put_off=put_off, failures=failures)
    assert found == done == [0, 1, 2, 5, 6, 7]
    assert failures == {"read": 1}
    ((item, message),) = off
    assert item == 3
    assert "odd" not in message, "what others wrote is for the log"


async def test_a_store_that_is_away_is_no_fault_of_an_item_and_is_raised_once_all_had_their_turn() -> None:
    done: list[int] = []
    off: list[int] = []
    forgotten: list[int] = []
    failures: Counter[str] = Counter()

    async def work(item: int) -> None:
        if item < 2:
            raise StoreUnavailable
        done.append(item)

    async def put_off(item: int, _message: str) -> None:
        off.append(item)

    with pytest.raises(StoreUnavailable):
        await deal_with_each("read", range(5), work, put_off=put_off, forget=forgotten.append, failures=failures)
    assert (done, off, failures) == ([2, 3, 4], [], {})
    assert forgotten == [0, 1], "whether it was stored is not known"


async def test_a_store_that_refuses_several_in_a_row_is_given_nothing_more() -> None:
    begun: list[int] = []

    async def work(item: int) -> None:
        begun.append(item)
        if item != 2:
            raise StoreUnavailable

    with pytest.raises(StoreUnavailable):
        await deal_with_each("read", range(100), work, put_off=AsyncMock())
    assert begun == list(range(3 + REFUSALS)), "the third was stored, and the others are still due"


async def test_what_cannot_even_be_put_off_is_raised_once_all_had_their_turn() -> None:
    done: list[int] = []

    async def work(item: int) -> None:
        if item < 2:
            raise ValueError
        done.append(item)

    async def put_off(item: int, message: str) -> None:
        raise StoreError

    with pytest.raises(StoreError):
        await deal_with_each("read", range(5), work, put_off=put_off)
    assert done == [2, 3, 4]


async def test_cancelling_a_step_cancels_its_items() -> None:
    started = asyncio.Event()

    async def work(_item: int) -> None:
        started.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(deal_with_each("read", range(3), work, put_off=cast("Any", None), places=3))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize("error", [*ODD[:1], StoreError()], ids=lambda error: type(error).__name__)
async def test_an_article_that_cannot_be_grouped_is_put_off(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    first, bad, last = await articles(store, clock, 3)
    for one in (first, bad, last):
        await store.claims.save_extraction(one, Extraction((), ()))
    save = store.stories.save
    monkeypatch.setattr(store.stories, "save", raising(error, lambda one, *_: one == bad, save))
    assert await steps.group_articles(store, clock) == 3
    assert await steps.group_articles(store, clock) == 0
    for delay in DELAYS[:3]:
        clock.now += delay + timedelta(seconds=1)
        assert await steps.group_articles(store, clock) == (delay != DELAYS[0] or 1)
    monkeypatch.undo()
    clock.now += DELAYS[-1] + timedelta(seconds=1)
    assert await steps.group_articles(store, clock) == 1
    assert await store.setbacks.counts() == {}


async def test_a_new_story_is_opened_by_the_next_article_if_its_first_one_is_put_off(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "The ferry Halcyon sank off Brenn Point. The coastguard of Torvik saved all aboard, said Nils Aaker."
    bad, second, third = await articles(store, clock, 3, text)
    for one in (bad, second, third):
        await store.claims.save_extraction(one, Extraction((), ()))
    save = store.stories.save
    monkeypatch.setattr(store.stories, "save", raising(StoreError(), lambda one, *_: one == bad, save))
    await steps.group_articles(store, clock)
    (story,) = await store.stories.profiles(NOON - timedelta(days=99))
    assert story.size == 2
    monkeypatch.undo()
    clock.now += DELAYS[0] + timedelta(seconds=1)
    await steps.group_articles(store, clock)
    (story,) = await store.stories.profiles(NOON - timedelta(days=99))
    assert story.size == 3


async def subscribe(store: Store, channel: int) -> int:
    added = await a_subscription(store, channel_id=channel, next_at=NOON - timedelta(days=1))
    return added.id


@pytest.mark.parametrize("error", [*ODD[:1], StoreError()], ids=lambda error: type(error).__name__)
async def test_a_digest_that_cannot_be_composed_is_put_off(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    bad, good = await subscribe(store, 1), await subscribe(store, 2)
    composed: list[int] = []

    async def compose(store: Store, subscription: Any, **given: Any) -> Any:
        composed.append(subscription.id)
        return await compose_digest(store, subscription, **given)

    monkeypatch.setattr(steps, "compose_digest", raising(error, lambda _, one: one.id == bad, compose))
    failures: Counter[str] = Counter()
    await steps.compose_digests(store, clock, failures)
    assert composed == [good]
    assert failures == {"compose": 1}
    assert await store.subscriptions.due(clock(), 9) == []
    clock.now += DELAYS[0] + timedelta(seconds=1)
    assert [one.id for one in await store.subscriptions.due(clock(), 9)] == [bad]


class Posts:
    """A sender that raises for one channel."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.posted: list[int] = []

    async def send(self, delivery: Delivery) -> PostedAt:
        if delivery.channel_id == 1:
            raise self.error
        self.posted.append(delivery.channel_id)
        return PostedAt(7)

    async def find_posted(self, delivery: Delivery, now: object) -> PostedAt | None:
        return None


@pytest.mark.parametrize("error", [*ODD[:1], NotFound()], ids=lambda error: type(error).__name__)
async def test_a_message_that_cannot_be_posted_holds_up_no_other(
    store: Store, clock: SetClock, error: Exception
) -> None:
    for channel in (1, 2):
        subscription = await subscribe(store, channel)
        await put_digest(store, subscription, clock(), [(f"nonce{channel}", {})], (), clock() + timedelta(days=1))
    sender = Posts(error)
    failures: Counter[str] = Counter()
    assert await steps.deliver(store, cast("Sender", sender), clock, failures) == 1
    assert sender.posted == [2]
    if not isinstance(error, NotFound):
        assert failures == {"deliver": 1}
        assert await store.deliveries.due(clock(), 9) == []
        clock.now += timedelta(minutes=1)
        assert len(await store.deliveries.due(clock(), 9)) == 1


@pytest.mark.parametrize("error", [*ODD[:1], StoreError()], ids=lambda error: type(error).__name__)
async def test_a_feed_that_cannot_be_reviewed_is_put_off(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    urls = ("https://a.example/feed", "https://b.example/feed")
    feeds = [await store.feeds.add(url, kept_by_host=True) for url in urls]
    monkeypatch.setattr(store.notices, "to_review", lambda **_: asyncio.sleep(0, feeds))
    monkeypatch.setattr(notices, "notice_due", lambda feed, _: NoticeKind.WARNING)
    put = store.notices.put
    monkeypatch.setattr(store.notices, "put", raising(error, lambda feed, *_: feed.id == feeds[0].id, put))
    failures: Counter[str] = Counter()
    await notices.review_feeds(store, clock, failures)
    assert failures == {"review": 1}
    assert [setback.item_id for setback in await store.setbacks.all(9)] == [feeds[0].id]


@pytest.mark.parametrize("error", ODD[:1], ids=lambda error: type(error).__name__)
async def test_an_outcome_that_cannot_be_stored_is_a_failure_of_its_feed_alone(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    feeds = [await store.feeds.add(f"https://{name}.example/feed", kept_by_host=True) for name in "abc"]
    outcomes = [an_outcome(feed.id, ParsedEntry(feed.url, feed.url, "Headline")) for feed in feeds]
    save = store.feeds.save_outcomes

    def holds_bad(given: Any) -> bool:
        return any(one.feed_id == feeds[1].id and one.feed is not None for one in given)

    monkeypatch.setattr(store.feeds, "save_outcomes", raising(error, holds_bad, save))
    failures: Counter[str] = Counter()
    saved = await polling._save_outcomes(store, outcomes, failures)
    assert [one.new_entries for one in saved] == [1, 0, 1]
    assert failures == {"poll": 1}
    assert (await store.feeds.get(feeds[1].id)).error


async def test_outcomes_that_a_store_which_is_away_did_not_take_are_no_failures_of_their_feeds(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds = [await store.feeds.add(f"https://{name}.example/feed", kept_by_host=True) for name in "ab"]
    outcomes = [an_outcome(feed.id, ParsedEntry(feed.url, feed.url, "Headline")) for feed in feeds]
    monkeypatch.setattr(
        store.feeds, "save_outcomes", raising(StoreUnavailable(), lambda _: True, store.feeds.save_outcomes)
    )
    failures: Counter[str] = Counter()
    with pytest.raises(StoreUnavailable):
        await polling._save_outcomes(store, outcomes, failures)
    assert failures == {}


async def test_an_index_of_stories_is_loaded_again_after_the_store_went_away(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stored_article(store)
    memory = StoryMemory()
    before = await memory.index(store, clock())
    save = store.stories.save
    monkeypatch.setattr(store.stories, "save", raising(StoreUnavailable(), lambda *_: True, save))
    with pytest.raises(StoreUnavailable):
        await steps.group_articles(store, clock, memory=memory)
    assert await memory.index(store, clock()) is not before


@pytest.mark.parametrize(
    ("error", "again", "traceback"),
    [
        (StoreError("The disk is full."), False, True),
        (StoreError("The disk is full."), True, False),
        (ZeroDivisionError(), True, True),
    ],
)
def test_a_step_that_fails_on_and_on_for_a_known_reason_logs_one_traceback(
    error: Exception, again: bool, traceback: bool
) -> None:
    with capture_logs() as logs:
        log_step_failure("read", error, again=again)
    assert [(bool(log["exc_info"]), log["error"]) for log in logs] == [(traceback, shown(error))]
