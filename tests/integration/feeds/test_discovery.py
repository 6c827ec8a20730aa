"""From a pasted address to a feed, over real HTTP."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from bot.errors import AddressRefused, BadInput, FetchFailed, NotAFeed
from bot.feeds import discovery
from bot.feeds.discovery import find_feeds
from bot.fetching.client import Fetcher
from bot.model.feeds import Candidate
from bot.workers import Workers
from tests.integration.feeds.server import Handler, always, served

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
Find = Callable[[str], Awaitable[Candidate]]
FindAll = Callable[[str], Awaitable[tuple[Candidate, ...]]]
RSS = b'<rss version="2.0"><channel><title>F</title><item><title>t</title><guid>1</guid></item></channel></rss>'


def site(pages: dict[str, bytes]) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        body = pages.get(request.path)
        return web.Response(body=body, content_type="text/html") if body is not None else web.Response(status=404)

    return handler


@pytest.fixture
def find(fetcher: Fetcher, workers: Workers) -> Find:
    async def found(address: str) -> Candidate:
        return (await find_feeds(address, fetcher=fetcher, workers=workers, clock=lambda: NOW))[0]

    return found


@pytest.fixture
def find_all(fetcher: Fetcher, workers: Workers) -> FindAll:
    async def found(address: str) -> tuple[Candidate, ...]:
        return await find_feeds(address, fetcher=fetcher, workers=workers, clock=lambda: NOW)

    return found


def feed(title: str, *links: str, days: int = 1) -> bytes:
    dates = [format_datetime(NOW - timedelta(days=days * number)) for number, _ in enumerate(links, 1)]
    items = "".join(
        f"<item><title>t</title><link>{link}</link><pubDate>{date}</pubDate></item>"
        for link, date in zip(links, dates, strict=True)
    )
    return (
        f"<rss version='2.0'><channel><title>{title}</title><language>en-gb</language>"
        f"<link>http://a.example/</link>{items}</channel></rss>"
    ).encode()


def page_naming(*links: str) -> bytes:
    named = "".join(f"<link rel=alternate type=application/rss+xml href={link}>" for link in links)
    return f"<html><head>{named}</head></html>".encode()


async def test_all_feeds_of_a_page_are_offered_with_what_is_known_of_them(find_all: FindAll) -> None:
    pages = {
        "/": page_naming("/world", "/dead", "/sport"),
        "/world": feed("World", "http://a.example/1", "http://a.example/2", days=7),
        "/sport": feed("Sport"),
    }
    async with served(site(pages)) as url:
        world, sport = await find_all(url)
    assert (world.url, world.title, world.language, world.site_url) == (
        f"{url}/world",
        "World",
        "en-gb",
        "http://a.example/",
    )
    assert (world.last_entry_at, world.entries_a_week) == (NOW - timedelta(days=7), 1)
    assert (sport.title, sport.last_entry_at, sport.entries_a_week) == ("Sport", None, None)


async def test_one_feed_in_two_formats_and_feeds_of_comments_are_no_choice(find_all: FindAll) -> None:
    same = feed("News", "http://a.example/1")
    pages = {
        "/": page_naming("/rss", "/atom", "/comments/feed"),
        "/rss": same,
        "/atom": same.replace(b"News", b"News (Atom)"),
        "/comments/feed": feed("Comments", "http://a.example/c"),
    }
    async with served(site(pages)) as url:
        assert [found.title for found in await find_all(url)] == ["News"]


async def test_comments_are_offered_where_there_is_nothing_else(find_all: FindAll) -> None:
    pages = {"/": page_naming("/comments/feed"), "/comments/feed": feed("Comments", "http://a.example/c")}
    async with served(site(pages)) as url:
        assert [found.title for found in await find_all(url)] == ["Comments"]


async def test_the_feeds_of_a_list_are_offered_as_it_names_them(find_all: FindAll) -> None:
    outlines = "".join(f"<outline text='Feed {n}' xmlUrl='http://a.example/{n}'/>" for n in range(30))
    opml = f"<?xml version='1.0'?><opml version='2.0'><body>{outlines}</body></opml>".encode()
    async with served(site({"/list.opml": opml, "/empty": b"<opml></opml>"})) as url:
        found = await find_all(f"{url}/list.opml")
        with pytest.raises(BadInput, match="names no feeds"):
            await find_all(f"{url}/empty")
    assert (len(found), found[0]) == (30, Candidate("http://a.example/0", "Feed 0"))


async def test_a_known_site_offers_the_feeds_that_are_there(
    find_all: FindAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with served(site({"/commits": feed("Commits", "http://a.example/c")})) as url:
        known = (f"{url}/releases", f"{url}/commits")
        monkeypatch.setattr(discovery, "known_site_feeds", lambda _address: known)
        assert [found.title for found in await find_all("https://github.com/owner/repo")] == ["Commits"]
        monkeypatch.setattr(discovery, "known_site_feeds", lambda _address: known[:1])
        with pytest.raises(FetchFailed, match="404"):
            await find_all("https://github.com/owner/repo")


async def test_the_address_of_a_feed_is_that_feed(find: Find) -> None:
    async with served(site({"/f": RSS})) as url:
        found = await find(f" {url}/f ")
    assert (found.url, found.title) == (f"{url}/f", "F")


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
