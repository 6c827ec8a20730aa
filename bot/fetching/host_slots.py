"""A limited number of requests to one host at a time."""

import asyncio
from collections import deque


class HostSlots:
    """A number of places per host; a host that nobody asks for takes no memory."""

    def __init__(self, per_host: int) -> None:
        self._per_host = per_host
        self._taken: dict[str, int] = {}
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    def take_free(self, host: str) -> bool:
        """Take a place at `host` if one is free, and return whether it was. It must be given back."""
        taken = self._taken.get(host, 0)
        if taken >= self._per_host:
            return False
        self._taken[host] = taken + 1
        return True

    async def take(self, host: str) -> None:
        """Take a place at `host`, waiting if all are taken. It must be given back."""
        if self.take_free(host):
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        line = self._waiting.setdefault(host, deque())
        line.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give_back(host)
            raise

    def give_back(self, host: str) -> None:
        """Free a place at `host` for the one who has waited longest."""
        line = self._waiting.get(host) if self._waiting else None
        while line:
            turn = line.popleft()
            if not line:
                del self._waiting[host]
            if not turn.done():
                turn.set_result(None)
                return
        left = self._taken.pop(host) - 1
        if left:
            self._taken[host] = left
