"""One clock for all processes that share a PostgreSQL: that of the database."""

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock, utc_now
from bot.errors import StoreError
from bot.store import Store

log = structlog.get_logger(__name__)

EVERY_S = 60.0
"""How often the clocks are compared."""
APART = timedelta(seconds=2)
"""Smaller differences leave this machine's clock as it is: they cannot be measured over a slow network."""
TOGETHER = timedelta(seconds=1)
"""Below this difference, a clock that was apart is used as it is again. In between nothing changes, so that a
difference of about two seconds does not make the time jump at each comparison.
"""


class SharedClock:
    """The time of this machine, corrected by the database's clock if the two are apart.

    A process whose machine has a wrong clock would poll, compose and delete things that are not due yet.
    """

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """Return the time."""
        return self._clock() - self._ahead

    async def compare(self, store: Store) -> None:
        """Ask the database for the time. Raises StoreError."""
        before = self._clock()
        there = await store.due_work.time_of_the_database()
        after = self._clock()
        ahead = before + (after - before) / 2 - there
        least = TOGETHER if self._ahead else APART
        ahead = ahead if abs(ahead) > max(least, after - before) else timedelta()
        if abs(ahead - self._ahead) > APART:
            log.warning("this machine's clock differs from the database's, which is followed", by=str(ahead))
        if not ahead or abs(ahead - self._ahead) > TOGETHER:
            self._ahead = ahead

    async def follow(self, store: Store) -> None:
        """Compare the clocks until cancelled."""
        while True:
            try:
                await self.compare(store)
            except StoreError as error:
                log.debug("clocks not compared", error=error.message)
            await asyncio.sleep(EVERY_S)
