"""Entries and articles that cannot be read, stored or analysed are put off, and hold up no others."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, cast

import pytest

from bot.articles.manners import Manners
from bot.errors import ExtractionError, ModelMissing
from bot.extraction.extractor import Extractor
from bot.fetching.client import Fetcher, open_fetcher
from bot.fetching.host_budget import HostBudget
from bot.model.articles import Origin, ReadArticle
from bot.model.claims import Extraction
from bot.runner import steps
from bot.store import Store
from bot.store.schema.columns import SetbackStep
from bot.store.setbacks import DELAYS
from bot.workers import Runs, Workers
from tests.factories import SetClock
from tests.integration.runner.odd_items import ODD, articles, entries, raising


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


async def test_a_host_whose_pages_take_the_workers_time_waits_and_keeps_no_other_waiting(
    store: Store, clock: SetClock, fetcher: Fetcher, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = [f"https://slow.example/{number}" for number in range(12)]
    await entries(store, clock, *slow, "https://quick.example/1")

    async def reading(entry: Any, *, workers: Runs, **_given: Any) -> ReadArticle:
        await workers.run(time.sleep, 0.3 if "slow" in entry.url else 0.0)
        return ReadArticle(entry.url, "Example", entry.title, "Text.", Origin.PAGE)

    monkeypatch.setattr(steps, "read", reading)

    class Ready(Manners):
        async def turn(self, url: str) -> None:
            return None

    budget = HostBudget(seconds=0.2)
    given = (store, fetcher, workers, clock, Ready(fetcher, clock), None, Counter[str](), budget)
    await steps.read_entries(*given)
    read = [article.host for article in await store.articles.to_extract(99)]
    assert "quick.example" in read
    assert read.count("slow.example") < len(slow)
    assert await steps.read_entries(*given) == 0  # they wait
    clock.now += timedelta(seconds=901)
    budget = HostBudget()
    await steps.read_entries(*given[:-1], budget)
    assert len(await store.articles.to_extract(99)) == len(slow) + 1


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


class Extracts:
    """Stands in for the extractor."""

    processes = 1

    def __init__(self, error: BaseException, words: str) -> None:
        self._error, self._words = error, words

    async def extract(self, text: str, title: str | None = None) -> Extraction:
        if self._words in text:
            raise self._error
        return Extraction((), ())


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
