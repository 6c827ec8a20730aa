"""Looks up the names of news hosts in threads of its own.

The event loop has few threads for looking up names (uvloop has four), and a name whose server never answers holds
one for half a minute. Discord's names must not queue behind those of dead feeds, so the fetcher has other threads.
They are daemons: a lookup that hangs does not hold up the end of the process either.
"""

import asyncio
import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from aiohttp.abc import AbstractResolver, ResolveResult

THREADS = 32
"""Names that are looked up at the same time; more wait in line."""
_FLAGS = socket.AI_ADDRCONFIG
_NUMERIC = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
_NUMERIC_NAME = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV

Found = list[tuple[socket.AddressFamily, int, str, int]]
"""The family, protocol, address and port of each address that a name has."""


class NameLookups(AbstractResolver):
    """Looks up names by `getaddrinfo` of the system in at most `threads` threads, started when they are needed."""

    def __init__(self, threads: int = THREADS) -> None:
        self._threads = threads
        self._started = 0
        self._idle = 0
        self._line: deque[Callable[[], None]] = deque()
        self._changed = threading.Condition()
        self._closed = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of `host`. Raises OSError if it has none, or if nobody knows."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Found] = loop.create_future()

        def answer(found: Found | None, error: Exception | None) -> None:
            if not future.done():
                if error is not None:
                    future.set_exception(error)
                else:
                    future.set_result(found or [])

        def look_up() -> None:
            if future.cancelled():
                return
            found, error = None, None
            try:
                found = addresses(host, port, family)
            except Exception as problem:  # noqa: BLE001 - raised where it was asked
                error = problem
            with suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(answer, found, error)

        self._put(look_up)
        return [
            ResolveResult(hostname=host, host=address, port=there, family=kind, proto=protocol, flags=_NUMERIC)
            for kind, protocol, address, there in await future
        ]

    async def close(self) -> None:
        """End the threads; one that is looking up a name ends after that."""
        with self._changed:
            self._closed = True
            self._line.clear()
            self._changed.notify_all()

    def _put(self, task: Callable[[], None]) -> None:
        with self._changed:
            self._line.append(task)
            if self._idle >= len(self._line) or self._started >= self._threads:
                self._changed.notify()
                return
            self._started += 1
        threading.Thread(target=self._work, daemon=True, name=f"names-{self._started}").start()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._idle += 1
                while not self._line and not self._closed:
                    self._changed.wait()
                self._idle -= 1
                if self._closed:
                    return
                task = self._line.popleft()
            task()


def addresses(host: str, port: int, family: int) -> Found:
    """Return the addresses of `host`, as the system knows them. Blocks. Raises OSError."""
    found: Found = []
    for kind, _, protocol, _, address in socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, family=family, flags=_FLAGS
    ):
        name = str(address[0])
        if kind == socket.AF_INET6 and len(address) == 4 and address[3]:  # link-local: the scope is part of it
            name, _service = socket.getnameinfo(address, _NUMERIC_NAME)
        found.append((kind, protocol, name, int(address[1])))
    return found
