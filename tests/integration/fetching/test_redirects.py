"""Redirects: which are followed, which are remembered, and which are refused."""

import asyncio

import pytest
from aiohttp import web

from bot.errors import AddressRefused, FeedError
from bot.fetching.client import Fetcher, open_fetcher
from tests.integration.feeds.server import always, served
from tests.integration.fetching.raw_servers import asked_for, failure, plain_answer, raw_server


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


async def test_bytes_of_a_redirect_that_are_no_utf8_are_asked_for_as_they_are(fetcher: Fetcher) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await asked_for(reader)
        found = b"HTTP/1.1 301 Moved\r\nLocation: /caf\xe9\r\nContent-Length: 0\r\n\r\n"
        writer.write(plain_answer(asked) if asked else found)

    async with raw_server(answer) as url:
        assert (await fetcher.fetch(url)).body == b"caf%E9"


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
