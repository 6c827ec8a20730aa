"""Extraction keeps all its processes busy, and gets what is known of an article."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from bot.extraction.extractor import Extractor
from bot.model.articles import ArticleToExtract, Origin, ReadArticle
from bot.model.claims import Extraction
from bot.model.feeds import FeedState, ParsedEntry, ParsedFeed, PollOutcome, PollStatus
from bot.runner import steps
from bot.store import Store, open_store

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
ARTICLES = 7


class Watched:
    """Stands in for the extractor: says how many texts it had at the same time, and what came with them."""

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self.most = 0
        self.titles: list[str | None] = []
        self._under_way = 0

    async def extract(self, text: str, title: str | None = None) -> Extraction:
        del text
        self.titles.append(title)
        self._under_way += 1
        self.most = max(self.most, self._under_way)
        await asyncio.sleep(0.01)
        self._under_way -= 1
        return Extraction((), ())


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{tmp_path / 'hearsay.db'}", clock=lambda: NOW) as opened:
        feed = await opened.feeds.add("https://example.org/feed", kept_by_host=True)
        entries = tuple(ParsedEntry(str(n), f"https://example.org/{n}", f"Headline {n}") for n in range(ARTICLES))
        outcome = PollOutcome(
            feed.id,
            PollStatus.CHANGED,
            NOW,
            NOW + timedelta(hours=1),
            FeedState.HEALTHY,
            feed=ParsedFeed("Example", None, entries=entries),
        )
        await opened.feeds.save_outcomes([outcome])
        for entry in await opened.articles.entries_to_read(NOW, 99):
            article = ReadArticle(entry.url or "", "Example", entry.title, f"Text of {entry.title}.", Origin.PAGE)
            await opened.articles.save_read(entry.entry_id, article)
        yield opened


@pytest.mark.parametrize("processes", [1, 2, 3])
async def test_as_many_texts_are_under_way_as_keep_all_processes_busy(store: Store, processes: int) -> None:
    watched = Watched(processes)
    assert await steps.extract_articles(store, cast("Extractor", watched)) == ARTICLES
    assert processes <= watched.most <= 2 * processes
    assert await store.articles.to_extract(9) == []


async def test_the_title_reaches_extraction(store: Store) -> None:
    first: ArticleToExtract = (await store.articles.to_extract(9))[0]
    assert (first.title, first.text) == ("Headline 0", "Text of Headline 0.")
    watched = Watched(1)
    await steps.extract_articles(store, cast("Extractor", watched))
    assert sorted(map(str, watched.titles)) == [f"Headline {n}" for n in range(ARTICLES)]
