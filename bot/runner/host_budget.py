"""How much time each host's articles may take before others go first."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SECONDS = 60.0
"""What the articles of one host may take of the extraction processes within `WINDOW` before they come last. A long
article takes one or two seconds, and one that is stopped 120."""
WINDOW = 900.0
HOSTS = 10_000
"""Hosts that are remembered; when there are more, all are forgotten."""


class HostBudget:
    """Seconds that were spent on each host's articles lately. In memory only."""

    def __init__(
        self,
        seconds: float = SECONDS,
        window: float = WINDOW,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds = seconds
        self._window = window
        self._clock = clock
        self._last_end = -math.inf
        self._spent: dict[str, tuple[float, float]] = {}
        """For each host, what was spent and when that was so; it wears off evenly over the window."""

    @contextmanager
    def timed(self, host: str) -> Iterator[None]:
        """Count what happens within as spent on `host`.

        Until something else ended, it may only have waited for that: such time is not counted, unless it fails.
        """
        started = self._clock()
        failed = True
        try:
            yield
            failed = False
        finally:
            ended = self._clock()
            self.spend(host, ended - (started if failed else max(started, self._last_end)))
            self._last_end = ended

    def spend(self, host: str, seconds: float) -> None:
        """Count seconds as spent on `host`."""
        if host not in self._spent and len(self._spent) >= HOSTS:
            self._spent.clear()
        self._spent[host] = self._left(host) + seconds, self._clock()

    def exceeded(self) -> frozenset[str]:
        """Return the hosts that have used up their time."""
        return frozenset(host for host in self._spent if self._left(host) > self._seconds)

    def _left(self, host: str) -> float:
        spent, at = self._spent.get(host, (0.0, self._clock()))
        return max(0.0, spent - (self._clock() - at) * self._seconds / self._window)
