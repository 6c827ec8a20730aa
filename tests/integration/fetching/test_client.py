"""Fetching over real sockets: what a server may do, and what is made of it."""

import asyncio
import gzip
import os
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientConnectorCertificateError, web
from aiohttp.client_reqrep import ConnectionKey

from bot.errors import AddressRefused, FeedError, FetchFailed, TooLarge
from bot.fetching.client import Fetcher, _plain, open_fetcher, retry_after
from bot.fetching.host_slots import HostSlots
from bot.model.feeds import Validators
from tests.integration.feeds.server import always, served

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


async def failure(fetcher: Fetcher, url: str, **options: Any) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        await fetcher.fetch(url, **options)
    return caught.value


async def test_a_body_comes_decompressed_with_its_headers_and_validators(fetcher: Fetcher) -> None:
    seen: list[web.Request] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        seen.append(request)
        return web.Response(
            body=gzip.compress(b"hello " * 100),
            headers={
                "Content-Encoding": "gzip",
                "ETag": 'W/"a"',
                "Last-Modified": "whenever",
                "Content-Type": "text/x",
            },
        )

    async with served(handler) as url:
        answer = await fetcher.fetch(f"{url}/feed#part", subscribers=3)
    assert (answer.status, answer.url, answer.body) == (200, f"{url}/feed", b"hello " * 100)
    assert (answer.validators, answer.content_type) == (Validators('W/"a"', "whenever"), "text/x")
    headers = seen[0].headers
    assert headers["User-Agent"].startswith("Hearsay/")
    assert headers["User-Agent"].endswith("(+https://example.org/hearsay; 3 subscribers)")
    assert headers["Accept-Encoding"] == "gzip, deflate"
    assert "If-None-Match" not in headers


async def test_validators_go_out_as_they_came_and_304_has_no_body(fetcher: Fetcher) -> None:
    seen: list[web.Request] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        seen.append(request)
        return web.Response(status=304, headers={"Last-Modified": "later"})

    async with served(handler) as url:
        answer = await fetcher.fetch(url, validators=Validators('"odd etag', "not a date"))
        assert "not asked" in (await failure(fetcher, url)).message
    assert (answer.not_modified, answer.body, answer.validators.last_modified) == (True, b"", "later")
    assert (seen[0].headers["If-None-Match"], seen[0].headers["If-Modified-Since"]) == ('"odd etag', "not a date")


async def test_a_body_that_is_known_as_it_comes_is_not_given_again(fetcher: Fetcher) -> None:
    packed = gzip.compress(b"hello")
    headers = {"Content-Encoding": "gzip"}
    async with served(always(lambda: web.Response(body=packed, headers=headers))) as url:
        first = await fetcher.fetch(url)
        again = await fetcher.fetch(url, known=first.wire_hash)
        other = await fetcher.fetch(url, known="other")
    assert [(answer.body, answer.same_body) for answer in (first, again, other)] == [
        (b"hello", False),
        (b"", True),
        (b"hello", False),
    ]
    assert first.wire_hash == again.wire_hash == other.wire_hash


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


async def test_cookies_are_not_kept(fetcher: Fetcher) -> None:
    seen: list[str | None] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        seen.append(request.headers.get("Cookie"))
        return web.Response(text="x", headers={"Set-Cookie": "a=b"})

    async with served(handler) as url:
        await fetcher.fetch(url)
        await fetcher.fetch(url)
    assert seen == [None, None]


@pytest.mark.parametrize(
    ("statuses", "remembered"),
    [((301,), 1), ((308, 301), 2), ((301, 302, 301), 1), ((302,), None), ((307, 308), None), ((303,), None)],
)
async def test_only_permanent_redirects_from_the_start_are_remembered(
    fetcher: Fetcher, statuses: tuple[int, ...], remembered: int | None
) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        hop = int(request.path.strip("/") or 0)
        if hop < len(statuses):
            return web.Response(status=statuses[hop], headers={"Location": f"/{hop + 1}"})
        return web.Response(text="here")

    async with served(handler) as url:
        answer = await fetcher.fetch(url)
        assert answer.url == f"{url}/{len(statuses)}"
        assert answer.permanent_redirect == (f"{url}/{remembered}" if remembered else None)
        assert "redirects" in (await failure(fetcher, url, max_redirects=0)).message


async def test_endless_redirects_end(fetcher: Fetcher) -> None:
    visits = 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal visits
        visits += 1
        return web.Response(status=301, headers={"Location": f"/{visits}"})

    async with served(handler) as url:
        assert "without end" in (await failure(fetcher, url)).message
    assert visits == 6


@pytest.mark.parametrize("location", [None, "http://[", ""])
async def test_a_redirect_to_nowhere_fails(fetcher: Fetcher, location: str | None) -> None:
    headers = {} if location is None else {"Location": location}
    async with served(always(lambda: web.Response(status=302, headers=headers))) as url:
        assert "redirects" in (await failure(fetcher, url)).message


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://a.example/", "http://user:x@a.example/"])
async def test_a_redirect_to_what_is_no_web_page_is_refused(fetcher: Fetcher, location: str) -> None:
    async with served(always(lambda: web.Response(status=302, headers={"Location": location}))) as url:
        with pytest.raises(AddressRefused):
            await fetcher.fetch(url)


async def test_private_addresses_are_refused_as_literals_by_name_and_after_a_redirect(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.fetching.address_guard.PORTS", range(65536))
    visits: list[str] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        visits.append(request.path)
        return web.Response(status=302, headers={"Location": "http://127.0.0.1:1/private"})

    async with served(handler) as url, open_fetcher("Hearsay") as guarded:
        port = url.rpartition(":")[2]
        for address in (
            url,
            f"http://localhost:{port}",
            f"http://2130706433:{port}",
            f"http://127.1:{port}",
            f"http://0x7f000001:{port}",
        ):
            with pytest.raises(FeedError, match=r"not public|not a web address"):
                await guarded.fetch(address)
        assert visits == []
        # A public first hop, played by loopback: only 127.0.0.1 port `port` counts as public here.
        monkeypatch.setattr("bot.fetching.address_guard.is_public", lambda address: len(visits) == 0)
        with pytest.raises(AddressRefused):
            await guarded.fetch(url)
    assert visits == ["/"]


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
    assert "TLS certificate" in _plain(error).message


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Wed, 04 Mar 2026 13:00:00 GMT", timedelta(hours=1)),
        ("Wed, 04 Mar 2026 13:00:00", timedelta(hours=1)),
        ("Wed, 04 Mar 2020 13:00:00 GMT", timedelta()),
        ("999999999999", timedelta(days=7)),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_capped(value: str, wait: timedelta | None) -> None:
    assert retry_after({"Retry-After": value}, NOW) == wait


async def test_a_host_has_two_requests_at_a_time_at_most(fetcher: Fetcher) -> None:
    now, most = 0, 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        return web.Response(text="x")

    async with served(handler) as url:
        await asyncio.gather(*(fetcher.fetch(f"{url}/{n}") for n in range(8)))
    assert most == 2


async def test_places_of_hosts_nobody_waits_for_are_forgotten() -> None:
    slots = HostSlots(1)
    await slots.take("a")
    waiting = [asyncio.create_task(slots.take("a")) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()  # leaves the line
    slots.give_back("a")
    waiting[1].cancel()  # had its turn, and passes it on
    await asyncio.wait(waiting)
    assert [task.cancelled() for task in waiting] == [True, True, False]
    slots.give_back("a")
    assert (slots._taken, slots._waiting) == ({}, {})


@asynccontextmanager
async def raw_server(
    answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[str]:
    """Serve connections by `answer`; give the address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await answer(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


def plain_answer(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


async def asked_for(reader: asyncio.StreamReader) -> bytes:
    return (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].strip(b"/")


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
