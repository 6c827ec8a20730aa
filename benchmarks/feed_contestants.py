"""The contestants of the feed benchmark, each in its own process: `python -m benchmarks.feed_contestants JSON`.

Each prints one JSON object. They use only loopback.
"""

import asyncio
import hashlib
import json
import re
import sys
import time
import urllib.request
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import insert

from benchmarks import feed_server
from bot.event_loop import run_async
from bot.feeds.parse import Document, parse_feed
from bot.feeds.poll import PollLimits
from bot.fetching.client import open_fetcher, user_agent
from bot.fetching.compression import wire_hash
from bot.model.feeds import FeedState, ParsedEntry
from bot.runner.due_feeds import DueFeeds
from bot.runner.garbage_collection import collect_less_often
from bot.runner.polling import poll_feeds
from bot.store import open_store
from bot.store.schema.columns import EntryState
from bot.store.schema.news_tables import EntryRow, FeedRow, ItemHashesRow
from bot.workers import Workers

CONCURRENCY = 100
"""As in the bare loop. A host with thousands of feeds would set this."""
HOSTS = 50
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WARM_UP = 200
SEEDED_TOGETHER = 50
LOOK_EVERY_S = 0.005
"""Seconds between two checks of the event loop. They are part of a reported stall, so none looks shorter than it
is."""


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Return the time that was set."""
        return self.now


def address(port: int, number: int) -> str:
    """Return the address of a feed: fifty hosts share them."""
    return f"http://127.0.1.{1 + number % HOSTS}:{port}/{number}"


def start_round(port: int, round_: int, count: int) -> None:
    """Tell the server to start a round."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/round/{round_}/{count}") as answer:
        answer.read()


class Stalls:
    """Watches the event loop: the longest time for which it stalled, and this process's CPU time during that."""

    def __init__(self) -> None:
        self.wall_ms = 0.0
        self.cpu_ms = 0.0
        self._task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            wall, cpu = time.perf_counter(), time.thread_time()
            await asyncio.sleep(LOOK_EVERY_S)
            self.wall_ms = max(self.wall_ms, (time.perf_counter() - wall) * 1000)
            self.cpu_ms = max(self.cpu_ms, (time.thread_time() - cpu) * 1000)

    def stop(self) -> dict[str, float]:
        """Return the result."""
        self._task.cancel()
        return {"stall_wall_ms": self.wall_ms, "stall_cpu_ms": self.cpu_ms}


def memory_peaks() -> dict[str, float]:
    """Return the peak memory of this process, and of its children together, in MB."""
    found = [pid for task in Path("/proc/self/task").iterdir() for pid in _children_of(task)]
    return {"memory_mb": _peak("self"), "children_mb": sum(_peak(pid) for pid in found)}


def _children_of(task: Path) -> list[str]:
    with suppress(OSError):
        return (task / "children").read_text().split()
    return []


def _peak(process: str) -> float:
    with suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
        return int(found.group(1)) / 1000 if found else 0.0
    return 0.0


async def bare(port: int, count: int) -> dict[str, Any]:
    """Measure conditional GETs with aiohttp and nothing else."""
    connector = aiohttp.TCPConnector(limit=CONCURRENCY)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def get(number: int) -> None:
            tag = feed_server.etag(number, 0)
            headers = {"If-None-Match": tag} if tag else {}
            async with session.get(address(port, number), headers=headers) as response:
                await response.read()

        async def work(numbers: "list[int]") -> None:
            while numbers:
                await get(numbers.pop())

        for numbers in (list(range(min(count, WARM_UP))), list(range(count))):
            start_round(port, int(len(numbers) == count), count)
            started, cpu = time.perf_counter(), time.process_time()
            await asyncio.gather(*(work(numbers) for _ in range(CONCURRENCY)))
        seconds = time.perf_counter() - started
        return {"feeds": count, "seconds": seconds, "cpu_s": time.process_time() - cpu}


async def seed(database: str, port: int, count: int, slow: int = 0, slow_hosts: int = 1) -> dict[str, Any]:
    """Fill a store with feeds as after a first poll, without the half hour that feedparser would take."""
    async with open_store(database, clock=lambda: NOW) as store:
        addresses = [address(port, number) for number in range(count)]
        for number in range(slow):
            host = number % slow_hosts
            addresses.append(f"http://127.0.{10 + host // 250}.{1 + host % 250}:{port}/slow/{number}")
        async with store.database.writing() as connection:
            for start in range(0, len(addresses), SEEDED_TOGETHER):
                some = range(start, min(start + SEEDED_TOGETHER, len(addresses)))
                await connection.execute(insert(FeedRow), [_row(number, addresses[number]) for number in some])
                listing = [number for number in some if number < count]
                if listing:
                    entries = [row for number in listing for row in _entry_rows(number)]
                    await connection.execute(insert(EntryRow), entries)
                    hashes = [{"feed_id": number + 1, "hashes": _item_hashes(number)} for number in listing]
                    await connection.execute(insert(ItemHashesRow), hashes)
    return {}


def _row(number: int, url: str) -> dict[str, Any]:
    row = {"title": "", "state": FeedState.HEALTHY, "kept_by_host": True, "failures": 0, "created_at": NOW}
    row |= {"next_poll_at": NOW, "last_polled_at": NOW, "last_success_at": NOW, "id": number + 1, "url": url}
    if "/slow/" in url:
        # the slow ones have waited longest: the worst case for the others
        return row | {
            "etag": '"slow"',
            "body_hash": None,
            "wire_hash": None,
            "next_poll_at": NOW - timedelta(hours=1),
        }
    body = feed_server.body(number, 0)
    hashes = {
        "body_hash": hashlib.sha256(body).hexdigest(),
        "wire_hash": wire_hash(feed_server.packed(body), "gzip"),
    }
    return row | {"etag": feed_server.etag(number, 0)} | hashes


def _entry_rows(number: int) -> list[dict[str, Any]]:
    shared = {
        "feed_id": number + 1,
        "content_hash": "",
        "first_seen_at": NOW,
        "state": EntryState.READ,
        "attempts": 0,
    }
    given = (feed_server.story(number, index) for index in feed_server.stories(number, 0))
    return [
        shared
        | {"key": guid, "url": link, "title": title, "published_at": date, "html": text}
        | {"link_print": link.removeprefix("http://"), "title_print": title.lower()}
        for guid, link, title, date, text in given
    ]


def _item_hashes(number: int) -> bytes:
    from bot.feeds import guard, xml_items  # noqa: PLC0415 - lxml is for workers; this process only seeds

    root = guard.root_of(feed_server.body(number, 0).decode().partition("?>")[2].strip())
    found, _ = xml_items.trim_tree(root, guard.items_in(root), {}, 300, datetime.now(UTC))
    assert found is not None
    given = (feed_server.story(number, index) for index in feed_server.stories(number, 0))
    return found.hashes([ParsedEntry(guid, link, title, None, date) for guid, link, title, date, _ in given])


async def hearsay(database: str, port: int, count: int) -> dict[str, Any]:
    """Measure the poller as it runs in the bot, with a store on SQLite and one worker process."""
    clock = Clock()
    async with (
        open_store(database, clock=clock) as store,
        open_fetcher(user_agent("https://example.org/hearsay"), allow_private=True) as fetcher,
    ):
        workers = Workers(1, timeout_s=20, memory_mb=1024)
        await workers.run(parse_feed, Document(feed_server.body(0, 0), "http://127.0.0.1/", None, NOW))
        poll = partial(poll_feeds, store, fetcher, workers, clock, limits=PollLimits(), concurrency=CONCURRENCY)
        try:
            start_round(port, 0, count)
            clock.now += timedelta(days=1)
            targets = await store.feeds.due(clock(), WARM_UP)
            await poll(targets=targets)
            start_round(port, 1, count)
            clock.now += timedelta(days=2)
            due = DueFeeds(store, clock, news=asyncio.Event(), look_again_s=30)
            collect_less_often()
            stalls, started, cpu = Stalls(), time.perf_counter(), time.process_time()
            summary = await poll(targets=due)
            found = {"seconds": time.perf_counter() - started, "cpu_s": time.process_time() - cpu}
            statuses = {status.value: number for status, number in summary.statuses.items()}
            feeds = {"feeds": summary.feeds, "statuses": statuses}
            return feeds | found | stalls.stop() | memory_peaks()
        finally:
            await workers.close()


async def slow(database: str, port: int, count: int, concurrency: int) -> dict[str, Any]:
    """Measure slow and fast hosts together: when the last feed of a fast host was done, and when all were."""
    now = NOW + timedelta(days=1)
    finished: dict[str, float] = {}
    async with (
        open_store(database, clock=lambda: now) as store,
        open_fetcher(user_agent("https://example.org/hearsay"), allow_private=True) as fetcher,
    ):
        workers = Workers(1, timeout_s=20, memory_mb=1024)
        due = DueFeeds(store, lambda: now, news=asyncio.Event(), look_again_s=30)
        start_round(port, 0, count)
        fetch, started = fetcher.fetch, time.perf_counter()

        async def timed(url: str, **options: Any) -> Any:
            try:
                return await fetch(url, **options)
            finally:
                finished["slow" if "/slow/" in url else "quick"] = time.perf_counter() - started

        fetcher.fetch = timed  # type: ignore[method-assign]
        collect_less_often()
        stalls = Stalls()
        try:
            summary = await poll_feeds(
                store,
                fetcher,
                workers,
                lambda: now,
                targets=due,
                limits=PollLimits(),
                concurrency=concurrency,
            )
        finally:
            await workers.close()
    seconds = time.perf_counter() - started
    return finished | stalls.stop() | {"feeds": summary.feeds, "seconds": seconds, "errors": len(summary.errors)}


async def naive(port: int, count: int) -> dict[str, Any]:
    """Measure `feedparser.parse(url)`, one feed after the other."""
    import feedparser  # noqa: PLC0415 - for this contestant only

    start_round(port, 1, count)
    started, cpu = time.perf_counter(), time.process_time()
    for number in range(count):
        found = await asyncio.to_thread(feedparser.parse, address(port, number))
        assert found.status == 200
    seconds = time.perf_counter() - started
    return {"feeds": count, "seconds": seconds, "cpu_s": time.process_time() - cpu}


CONTESTANTS: dict[str, Callable[..., Coroutine[Any, Any, dict[str, Any]]]] = {
    "bare": bare,
    "seed": seed,
    "hearsay": hearsay,
    "slow": slow,
    "naive": naive,
}


def main(order: str) -> None:
    """Run the contestant that the JSON object `order` names, with its arguments. Print the result.

    Uses the bot's event loop, or asyncio's own if the order says `"plain": true`.
    """
    given = json.loads(order)
    run = asyncio.run if given.pop("plain", False) else run_async
    print(json.dumps(run(CONTESTANTS[given.pop("name")](**given))))


if __name__ == "__main__":
    main(sys.argv[1])
