"""Limits on requests to Discord, kept here so that Discord never has to enforce them.

- Discord allows one bot 50 requests a second (Rate Limits, "Global Rate Limit"). It refuses any more, including
  those for commands that somebody waits for. Answers to interactions do not count.
- Discord bans an address for a day or longer after 10,000 invalid requests in ten minutes: answers of 401, 403 and
  429, except a 429 for a limit that others share (Rate Limits, "Invalid Request Limit").

discord.py keeps the limits of single routes, but neither of these. Processes that share a PostgreSQL keep both
together (`bot.store.request_turns`).
"""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from types import SimpleNamespace

import aiohttp
import structlog
from yarl import URL

from bot.errors import StoreError
from bot.store.request_turns import RequestTurns, Turn

log = structlog.get_logger(__name__)

PER_SECOND = 45
"""Requests sent in any second: fewer than Discord's 50, because they do not arrive evenly."""
MOST_INVALID = 5_000
"""Invalid answers in `INVALID_S` after which requests pause: half of Discord's limit, because other programs at
the same address count, too."""
INVALID_S = 600.0
INVALID_STATUSES = frozenset((401, 403, 429))
_WINDOW_S = 1.0
_TURNS = "requests"
_CONNECTIONS = "connections"
CONNECTIONS_APART = timedelta(seconds=5)
"""Seconds between two shards that connect (Gateway, "Rate Limiting": max_concurrency is 1 for all but large bots).
"""
_UNLIMITED = ("/interactions/", "/webhooks/")
"""Paths of answers to interactions, which Discord does not count."""


class RequestsPaused(aiohttp.ClientError):
    """Discord has refused too many requests; Hearsay pauses for some minutes, so that Discord does not ban it."""


class RequestLimits:
    """The limits of one bot. `now` is a steady clock in seconds, and `sleep` waits for some of its seconds.

    `turns` are shared by all processes under the same limits. If the database is unreachable, each process keeps
    the limits alone: nothing is posted then anyway, and commands need little.
    """

    def __init__(
        self,
        per_second: int = PER_SECOND,
        most_invalid: int = MOST_INVALID,
        *,
        turns: RequestTurns | None = None,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._turns = turns
        self._apart = timedelta(seconds=1 / per_second)
        self._now = now
        self._sleep = sleep
        self._line = asyncio.Lock()
        self._left: deque[float] = deque(maxlen=per_second)
        self._most_invalid = most_invalid
        self._invalid: deque[float] = deque()
        self._paused = False

    async def before(self, url: URL) -> None:
        """Wait until a request to `url` may be sent. Raises RequestsPaused after too many invalid answers.

        Answers to interactions are never held up, so commands work during a pause.
        """
        if any(path in url.path for path in _UNLIMITED):
            return
        self._check()
        async with self._line:  # first come, first served
            if len(self._left) == self._left.maxlen:
                while (wait := self._left[0] + _WINDOW_S - self._now()) > 0:
                    await self._sleep(wait)
            if (turn := await self._turn(_TURNS, self._apart)) is not None:
                self._check(turn.refused)
            self._left.append(self._now())

    async def before_connecting(self) -> bool:
        """Wait until a shard may connect. Return False at once if no other process shares the limits."""
        return await self._turn(_CONNECTIONS, CONNECTIONS_APART) is not None

    async def _turn(self, name: str, apart: timedelta) -> Turn | None:
        """Wait for a turn among all processes, and return it. None if they share no limits."""
        if self._turns is None:
            return None
        try:
            turn = await self._turns.take(name, apart)
        except StoreError as error:
            log.warning("requests to Discord not counted together", error=error.message)
            return None
        if turn.wait:
            await self._sleep(turn.wait.total_seconds())
        return turn

    async def after(self, status: int, headers: Mapping[str, str]) -> None:
        """Count an answer if Discord counts it as invalid."""
        if status in INVALID_STATUSES and headers.get("X-RateLimit-Scope") != "shared":
            self._invalid.append(self._now())
            if self._turns is not None:
                with contextlib.suppress(StoreError):  # it is counted here
                    await self._turns.refused()

    def _check(self, refused_anywhere: int = 0) -> None:
        while self._invalid and self._invalid[0] <= self._now() - INVALID_S:
            self._invalid.popleft()
        refused = max(len(self._invalid), refused_anywhere)
        if refused < self._most_invalid:
            self._paused = False
            return
        if not self._paused:
            log.error("requests to Discord pause: too many were refused", refused=refused)
            self._paused = True
        raise RequestsPaused(RequestsPaused.__doc__)

    def trace(self) -> aiohttp.TraceConfig:
        """Return the `http_trace` that makes a discord.py client keep these limits."""
        config = aiohttp.TraceConfig()

        async def start(
            _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestStartParams
        ) -> None:
            await self.before(params.url)

        async def end(
            _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
        ) -> None:
            await self.after(params.response.status, params.response.headers)

        config.on_request_start.append(start)
        config.on_request_end.append(end)
        return config
