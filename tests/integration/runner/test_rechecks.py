"""Articles that were shown are checked again for a while, politely, and revised if they changed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from unittest.mock import AsyncMock

import pytest
from aiohttp import web
from multidict import CIMultiDict, CIMultiDictProxy
from sqlalchemy import select

from bot.articles.manners import Manners
from bot.articles.seen_pages import SeenPages
from bot.errors import PageUnchanged, StoreUnavailable
from bot.fetching.client import Answer, Fetcher
from bot.model.articles import EntryToRead
from bot.model.claims import Extraction
from bot.model.feeds import Validators
from bot.runner import steps
from bot.store import Store
from bot.store.articles.rechecks import RECHECK_DELAYS
from bot.store.schema.news_tables import EntryRow
from bot.workers import Workers
from tests.factories import (
    GUILD,
    NOON,
    SetClock,
    a_subscription,
    an_attached_feed,
    an_entry,
    an_outcome,
    put_digest,
    save_outcome,
)
from tests.integration.feeds.conftest import fetcher, workers
from tests.integration.feeds.server import served

__all__ = ["fetcher", "workers"]

SENTENCE = (
    "The minister said on Tuesday that contract number {} had been awarded after a proper tender to the firm."
)


@dataclass
class Site:
    """A page that may be corrected, and the requests for it."""

    url: str = ""
    text: str = SENTENCE
    etag: bool = True
    status: int = 200
    robots: str = "User-agent: *\nAllow: /"
    asked: list[str | None] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/robots.txt":
            return web.Response(text=self.robots)
        self.asked.append(request.headers.get("If-None-Match"))
        tag = f'"{hash(self.text)}"'
        if self.status != 200:
            return web.Response(status=self.status)
        if self.etag and self.asked[-1] == tag:
            return web.Response(status=304)
        body = "".join(f"<p>{self.text.format(number)}</p>" for number in range(9))
        page = f"<html lang=en><body><article>{body}</article></body></html>"
        return web.Response(text=page, content_type="text/html", headers={"ETag": tag} if self.etag else {})


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    async with served(made.answer) as url:
        made.url = url
        yield made


class Reading:
    """The step, with what a running Hearsay remembers between passes."""

    def __init__(self, store: Store, fetcher: Fetcher, workers: Workers, clock: SetClock) -> None:
        self.store = store
        self.clock = clock
        self._given = (fetcher, workers)
        self.restart()

    def restart(self) -> None:
        self._memory = Manners(self._given[0], self.clock), SeenPages()

    async def once(self) -> int:
        return await steps.read_entries(self.store, *self._given, self.clock, *self._memory)

    async def shown(self, site: Site) -> int:
        """Show the page in a digest. Return its article."""
        feed = await an_attached_feed(self.store, GUILD)
        entry = an_entry(url=f"{site.url}/story", published_at=self.clock(), html="<p>Short.</p>")
        await save_outcome(self.store, an_outcome(feed.id, entry))
        await self.once()
        article_id = (await self.store.articles.to_extract(9))[0].article_id
        await self.extracted(article_id)
        subscription = await a_subscription(self.store)
        await put_digest(self.store, subscription.id, NOON, [("n", {})], [article_id], NOON)
        return article_id

    async def extracted(self, article_id: int) -> None:
        await self.store.claims.save_extraction(article_id, Extraction((), ()))
        await self.store.stories.save(article_id, None, {"contract": 1.0})

    async def text(self, article_id: int) -> str:
        return (await self.store.articles.get(article_id)).text


@pytest.fixture
def reading(store: Store, fetcher: Fetcher, workers: Workers, clock: SetClock) -> Reading:
    return Reading(store, fetcher, workers, clock)


async def test_a_correction_is_not_lost_because_the_store_was_away_when_it_was_read(
    reading: Reading, site: Site, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    article_id = await reading.shown(site)
    site.text = SENTENCE.replace("proper", "flawed")
    clock.advance(hours=2)
    with monkeypatch.context() as away:
        away.setattr(reading.store.articles, "save_read", AsyncMock(side_effect=StoreUnavailable))
        with pytest.raises(StoreUnavailable):
            await reading.once()
    assert await reading.once() == 1
    assert "flawed" in await reading.text(article_id)


async def test_a_correction_that_the_feed_does_not_mention_is_seen_and_recorded(
    reading: Reading, site: Site, clock: SetClock
) -> None:
    article_id = await reading.shown(site)
    before = await reading.text(article_id)
    site.text = SENTENCE.replace("proper", "flawed")
    assert await reading.once() == 0  # not yet
    clock.advance(hours=2)
    assert await reading.once() == 1
    assert "flawed" in await reading.text(article_id)
    (revision,) = await reading.store.articles.revisions(article_id)
    assert (revision.number, revision.replaced_at) == (1, clock())
    assert [each.article_id for each in await reading.store.articles.to_extract(9)] == [article_id]
    assert "proper" in before


@pytest.mark.parametrize("etag", [True, False])
async def test_a_page_that_stays_is_looked_at_a_few_times_and_never_read(
    reading: Reading, site: Site, clock: SetClock, etag: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.etag = etag
    article_id = await reading.shown(site)

    async def none(*_: object, **__: object) -> None:
        raise AssertionError("nothing is analysed of a page that stayed as it was")

    monkeypatch.setattr("bot.articles.read._page", none)
    looks = 0
    for _ in range(96):
        clock.advance(hours=1)
        looks += await reading.once()
    assert looks == len(RECHECK_DELAYS)
    assert len(site.asked) == 1 + len(RECHECK_DELAYS)
    assert all(site.asked[1:]) is etag
    assert await reading.store.articles.revisions(article_id) == []


async def test_after_a_restart_a_page_is_asked_for_once_without_condition(
    reading: Reading, site: Site, clock: SetClock
) -> None:
    article_id = await reading.shown(site)
    reading.restart()
    for hours in (2, 8):
        clock.advance(hours=hours)
        assert await reading.once() == 1
    assert [bool(condition) for condition in site.asked] == [False, False, True]
    assert await reading.store.articles.revisions(article_id) == []


async def test_what_no_digest_has_shown_is_not_looked_at(reading: Reading, site: Site, clock: SetClock) -> None:
    feed = await an_attached_feed(reading.store, GUILD)
    entry = an_entry(url=f"{site.url}/story", published_at=NOON, html="<p>Short.</p>")
    await save_outcome(reading.store, an_outcome(feed.id, entry))
    await reading.once()
    await reading.extracted(1)
    clock.advance(hours=12)
    assert await reading.once() == 0


async def test_a_look_that_fails_does_not_change_the_article(
    reading: Reading, site: Site, clock: SetClock
) -> None:
    article_id = await reading.shown(site)
    before = await reading.text(article_id)
    site.status = 404
    clock.advance(hours=2)
    assert await reading.once() == 1
    assert await reading.text(article_id) == before
    site.status, site.text = 200, SENTENCE.replace("proper", "flawed")
    clock.advance(hours=8)
    assert await reading.once() == 1
    assert "flawed" in await reading.text(article_id)


async def test_a_site_that_closes_to_robots_is_left_alone(reading: Reading, site: Site, clock: SetClock) -> None:
    article_id = await reading.shown(site)
    site.robots = "User-agent: *\nDisallow: /"
    reading.restart()
    clock.advance(hours=2)
    assert await reading.once() == 1
    assert len(site.asked) == 1
    assert await reading.store.articles.revisions(article_id) == []


async def test_an_entry_that_its_feed_changed_is_read_whatever_the_page_says(
    reading: Reading, site: Site, clock: SetClock
) -> None:
    article_id = await reading.shown(site)
    feed = await an_attached_feed(reading.store, GUILD)
    async with reading.store.database.reading() as connection:
        known = (await connection.execute(select(EntryRow.key).where(EntryRow.feed_id == feed.id))).scalar_one()
    corrected = an_entry(key=known, url=f"{site.url}/story", title="Correction: contract", html="<p>Short.</p>")
    clock.advance(hours=1)
    await save_outcome(reading.store, an_outcome(feed.id, corrected, polled_at=clock()))
    assert await reading.once() == 1
    assert site.asked == [None, None]
    assert (await reading.store.articles.get(article_id)).title == "Correction: contract"


def test_only_so_many_pages_are_remembered() -> None:
    seen = SeenPages(pages=2)
    answer = Answer(200, "http://a.example/", CIMultiDictProxy(CIMultiDict(ETag='"1"')), b"body")
    entries = [EntryToRead(n, "", f"http://a.example/{n}", "t", None, None, "", was_read=True) for n in range(3)]
    for entry in entries:
        seen.check(entry, answer)
    assert [seen.validators(entry) for entry in entries] == [Validators(), *[Validators('"1"')] * 2]
    assert seen.validators(replace(entries[2], title="other")) == Validators()
    assert seen.validators(replace(entries[2], was_read=False)) == Validators()
    with pytest.raises(PageUnchanged):
        seen.check(entries[2], answer)
    seen.forget(2)
    seen.check(entries[2], answer)


def test_looks_leave_room_for_changes_that_the_feed_tells() -> None:
    from bot.store.feeds.entries import REREADS

    assert len(RECHECK_DELAYS) < REREADS
    assert sum(RECHECK_DELAYS, timedelta()) < timedelta(days=2)


async def withdrawn(reading: Reading, article_id: int) -> bool:
    return (await reading.store.digests.as_now([article_id], GUILD))[article_id].withdrawn


async def test_a_page_that_was_removed_for_good_is_withdrawn_at_once(
    reading: Reading, site: Site, clock: SetClock
) -> None:
    article_id = await reading.shown(site)
    site.status = 410
    clock.advance(hours=2)
    await reading.once()
    assert await withdrawn(reading, article_id)


async def test_a_page_that_is_missing_is_withdrawn_only_if_it_stays_away(
    reading: Reading, site: Site, clock: SetClock
) -> None:
    article_id = await reading.shown(site)
    site.status = 404
    for hours in (2, 1):
        clock.advance(hours=hours)
        await reading.once()
        assert not await withdrawn(reading, article_id)
    clock.advance(hours=1)
    await reading.once()
    assert await withdrawn(reading, article_id)


async def test_a_page_that_is_there_again_is_no_longer_withdrawn(
    reading: Reading, site: Site, clock: SetClock
) -> None:
    article_id = await reading.shown(site)
    site.status = 410
    clock.advance(hours=2)
    await reading.once()
    site.status = 200
    clock.advance(hours=8)
    await reading.once()
    assert not await withdrawn(reading, article_id)
