"""What one process and what several get done, and at what cost: `make bench-scale`.

Everything runs as in production: real processes, a PostgreSQL, an invented news wire and a local Discord. Times on
the wall depend on the machine; the ratios, and the processor that an article takes, tell.
"""

import asyncio
import math
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from benchmarks.scale.extract_processes import PROCESSES, Extracted, extracted, print_extracted
from benchmarks.scale.newswire import Newswire
from benchmarks.scale.role_processes import Role, bot_environment, ready
from bot.event_loop import run_async
from bot.store import Store, open_store
from bot.store.upgrade import upgrade
from preview.discord import LocalDiscord
from tests.databases import Cluster, postgres_programs

ARTICLES = 1200
"""Enough for a minute or so: with 240, the first and last seconds, when not all processes work, hide the ratio."""
VARIABLE = "HEARSAY_SCALE_ARTICLES"
ARTICLES_OF_OUTLET = 30
"""So many a feed lists at once, and no host gets more requests at a time than a real one would."""
FEEDS = 100_000
FEEDS_VARIABLE = "HEARSAY_SCALE_FEEDS"
EVERY_S = 900
"""How often each feed is polled: the shortest time, which is the hardest case."""
POLLED_FOR_S = 60.0
STEPS = "poll,read,extract,group"


@dataclass(frozen=True)
class Throughput:
    """What some processes did with the articles."""

    name: str
    seconds: float
    cpu_s: float
    articles: int
    read_twice: int
    claims: int


@dataclass(frozen=True)
class Polled:
    """What workers did with many feeds."""

    workers: int
    polls_s: float
    lag_p50_s: float
    lag_p99_s: float
    twice: int
    cpu_ms: float
    memory: dict[str, tuple[float, float]]


def run(console: Console) -> None:
    """Print the tables."""
    programs = postgres_programs()
    if programs is None:
        console.print("scale: PostgreSQL is not installed")
        return
    articles = int(os.environ.get(VARIABLE) or ARTICLES)
    feeds = int(os.environ.get(FEEDS_VARIABLE) or FEEDS)
    with tempfile.TemporaryDirectory(prefix="hearsay-scale-") as made:
        cluster = Cluster(programs, Path(tempfile.mkdtemp(prefix="hearsay-pg-")))
        cluster.start()
        try:
            found = [_throughput(cluster, Path(made), workers, articles) for workers in (0, 1, 2, 4)]
            _print_throughput(console, found)
            print_extracted(console, [_extracted(cluster, Path(made), processes) for processes in PROCESSES])
            polled = [_polled(cluster, Path(made), workers, feeds) for workers in (1, 2)]
            _print_polled(console, polled, feeds)
        finally:
            cluster.stop()


@contextmanager
def _database(cluster: Cluster) -> Iterator[str]:
    with cluster.database() as url:
        asyncio.run(upgrade(url))
        yield url


def _throughput(cluster: Cluster, folder: Path, workers: int, articles: int) -> Throughput:
    with _database(cluster) as url:
        return run_async(_read_all(url, folder, workers, articles))


def _extracted(cluster: Cluster, folder: Path, processes: int) -> Extracted:
    with _database(cluster) as url:
        return run_async(extracted(url, folder, processes))


async def _read_all(url: str, folder: Path, workers: int, articles: int) -> Throughput:
    """Let one bot (0 workers), or a scheduler and some workers, poll, read, analyse and group what a wire has."""
    async with (
        Newswire(math.ceil(articles / ARTICLES_OF_OUTLET), seed=1) as wire,
        LocalDiscord() as discord,
        open_store(url, migrate=False) as store,
    ):
        for _ in range(articles):
            wire.publish()
        roles = _processes(url, discord, folder, workers)
        try:
            for role in roles:
                role.start()
            await ready(roles)
            before, started = sum(role.cpu_s() for role in roles), time.monotonic()
            for address in wire.feeds:
                await store.feeds.add(address, kept_by_host=True)
            while await _grouped(store) < articles:  # noqa: ASYNC110 - what is awaited is in other processes
                await asyncio.sleep(0.1)
            seconds = time.monotonic() - started
            used = sum(role.cpu_s() for role in roles) - before
            async with store.database.reading() as connection:
                claims = int(await connection.scalar(text("SELECT count(*) FROM claims")) or 0)
        finally:
            await asyncio.gather(*(role.stop() for role in roles))
        twice = sum(times - 1 for path, times in wire.visits.items() if not path.endswith("/feed"))
        name = f"{workers} worker{'s' * (workers > 1)} and a scheduler" if workers else "one `hearsay run`"
        return Throughput(name, seconds, used, articles, twice, claims)


def _processes(url: str, discord: LocalDiscord, folder: Path, workers: int) -> list[Role]:
    environment = bot_environment(url, discord)
    stem = f"{url.rpartition('/')[2]}-{workers}"
    if not workers:
        return [Role("run", ("run",), environment, folder / f"{stem}-run")]
    made = [
        Role(f"worker {n}", ("worker", "--queues", STEPS), environment, folder / f"{stem}-{n}")
        for n in range(workers)
    ]
    return [*made, Role("scheduler", ("scheduler",), environment, folder / f"{stem}-scheduler")]


async def _grouped(store: Store) -> int:
    async with store.database.reading() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM articles WHERE story_id IS NOT NULL")) or 0)


def _print_throughput(console: Console, found: Sequence[Throughput]) -> None:
    table = Table(title=f"from poll to story, {found[0].articles} articles", title_justify="left")
    for heading in ("", "articles/min", "× one bot", "CPU ms/article", "× one bot", "claims", "read twice"):
        table.add_column(heading, justify="right" if heading else "left")
    rates = [one.articles / one.seconds * 60 for one in found]
    costs = [one.cpu_s * 1000 / one.articles for one in found]
    for one, rate, cost in zip(found, rates, costs, strict=True):
        ratios = f"{rate / rates[0]:.2f}", f"{cost / costs[0]:.2f}"
        table.add_row(
            one.name, f"{rate:,.0f}", ratios[0], f"{cost:.0f}", ratios[1], f"{one.claims:,}", f"{one.read_twice}"
        )
    console.print(table)
    console.print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, for all processes, PostgreSQL and this one."
    )


def _polled(cluster: Cluster, folder: Path, workers: int, feeds: int) -> Polled:
    with _database(cluster) as url, _network() as port:
        return run_async(_poll_many(url, folder, workers, feeds, port))


@contextmanager
def _network() -> Iterator[int]:
    command = [sys.executable, "-m", "benchmarks.feed_server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


async def _poll_many(url: str, folder: Path, workers: int, feeds: int, port: int) -> Polled:
    """Let workers poll feeds that become due evenly over `EVERY_S`, as they do in life. All answer 304."""
    async with LocalDiscord() as discord, open_store(url, migrate=False) as store:
        async with store.database.writing() as connection:
            await connection.execute(_FEEDS, {"feeds": feeds, "port": port, "every": EVERY_S})
        await store.database.optimize()
        roles = [
            Role(
                role.name,
                ("worker", "--queues", "poll") if role.arguments[0] == "worker" else role.arguments,
                role.environment,
                role.folder,
            )
            for role in _processes(url, discord, folder, workers)
        ]
        roles.append(Role("gateway", ("gateway",), roles[0].environment, folder / f"gateway-{workers}"))
        try:
            for role in roles:
                role.start()
            await ready(roles)
            async with store.database.writing() as connection:
                await connection.execute(_DUE_FROM_NOW, {"every": EVERY_S})
            used, started = sum(role.cpu_s() for role in roles), time.monotonic()
            await asyncio.sleep(POLLED_FOR_S)
            async with store.database.reading() as connection:
                seconds = time.monotonic() - started
                p50, p99 = (await connection.execute(_LAGS)).one()
            polls, different = await asyncio.to_thread(_polls_at, port)
            cpu = sum(role.cpu_s() for role in roles) - used
            memory = {role.name: role.memory_mb() for role in roles}
        finally:
            await asyncio.gather(*(role.stop() for role in roles))
        twice = polls - different
        return Polled(workers, polls / seconds, p50, p99, twice, cpu * 1000 / max(polls, 1), memory)


def _polls_at(port: int) -> tuple[int, int]:
    """Return how many polls the stand-in network saw, and of how many feeds."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/polled", timeout=30) as answer:
        polls, different = answer.read().split()
    return int(polls), int(different)


_FEEDS = text(
    """INSERT INTO feeds (url, title, state, kept_by_host, failures, next_poll_at, created_at, etag)
    SELECT 'http://127.' || (1 + n / 62500) || '.' || (n / 250 % 250) || '.' || (1 + n % 250) || ':'
        || CAST(CAST(:port AS int) AS text) || '/' || (20 * n),
        'Feed ' || n, 'healthy', true, 0, now() + interval '1 day', now(), '"' || (20 * n) || '-0"'
    FROM generate_series(0, CAST(:feeds AS int) - 1) n"""
)
_DUE_FROM_NOW = text(
    """UPDATE feeds SET created_at = clock_timestamp() + id % (CAST(:every AS int) * 10) * interval '0.1 second',
        next_poll_at = clock_timestamp() + id % (CAST(:every AS int) * 10) * interval '0.1 second'"""
)
_LAGS = text(
    """SELECT coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY lag), 0),
        coalesce(percentile_cont(0.99) WITHIN GROUP (ORDER BY lag), 0)
    FROM (SELECT extract(epoch FROM coalesce(last_polled_at, clock_timestamp()) - created_at) AS lag
        FROM feeds WHERE created_at <= clock_timestamp()) AS due"""
)


def _print_polled(console: Console, found: Sequence[Polled], feeds: int) -> None:
    table = Table(title=f"polling {feeds:,} feeds, each every {EVERY_S // 60} minutes", title_justify="left")
    for heading in (
        "poll workers",
        "polls/s",
        "due/s",
        "lag p50 s",
        "lag p99 s",
        "CPU ms/poll",
        "twice",
        "memory MB",
    ):
        table.add_column(heading, justify="right" if heading != "memory MB" else "left")
    for one in found:
        memory = ", ".join(f"{name} {own:.0f} + {others:.0f}" for name, (own, others) in one.memory.items())
        table.add_row(
            f"{one.workers}",
            f"{one.polls_s:.0f}",
            f"{feeds / EVERY_S:.0f}",
            f"{one.lag_p50_s:.1f}",
            f"{one.lag_p99_s:.1f}",
            f"{one.cpu_ms:.1f}",
            f"{one.twice}",
            memory,
        )
    console.print(table)
    console.print(
        "Memory: the process itself, and its worker processes. Lag: from when a feed was due to its poll."
    )
