"""How long it takes to compose the digests of all servers when all are due at once."""

import asyncio
import resource
import time
from dataclasses import dataclass

from sqlalchemy import distinct, func, select

from benchmarks.queries.archive import NOW, SERVERS
from bot.runner.garbage_collection import collect_less_often
from bot.runner.steps import compose_digests
from bot.store import Store
from bot.store.schema.server_tables import DeliveryRow

TICK_S = 0.002
WITH_NEWS = 0.9
"""The least share of servers whose feeds brought something in the last two days."""
_COMPOSED = select(func.count(distinct(DeliveryRow.subscription_id)))


@dataclass
class Composed:
    """What composing took: digests with news, seconds, those of the processor, longest stall, most memory."""

    digests: int
    seconds: float
    cpu_s: float
    stall_ms: float
    megabytes: float


async def compose_all(store: Store) -> Composed:
    """Compose what is due until nothing is. Raises RuntimeError if hardly any server had news."""
    collect_less_often()  # as every runner does
    stall = 0.0

    async def watch() -> None:
        nonlocal stall
        while True:
            started = time.perf_counter()
            await asyncio.sleep(TICK_S)
            stall = max(stall, time.perf_counter() - started - TICK_S)

    watching = asyncio.create_task(watch())
    started = time.perf_counter()
    used = time.process_time()
    while await store.subscriptions.due(NOW, 1):
        await compose_digests(store, lambda: NOW)
    seconds, used = time.perf_counter() - started, time.process_time() - used
    watching.cancel()
    async with store.database.reading() as connection:
        composed = (await connection.execute(_COMPOSED)).scalar_one()
    if composed < SERVERS * WITH_NEWS:
        raise RuntimeError(f"Only {composed} of {SERVERS} digests have news: nothing was measured.")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Composed(composed, seconds, used, stall * 1000, memory)


def in_words(found: Composed) -> str:
    """Return a sentence about it."""
    return (
        f"{SERVERS:,} digests due at once: {found.seconds:.1f} s ({found.cpu_s:.1f} s of CPU), "
        f"{found.digests:,} with news; longest stall of the "
        f"event loop {found.stall_ms:.0f} ms, memory at most {found.megabytes:.0f} MB"
    )
