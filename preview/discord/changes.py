"""Waits for something to happen, with a time limit and an error that says what was expected."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from preview.discord.errors import WaitedInVain

T = TypeVar("T")


class Changes:
    """Tells all who wait that something changed, so that they look again."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def tell(self) -> None:
        """Wake all who wait."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def until(
        self,
        look: Callable[[], T | None],
        *,
        seconds: float,
        what: str,
        error: type[WaitedInVain] = WaitedInVain,
    ) -> T:
        """Return the result of `look` as soon as it is true.

        Raises `error`, naming `what`, after `seconds`.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while True:
            found = look()
            if found:
                return found
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.add(future)
            try:
                async with asyncio.timeout_at(end):  # wait_for of Python 3.11 loses a cancellation now and then
                    await future
            except TimeoutError:
                raise error(f"Waited {seconds:g} seconds for {what}.") from None
            finally:
                self._waiting.discard(future)
