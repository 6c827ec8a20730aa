"""Queues by host: how many requests may be in progress to one host, and which is next."""

import asyncio
import re
from collections import OrderedDict, deque
from collections.abc import Sequence
from enum import StrEnum

from bot.fetching.urls import parts_of
from bot.model.feeds import PollTarget

_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(?::[0-9]+)?/")
"""Addresses that need no parser: nearly all of them. Thousands are queued at once."""
SLOW_S = 1.0
"""A host that takes this many seconds to answer is slow."""
TAKEN_TOGETHER = 25
"""How many targets are handed out before the event loop runs other tasks. Many answers may arrive at the same
moment, mostly from slow hosts, and each is followed by the next request."""


class Speed(StrEnum):
    """How fast a host has answered."""

    UNKNOWN = "unknown"
    QUICK = "quick"
    SLOW = "slow"


_SLOW_FIRST = (Speed.UNKNOWN, Speed.SLOW, Speed.QUICK)
_QUICK_FIRST = (Speed.QUICK, Speed.UNKNOWN, Speed.SLOW)


class _Host:
    """The waiting and active requests of one host, and how fast it was."""

    __slots__ = ("busy", "lent", "speed", "waiting")

    def __init__(self) -> None:
        self.waiting: deque[PollTarget] | None = None
        self.busy = 0
        self.lent = 0
        """How many of the places it got before it was known to be fast."""
        self.speed = Speed.UNKNOWN


class HostQueues:
    """Targets by host, handed out in turn to hosts that have a place free.

    One host has at most `per_host` of the `places`. A host whose last answer took `SLOW_S` is slow; one that has
    not answered yet is unknown. Together they hold at most three quarters of the places while a host known to be
    fast has targets waiting. So any number of slow hosts cannot hold up the others.

    Targets are added as they come until the queues are closed. `wants_more` is set while more targets would help:
    few are waiting, a place is free, or slow hosts hold their share and no fast one is known.
    """

    def __init__(self, targets: Sequence[PollTarget] = (), *, places: int, per_host: int) -> None:
        self.wants_more = asyncio.Event()
        self._per_host = per_host
        self._few = places * 2
        self._most_lent = max(1, places * 3 // 4)
        self._hosts: dict[str, _Host] = {}
        self._host_of: dict[int, _Host] = {}
        """The host of each target that waits or is being fetched, by the id of its feed."""
        self._answered = 0
        """How many targets have been answered but are not done."""
        self._left = 0
        self._open = True
        self._all_lent = 0
        self._ready: dict[Speed, OrderedDict[_Host, None]] = {speed: OrderedDict() for speed in Speed}
        self._takers: deque[asyncio.Future[None]] = deque()
        self._taken = 0
        self._put_off = 0
        """How many callers wait for the event loop to turn before they get a target."""
        self._turning = False
        self.add(targets)

    def add(self, targets: Sequence[PollTarget]) -> None:
        """Add `targets` to the queues."""
        for target in targets:
            name = host_of(target)
            host = self._hosts.get(name)
            if host is None:
                host = self._hosts[name] = _Host()
            self._host_of[target.feed_id] = host
            if host.waiting is None:
                host.waiting = deque()
            host.waiting.append(target)
            self._line_up(host)
        self._left += len(targets)
        self._call(len(targets))
        self._want()

    def close(self) -> None:
        """Record that no more targets will come."""
        self._open = False
        if not self._left:
            self._call(len(self._takers))

    async def take(self) -> PollTarget | None:
        """Return the next target, waiting until one may start; None once all have been handed out."""
        while self._left or self._open:
            if self._taken >= TAKEN_TOGETHER:
                self._put_off += 1
            elif (target := self._next()) is not None:
                return target
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._takers.append(turn)
            self._want()
            await turn
        return None

    def answered(self, target: PollTarget, seconds: float) -> None:
        """Free the host of a target, which has answered after this many seconds, for other targets.

        The target keeps its place while its answer is read, which does not involve the host.
        """
        self._answered += 1
        host = self._host_of.pop(target.feed_id)
        host.busy -= 1
        if host.lent:
            host.lent -= 1
            self._all_lent -= 1
        speed = Speed.SLOW if seconds >= SLOW_S else Speed.QUICK
        if speed is not host.speed:
            self._ready[host.speed].pop(host, None)
            host.speed = speed
        self._line_up(host)
        if len(self._takers) > self._put_off:  # otherwise all waiting callers are woken in turn
            self._call(1)

    def give_back(self, target: PollTarget, seconds: float) -> None:
        """Free the place of a target that is done. If its host has not answered, it took this many seconds."""
        if target.feed_id in self._host_of:
            self.answered(target, seconds)
        self._answered -= 1

    @property
    def idle(self) -> bool:
        """Whether no target is waiting or in progress."""
        return not (self._host_of or self._answered)

    def _turn(self) -> None:
        """Wake the next caller that waits for the event loop to turn."""
        self._taken = 0
        called = min(self._put_off, TAKEN_TOGETHER)
        self._put_off -= called
        self._call(called)
        self._turning = self._put_off > 0
        if self._turning:
            asyncio.get_running_loop().call_soon(self._turn)

    def _next(self) -> PollTarget | None:
        speed = self._whose_turn()
        if speed is None:
            return None
        host, _ = self._ready[speed].popitem(last=False)
        waiting = host.waiting
        assert waiting
        target = waiting.popleft()
        if not waiting:
            host.waiting = None
        self._left -= 1
        host.busy += 1
        if speed is not Speed.QUICK:
            host.lent += 1
            self._all_lent += 1
        self._line_up(host)
        self._taken += 1
        if not self._turning:
            self._turning = True
            asyncio.get_running_loop().call_soon(self._turn)
        if not (self._left or self._open):
            self._call(len(self._takers))
        self._want()
        return target

    def _want(self) -> None:
        crowded = self._all_lent >= self._most_lent and not self._ready[Speed.QUICK]
        if self._left < self._few or self._takers or crowded:
            self.wants_more.set()
        else:
            self.wants_more.clear()

    def _whose_turn(self) -> Speed | None:
        for speed in _SLOW_FIRST if self._all_lent < self._most_lent else _QUICK_FIRST:
            if self._ready[speed]:
                return speed
        return None

    def _line_up(self, host: _Host) -> None:
        if host.waiting and host.busy < self._per_host:
            self._ready[host.speed][host] = None

    def _call(self, most: int) -> None:
        while most > 0 and self._takers:
            turn = self._takers.popleft()
            if not turn.done():
                turn.set_result(None)
                most -= 1


def host_of(target: PollTarget) -> str:
    """Return the host that a target is fetched from; empty if its address is invalid."""
    plain = _PLAIN.match(target.url)
    if plain:
        return plain[1]
    parts = parts_of(target.url)
    return parts.host if parts else ""
