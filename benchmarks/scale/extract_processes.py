"""Extraction alone, in one process and in two: the articles are read already, and nothing else is to be done.

In the other tables each part of the bot, PostgreSQL and the news wire share the cores, which hides what a further
process brings.
"""

import asyncio
import math
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from benchmarks.scale.newswire import Newswire
from benchmarks.scale.role_processes import Role, bot_environment, ready
from bot.store import Store, open_store
from preview.discord import LocalDiscord

ARTICLES = 600
VARIABLE = "HEARSAY_SCALE_EXTRACTED"
ARTICLES_OF_OUTLET = 30
PROCESSES = 1, 2
WARM = 20
"""So many articles are not timed: each process reads its first ones more slowly."""


@dataclass(frozen=True)
class Extracted:
    """What a worker with some processes did."""

    processes: int
    articles: int
    seconds: float
    cpu_s: float


async def extracted(url: str, folder: Path, processes: int) -> Extracted:
    """Let a worker and a scheduler read articles, then another worker extract them with so many processes."""
    articles = int(os.environ.get(VARIABLE) or ARTICLES)
    async with (
        Newswire(math.ceil(articles / ARTICLES_OF_OUTLET), seed=1) as wire,
        LocalDiscord() as discord,
        open_store(url, migrate=False) as store,
    ):
        for _ in range(articles):
            wire.publish()
        environment = bot_environment(url, discord) | {"HEARSAY_EXTRACT_PROCESSES": str(processes)}
        scheduler = Role("scheduler", ("scheduler",), environment, folder / f"scheduler-{processes}")
        reader = Role("reader", ("worker", "--queues", "poll,read"), environment, folder / f"reader-{processes}")
        extractor = replace(
            reader, name="extractor", arguments=("worker", "--queues", "extract"), folder=folder / f"e-{processes}"
        )
        roles = [scheduler, reader, extractor]
        try:
            scheduler.start()
            reader.start()
            for address in wire.feeds:
                await store.feeds.add(address, kept_by_host=True)
            await _until(store, "read", articles)
            await reader.stop()
            extractor.start()
            await ready([extractor])
            begun = await _until(store, "extracted", WARM)
            started, used = time.monotonic(), extractor.cpu_s()
            await _until(store, "extracted", articles)
            return Extracted(processes, articles - begun, time.monotonic() - started, extractor.cpu_s() - used)
        finally:
            await asyncio.gather(*(role.stop() for role in roles))


async def _until(store: Store, state: str, articles: int) -> int:
    """Wait until so many articles are in this state or beyond; return how many are."""
    states = ("read", "extracted") if state == "read" else ("extracted",)
    query = text("SELECT count(*) FROM articles WHERE state = ANY(:states)")
    async with asyncio.timeout(900):
        while True:
            async with store.database.reading() as connection:
                found = int(await connection.scalar(query, {"states": list(states)}) or 0)
            if found >= articles:
                return found
            await asyncio.sleep(0.1)


def print_extracted(console: Console, found: Sequence[Extracted]) -> None:
    """Print a table."""
    table = Table(title="extraction alone, articles that are read already", title_justify="left")
    for heading in ("processes", "articles/min", "× one", "CPU ms/article", "cores used"):
        table.add_column(heading, justify="right")
    rates = [one.articles / one.seconds * 60 for one in found]
    for one, rate in zip(found, rates, strict=True):
        table.add_row(
            f"{one.processes}",
            f"{rate:,.0f}",
            f"{rate / rates[0]:.2f}",
            f"{one.cpu_s * 1000 / one.articles:.0f}",
            f"{one.cpu_s / one.seconds:.2f}",
        )
    console.print(table)
