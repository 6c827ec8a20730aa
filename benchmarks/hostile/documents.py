"""Hostile documents: what each takes of a parser worker, in seconds of its processor and in address space.

Each is read in a process of its own, under the limits that a running Hearsay has. The documents are those that the
tests read.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.hostile.measuring import PATIENCE
from bot.articles.text import page_text
from bot.errors import HearsayError, WorkerFailed
from bot.event_loop import run_async
from bot.feeds.parse import Document, parse_feed
from bot.workers import Workers
from config.settings import Settings
from tests.integration.articles.hostile_pages import PAGES
from tests.integration.feeds.corpus import DOCUMENTS

URL = "https://hostile.example/news/story"


@dataclass(frozen=True, slots=True)
class Taken:
    """What reading a document took of a fresh worker: seconds of the processor, and the most MiB at a time."""

    result: str
    seconds: float
    peak: int


def run(console: Console) -> None:
    """Print the table."""
    settings = Settings()
    limits = f"{settings.parse_timeout:g} s, {settings.worker_memory_mb} MiB"
    table = Table(title=f"Hostile documents (limits: {limits})")
    for heading in ("document", "MB", "CPU s", "peak MiB", "result"):
        table.add_column(heading, justify="left" if heading in ("document", "result") else "right")
    feeds = {name: (made()[0], read_feed) for name, made in DOCUMENTS.items()}
    pages = {f"page: {name}": (made(), read_page) for name, made in PAGES.items()}
    for name, (body, reading) in (feeds | pages).items():
        taken = run_async(_taken(settings, reading, body))
        size = f"{len(body) / 1e6:.1f}"
        if isinstance(taken, str):
            table.add_row(name, size, "", "", taken)
        else:
            table.add_row(name, size, f"{taken.seconds:.2f}", str(taken.peak), taken.result)
    console.print(table)


async def _taken(settings: Settings, reading: Callable[[bytes], Taken], body: bytes) -> Taken | str:
    workers = Workers(1, PATIENCE * settings.parse_timeout, settings.worker_memory_mb)
    try:
        taken = await workers.run(reading, body)
        late = taken.seconds >= settings.parse_timeout
        return f"stopped after {settings.parse_timeout:g} s" if late else taken
    except WorkerFailed as error:
        return error.message
    finally:
        await workers.close()


def read_feed(body: bytes) -> Taken:
    """Read `body` as a feed. Runs in the worker."""
    from bot.feeds import documents  # noqa: F401, PLC0415 - what is loaded is not the document's doing

    def reading() -> str:
        return f"{len(parse_feed(Document(body, URL, None, datetime.now(UTC))).entries)} entries"

    return _measured(reading)


def read_page(body: bytes) -> Taken:
    """Read `body` as the page of an article. Runs in the worker."""
    from bot.articles import pages  # noqa: F401, PLC0415 - as above

    return _measured(lambda: f"{len(page_text(body, URL, None).text)} characters")


def _measured(reading: Callable[[], str]) -> Taken:
    started = time.process_time()
    try:
        result = reading()
    except HearsayError as error:
        result = error.message
    return Taken(result, time.process_time() - started, _address_space())


def _address_space() -> int:
    """Return the most address space that this process has had, in MiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmPeak:"))
