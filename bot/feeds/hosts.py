"""Places at hosts: how many requests may be under way to one host at a time, and whose turn it is."""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from enum import Enum

from yarl import URL

from bot.feeds.values import PollTarget

SLOW_S = 1.0
"""Seconds for an answer from which on a host counts as slow."""


class HostSlots:
    """A number of places per host; a host that nobody asks for takes no memory."""

    def __init__(self, per_host: int) -> None:
        self._per_host = per_host
        self._hosts: dict[str, tuple[asyncio.Semaphore, int]] = {}

    @asynccontextmanager
    async def at(self, host: str) -> AsyncIterator[None]:
        """Hold a place at `host`, waiting for one where all are taken."""
        semaphore, users = self._hosts.get(host) or (asyncio.Semaphore(self._per_host), 0)
        self._hosts[host] = (semaphore, users + 1)
        try:
            async with semaphore:
                yield
        finally:
            semaphore, users = self._hosts.pop(host)
            if users > 1:
                self._hosts[host] = (semaphore, users - 1)


class Speed(Enum):
    """How fast a host has answered."""

    UNKNOWN = "unknown"
    QUICK = "quick"
    SLOW = "slow"


class HostQueues:
    """Targets by host, handed out in turn to hosts that have a place free.

    Of `places` in all, one host has `per_host` at the most. A host whose last answer took `SLOW_S` is slow, one
    that has not answered yet is unknown; together they hold no more than three places in four while a host known
    to be quick has targets waiting. So however many slow hosts there are, the others go on.
    """

    def __init__(self, targets: Sequence[PollTarget], *, places: int, per_host: int) -> None:
        self._per_host = per_host
        self._most_lent = max(1, places * 3 // 4)
        self._waiting: dict[str, deque[PollTarget]] = {}
        self._hosts = {target.feed_id: host_of(target) for target in targets}
        for target in targets:
            self._waiting.setdefault(self._hosts[target.feed_id], deque()).append(target)
        self._left = len(targets)
        self._busy: Counter[str] = Counter()
        self._lent: Counter[str] = Counter()
        self._all_lent = 0
        self._speeds: dict[str, Speed] = {}
        self._ready: dict[Speed, OrderedDict[str, None]] = {speed: OrderedDict() for speed in Speed}
        self._ready[Speed.UNKNOWN].update(dict.fromkeys(self._waiting))
        self._takers: deque[asyncio.Future[None]] = deque()

    async def take(self) -> PollTarget | None:
        """Return the next target, waiting while none may start; None when all have been handed out."""
        while self._left:
            target = self._next()
            if target is not None:
                return target
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._takers.append(turn)
            await turn
        return None

    def give_back(self, target: PollTarget, seconds: float) -> None:
        """Free the place of a target that is done, and that took so many seconds."""
        host = self._hosts[target.feed_id]
        if self._lent[host]:
            self._lent[host] -= 1
            self._all_lent -= 1
        self._busy[host] -= 1
        self._ready[self._speed(host)].pop(host, None)
        self._speeds[host] = Speed.SLOW if seconds >= SLOW_S else Speed.QUICK
        self._line_up(host)
        self._call()

    def _next(self) -> PollTarget | None:
        speed = self._whose_turn()
        if speed is None:
            return None
        host, _ = self._ready[speed].popitem(last=False)
        target = self._waiting[host].popleft()
        self._left -= 1
        self._busy[host] += 1
        if speed is not Speed.QUICK:
            self._lent[host] += 1
            self._all_lent += 1
        self._line_up(host)
        if not self._left:
            self._call(everyone=True)
        return target

    def _whose_turn(self) -> Speed | None:
        slow_first = (Speed.UNKNOWN, Speed.SLOW, Speed.QUICK)
        quick_first = (Speed.QUICK, Speed.UNKNOWN, Speed.SLOW)
        order = slow_first if self._all_lent < self._most_lent else quick_first
        return next((speed for speed in order if self._ready[speed]), None)

    def _line_up(self, host: str) -> None:
        if self._waiting[host] and self._busy[host] < self._per_host:
            self._ready[self._speed(host)][host] = None

    def _speed(self, host: str) -> Speed:
        return self._speeds.get(host, Speed.UNKNOWN)

    def _call(self, *, everyone: bool = False) -> None:
        while self._takers:
            turn = self._takers.popleft()
            if not turn.done():
                turn.set_result(None)
                if not everyone:
                    return


def host_of(target: PollTarget) -> str:
    """Return the host that a target is fetched from; empty where its address is none."""
    try:
        return URL(target.url).host or ""
    except ValueError:
        return ""
