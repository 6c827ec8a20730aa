"""Connections: kept, closed, and never trusted with bytes that nobody asked for."""

import asyncio
import os

import pytest
from aiohttp import web

from bot.errors import FeedError
from bot.fetching.client import Fetcher
from tests.integration.feeds.server import served
from tests.integration.fetching.raw_servers import asked_for, failure, plain_answer, raw_server


async def test_connections_are_kept_and_one_closed_meanwhile_is_replaced(fetcher: Fetcher) -> None:
    connections = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        for _ in range(2):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        bodies = [(await fetcher.fetch(url)).body for _ in range(4)]
    assert (bodies, connections) == ([b"ok"] * 4, 2)


async def test_what_was_not_read_to_its_end_leaves_no_connection_behind(fetcher: Fetcher) -> None:
    peers: set[str] = set()

    async def handler(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        peers.add(str(request.transport.get_extra_info("peername")))
        return web.Response(status=404, body=b"not here" * 5_000)

    async with served(handler) as url:
        for _ in range(3):
            await failure(fetcher, url)
    assert len(peers) == 3


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("unasked", [plain_answer(b"unasked"), b"HTTP/1.1 2", b"\r\n"])
async def test_what_nobody_asked_for_is_never_taken_for_an_answer(
    fetcher: Fetcher, unasked: bytes, late: bool
) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while name := await asked_for(reader):
            writer.write(plain_answer(name) + (b"" if late else unasked))
            await writer.drain()
            if late:
                answered.set()
                await more.wait()
                writer.write(unasked)
                await writer.drain()
                sent.set()

    async with raw_server(answer) as url:
        for number in range(4):
            answered, more, sent = asyncio.Event(), asyncio.Event(), asyncio.Event()
            found = await fetcher.fetch(f"{url}{number}")
            assert found.body == str(number).encode()
            more.set()
            if late:
                await sent.wait()


async def test_what_is_still_on_its_way_when_a_connection_is_taken_closes_it(fetcher: Fetcher) -> None:
    """The bytes have arrived, but the event loop has not turned since."""
    writers: list[asyncio.StreamWriter] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        while name := await asked_for(reader):
            writer.write(plain_answer(name))

    async with raw_server(answer) as url:
        assert (await fetcher.fetch(url + "1")).body == b"1"
        os.write(writers[0].transport.get_extra_info("socket").fileno(), plain_answer(b"unasked"))
        assert (await fetcher.fetch(url + "2")).body == b"2"
        assert len(writers) == 2


async def test_a_connection_on_which_nothing_came_is_used_again(fetcher: Fetcher) -> None:
    connections: list[None] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(None)
        while name := await asked_for(reader):
            writer.write(plain_answer(name))

    async with raw_server(answer) as url:
        for number in range(5):
            assert (await fetcher.fetch(f"{url}{number}")).body == str(number).encode()
    assert len(connections) == 1


async def test_who_once_sent_what_nobody_asked_for_gets_a_connection_for_each_request(fetcher: Fetcher) -> None:
    """What comes after the next request has left cannot be told from its answer."""
    connections = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while name := await asked_for(reader):
            writer.write(plain_answer(name) + (plain_answer(b"unasked") if name == b"0" else b""))

    async with raw_server(answer) as url:
        for number in range(4):
            assert (await fetcher.fetch(f"{url}{number}")).body == str(number).encode()
    assert connections == 4


FLOODS = {
    "interim answers": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
    "headers of an interim answer": (b"HTTP/1.1 103 Early Hints\r\n", b"X: " + b"y" * 10_000 + b"\r\n"),
    "chunk extensions": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"1;" + b"x" * 4_000 + b"=1\r\na\r\n",
    ),
    "one chunk extension": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"x" * 10_000),
    "trailers": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X: " + b"y" * 10_000 + b"\r\n"),
}


@pytest.mark.parametrize(("start", "flood"), FLOODS.values(), ids=FLOODS)
async def test_what_stands_around_an_answer_has_a_limit_of_bytes(
    fetcher: Fetcher, start: bytes, flood: bytes
) -> None:
    sent = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await asked_for(reader)
        writer.write(start)
        while True:
            writer.write(flood)
            sent += len(flood)
            await writer.drain()

    async with raw_server(answer) as url:
        with pytest.raises(FeedError) as caught:
            await fetcher.fetch(url, max_bytes=100_000)
    assert "too long" not in caught.value.message
    assert sent < 20_000_000, "what the kernel holds on its way is sent, too"


async def test_small_chunks_are_no_flood(fetcher: Fetcher) -> None:
    body = b"news " * 20_000

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked_for(reader)
        chunks = b"".join(b"a\r\n%s\r\n" % body[at : at + 10] for at in range(0, len(body), 10))
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")

    async with raw_server(answer) as url:
        assert (await fetcher.fetch(url, max_bytes=100_000)).body == body
