"""Reads pages and analyses texts on their own: no database, no feeds, nothing stored."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.articles.read import page_of, read
from bot.articles.text import page_text
from bot.clock import Clock, utc_now
from bot.errors import BadInput
from bot.extraction.extractor import Extractor
from bot.fetching.client import PAGE_ACCEPT, Fetcher, open_fetcher, user_agent
from bot.languages.translations import _
from bot.model.articles import EntryToRead, PageText, ReadArticle
from bot.model.claims import Extraction
from bot.workers import Workers
from config.settings import Settings

Extract = Callable[[str, str | None], Awaitable[Extraction]]
"""Finds the actors and claims of a text, whose title may be known."""
LARGEST_FILE = 50_000_000
"""The largest HTML file, in bytes."""


@dataclass(frozen=True, slots=True)
class PageReader:
    """Reads pages from their addresses, and from HTML files."""

    fetcher: Fetcher
    workers: Workers
    max_bytes: int
    clock: Clock

    async def article(self, url: str) -> ReadArticle:
        """Return the article at an address, read as the bot reads an entry. Raises a HearsayError."""
        entry = EntryToRead(entry_id=0, feed_title="", url=url, title="", author=None, published_at=None, html="")
        return await read(
            entry, fetcher=self.fetcher, workers=self.workers, now=self.clock(), max_bytes=self.max_bytes
        )

    async def page(self, url: str, *, thorough: bool = False) -> PageText:
        """Return the contents of the page at an address, article or not. Raises a HearsayError.

        `thorough` also allows slow methods, which the bot itself does not use.
        """
        answer = await self.fetcher.fetch(url, accept=PAGE_ACCEPT, max_bytes=self.max_bytes)
        return await page_of(url, answer, self.workers, thorough=thorough)

    async def file(self, html: bytes, *, thorough: bool = False) -> PageText:
        """Return the contents of an HTML file. Raises BadInput if it is too large, or another HearsayError."""
        if len(html) > LARGEST_FILE:
            raise BadInput(_("This file is larger than {largest_file} MB.", largest_file=LARGEST_FILE // 1000000))
        return await self.workers.run(page_text, html, "", None, thorough)


@asynccontextmanager
async def open_page_reader(
    settings: Settings, processes: int = 1, *, clock: Clock = utc_now
) -> AsyncIterator[PageReader]:
    """Yield a reader of pages with this many worker processes."""
    agent = user_agent(str(settings.contact_url))
    workers = Workers(processes, settings.parse_timeout, settings.worker_memory_mb)
    try:
        async with open_fetcher(
            agent, allow_private=settings.allow_private_addresses, timeout_s=settings.fetch_timeout
        ) as fetcher:
            yield PageReader(fetcher, workers, settings.fetch_max_bytes, clock)
    finally:
        await workers.close()


@asynccontextmanager
async def open_extractor(
    settings: Settings, processes: int | None = None, model: Path | None = None
) -> AsyncIterator[Extractor]:
    """Yield a function that finds actors and claims in texts, by default with the processes and model of the
    settings.
    """
    extractor = Extractor(
        model or settings.model, processes or settings.extract_processes, settings.extract_timeout
    )
    try:
        yield extractor
    finally:
        await extractor.close()
