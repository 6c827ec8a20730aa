"""Deadlines for thousands of requests, with one timer for all.

aiohttp's session has a timer for each request. If nearly all requests are answered with 304 within milliseconds,
these timers are a good part of what a request costs.
"""

import asyncio
from types import TracebackType
from typing import Any


class Deadlines:
    """Stops what takes too long: `with deadlines.within(seconds):`, in a task, raises TimeoutError after them.

    For one event loop.
    """

    def __init__(self) -> None:
        self._watched: dict[Deadline, None] = {}
        self._timer: asyncio.Handle | None = None
        self._due = 0.0
        """When the timer goes off: uvloop's timers do not say if that is at once."""

    def within(self, seconds: float) -> "Deadline":
        """Return a deadline that starts when it is entered."""
        return Deadline(self._watched, self._watch, seconds)

    def _watch(self, until: float) -> None:
        """Make sure that the deadlines are looked at by `until`."""
        if self._timer is not None:
            if self._due <= until:
                return
            self._timer.cancel()
        self._due = until
        self._timer = asyncio.get_running_loop().call_at(until, self._look)

    def _look(self) -> None:
        """Stop overdue requests, and set the timer for the next deadline."""
        self._timer = None
        now = max(asyncio.get_running_loop().time(), self._due)
        for deadline in [each for each in self._watched if each.ends_at <= now]:
            deadline.expire()
        if self._watched:
            self._watch(min(each.ends_at for each in self._watched))


class Deadline:
    """One deadline; see `Deadlines`."""

    __slots__ = ("_cancelling", "_expired", "_seconds", "_task", "_watch", "_watched", "ends_at")

    def __init__(self, watched: "dict[Deadline, None]", watch: Any, seconds: float) -> None:
        self._watched = watched
        self._watch = watch
        self._seconds = seconds
        self._expired = False

    def __enter__(self) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("only what runs in a task can have a deadline")
        self._task: asyncio.Task[Any] = task
        self._cancelling = task.cancelling()
        self.ends_at = task.get_loop().time() + self._seconds
        self._watched[self] = None
        self._watch(self.ends_at)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._expired:
            del self._watched[self]
        elif self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from error  # only this deadline cancelled the task

    def expire(self) -> None:
        """Stop the task."""
        self._expired = True
        del self._watched[self]
        self._task.cancel()
