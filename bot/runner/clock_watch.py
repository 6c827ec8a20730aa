"""Whether the clock of the machine can be trusted: it may be set, or be wrong for a while after a start."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock

JUMP = timedelta(hours=1)
"""From this difference on between the clock and the elapsed time, the log says that the clock was set."""
FAR = timedelta(days=1)
"""A clock that jumped ahead by more is not trusted at once: at a wrong time, digests would be planned and articles
deleted long before they are due. A machine that slept for days is held up no longer than `HELD_S`.
"""
HELD_S = 900.0

FAR_AT_A_START = timedelta(days=7)
"""At a start, a clock that is less than this ahead of when it was last trusted is trusted at once. A bot that was
stopped for days need not wait, and a clock that is less than a week ahead only deletes what was about to go.
"""

log = structlog.get_logger(__name__)


class ClockWatch:
    """Compares the clock with elapsed time."""

    def __init__(self, clock: Clock, passing: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._passing = passing
        self._seen: tuple[datetime, float] | None = None
        self._held_until = 0.0

    def start_after(self, trusted: datetime) -> None:
        """At a start, compare the clock with when it was last trusted before Hearsay was stopped."""
        if (ahead := self._clock() - trusted) >= FAR_AT_A_START:
            log.warning(
                "clock is far ahead of when Hearsay last ran: nothing is deleted yet; set it if it is wrong",
                by=str(ahead),
                seconds=HELD_S,
            )
            self._held_until = self._passing() + HELD_S

    def is_trusted(self) -> bool:
        """Look at the clock, and return whether steps that delete or plan may run now."""
        now, passed = self._clock(), self._passing()
        if self._seen is not None:
            jump = (now - self._seen[0]) - timedelta(seconds=passed - self._seen[1])
            if abs(jump) >= JUMP:
                log.warning("clock was set", by=str(jump), now=now.isoformat())
            if jump >= FAR:
                log.warning("clock not trusted", seconds=HELD_S)
                self._held_until = passed + HELD_S
            elif jump <= -FAR:
                self._held_until = 0.0  # it was wrong, and is right again
        self._seen = now, passed
        return passed >= self._held_until
