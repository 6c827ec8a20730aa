"""How shapes are measured: in worker processes, in sizes that double."""

import gc
import math
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich.table import Table

from bot.errors import HearsayError, WorkerFailed
from bot.event_loop import run_async
from bot.workers import Workers

DOUBLINGS = 5
NOISE = 0.05
"""Seconds of the processor below which a time is not compared."""
PATIENCE = 20
"""How many times the limit a worker is given before it is stopped here."""
ROUNDS = (2, 9)
"""The fewest and the most times that each size is read; the shortest counts, as other programs only make it
longer."""
ENOUGH_S = 0.6
"""Seconds of the processor after which a size is not read again."""
MOST_GROWTH = 2.3
"""The greatest ratio at doubled size that counts as linear."""
AGAIN = 2
"""How often a shape that seems to take more is measured again: what is more than linear stays so."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Something hostile that can be made in any size, and what reads it.

    `make` is given a size in bytes or characters. Both are functions of modules, as they go to a worker process.
    """

    name: str
    make: Callable[[int], Any]
    read: Callable[..., str]
    start: int
    """The smallest size; the largest is 32 times as large."""
    given: tuple[Any, ...] = ()
    """What `read` is given besides what was made."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the largest size of a shape took, and how that has grown; `result` is what became of it, in words."""

    name: str
    size: int
    result: str
    seconds: float | None = None
    memory_mb: int | None = None
    growth: float | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What reading one size took of a worker."""

    size: int
    result: str
    seconds: float
    memory_mb: int


def measured(shapes: Sequence[Shape], seconds: float, memory_mb: int) -> list[Measured]:
    """Return what each of `shapes` took of a worker with these limits."""
    return run_async(_all(shapes, seconds, memory_mb))


async def _all(shapes: Sequence[Shape], seconds: float, memory_mb: int) -> list[Measured]:
    # other programs may have the processor meanwhile: what counts is the processor's time, which is compared below
    workers = Workers(1, PATIENCE * seconds, memory_mb)
    try:
        return [await _one(shape, workers, seconds) for shape in shapes]
    finally:
        await workers.close()


async def _one(shape: Shape, workers: Workers, limit: float) -> Measured:
    sizes = [shape.start * 2**doubling for doubling in range(DOUBLINGS + 1)]
    await _warm(shape, workers)
    taken: list[Taken] = []
    for attempt in range(1 + AGAIN):
        if attempt and (growth_of(taken) or 0.0) <= MOST_GROWTH:
            break
        now: list[Taken] = []
        for size in sizes:
            try:
                now.append(await workers.run(take, shape.read, shape.make, size, shape.given))
            except WorkerFailed as error:
                return Measured(shape.name, size, error.message)
        taken = [min(pair, key=lambda one: one.seconds) for pair in zip(taken or now, now, strict=True)]
    last = taken[-1]
    result = last.result if last.seconds < limit else f"stopped after {limit:g} s"
    return Measured(shape.name, last.size, result, last.seconds, last.memory_mb, growth_of(taken))


async def _warm(shape: Shape, workers: Workers) -> None:
    """Load what is loaded with the first document, which is not its doing."""
    with suppress(HearsayError):
        await workers.run(take, shape.read, shape.make, 100, shape.given)


def growth_of(taken: Sequence[Taken]) -> float | None:
    """Return the greatest ratio of the times of a size and its double; None if all are too short to tell.

    It is averaged over two doublings where there are as many, as caches and other programs make single times vary
    by a tenth. Time that grows with the square still gives 4.
    """
    compared = [one for one in taken if one.seconds >= NOISE]
    later = [one for one in taken if compared and one.size > compared[0].size]
    chain = [*compared[:1], *later]
    if len(chain) < 3:
        return max((large.seconds / small.seconds for small, large in pairwise(chain)), default=None)
    spans = zip(chain, chain[2:], strict=False)
    return max(math.sqrt(large.seconds / small.seconds) for small, large in spans if small.seconds >= NOISE)


def take(read: Callable[..., str], make: Callable[[int], Any], size: int, given: tuple[Any, ...]) -> Taken:
    """Read what `make` makes of `size`. Runs in the worker."""
    hostile = make(size)
    _forget_peak()
    best = float("inf")
    fewest, most = ROUNDS
    spent = 0.0
    for done in range(most):
        if done >= fewest and spent >= ENOUGH_S:
            break
        gc.collect()  # what an earlier size left behind is not the doing of this one
        started = time.process_time()
        try:
            result = read(hostile, *given)
        except HearsayError as error:
            result = error.message
        taken = time.process_time() - started
        best, spent = min(best, taken), spent + taken
    return Taken(len(hostile), result, best, _peak())


def _forget_peak() -> None:
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> int:
    """Return the most memory that this process has had since its peak was forgotten, in MiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:")), 0)


def table_of(title: str, found: Sequence[Measured]) -> Table:
    """Return the table of what was measured."""
    table = Table(title=title)
    for heading in ("shape", "size", "CPU s", "MiB", "× at double", "result"):
        table.add_column(heading, justify="left" if heading in ("shape", "result") else "right")
    for one in found:
        table.add_row(
            one.name,
            f"{one.size / 1000:,.0f} k",
            "" if one.seconds is None else f"{one.seconds:.2f}",
            "" if one.memory_mb is None else str(one.memory_mb),
            "" if one.growth is None else f"{one.growth:.2f}",
            one.result,
        )
    return table
