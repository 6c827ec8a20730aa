"""How long it takes to compose the digests of all servers when all are due at once."""

import asyncio
import resource
import time
from dataclasses import dataclass

from benchmarks.queries.archive import NOW, SERVERS
from bot.runner.steps import compose_digests
from bot.store import Store

TICK_S = 0.002


@dataclass
class Composed:
    """What composing took: digests with news, seconds, longest stall of the event loop, most memory."""

    digests: int
    seconds: float
    stall_ms: float
    megabytes: float


async def compose_all(store: Store) -> Composed:
    """Compose what is due until nothing is."""
    stall = 0.0

    async def watch() -> None:
        nonlocal stall
        while True:
            started = time.perf_counter()
            await asyncio.sleep(TICK_S)
            stall = max(stall, time.perf_counter() - started - TICK_S)

    watching = asyncio.create_task(watch())
    started = time.perf_counter()
    composed = 0
    while await store.subscriptions.due(NOW, 1):
        composed += await compose_digests(store, lambda: NOW)
    seconds = time.perf_counter() - started
    watching.cancel()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Composed(composed, seconds, stall * 1000, memory)


def in_words(found: Composed) -> str:
    """Return a sentence about it."""
    return (
        f"{SERVERS:,} digests due at once: {found.seconds:.1f} s, {found.digests:,} with news; longest stall of "
        f"the event loop {found.stall_ms:.0f} ms, memory at most {found.megabytes:.0f} MB"
    )
