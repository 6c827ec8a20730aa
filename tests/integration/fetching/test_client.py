"""Fetching over real sockets: what is sent, and what comes back."""

import asyncio
import gzip
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from bot.fetching.client import Fetcher
from bot.fetching.failures import retry_after
from bot.fetching.host_slots import HostSlots
from bot.model.feeds import Validators
from tests.integration.feeds.server import always, served
from tests.integration.fetching.raw_servers import asked_for, failure, raw_server

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


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


async def test_a_validator_that_is_no_utf8_is_none(fetcher: Fetcher) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked_for(reader)
        writer.write(b'HTTP/1.1 200 OK\r\nETag: "caf\xe9"\r\nLast-Modified: now\r\nContent-Length: 1\r\n\r\n1')

    async with raw_server(answer) as url:
        assert (await fetcher.fetch(url)).validators == Validators(None, "now"), "the store could not hold it"


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
