"""asyncpg and psycopg 3 under SQLAlchemy, by turns: questions to an archive, and what the steps store."""

import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from rich.console import Console
from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.queries.archive import Archive
from benchmarks.queries.filling import fill
from benchmarks.queries.postgres import kept_server
from benchmarks.queries.questions import Questions
from benchmarks.queries.run import FOLDER
from bot.clock import utc_now
from bot.event_loop import run_async
from bot.model.feeds import FeedState, ParsedEntry, ParsedFeed, PollOutcome, PollStatus
from bot.store import Store, open_store
from bot.store.database import CONNECTIONS, open_engine
from bot.store.database_address import driver_url
from bot.store.leases import Topic

CLAIMS = 100_000
TURNS = 4
QUESTIONS = 20
WRITES = 10
LIMIT = 1.10
"""How much dearer one driver for everything may be."""

Times = defaultdict[tuple[str, str], list[tuple[float, float]]]


def run(console: Console) -> None:
    """Print a table."""
    folder = Path(os.environ.get(FOLDER) or Path(tempfile.gettempdir()) / "hearsay-bench")
    folder.mkdir(parents=True, exist_ok=True)
    archive = Archive(CLAIMS)
    with kept_server(folder / "postgresql") as server:
        if server is None:
            console.print("drivers: PostgreSQL is not installed")
            return
        server.execute("DROP DATABASE IF EXISTS drivers WITH (FORCE)")
        server.execute("CREATE DATABASE drivers TEMPLATE template0")
        fill(server.url("drivers"), archive)
        times: Times = defaultdict(list)
        for _ in range(TURNS):
            for driver, opened in (("asyncpg", open_engine), ("psycopg", _psycopg_engine)):
                with patch("bot.store.store.open_engine", opened):
                    run_async(_measured(server.url("drivers"), archive, driver, times))
        server.execute("DROP DATABASE drivers WITH (FORCE)")
    _print(console, times)


def _psycopg_engine(url: str, *, pooled: bool = True, connections: int = CONNECTIONS) -> AsyncEngine:
    del pooled
    return create_async_engine(
        driver_url(url).set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=connections - 5,
        connect_args={"application_name": "hearsay", "options": "-c jit=off"},
    )


async def _measured(url: str, archive: Archive, driver: str, times: Times) -> None:
    async def timed(name: str, work: Callable[[], Awaitable[object]], *, counts: bool) -> None:
        started, used = time.perf_counter(), time.process_time()
        await work()
        if counts:
            took = time.perf_counter() - started
            times[name, driver].append((took * 1000, (time.process_time() - used) * 1000))

    async with open_store(url, migrate=False) as store:
        await store.database.optimize()
        for name, draw in Questions(archive, "postgresql").sorts.items():
            for number in range(QUESTIONS):
                question = draw()
                await timed(name, lambda question=question: question.ask(store), counts=number > 3)  # type: ignore[misc]
        feeds = [feed.id for feed in (await store.feeds.all())[:100]]
        for number in range(WRITES):
            for name, work in _writes(store, feeds, number).items():
                await timed(name, work, counts=number > 1)


def _writes(store: Store, feeds: list[int], number: int) -> dict[str, Callable[[], Awaitable[object]]]:
    async def leased() -> None:
        await store.leases.give_back(Topic.READ, await store.leases.take(Topic.READ, range(200)))

    stem = f"{time.time_ns()}-{number}"
    one = [_outcome(feed, f"{stem}-a", 1) for feed in feeds]
    ten = [_outcome(feed, f"{stem}-b", 10) for feed in feeds[:20]]
    return {
        "store 100 polls, one entry each": lambda: store.feeds.save_outcomes(one),
        "store 20 polls, ten entries each": lambda: store.feeds.save_outcomes(ten),
        "look up 500 due feeds": lambda: store.feeds.due(utc_now() + timedelta(days=400), 500),
        "take and give back 200 leases": leased,
    }


def _outcome(feed: int, stem: str, entries: int) -> PollOutcome:
    found = tuple(
        ParsedEntry(
            key=f"{stem}-{feed}-{n}", url=f"https://x.example/{stem}/{feed}/{n}", title="Title", html="<p>"
        )
        for n in range(entries)
    )
    now = utc_now()
    return PollOutcome(
        feed,
        status=PollStatus.CHANGED,
        state=FeedState.HEALTHY,
        polled_at=now,
        next_poll_at=now + timedelta(minutes=15),
        feed=ParsedFeed(title="The Courier", entries=found),
    )


def _print(console: Console, times: Times) -> None:
    table = Table(title=f"drivers: milliseconds, medians; archive of {CLAIMS:,} claims", title_justify="left")
    for heading in ("", "asyncpg", "CPU", "psycopg", "CPU", "ratio", "of CPU"):
        table.add_column(heading, justify="right" if heading else "left")
    ratios = []
    for name in dict.fromkeys(name for name, _ in times):
        (wall, cpu), (other_wall, other_cpu) = (
            [statistics.median(one[part] for one in times[name, driver]) for part in (0, 1)]
            for driver in ("asyncpg", "psycopg")
        )
        ratios.append((other_wall / wall, other_cpu / cpu))
        shown = (f"{value:.2f}" for value in (wall, cpu, other_wall, other_cpu, *ratios[-1]))
        table.add_row(name, *shown)
    walls, cpus = (statistics.geometric_mean(pair[part] for pair in ratios) for part in (0, 1))
    table.add_row("all (geometric mean)", "", "", "", "", f"{walls:.2f}", f"{cpus:.2f}", style="bold")
    console.print(table)
    console.print(
        f"One driver may cost up to {LIMIT:.2f} of two. CPU: of this process, which holds on a busy machine."
    )
