"""The event loop that everything runs on.

With uvloop, polling 2,000 feeds blocks other work for at most 16 to 22 ms; with asyncio's own loop it is 24 to 36
ms (four alternating runs; the total time is the same). uvloop does not support Windows, where asyncio's loop is
used.
"""

import asyncio
import sys
from collections.abc import Coroutine, Iterable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")

CANCELLED_AGAIN_S = 5.0
"""Seconds until a task is cancelled again: longer than giving a connection back takes, which would stay open."""


def new_event_loop() -> asyncio.AbstractEventLoop:
    """Return a new event loop of the kind that the bot runs on."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop  # noqa: PLC0415 - there is none for Windows

    return uvloop.new_event_loop()


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` on a new event loop and return its result."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(work)


async def end_tasks(tasks: Iterable[asyncio.Task[Any]], *, again_s: float = CANCELLED_AGAIN_S) -> None:
    """Cancel tasks and wait until they have ended, whatever they raise.

    They are cancelled again every `again_s` seconds. Once is not always enough: if a connection breaks at that
    moment, the driver of the database raises an error instead, and a task that goes on after errors takes it for
    any other.
    """
    tasks = list(tasks)
    waiting = set(tasks)
    while waiting:
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=again_s)
    await asyncio.gather(*tasks, return_exceptions=True)


async def run_together(
    works: Mapping[str, Coroutine[Any, Any, None]], *, again_s: float = CANCELLED_AGAIN_S
) -> None:
    """Run all `works`, as tasks with these names, until one raises something; then end the others and raise it."""
    tasks = [asyncio.create_task(work, name=name) for name, work in works.items()]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        await end_tasks(tasks, again_s=again_s)
    for task in done:
        task.result()
