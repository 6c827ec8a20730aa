"""How much time of worker processes each host's articles and pages may take before others go first."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

from bot.errors import HearsayError, WorkerFailed
from bot.workers import Workers

T = TypeVar("T")

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
        A HearsayError other than WorkerFailed is no failure, but what was found out.
        """
        started = self._clock()
        failed = True
        try:
            yield
            failed = False
        except HearsayError as error:
            failed = isinstance(error, WorkerFailed)
            raise
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

    def wait(self, host: str) -> timedelta:
        """Return how long it takes until a host has time again; nothing if it has some."""
        over = self._left(host) - self._seconds
        return (
            timedelta(seconds=min(self._window, over * self._window / self._seconds)) if over > 0 else timedelta()
        )

    def _left(self, host: str) -> float:
        spent, at = self._spent.get(host, (0.0, self._clock()))
        return max(0.0, spent - (self._clock() - at) * self._seconds / self._window)


class CountedWorkers:
    """Runs functions in `workers` and counts the time as spent on `host`."""

    def __init__(self, workers: Workers, budget: HostBudget, host: str) -> None:
        self._workers = workers
        self._budget = budget
        self._host = host

    async def run(self, function: Callable[..., T], *args: Any, timeout: float | None = None) -> T:  # noqa: ASYNC109
        """Return the result of `function(*args)`; see `Workers.run`."""
        with self._budget.timed(self._host):
            return await self._workers.run(function, *args, timeout=timeout)
