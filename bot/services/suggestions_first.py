"""Suggestions come before answers: they cannot be acknowledged first, and whoever types sees each delay.

The work for an answer begins when no suggestion is being looked up. Fifty readers in one moment got theirs after
158 ms (p95) without this, as answers that took longer used the processor first.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LONGEST_WAIT_S = 0.25
"""An answer waits no longer than this: somebody always types."""


class SuggestionsFirst:
    """How many suggestions are being looked up."""

    def __init__(self, longest_wait_s: float = LONGEST_WAIT_S) -> None:
        self._longest_wait_s = longest_wait_s
        self._count = 0
        self._none = asyncio.Event()
        self._none.set()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Look up suggestions within this block."""
        self._count += 1
        self._none.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._none.set()

    async def ended(self) -> None:
        """Return when no suggestions are being looked up, or after some time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._longest_wait_s):
                await self._none.wait()
