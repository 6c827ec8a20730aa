"""Names suggested while people type, cached for some seconds: many type the same at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

KEPT_FOR = timedelta(seconds=10)
"""The delay until a new name is suggested, or one hidden by another process disappears; no answer shows the
latter.
"""
MOST = 500
"""How many are cached, for all servers: 1 MB."""

LookUp = Callable[[], Awaitable[Sequence[str]]]
_Key = tuple[int, str]


class KeptSuggestions:
    """The suggestions in each server for each typed text."""

    def __init__(self, kept_for: timedelta = KEPT_FOR, most: int = MOST) -> None:
        self._kept_for = kept_for
        self._most = most
        self._kept: dict[_Key, tuple[datetime, Sequence[str]]] = {}
        self._looked_up: dict[_Key, asyncio.Future[Sequence[str]]] = {}
        """Look-ups in progress."""

    async def names(self, guild_id: int, typed: str, now: datetime, look_up: LookUp) -> list[str]:
        """Return the names for a typed text in a server: cached ones, or those that `look_up` finds.

        Others who type the same in the meantime get the same names, so that many who type at once cause one
        search. If it fails, each of them searches.
        """
        key = (guild_id, typed.casefold())
        at, names = self._kept.get(key, (None, ()))
        if at is not None and timedelta() <= now - at < self._kept_for:
            return list(names)
        if (running := self._looked_up.get(key)) is not None:
            await asyncio.wait([running])
            if not running.cancelled():
                return list(running.result())
        return list(await self._found(key, now, look_up))

    async def _found(self, key: _Key, now: datetime, look_up: LookUp) -> Sequence[str]:
        running = self._looked_up[key] = asyncio.get_running_loop().create_future()
        try:
            names = tuple(await look_up())
            running.set_result(names)
            if self._looked_up.get(key) is running:  # otherwise the names found may be hidden by now
                self._keep(key, names, now)
        finally:
            running.cancel()
            if self._looked_up.get(key) is running:
                del self._looked_up[key]
        return names

    def _keep(self, key: _Key, names: Sequence[str], now: datetime) -> None:
        """Cache names, if there are any: those of a server that has just started must appear at once."""
        self._kept.pop(key, None)  # so that it becomes the newest
        if not names:
            return
        if len(self._kept) >= self._most:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = now, names

    def forget(self) -> None:
        """Forget everything, including look-ups in progress: names were changed, or hidden."""
        self._kept.clear()
        self._looked_up.clear()
