"""Whether the clock can be trusted, through stops and starts: the store keeps when it last was."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.runner.clock_watch import ClockWatch
from bot.store import Store

TRUSTED_AT = "clock_trusted_at"
NOTED_EVERY = timedelta(hours=1)


class TrustedClock:
    """Watches the clock, and remembers beyond the end of the process when it was trusted.

    Without that, a bot that starts with a clock which is a year ahead would delete everything as too old.
    """

    def __init__(self, store: Store, clock: Clock, passing: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._watch = ClockWatch(clock, passing)
        self._noted: datetime | None = None
        self._compared = False
        self._lock = asyncio.Lock()

    async def is_trusted(self) -> bool:
        """Look at the clock, and return whether what deletes or plans may be done now. Raises StoreError."""
        async with self._lock:
            await self._compare()
            if not self._watch.is_trusted():
                return False
            await self._note(self._clock())
            return True

    async def _compare(self) -> None:
        """At the first look, compare the clock with what earlier processes noted."""
        if self._compared:
            return
        if (noted := await self._store.installation.get(TRUSTED_AT)) is not None:
            self._watch.start_after(datetime.fromisoformat(noted))
        self._compared = True

    async def _note(self, now: datetime) -> None:
        if self._noted is None or abs(now - self._noted) >= NOTED_EVERY:
            await self._store.installation.put(TRUSTED_AT, now.isoformat())
            self._noted = now
