"""No exception of one item ends a step: it is logged, counted and put off, and the others are dealt with."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot.articles.manners import Manners
from bot.delivery.outbox import Sender
from bot.errors import ExtractionError, ModelMissing, NotFound, StoreError
from bot.extraction.extractor import Extractor
from bot.fetching.client import Fetcher, open_fetcher
from bot.model.articles import Origin, ReadArticle
from bot.model.claims import Extraction
from bot.model.delivery import Delivery, NoticeKind
from bot.model.feeds import ParsedEntry
from bot.runner import notices, steps
from bot.runner.each_item import deal_with_each
from bot.services.digests import compose_digest
from bot.store import Store, open_store
from bot.store.schema.columns import SetbackStep
from bot.store.setbacks import DELAYS
from bot.workers import Workers
from tests.factories import NOON, SetClock, a_subscription, an_attached_feed, an_outcome, save_outcome

ODD = (
    ValueError("odd"),
    IndexError("odd"),
    RecursionError(),
    MemoryError(),
    UnicodeError(),
    AssertionError(),
    OSError(),
)
GUILD = 1


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def store(tmp_path: Path, clock: SetClock) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{tmp_path / 'hearsay.db'}", clock=clock) as opened:
        yield opened


def raising(
    error: BaseException, wanted: Callable[..., bool], otherwise: Callable[..., Any]
) -> Callable[..., Any]:
    """Return a function that raises `error` for what is `wanted`, and else does what `otherwise` does."""

    async def either(*given: Any, **named: Any) -> Any:
        if wanted(*given):
            raise error
        return await otherwise(*given, **named)

    return either


async def entries(store: Store, clock: SetClock, *urls: str) -> None:
    feed = await an_attached_feed(store)
    given = [ParsedEntry(url, url, f"Headline {number}", html="<p>Text.</p>") for number, url in enumerate(urls)]
    await save_outcome(store, an_outcome(feed.id, *given))
    clock.now += timedelta(minutes=1)


async def articles(store: Store, clock: SetClock, count: int) -> list[int]:
    await entries(store, clock, *(f"https://example.org/{number}" for number in range(count)))
    found = await store.articles.entries_to_read(clock(), 99)
    return [
        await store.articles.save_read(
            entry.entry_id,
            ReadArticle(entry.url or "", "Example", entry.title, f"Text of {entry.title}.", Origin.PAGE),
        )
        for entry in found
    ]


class Extracts:
    """Stands in for the extractor."""

    processes = 1

    def __init__(self, error: BaseException, words: str) -> None:
        self._error, self._words = error, words

    async def extract(self, text: str, title: str | None = None) -> Extraction:
        if self._words in text:
            raise self._error
        return Extraction((), ())


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


# Reading


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with open_fetcher("Hearsay", allow_private=True, timeout_s=5) as opened:
        yield opened


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    made = Workers(1, 10.0, 2048)
    yield made
    await made.close()


HOSTILE_LINKS = [f"http://[v1.fe80::a]/{number}" for number in range(220)] + [
    "http://[]@",
    "http://[::1",
    "http://a:b/",
]


async def test_links_that_are_no_addresses_hold_up_no_other_article(
    store: Store, clock: SetClock, fetcher: Fetcher, workers: Workers
) -> None:
    await entries(store, clock, *HOSTILE_LINKS)
    manners = Manners(fetcher, clock)
    while await steps.read_entries(store, fetcher, workers, clock, manners):
        assert await store.articles.entries_to_read(clock(), 999) == []
        break
    clock.now += timedelta(days=1)
    assert await store.articles.entries_to_read(clock(), 999) == [], "an address stays what it is"


@pytest.mark.parametrize("error", ODD[:1], ids=lambda error: type(error).__name__)
async def test_an_entry_that_cannot_be_read_is_put_off_with_growing_delays(
    store: Store,
    clock: SetClock,
    fetcher: Fetcher,
    workers: Workers,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    await entries(store, clock, "https://example.org/good", "https://example.org/bad")

    async def good(entry: Any, **_given: Any) -> ReadArticle:
        return ReadArticle(entry.url, "Example", entry.title, "Text.", Origin.PAGE)

    monkeypatch.setattr(steps, "read", raising(error, lambda entry: entry.url.endswith("bad"), good))

    class Ready(Manners):
        async def turn(self, url: str) -> None:
            return None

    failures: Counter[str] = Counter()
    given = (store, fetcher, workers, clock, Ready(fetcher, clock), None, failures)
    assert await steps.read_entries(*given) == 2
    assert len(await store.articles.to_extract(9)) == 1
    for tried, delay in enumerate(steps.READ_RETRIES, 1):
        assert failures == {"read": tried}
        clock.now += delay - timedelta(seconds=1)
        assert await steps.read_entries(*given) == 0
        clock.now += timedelta(seconds=1)
        assert await steps.read_entries(*given) == 1
    clock.now += timedelta(days=9)
    assert await steps.read_entries(*given) == 0


async def test_an_article_that_cannot_be_stored_is_put_off(
    store: Store, clock: SetClock, fetcher: Fetcher, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    await entries(store, clock, "https://example.org/good", "https://example.org/bad")

    async def read(entry: Any, **_given: Any) -> ReadArticle:
        bad = entry.url.endswith("bad")
        return ReadArticle(entry.url, "Example", entry.title, 2**80 if bad else "Text.", Origin.PAGE)  # type: ignore[arg-type]

    monkeypatch.setattr(steps, "read", read)
    failures: Counter[str] = Counter()
    manners = Manners(fetcher, clock)
    monkeypatch.setattr(manners, "turn", raising(ValueError(), lambda _: False, lambda _: asyncio.sleep(0)))
    assert await steps.read_entries(store, fetcher, workers, clock, manners, None, failures) == 2
    assert failures == {"read": 1}
    assert await store.articles.entries_to_read(clock(), 9) == []


# Extraction


@pytest.mark.parametrize("error", [*ODD[:1], ExtractionError()], ids=lambda error: type(error).__name__)
async def test_an_article_that_cannot_be_analysed_is_left_alone_for_longer_and_longer(
    store: Store, clock: SetClock, error: Exception
) -> None:
    await articles(store, clock, 4)
    extractor = cast("Extractor", Extracts(error, "Headline 2"))
    failures: Counter[str] = Counter()
    assert await steps.extract_articles(store, extractor, None, failures) == 4
    assert failures == {"extract": 1}
    for delay in DELAYS[:2]:
        clock.now += delay - timedelta(seconds=1)
        assert await steps.extract_articles(store, extractor) == 0
        clock.now += timedelta(seconds=2)
        assert await steps.extract_articles(store, extractor) == 1
    clock.now += timedelta(days=9)
    assert await steps.extract_articles(store, extractor) == 0


async def test_claims_that_cannot_be_stored_hold_up_no_other_article(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, bad, *_ = await articles(store, clock, 4)
    save = store.claims.save_extraction
    monkeypatch.setattr(
        store.claims, "save_extraction", raising(ExtractionError(), lambda one, _: one == bad, save)
    )
    extractor = cast("Extractor", Extracts(ValueError(), "nowhere"))
    assert await steps.extract_articles(store, extractor) == 4
    assert len(await store.stories.to_group(9)) == 3
    assert await store.setbacks.counts() == {SetbackStep.EXTRACT: 1}
    monkeypatch.undo()
    clock.now += DELAYS[0] + timedelta(seconds=1)
    assert await steps.extract_articles(store, extractor) == 1
    assert await store.setbacks.counts() == {}


async def test_a_missing_model_is_no_articles_fault(store: Store, clock: SetClock) -> None:
    await articles(store, clock, 2)
    with pytest.raises(ModelMissing):
        await steps.extract_articles(store, cast("Extractor", Extracts(ModelMissing(), "Headline")))
    assert len(await store.articles.to_extract(9)) == 2


async def test_hosts_take_turns_and_those_that_had_their_time_come_last(store: Store, clock: SetClock) -> None:
    many = [f"https://many.example/{number}" for number in range(5)]
    await entries(store, clock, *many, "https://few.example/1", "https://few.example/2", "https://one.example/1")
    for entry in await store.articles.entries_to_read(clock(), 99):
        await store.articles.save_read(
            entry.entry_id,
            ReadArticle(entry.url or "", "Example", entry.title, f"Text of {entry.title}.", Origin.PAGE),
        )

    async def order(*last: str) -> list[str]:
        return [article.host.partition(".")[0] for article in await store.articles.to_extract(6, last=last)]

    assert sorted((await order())[:3]) == ["few", "many", "one"]
    assert (await order())[3:] == ["many", "few", "many"]
    assert (await order("many.example"))[:3].count("many") == 0


# Grouping, composing, posting, notices


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

    async def send(self, delivery: Delivery) -> int:
        if delivery.channel_id == 1:
            raise self.error
        self.posted.append(delivery.channel_id)
        return 7

    async def find_posted(self, delivery: Delivery, now: object) -> int | None:
        return None


@pytest.mark.parametrize("error", [*ODD[:1], NotFound()], ids=lambda error: type(error).__name__)
async def test_a_message_that_cannot_be_posted_holds_up_no_other(
    store: Store, clock: SetClock, error: Exception
) -> None:
    for channel in (1, 2):
        subscription = await subscribe(store, channel)
        await store.deliveries.put(
            subscription, clock(), [(f"nonce{channel}", {})], (), clock() + timedelta(days=1)
        )
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


# Polling


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
    saved = await steps._save_outcomes(store, outcomes, failures)
    assert [one.new_entries for one in saved] == [1, 0, 1]
    assert failures == {"poll": 1}
    assert (await store.feeds.get(feeds[1].id)).error
