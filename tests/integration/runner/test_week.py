"""A week of feeds that move, vanish, throttle, change their ids and come back.

The real steps on a real database, with a clock that the test sets. The feeds are served on loopback as they are at
that time. Each article must be shown exactly once.
"""

import asyncio
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

import pytest
from aiohttp import web

from bot.feeds.poll import PollLimits
from bot.fetching.client import open_fetcher, user_agent
from bot.model.claims import Actor, ActorType, Claim, Extraction, Kind, Wording
from bot.model.delivery import Delivery, PostedAt
from bot.model.digests import Cadence
from bot.model.queries import ClaimQuery
from bot.runner import polling, steps
from bot.store import Store, open_store
from bot.workers import Workers
from tests.factories import GUILD, NOON, USER, SetClock, a_subscription
from tests.integration.feeds.server import served

WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
MARK = re.compile(r"mark[a-z]+x\d+")
SYLLABLES = (
    "ba",
    "cor",
    "den",
    "fi",
    "gul",
    "hem",
    "jo",
    "kra",
    "lun",
    "mor",
    "nip",
    "os",
    "pel",
    "qua",
    "rit",
    "sto",
)


@dataclass(frozen=True)
class Written:
    """An article of a feed. Its mark is a word in its headline and its claim."""

    mark: str
    at: datetime

    def words(self, count: int, salt: str = "") -> str:
        """Return words that only this article uses, always the same, so that no two articles are in one story."""
        own = random.Random(self.mark)
        vocabulary = ["".join(own.choices(SYLLABLES, k=6)) for _ in range(30)]
        return " ".join(random.Random(self.mark + salt).choices(vocabulary, k=count))


@dataclass
class Outlet:
    """A feed that writes an article every few hours, and what it looks like at a time."""

    name: str
    every: timedelta
    path: Callable[[datetime], str] = field(default=lambda now: "")
    articles: list[Written] = field(default_factory=list)

    def listed(self, now: datetime) -> list[Written]:
        """Return what the feed lists, the newest first."""
        return sorted((a for a in self.articles if a.at <= now), key=lambda a: a.at, reverse=True)[:12]


class StubExtractor:
    """Finds one claim in a text: its first sentence, by a speaker named by two words of it."""

    processes = 1

    async def extract(self, text: str, title: str | None = None) -> Extraction:
        end = text.index(".")
        actor = Actor(" ".join(text.split()[1:3]).title(), ActorType.PERSON, salience=1.0)
        claim = Claim((), (), ((0, end),), actor.name, Kind.STATEMENT, Wording.PARAPHRASED, 0.9, (0, end + 1))
        return Extraction((actor,), (claim,))


class Recorder:
    """A sender that keeps which articles each message shows."""

    def __init__(self) -> None:
        self.shown: Counter[str] = Counter()

    async def send(self, delivery: Delivery) -> PostedAt:
        self.shown.update(set(MARK.findall(json.dumps(delivery.payload))))
        return PostedAt(delivery.id)

    async def is_member(self, guild_id: int, user_id: int) -> bool:
        return True

    async def find_posted(self, delivery: Delivery, now: datetime) -> PostedAt | None:
        return None


class World:
    """The outlets, and what happens to their feeds during the week. Answers requests by the clock."""

    def __init__(self, clock: SetClock) -> None:
        self.clock = clock
        self.start = clock.now
        self.outlets = {
            name: Outlet(name, timedelta(hours=2 * hours))
            for name, hours in {
                "steady": 5, "moves": 7, "vanishes": 6, "throttles": 5, "renumbers": 6, "returns": 8, "merges": 7,
                "edits": 9, "flickers": 6,
            }.items()
        }  # fmt: skip
        for outlet in self.outlets.values():
            count = int(WEEK / outlet.every) + 3
            outlet.articles = [
                Written(f"mark{outlet.name}x{i}", self.start + (i - 2) * outlet.every) for i in range(count)
            ]
        self.requests: Counter[str] = Counter()

    @property
    def hours(self) -> float:
        """Hours since the week began."""
        return (self.clock.now - self.start) / HOUR

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer by the current time."""
        parts = request.path.strip("/").split("/")
        if parts[0] == "robots.txt":
            return web.Response(status=404)
        self.requests[request.path] += 1
        if parts[0] == "feed":
            return self.feed(self.outlets[parts[1]], parts[2], request)
        return self.page(parts[-1])

    def feed(self, outlet: Outlet, address: str, request: web.Request) -> web.Response:
        """Return the feed of an outlet at one of its addresses, or what befell it."""
        hours, name = self.hours, outlet.name
        if name == "moves" and address == "old" and hours >= 24:
            return web.Response(status=301, headers={"Location": "/feed/moves/new"})
        if name == "merges" and address == "first" and hours >= 30:
            return web.Response(status=308, headers={"Location": "/feed/merges/second"})
        if name == "vanishes" and 40 <= hours < 70:
            return web.Response(status=404)
        if name == "throttles" and int(hours) % 6 == 3 and hours < 150:
            return web.Response(status=429, headers={"Retry-After": "7200"})
        if name == "returns" and 30 <= hours < 50:
            return web.Response(status=503)
        if name == "returns" and 50 <= hours < 60:
            return web.Response(text="<html><body>Parked</body></html>", content_type="text/html")
        body = self.document(outlet)
        tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        return web.Response(text=body, content_type="application/rss+xml", headers={"ETag": tag})

    def document(self, outlet: Outlet) -> str:
        """Return the RSS of an outlet as of now, newest first."""
        items = "".join(self.item(outlet, article) for article in outlet.listed(self.clock.now))
        channel = f"<channel><title>{outlet.name}</title>{items}{self.archive(outlet)}</channel>"
        return f'<rss version="2.0">{channel}</rss>'

    def item(self, outlet: Outlet, article: Written) -> str:
        """Return an item. Its id, address, headline and date depend on the time."""
        hours, name = self.hours, outlet.name
        guid, link, title = article.mark, f"/a/{article.mark}", f"{article.words(6)} {article.mark}"
        date, summary = article.at, f"{article.words(30, 'summary')}."
        if name == "renumbers":
            # ids change on the second day, addresses on the fourth, dates on the fifth
            guid += "" if hours < 36 else "-b" if hours < 84 else "-c" if hours < 108 else "-d"
            link = link if hours < 84 else f"/2026/{article.mark}"
            date = date if hours < 108 else self.start + timedelta(hours=108)
        if name == "steady" and hours >= 48:
            date += timedelta(minutes=7)  # all dates change
        if name == "returns" and hours >= 60:
            guid = f"urn:new:{guid}"  # it came back on another system
            title = title.upper()
        if name == "flickers":
            guid += str(int(hours) // 5 % 2)  # two servers that disagree on ids
        if name == "edits" and self.clock.now - article.at > 10 * HOUR:
            title = f"Updated: {title}"
            summary += " The council has since withdrawn its plan for the harbour and the ferry."
        return (
            f"<item><guid isPermaLink='false'>{guid}</guid><link>{link}</link><title>{escape(title)}</title>"
            f"<pubDate>{format_datetime(date, usegmt=True)}</pubDate><description>{summary}</description></item>"
        )

    def archive(self, outlet: Outlet) -> str:
        """Return what one feed pours out on the sixth day: its old articles."""
        if outlet.name != "steady" or not 125 <= self.hours < 127:
            return ""
        old = [Written(f"markarchivex{i}", self.start - timedelta(days=100 + i)) for i in range(40)]
        return "".join(self.item(outlet, article) for article in old)

    def page(self, mark: str) -> web.Response:
        """Return the page of an article."""
        written = Written(mark, self.start)
        said = f"Both {written.words(14, 'said')} by {mark} will open in spring."
        late = next((a for o in self.outlets.values() for a in o.articles if a.mark == mark), written)
        if mark.startswith("markedits") and self.clock.now - late.at > 10 * HOUR:
            said = f"Both {written.words(14, 'said')} by {mark} will not open in spring."
        paragraphs = "".join(f"<p>{written.words(40, str(n)).capitalize()}.</p>" for n in range(3))
        html = f"<html><body><article><h1>{mark}</h1><p>{said}</p>{paragraphs}</article></body></html>"
        return web.Response(text=html, content_type="text/html")

    def expected(self, until: datetime) -> set[str]:
        """Return the marks of all articles that were to be shown by `until`."""
        return {a.mark for outlet in self.outlets.values() for a in outlet.articles if a.at <= until}


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    pool = Workers(count=1, timeout_s=20, memory_mb=1024)
    yield pool
    asyncio.run(pool.close())


@pytest.fixture
async def store(tmp_path: Path, clock: SetClock) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{tmp_path / 'week.db'}", clock=clock) as opened:
        yield opened


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.mark.no_cover  # tracing coverage of a week takes longer than the week, and adds nothing to other tests
async def test_each_article_of_a_week_is_shown_exactly_once(
    store: Store, clock: SetClock, workers: Workers
) -> None:
    world, recorder, extractor = World(clock), Recorder(), StubExtractor()
    limits = replace(PollLimits(), parse_timeout_s=20)
    async with (
        served(world.answer) as host,
        open_fetcher(
            user_agent("https://example.org/hearsay"), allow_private=True, timeout_s=10, clock=clock
        ) as fetcher,
    ):
        first = {"moves": "old", "merges": "first"}
        feeds = {
            name: await store.feeds.add(f"{host}/feed/{name}/{first.get(name, 'rss')}") for name in world.outlets
        }
        twin = await store.feeds.add(f"{host}/feed/merges/second")
        for feed in (*feeds.values(), twin):
            await store.guilds.attach(GUILD, feed.id, USER, limit=50)
        subscription = await a_subscription(
            store,
            cadence=Cadence.HOURLY,
            at=time(0, 30),
            timezone="UTC",
            feed_ids=tuple(feed.id for feed in feeds.values()),
            next_at=clock.now + HOUR / 2,
        )
        end = clock.now + WEEK
        while clock.now < end + timedelta(hours=12):
            await polling.poll_feeds(
                store, fetcher, workers, clock,
                targets=await store.feeds.due(clock(), 100), limits=limits, concurrency=10,
            )  # fmt: skip
            await steps.read_entries(store, fetcher, workers, clock)
            await steps.extract_articles(store, extractor)  # type: ignore[arg-type]
            await steps.group_articles(store, clock)
            await steps.compose_digests(store, clock)
            await steps.deliver(store, recorder, clock)
            await steps.purge(store, clock)
            clock.advance(hours=1)

        twice = {mark: count for mark, count in recorder.shown.items() if count > 1}
        assert twice == {}
        missing = world.expected(end - timedelta(hours=12)) - set(recorder.shown)
        assert missing == set()
        assert not any("archive" in mark for mark in recorder.shown)

        assert (await store.feeds.get(feeds["moves"].id)).url == f"{host}/feed/moves/new"
        assert feeds["merges"].id not in {feed.id for feed in await store.feeds.all()}
        assert twin.id in (await store.subscriptions.get(subscription.id, GUILD)).selection.feed_ids
        found = await store.claims.search(ClaimQuery(guild_id=GUILD, topic="markeditsx5"), limit=5)
        assert "will not open" in found.claims[0].content_text
        assert len(await store.articles.revisions(found.claims[0].article_id)) >= 1
        assert {feed.state.value for feed in await store.feeds.all()} == {"healthy"}
