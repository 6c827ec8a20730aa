"""The event loop that everything runs on.

uvloop polls a fifth more feeds in the same time than asyncio's own loop (`python -m benchmarks feeds` shows both).
It does not run on Windows, where asyncio's own is used.
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
    """Run `work` on an event loop of its own and return what it gives."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(work)
