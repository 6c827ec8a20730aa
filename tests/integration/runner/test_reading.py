"""The step that reads articles: with manners, one text once, and what is not English said to be so."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web
from sqlalchemy import select

from bot.articles.manners import Manners
from bot.errors import ExtractionError
from bot.fetching.client import Fetcher
from bot.model.claims import Extraction
from bot.runner import steps
from bot.store import Store
from bot.store.schema.news_tables import EntryRow
from bot.workers import Workers
from tests.factories import (
    GUILD,
    NOON,
    SetClock,
    an_attached_feed,
    an_entry,
    an_outcome,
    save_outcome,
)
from tests.integration.feeds.conftest import fetcher, workers
from tests.integration.feeds.server import served

__all__ = ["fetcher", "workers"]

ENGLISH = (
    "The minister said on Tuesday that contract number {} had been awarded after a proper tender to the firm."
)
GERMAN = "Die Ministerin sagte am Dienstag, der Vertrag Nummer {} sei nach einer Ausschreibung vergeben worden."


class Counting:
    """An extractor that finds nothing, and remembers what it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    processes = 1

    async def extract(self, text: str, title: str | None = None) -> Extraction:
        self.texts.append(text)
        if not text:
            raise ExtractionError
        return Extraction((), ())


@pytest.fixture
async def site() -> AsyncIterator[str]:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path == "/robots.txt":
            return web.Response(text="User-agent: *\nDisallow: /closed/")
        sentence = GERMAN if "german" in request.path else ENGLISH
        body = "".join(f"<p>{sentence.format(number)}</p>" for number in range(9))
        name = f"<meta property='og:site_name' content='{request.path}'>"
        page = f"<html lang=en><head>{name}</head><body><article>{body}</article></body></html>"
        return web.Response(text=page, content_type="text/html")

    async with served(handler) as url:
        yield url


async def brought(store: Store, *urls: str) -> None:
    feed = await an_attached_feed(store, GUILD)
    entries = [an_entry(url=url, html="<p>Short.</p>") for url in urls]
    await save_outcome(store, an_outcome(feed.id, *entries))


async def errors(store: Store) -> set[str | None]:
    async with store.database.reading() as connection:
        return set((await connection.execute(select(EntryRow.error))).scalars())


async def test_one_text_in_several_outlets_is_extracted_once(
    store: Store, fetcher: Fetcher, workers: Workers, clock: SetClock, site: str
) -> None:
    await brought(store, f"{site}/courier", f"{site}/herald", f"{site}/pilot")
    assert await steps.read_entries(store, fetcher, workers, clock) == 3
    extractor = Counting()
    assert await steps.extract_articles(store, extractor) == 1  # type: ignore[arg-type]
    assert len(extractor.texts) == 1


async def test_what_is_not_english_is_left_alone_and_said_to_be_so(
    store: Store, fetcher: Fetcher, workers: Workers, clock: SetClock, site: str
) -> None:
    await brought(store, f"{site}/german")
    await steps.read_entries(store, fetcher, workers, clock)
    extractor = Counting()
    assert await steps.extract_articles(store, extractor) == 1  # type: ignore[arg-type]
    assert extractor.texts == []
    (error,) = await errors(store)
    assert error is not None
    assert "in German" in error


async def test_a_page_that_robots_are_kept_from_is_given_up_with_the_reason(
    store: Store, fetcher: Fetcher, workers: Workers, clock: SetClock, site: str
) -> None:
    await brought(store, f"{site}/closed/story")
    assert await steps.read_entries(store, fetcher, workers, clock) == 1
    (error,) = await errors(store)
    assert error is not None
    assert "robots" in error
    assert await steps.read_entries(store, fetcher, workers, clock) == 0


async def test_entries_of_a_busy_host_are_put_off_and_keep_no_other_waiting(
    store: Store,
    fetcher: Fetcher,
    workers: Workers,
    clock: SetClock,
    site: str,
) -> None:
    class Busy(Manners):
        async def turn(self, url: str) -> timedelta | None:
            return timedelta(minutes=2) if url.endswith("/busy") else None

    await brought(store, f"{site}/busy", f"{site}/free")
    await steps.read_entries(store, fetcher, workers, clock, Busy(fetcher, clock))
    assert len(await store.articles.to_extract(9)) == 1
    assert await store.articles.entries_to_read(NOON, 9) == []
    (waiting,) = await store.articles.entries_to_read(NOON + timedelta(minutes=2), 9)
    assert (waiting.url, waiting.attempts) == (f"{site}/busy", 0)


async def test_an_entry_whose_feed_is_removed_meanwhile_stops_nothing(
    store: Store,
    fetcher: Fetcher,
    workers: Workers,
    clock: SetClock,
    site: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await brought(store, f"{site}/story")
    entries = await store.articles.entries_to_read(NOON, 9)
    gone = [replace(entry, entry_id=999_999) for entry in entries]

    async def stale(now: object, limit: int) -> object:
        return [*gone, *entries]

    monkeypatch.setattr(store.articles, "entries_to_read", stale)
    assert await steps.read_entries(store, fetcher, workers, clock) == 2
    assert len(await store.articles.to_extract(9)) == 1
