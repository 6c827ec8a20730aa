"""Whether the clock can be trusted, across restarts: the store keeps when it last was."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.runner.clock_watch import FAR, ClockWatch
from bot.store import Store

TRUSTED_AT = "clock_trusted_at"
NOTED_EVERY = timedelta(hours=1)

log = structlog.get_logger(__name__)


class TrustedClock:
    """Watches the clock, and remembers beyond the end of the process when it was trusted.

    Otherwise, a bot started with a clock that is a year ahead would delete everything as too old. `hosts` is the
    time by other hosts' clocks, if it is known (`bot.fetching.host_clocks`). They decide about a clock that jumped
    or started far ahead, until they agree with it. A clock that ran on evenly is trusted, whatever they say.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        passing: Callable[[], float] = time.monotonic,
        hosts: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._hosts = hosts
        self._watch = ClockWatch(clock, passing)
        self._noted: datetime | None = None
        self._compared = False
        self._suspect = False
        self._ahead_of_hosts = False
        self._lock = asyncio.Lock()

    async def is_trusted(self) -> bool:
        """Look at the clock, and return whether steps that delete or plan may run now. Raises StoreError."""
        async with self._lock:
            await self._compare()
            trusted = self._watch.is_trusted()
            self._suspect = self._suspect or not trusted
            if self._suspect and (there := self._hosts()) is not None:
                trusted = not self._is_ahead_of(there)
                self._suspect = not trusted
            if trusted:
                await self._note(self._clock())
            return trusted

    def _is_ahead_of(self, there: datetime) -> bool:
        ahead = self._clock() - there
        if (ahead >= FAR) != self._ahead_of_hosts:
            self._ahead_of_hosts = ahead >= FAR
            if self._ahead_of_hosts:
                log.warning("clock is ahead of other hosts': nothing is deleted or planned; set it", by=str(ahead))
        return self._ahead_of_hosts

    async def _compare(self) -> None:
        """At the first look, compare the clock with what earlier processes recorded."""
        if self._compared:
            return
        if (noted := await self._store.installation.get(TRUSTED_AT)) is not None:
            self._watch.start_after(datetime.fromisoformat(noted))
        self._compared = True

    async def _note(self, now: datetime) -> None:
        if self._noted is None or abs(now - self._noted) >= NOTED_EVERY:
            await self._store.installation.put(TRUSTED_AT, now.isoformat())
            self._noted = now
