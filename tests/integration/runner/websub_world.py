"""A publisher with a hub, and Hearsay with its store, its polls and its address for pushes."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.feeds.poll import PollLimits
from bot.feeds.schedule import Pace
from bot.fetching.client import open_fetcher
from bot.metrics import Metrics
from bot.model.feeds import Feed
from bot.model.websub import HubSubscription
from bot.runner import polling
from bot.runner.hubs import Hubs
from bot.runner.pushes import Inbox
from bot.store import Store, open_store
from bot.workers import Workers
from tests.databases import Templates
from tests.factories import SetClock
from tests.hub import Hub, running_hub
from tests.integration.feeds.server import served

MINUTE = timedelta(minutes=1)
PACE = Pace(timedelta(minutes=15), timedelta(days=1))


class Publisher:
    """A site with one feed, which names its hubs in the document, in the `Link` header, or nowhere."""

    def __init__(self, clock: SetClock) -> None:
        self.url = ""
        self.items: list[int] = []
        self.hubs: list[str] = []
        self.in_header = False
        self.works = True
        self.polls = 0
        self._clock = clock

    @property
    def topic(self) -> str:
        return f"{self.url}/rss"

    def post(self, count: int = 1) -> None:
        """Publish entries; their dates are now."""
        self.items += range(len(self.items), len(self.items) + count)

    def document(self, *items: int, age: timedelta = timedelta()) -> bytes:
        """Return the feed, or a part of it."""
        date = format_datetime(self._clock() - age)
        links = "" if self.in_header else "".join(f'<atom:link rel="hub" href="{hub}"/>' for hub in self.hubs)
        listed = "".join(
            f"<item><guid>entry-{number}</guid><title>Title {number}</title><link>{self.url}/{number}</link>"
            f"<pubDate>{date}</pubDate></item>"
            for number in reversed(items or self.items)
        )
        return (
            '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>News</title>'
            f'<atom:link rel="self" href="{self.topic}"/>{links}{listed}</channel></rss>'
        ).encode()

    async def answer(self, _request: web.Request) -> web.StreamResponse:
        self.polls += 1
        if not self.works:
            return web.Response(status=503)
        headers = {"Link": ", ".join(f'<{hub}>; rel="hub"' for hub in self.hubs)} if self.in_header else {}
        return web.Response(body=self.document(), content_type="application/rss+xml", headers=headers)


class Hearsay:
    """The parts that polls and hubs need, as the bot puts them together."""

    def __init__(self, stack: AsyncExitStack, database_url: str, workers: Workers, clock: SetClock) -> None:
        self._stack = stack
        self._database_url = database_url
        self._workers = workers
        self._clock = clock
        self._address = "127.0.0.1:0"
        self.limits = PollLimits(pace=PACE, max_bytes=100_000, pushed=True)

    async def start(self) -> None:
        """Open everything; a second time at the address of the first."""
        self._running = await self._stack.enter_async_context(AsyncExitStack())
        enter = self._running.enter_async_context
        self.metrics = Metrics()
        self.store: Store = await enter(open_store(self._database_url, clock=self._clock, migrate=False))
        self.fetcher = await enter(open_fetcher("Hearsay", allow_private=True, timeout_s=5))
        inbox = Inbox()
        parts = (self.store, self.fetcher, self._workers, self._clock, self.metrics, self.limits)
        self.url = await enter(Hubs("", *parts, inbox=inbox).served_at(self._address))
        self._address = self.url.removeprefix("http://")
        self.hubs = Hubs(self.url, *parts, inbox=inbox)

    async def stop(self) -> None:
        """Close everything, without a word to anybody."""
        await self._running.aclose()

    async def poll(self) -> int:
        """Poll the feeds that are due; return how many entries were new."""
        found = await polling.poll_feeds(
            self.store,
            self.fetcher,
            self._workers,
            self._clock,
            targets=await self.store.feeds.due(self._clock(), 100),
            limits=self.limits,
            concurrency=5,
        )
        return found.new_entries

    def counted(self, name: str, **labels: str) -> float:
        return self.metrics.registry.get_sample_value(f"hearsay_hub_{name}", labels) or 0.0


class World:
    """A publisher with a hub, and Hearsay, which has its feed."""

    def __init__(self, clock: SetClock, hub: Hub, publisher: Publisher, hearsay: Hearsay) -> None:
        self.clock = clock
        self.hub = hub
        self.publisher = publisher
        self.hearsay = hearsay
        self.feed_id = 0

    async def feed(self) -> Feed:
        return await self.hearsay.store.feeds.get(self.feed_id)

    async def wait(self) -> timedelta:
        """Return how long it is until the next poll."""
        return (await self.feed()).next_poll_at - self.clock()

    async def subscription(self) -> HubSubscription:
        found = await self.hearsay.store.hub_subscriptions.get(self.feed_id)
        assert found is not None
        return found

    async def subscribed(self) -> HubSubscription:
        """Poll the feed, ask its hub; return the subscription."""
        await self.hearsay.poll()
        await self.hearsay.hubs.ask()
        return await self.subscription()

    async def push(self, *items: int, **given: object) -> int:
        """Let the hub send the feed, or a part of it, and Hearsay read it; return how many entries were new."""
        body = self.publisher.document(*items)
        assert await self.hub.publish(self.publisher.topic, body, **given) == 202  # type: ignore[arg-type]
        return await self.hearsay.hubs.read()

    async def poll_when_due(self) -> tuple[int, timedelta]:
        """Poll when the feed is due; return how many entries were new, and how long it is until the next poll."""
        self.clock.now = max(self.clock(), (await self.feed()).next_poll_at)
        new = await self.hearsay.poll()
        return new, await self.wait()


both_databases = pytest.mark.parametrize("world", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
async def world(
    request: pytest.FixtureRequest, templates: Templates, tmp_path: Path, workers: Workers
) -> AsyncIterator[World]:
    """A world on SQLite; on PostgreSQL, too, where what is stored matters (`both_databases`)."""
    if getattr(request, "param", "sqlite") == "sqlite":
        async with opened_world(templates.sqlite_copy(tmp_path), workers) as made:
            yield made
    else:
        with templates.postgres_emptied(request.getfixturevalue("postgres")) as url:
            async with opened_world(url, workers) as made:
                yield made


@asynccontextmanager
async def opened_world(database_url: str, workers: Workers) -> AsyncIterator[World]:
    clock = SetClock()
    async with AsyncExitStack() as stack:
        hub = await stack.enter_async_context(running_hub())
        publisher = Publisher(clock)
        publisher.url = await stack.enter_async_context(served(publisher.answer))
        publisher.hubs = [hub.url]
        publisher.post(12)
        hearsay = Hearsay(stack, database_url, workers, clock)
        await hearsay.start()
        made = World(clock, hub, publisher, hearsay)
        made.feed_id = (await hearsay.store.feeds.add(publisher.topic, kept_by_host=True)).id
        yield made


async def sent(url: str, method: str = "POST", **given: object) -> int:
    async with aiohttp.ClientSession() as session, session.request(method, url, **given) as answer:  # type: ignore[arg-type]
        return answer.status
