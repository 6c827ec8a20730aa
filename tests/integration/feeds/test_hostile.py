"""Whatever a server sends: the bot stays up, says what was wrong, and spends no more than it means to."""

import asyncio
import gzip
import socket
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.feeds.parse import Document
from bot.feeds.parsing import Parsing
from bot.feeds.poll import PollLimits, poll
from bot.fetching.client import Fetcher, open_fetcher
from bot.model.feeds import PollOutcome, PollStatus, PollTarget
from bot.workers import Workers
from config.settings import Settings
from tests.integration.feeds import corpus
from tests.integration.feeds.server import Handler, always, served
from tests.integration.feeds.test_poll import NOW, rss

CAPPED_MB = 512
"""Address space of the worker that reads the hostile set (RLIMIT_AS), in MiB: half of what is stated."""
PARSE_S = 10.0
"""Seconds of the processor that a document may take: as many as are stated, which are those of a clock."""
PATIENCE_S = 120.0
"""Seconds of a clock, for machines that have other things to do."""


def test_the_hostile_set_is_read_within_less_than_the_limits_that_are_stated() -> None:
    stated = Settings.model_fields
    assert stated["worker_memory_mb"].default >= CAPPED_MB
    assert stated["parse_timeout"].default >= PARSE_S


def stopped(workers: Workers) -> Iterator[Workers]:
    """Give `workers`, and stop them."""
    yield workers
    asyncio.run(workers.close())


@pytest.fixture(scope="module")
def capped() -> Iterator[Workers]:
    yield from stopped(Workers(count=1, timeout_s=PATIENCE_S, memory_mb=CAPPED_MB))


@asynccontextmanager
async def within_time(workers: Workers) -> AsyncIterator[None]:
    """Check that what is done takes the one process of `workers` no more time than is stated."""
    before = await workers.run(time.process_time)
    yield
    assert await workers.run(time.process_time) - before < PARSE_S


async def polled(fetcher: Fetcher, workers: Workers, url: str) -> PollOutcome:
    limits = PollLimits(parse_timeout_s=PATIENCE_S)
    return await poll(PollTarget(1, url), fetcher=fetcher, workers=workers, clock=lambda: NOW, limits=limits)


def body_of(body: bytes, **headers: str) -> Handler:
    return always(lambda: web.Response(body=body, headers=headers))


@pytest.mark.parametrize("name", corpus.DOCUMENTS)
async def test_a_hostile_document_is_read_or_refused_in_words_and_the_next_is_read(
    name: str, fetcher: Fetcher, capped: Workers
) -> None:
    body, words = corpus.DOCUMENTS[name]()
    async with served(body_of(body)) as url, served(body_of(rss("fine"))) as good:
        async with within_time(capped):
            outcome = await polled(fetcher, capped, url)
        if words is None:
            assert (outcome.status, outcome.error) == (PollStatus.CHANGED, None)
            assert outcome.feed is not None
            assert 0 < len(outcome.feed.entries) <= 300
        else:
            assert outcome.status is PollStatus.ERROR
            assert words in (outcome.error or "")
        assert (await polled(fetcher, capped, good)).status is PollStatus.CHANGED


@pytest.mark.parametrize("damage", ["", "a & b"])
async def test_what_takes_more_memory_than_is_given_is_an_error_in_words(fetcher: Fetcher, damage: str) -> None:
    body = corpus.feed(
        f"<title>{damage}</title><item><description>{'&lt;b&gt;word' * 300_000}</description></item>"
    )
    small = Workers(count=1, timeout_s=PATIENCE_S, memory_mb=64)
    try:
        async with served(body_of(body)) as url, served(body_of(rss("fine"))) as good:
            outcome = await polled(fetcher, small, url)
            assert outcome.status is PollStatus.ERROR
            assert "could not be parsed" in (outcome.error or "")
            assert (await polled(fetcher, small, good)).status is PollStatus.CHANGED
    finally:
        await small.close()


@pytest.mark.parametrize("seed", range(40))
def test_a_document_of_the_fuzz_corpus_is_a_sound_feed_or_none(seed: int) -> None:
    from tests.unit.feeds.test_any_document import check_invariants

    check_invariants(corpus.mutated(seed))


async def test_one_hostile_document_takes_no_other_with_it(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    journeys: list[int] = []

    class Fragile:
        count = 1

        async def run(self, function: Callable[..., Any], documents: list[Document], **_: Any) -> Any:
            journeys.append(len(documents))
            await asyncio.sleep(0)
            if any(b"kill" in document.body for document in documents):
                from bot.errors import WorkerFailed

                raise WorkerFailed("The worker process died while it worked on this.")
            return function(documents)

    parsing = Parsing(Fragile(), 1.0)  # type: ignore[arg-type]
    bodies = [rss("a"), rss("b"), b"<rss>kill</rss>", b"no feed", *(rss(str(n)) for n in range(40))]
    found = await asyncio.gather(
        *(parsing.parse(Document(body, "http://a.example/", None, NOW)) for body in bodies), return_exceptions=True
    )
    assert [type(each).__name__ for each in found[:4]] == ["ParsedFeed", "ParsedFeed", "WorkerFailed", "NotAFeed"]
    assert all(type(each).__name__ == "ParsedFeed" for each in found[4:])
    assert max(journeys) > 10  # the others travelled together
    await parsing.close()


async def drip(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.02)


async def redirect(request: web.Request) -> web.StreamResponse:
    return web.Response(status=302, headers={"Location": f"/{int(request.path.strip('/') or 0) + 1}"})


def raw(answer: bytes) -> Callable[[], Awaitable[tuple[asyncio.Server, str]]]:
    async def start() -> tuple[asyncio.Server, str]:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        return server, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"

    return start


SERVERS: dict[str, tuple[Handler, str]] = {
    "a slow drip": (drip, "too long"),
    "endless redirects": (redirect, "without end"),
    "a redirect to itself": (
        always(lambda: web.Response(status=301, headers={"Location": "/"})),
        "without end",
    ),
    "a redirect to a file": (
        always(lambda: web.Response(status=302, headers={"Location": "file:///etc/passwd"})),
        "not a web address",
    ),
    "a gzip bomb": (body_of(gzip.compress(bytes(100_000_000), 1), **{"Content-Encoding": "gzip"}), "5 MB"),
    "a deflate bomb": (body_of(zlib.compress(bytes(100_000_000), 1), **{"Content-Encoding": "deflate"}), "5 MB"),
    "a bomb within a bomb": (
        body_of(gzip.compress(gzip.compress(bytes(100_000_000), 1)), **{"Content-Encoding": "gzip, gzip"}),
        "",
    ),
}


@pytest.mark.parametrize("name", SERVERS)
async def test_a_hostile_server_is_an_error_in_words(name: str, workers: Workers) -> None:
    handler, words = SERVERS[name]
    async with served(handler) as url, open_fetcher("Hearsay", allow_private=True, timeout_s=1.0) as fetcher:
        outcome = await polled(fetcher, workers, url)
        assert outcome.status is PollStatus.ERROR
        assert outcome.error
        assert words in outcome.error


HEAD = b"HTTP/1.1 200 OK\r\n"
LENGTHS = {
    "too long": HEAD + b"Content-Length: 5000\r\n\r\n" + rss("a"),
    "huge": HEAD + b"Content-Length: 99999999999999999999\r\n\r\n" + rss("a"),
    "twice": HEAD + b"Content-Length: 5\r\nContent-Length: 500\r\n\r\n" + rss("a"),
    "no number": HEAD + b"Content-Length: many\r\n\r\n" + rss("a"),
    "chunked and long": HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nffffffff\r\n" + rss("a"),
    "too short": HEAD + b"Content-Length: 9\r\n\r\n" + rss("a"),
}


@pytest.mark.parametrize("name", LENGTHS)
async def test_a_wrong_length_is_an_error_in_words(name: str, fetcher: Fetcher, workers: Workers) -> None:
    server, url = await raw(LENGTHS[name])()
    async with server:
        outcome = await polled(fetcher, workers, url)
    assert outcome.status is PollStatus.ERROR
    assert outcome.error


class Rebinding(AbstractResolver):
    """A name server that gives one address at first, and another one after it."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = list(addresses)
        self.asked = 0

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[ResolveResult]:
        address = self.addresses[min(self.asked, len(self.addresses) - 1)]
        self.asked += 1
        return [ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None:
        pass


async def test_a_name_that_turns_to_a_private_address_is_refused_when_it_is_connected(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.fetching.address_guard.PORTS", range(65536))
    # 127.0.0.1 plays the public address, as no other can be served here.
    monkeypatch.setattr("bot.fetching.address_guard.is_public", lambda address: address == "127.0.0.1")
    visits: list[str] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        visits.append(request.path)
        response = web.Response(body=rss("one"))
        response.force_close()
        return response

    resolver = Rebinding("127.0.0.1", "127.0.0.2", "10.0.0.1", "169.254.169.254")

    async def found(url: str) -> PollOutcome:
        async with open_fetcher("Hearsay", resolver=resolver) as fetcher:  # a new one looks up every name anew
            return await polled(fetcher, workers, url.replace("127.0.0.1", "rebound.example"))

    async with served(handler) as url:
        assert (await found(url)).status is PollStatus.CHANGED
        for _ in range(3):
            outcome = await found(url)
            assert outcome.status is PollStatus.ERROR
            assert "not public" in (outcome.error or "")
    assert (len(visits), resolver.asked) == (1, 4)
