"""Measures questions to archives on both databases, beside bare SQL in the same run."""

import asyncio
import logging
import os
import re
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path

import asyncpg
import structlog
from rich.console import Console
from rich.table import Table

from benchmarks.queries.archive import Archive
from benchmarks.queries.digests import compose_all, in_words
from benchmarks.queries.filling import FINGERPRINT, fill
from benchmarks.queries.postgres import KeptCluster, kept_server
from benchmarks.queries.questions import RECORDS, Question, Questions
from bot.event_loop import run_async
from bot.store import open_store
from bot.store.upgrade import upgrade

SIZES = (10_000, 1_000_000)
TIMES = 60
"""How often a question of each sort is asked, each time about something else."""
FOLDER = "HEARSAY_BENCH_DATA"
"""The variable that names the folder of the archives; they are kept, and take four gigabytes."""

Bare = Callable[[Question], Awaitable[None]]


def run(console: Console, sizes: Sequence[int] = SIZES) -> None:
    """Print the tables."""
    folder = Path(os.environ.get(FOLDER) or Path(tempfile.gettempdir()) / "hearsay-bench")
    folder.mkdir(parents=True, exist_ok=True)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with kept_server(folder / "postgresql") as server:
        for size in sizes:
            archive = Archive(size)
            for url, migrated_s in _urls(folder, server, archive, size):
                run_async(_measured(console, url, archive, size, migrated_s))


def _urls(folder: Path, server: KeptCluster | None, archive: Archive, size: int) -> Iterator[tuple[str, float]]:
    """Yield the address of a copy of the archive on each database, and the seconds that its upgrade took."""
    made, copy = folder / f"archive-{size}-{FINGERPRINT}.db", folder / "copy.db"
    if not made.exists():
        fill(f"sqlite:///{made}", archive)
    shutil.copy(made, copy)
    yield f"sqlite:///{copy}", _upgraded(f"sqlite:///{copy}")
    for path in folder.glob("copy.db*"):
        path.unlink()
    if server is None:
        return
    name = f"archive_{size}_{FINGERPRINT}"
    if not server.has(name):
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        fill(server.url(name), archive)
    server.execute("DROP DATABASE IF EXISTS copy WITH (FORCE)")
    server.execute(f"CREATE DATABASE copy TEMPLATE {name}")
    yield server.url("copy"), _upgraded(server.url("copy"))
    server.execute("DROP DATABASE copy WITH (FORCE)")


def _upgraded(url: str) -> float:
    started = time.perf_counter()
    asyncio.run(upgrade(url))
    return time.perf_counter() - started


async def _measured(console: Console, url: str, archive: Archive, size: int, migrated_s: float) -> None:
    dialect = "sqlite" if url.startswith("sqlite") else "postgresql"
    table = Table(title=f"{dialect}, {size:,} claims (migrated in {migrated_s:.1f} s); milliseconds")
    for heading in ("question", "p50", "p95", "p99", "CPU", "bare p50", "bare p95", "bare p99", "bare CPU"):
        table.add_column(heading, justify="left" if heading == "question" else "right")
    async with open_store(url, migrate=False) as store, _bare(url) as bare:
        await store.database.optimize()
        questions = Questions(archive, dialect)
        for name, draw in questions.sorts.items():
            ours: list[tuple[float, float]] = []
            plain: list[tuple[float, float]] = []
            for number in range(TIMES + 3):
                question = draw()
                if number % 2:  # so that neither finds the pages warm each time
                    plain.append(await _timed(bare(question)))
                ours.append(await _timed(question.ask(store)))
                if not number % 2:
                    plain.append(await _timed(bare(question)))
            table.add_row(name, *map(_shown, (*_figures(ours[3:]), *_figures(plain[3:]))))
        console.print(table)
        if size == max(SIZES):
            console.print(in_words(await compose_all(store)))


async def _timed(asking: Awaitable[object]) -> tuple[float, float]:
    """Return the milliseconds that an answer takes, and those of the processor in this process."""
    started, used = time.perf_counter(), time.process_time()
    await asking
    return (time.perf_counter() - started) * 1000, (time.process_time() - used) * 1000


def _figures(times: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Return the percentiles 50, 95 and 99 of the times, and the median of the processor's."""
    cuts = statistics.quantiles([took for took, _ in times], n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98], statistics.median(used for _, used in times)


def _shown(milliseconds: float) -> str:
    return f"{milliseconds:.1f}"


@asynccontextmanager
async def _bare(url: str) -> AsyncIterator[Bare]:
    """Yield what asks in bare SQL, with the plain driver."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:

            async def ask_sqlite(question: Question) -> None:
                rows = database.execute(question.keys, question.given).fetchall()
                if question.read and rows:
                    ids = ", ".join(str(row[0]) for row in rows[: question.read])
                    database.execute(RECORDS.format(ids=ids)).fetchall()
                if question.then is not None:
                    await ask_sqlite(question.then)

            yield ask_sqlite
        return
    connection = await asyncpg.connect(url, server_settings={"jit": "off"})

    async def ask_postgresql(question: Question) -> None:
        names = list(dict.fromkeys(re.findall(r"(?<!:):(\w+)", question.keys)))
        sql = re.sub(r"(?<!:):(\w+)", lambda found: f"${names.index(found[1]) + 1}", question.keys)
        rows = await connection.fetch(sql, *(question.given[name] for name in names))
        if question.read and rows:
            await connection.fetch(RECORDS.format(ids=", ".join(str(row[0]) for row in rows[: question.read])))
        if question.then is not None:
            await ask_postgresql(question.then)

    try:
        yield ask_postgresql
    finally:
        await connection.close()
