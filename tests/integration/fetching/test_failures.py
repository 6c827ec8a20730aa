"""Refusals, broken answers and bodies without end, each told in words."""

import asyncio
import errno
import gzip
import socket
import ssl
from datetime import timedelta

import pytest
from aiohttp import ClientConnectorCertificateError, web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_reqrep import ConnectionKey

from bot.errors import TooLarge
from bot.fetching.client import Fetcher, open_fetcher
from bot.fetching.failures import failure_of
from tests.integration.feeds.server import always, served
from tests.integration.fetching.raw_servers import failure


@pytest.mark.parametrize(
    ("status", "words", "retryable"),
    [
        (401, "password", False),
        (403, "refuses", True),
        (404, "nothing at this address", False),
        (410, "for good", False),
        (429, "left alone", True),
        (500, "internal error", True),
        (503, "overloaded", True),
        (520, "out of order", True),
        (418, "418", True),
        (204, "204", True),
        (206, "206", True),
    ],
)
async def test_each_refusal_has_its_words(fetcher: Fetcher, status: int, words: str, retryable: bool) -> None:
    async with served(always(lambda: web.Response(status=status, headers={"Retry-After": "120"}))) as url:
        error = await failure(fetcher, url)
    assert words in error.message
    assert (error.status, error.retryable, error.retry_after) == (status, retryable, timedelta(minutes=2))


class Offline(AbstractResolver):
    """Fails as the system does for every name if it has no network, or has no way to an address."""

    def __init__(self, number: int) -> None:
        self.number = number

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[ResolveResult]:
        raise OSError(self.number, "out of reach")

    async def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (socket.EAI_AGAIN, "machine may be offline"),
        (errno.ENETUNREACH, "machine may be offline"),
        (socket.EAI_NONAME, "no server of this name"),
    ],
)
async def test_a_machine_that_is_offline_is_told_apart_from_a_server_that_is_gone(number: int, words: str) -> None:
    async with open_fetcher("Hearsay", resolver=Offline(number)) as fetcher:
        error = await failure(fetcher, "https://news.example/feed")
    assert words in error.message
    assert error.retryable


async def test_a_challenge_page_is_told_apart_from_a_refusal(fetcher: Fetcher) -> None:
    async with served(always(lambda: web.Response(status=403, headers={"cf-mitigated": "challenge"}))) as url:
        assert "challenge" in (await failure(fetcher, url)).message


@pytest.mark.parametrize("body", [b"", b"  \n "])
async def test_an_empty_answer_fails(fetcher: Fetcher, body: bytes) -> None:
    async with served(always(lambda: web.Response(body=body))) as url:
        assert "empty" in (await failure(fetcher, url)).message


async def test_a_gzip_bomb_is_stopped_by_its_decompressed_size(fetcher: Fetcher) -> None:
    bomb = gzip.compress(bytes(200_000_000), 1)
    async with served(always(lambda: web.Response(body=bomb, headers={"Content-Encoding": "gzip"}))) as url:
        with pytest.raises(TooLarge, match="5 MB"):
            await fetcher.fetch(url)


async def test_a_huge_page_is_refused_by_its_length_or_while_it_comes(fetcher: Fetcher) -> None:
    async def stream(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1000):
            await response.write(b"x" * 50_000)
        return response

    async with served(always(lambda: web.Response(body=bytes(6_000_000)))) as url:
        with pytest.raises(TooLarge):
            await fetcher.fetch(url)
    async with served(stream) as url:
        with pytest.raises(TooLarge):
            await fetcher.fetch(url)


async def test_a_slow_drip_ends_at_the_total_time() -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.05)

    async with served(drip) as url, open_fetcher("Hearsay", allow_private=True, timeout_s=0.4) as hasty:
        assert "too long" in (await failure(hasty, url)).message


RAW_ANSWERS = [
    (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort", "broke off"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nshort", "not valid HTTP"),
    (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nshort", "damaged"),
    (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\nshort", "HTTP|damaged"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nshort", "damaged|HTTP"),
    (b"SSH-2.0-OpenSSH_9.9\r\n", "not valid HTTP"),
    (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n", "not valid HTTP"),
    (b"", "without an answer"),
]


@pytest.mark.parametrize(("raw", "words"), RAW_ANSWERS)
async def test_a_broken_answer_is_said_to_be_broken(fetcher: Fetcher, raw: bytes, words: str) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(raw)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        error = await failure(fetcher, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    import re

    assert re.search(words, error.message), error.message
    assert error.retryable


async def test_what_cannot_be_connected_is_said_in_words(fetcher: Fetcher) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert "does not accept connections" in (await failure(fetcher, f"http://127.0.0.1:{port}/")).message
    assert "no server of this name" in (await failure(fetcher, "http://nowhere.invalid/")).message

    async with served(always(lambda: web.Response(text="x"))) as url:
        assert "TLS" in (await failure(fetcher, url.replace("http:", "https:"))).message


def test_an_untrusted_certificate_is_said_to_be_one() -> None:
    key = ConnectionKey("a.example", 443, True, True, None, None, None)
    error = ClientConnectorCertificateError(key, ssl.SSLCertVerificationError("expired"))
    assert "TLS certificate" in failure_of(error).message
