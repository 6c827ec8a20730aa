"""Forms sent over real sockets."""

import asyncio
import contextlib

import pytest
from aiohttp import web

from bot.errors import AddressRefused, FetchFailed
from bot.fetching.client import Fetcher, open_fetcher
from bot.fetching.exchange import Address
from tests.integration.feeds.server import always, served

FORM = {"hub.mode": "subscribe", "hub.topic": "https://a.example/?a=b&c=é"}


async def test_a_form_arrives_as_it_was_given(fetcher: Fetcher) -> None:
    seen: list[tuple[str, dict[str, object], str]] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        seen.append((request.method, dict(await request.post()), request.headers["User-Agent"]))
        return web.Response(status=202, text="thanks")

    async with served(handler) as url:
        assert await fetcher.post_form(f"{url}/hub?x=1", FORM) == 202
        assert await fetcher.post_form(f"{url}/hub?x=1", {}) == 202
    assert [(method, form) for method, form, _ in seen] == [("POST", FORM), ("POST", {})]
    assert seen[0][2].startswith("Hearsay/")


@pytest.mark.parametrize("status", [307, 308])
async def test_redirects_that_keep_the_method_are_followed(status: int, fetcher: Fetcher) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path == "/old":
            return web.Response(status=status, headers={"Location": "new"})
        return web.Response(status=204 if (await request.post())["hub.mode"] == "subscribe" else 400)

    async with served(handler) as url:
        assert await fetcher.post_form(f"{url}/old", FORM) == 204


@pytest.mark.parametrize(
    ("status", "headers"),
    [(301, {"Location": "/x"}), (303, {"Location": "/x"}), (304, {}), (404, {}), (500, {}), (307, {})],
)
async def test_any_other_answer_is_an_error_in_words(
    status: int, headers: dict[str, str], fetcher: Fetcher
) -> None:
    async with served(always(lambda: web.Response(status=status, headers=headers))) as url:
        with pytest.raises(FetchFailed):
            await fetcher.post_form(url, FORM)


async def test_redirects_end(fetcher: Fetcher) -> None:
    async with served(always(lambda: web.Response(status=307, headers={"Location": "/again"}))) as url:
        with pytest.raises(FetchFailed, match="without end"):
            await fetcher.post_form(url, FORM)


async def test_a_form_that_was_sent_with_tls_is_not_sent_again_without(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Redirecting:
        status = 307
        headers = {"Location": "http://hub.example/"}  # noqa: RUF012

        def close(self) -> None:
            pass

    async def post(address: Address, _fields: str, _body: bytes) -> Redirecting:
        assert address.url == "https://hub.example/"
        return Redirecting()

    monkeypatch.setattr(fetcher._exchanges, "post", post)
    with pytest.raises(FetchFailed, match="without TLS"):
        await fetcher.post_form("https://hub.example/", FORM)


async def test_private_addresses_are_refused_also_behind_a_redirect() -> None:
    async with open_fetcher("Hearsay") as fetcher:
        for address in ("http://127.0.0.1/", "http://localhost/", "https://hub.example:25/", "ftp://hub.example/"):
            with pytest.raises(AddressRefused):
                await fetcher.post_form(address, FORM)


async def test_a_server_that_keeps_silent_is_given_up() -> None:
    async def handler(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    async with served(handler) as url, open_fetcher("Hearsay", allow_private=True, timeout_s=0.2) as fetcher:
        with pytest.raises(FetchFailed, match="too long"):
            await fetcher.post_form(url, FORM)


async def test_an_answer_without_end_is_not_read(fetcher: Fetcher) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=202)
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            while True:
                await response.write(b"x" * 65_536)
        return response

    async with served(handler) as url:
        for _ in range(3):
            assert await fetcher.post_form(url, FORM) == 202
