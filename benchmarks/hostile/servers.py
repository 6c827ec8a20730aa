"""Servers that misbehave over real sockets: how long they hold a fetch, what they can send, and what is said."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bot.errors import FeedError
from bot.event_loop import run_async
from bot.fetching.client import Fetcher, open_fetcher
from config.settings import Settings

TIMEOUT_S = 5.0
"""Seconds that a fetch may take here. A running Hearsay allows 25 by default."""
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Flood:
    """A server that begins with `start` and then sends `unit` without end, `pause_s` apart."""

    start: bytes
    unit: bytes
    pause_s: float = 0.0


FLOODS = {
    "interim answers without end": Flood(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 50),
    "headers of an interim answer": Flood(b"HTTP/1.1 103 Early Hints\r\n", b"X: " + b"y" * 10_000 + b"\r\n"),
    "headers without end": Flood(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1_000),
    "one header without end": Flood(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 10_000),
    "chunk extensions": Flood(CHUNKED, b"1;" + b"x" * 4_000 + b"=1\r\na\r\n"),
    "one chunk extension": Flood(CHUNKED + b"1;", b"x" * 10_000),
    "chunks of a byte": Flood(CHUNKED, b"1\r\na\r\n" * 1_000),
    "trailers": Flood(CHUNKED + b"0\r\n", b"X: " + b"y" * 10_000 + b"\r\n"),
    "a body without end": Flood(b"HTTP/1.1 200 OK\r\n\r\n", b"a" * 100_000),
    "a slow drip": Flood(b"HTTP/1.1 200 OK\r\n\r\n", b"a", 0.1),
    "no answer": Flood(b"", b"", 1.0),
    "no HTTP": Flood(b"SSH-2.0-OpenSSH_9.9\r\n", b"", 1.0),
    "redirects without end": Flood(
        b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n", b"", 1.0
    ),
    "redirects to no address": Flood(
        b"HTTP/1.1 302 Found\r\nLocation: http://[v1.fe80::a]/x\r\nContent-Length: 0\r\n\r\n", b"", 1.0
    ),
}


@dataclass(slots=True)
class Sent:
    """How many bytes a server could send."""

    count: int = 0


def run_servers(console: Console, settings: Settings) -> None:
    """Print the table."""
    table = Table(
        title=f"Servers ({TIMEOUT_S:g} s for a fetch, bodies up to {settings.fetch_max_bytes / 1e6:g} MB)"
    )
    for heading in ("server", "sent MB", "s", "CPU s", "result"):
        table.add_column(heading, justify="left" if heading in ("server", "result") else "right")
    for name, flood in FLOODS.items():
        sent, seconds, cpu, result = run_async(_fetched(flood, settings))
        table.add_row(name, f"{sent / 1e6:.1f}", f"{seconds:.1f}", f"{cpu:.2f}", result)
    table.add_row("answers that nobody asked for", "", "", "", run_async(_unasked()))
    console.print(table)


async def _fetched(flood: Flood, settings: Settings) -> tuple[int, float, float, str]:
    sent = Sent()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(flood.start)
        sent.count += len(flood.start)
        while True:
            writer.write(flood.unit)
            sent.count += len(flood.unit)
            await writer.drain()
            await asyncio.sleep(flood.pause_s)

    async with _served(answer) as url, _fetcher() as fetcher:
        started, cpu = time.perf_counter(), time.process_time()
        try:
            result = f"{len((await fetcher.fetch(url, max_bytes=settings.fetch_max_bytes)).body)} bytes"
        except FeedError as error:
            result = error.message
        return sent.count, time.perf_counter() - started, time.process_time() - cpu, result


async def _unasked() -> str:
    """Return how many of 100 requests got an answer that was not theirs, 5 ms apart."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1]
            for body in (path, b"unasked"):
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
                await writer.drain()
                await asyncio.sleep(0.001)

    wrong = 0
    async with _served(answer) as url, _fetcher() as fetcher:
        for number in range(100):
            wrong += (await fetcher.fetch(f"{url}{number}")).body != f"/{number}".encode()
            await asyncio.sleep(0.005)
    return f"{wrong} of 100 requests got an answer that was not theirs"


@asynccontextmanager
async def _served(
    answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[str]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await answer(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()


@asynccontextmanager
async def _fetcher() -> AsyncIterator[Fetcher]:
    async with open_fetcher("Hearsay", allow_private=True, timeout_s=TIMEOUT_S) as fetcher:
        yield fetcher
