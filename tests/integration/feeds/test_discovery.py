"""From a pasted address to a feed, over real HTTP."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from aiohttp import web

from bot.errors import AddressRefused, FetchFailed, NotAFeed
from bot.feeds.discovery import FoundFeed, find_feed
from bot.feeds.http import Fetcher
from bot.jobs.workers import Workers
from tests.integration.feeds.server import Handler, always, served

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
Find = Callable[[str], Awaitable[FoundFeed]]
RSS = b'<rss version="2.0"><channel><title>F</title><item><title>t</title><guid>1</guid></item></channel></rss>'


def site(pages: dict[str, bytes]) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        body = pages.get(request.path)
        return web.Response(body=body, content_type="text/html") if body is not None else web.Response(status=404)

    return handler


@pytest.fixture
def find(fetcher: Fetcher, workers: Workers) -> Find:
    async def found(address: str) -> FoundFeed:
        return await find_feed(address, fetcher=fetcher, workers=workers, clock=lambda: NOW)

    return found


async def test_the_address_of_a_feed_is_that_feed(find: Find) -> None:
    async with served(site({"/f": RSS})) as url:
        found = await find(f" {url}/f ")
    assert (found.url, found.feed.title) == (f"{url}/f", "F")


async def test_an_address_without_scheme_is_tried_with_https_then_http(find: Find) -> None:
    async with served(site({"/f": RSS})) as url:
        assert (await find(url.removeprefix("http://") + "/f")).url == f"{url}/f"


async def test_a_page_leads_to_its_first_feed_that_works(find: Find) -> None:
    page = b"""<html><head><link rel=alternate type=application/rss+xml href=/dead>
      <link rel=alternate type=application/rss+xml href=http://[>
      <link rel=alternate type=application/atom+xml href=alive></head></html>"""
    async with served(site({"/": page, "/alive": RSS})) as url:
        assert (await find(url)).url == f"{url}/alive"


async def test_a_page_without_links_is_searched_at_the_well_known_paths(find: Find) -> None:
    async with served(site({"/news/": b"<html><p>Hello", "/rss.xml": RSS})) as url:
        assert (await find(f"{url}/news/")).url == f"{url}/rss.xml"


async def test_well_known_paths_that_redirect_home_are_no_feeds(find: Find) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path == "/":
            return web.Response(body=b"<html><p>Hello", content_type="text/html")
        return web.Response(status=302, headers={"Location": "/"})

    async with served(handler) as url:
        with pytest.raises(NotAFeed, match="names no feed"):
            await find(url)


async def test_a_page_whose_feeds_are_all_broken_says_so(find: Find) -> None:
    page = b"<html><link rel=alternate type=application/rss+xml href=/dead></html>"
    async with served(site({"/": page})) as url:
        with pytest.raises(NotAFeed, match="none of them"):
            await find(url)


async def test_what_is_neither_page_nor_feed_is_refused(find: Find) -> None:
    async with served(always(lambda: web.Response(body=b"just words"))) as url:
        with pytest.raises(NotAFeed):
            await find(f"{url}/x")


async def test_dead_hosts_and_nonsense_are_told_apart(find: Find) -> None:
    with pytest.raises(FetchFailed, match="no server of this name"):
        await find("nowhere.invalid")
    with pytest.raises(AddressRefused):
        await find("not an address")
    async with served(always(lambda: web.Response(status=404))) as url:
        with pytest.raises(FetchFailed, match="404"):
            await find(url)
