"""Servers in a separate thread, for tests of commands that run an event loop themselves."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def in_background(open_it: Callable[[], AbstractAsyncContextManager[T]]) -> Iterator[T]:
    """Keep what `open_it` opens open in another thread, and yield it."""
    opened: list[T] = []
    failed: list[BaseException] = []
    up, down = threading.Event(), threading.Event()

    async def stay_open() -> None:
        try:
            async with open_it() as thing:
                opened.append(thing)
                up.set()
                await asyncio.to_thread(down.wait)
        except BaseException as error:
            failed.append(error)
            raise
        finally:
            up.set()

    thread = threading.Thread(target=lambda: asyncio.run(stay_open()), daemon=True)
    thread.start()
    up.wait(timeout=20)
    if failed:
        raise failed[0]
    try:
        yield opened[0]
    finally:
        down.set()
        thread.join(timeout=20)
