"""From pages of known platforms, and pages that do not declare their feeds, to the feeds, over real HTTP.

The names of all hosts lead to one server on loopback, which tells them apart.
"""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.errors import FetchFailed, NotAFeed
from bot.feeds import discovery
from bot.feeds.discovery import find_feeds
from bot.feeds.known_sites import known_site_feeds, likely_feeds
from bot.fetching.client import open_fetcher
from bot.model.feeds import Candidate
from bot.workers import Workers
from tests.integration.feeds.server import served

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
CHANNEL = "UCx5XG1OV2P6uZZ5FSM9Ttw1"
Answer = bytes | web.Response | Callable[[], web.Response]
Find = Callable[[str], Awaitable[list[str]]]


class OneServer(AbstractResolver):
    """A name server by which every name leads to one port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host, host="127.0.0.1", port=self._port, family=socket.AF_INET, proto=0, flags=0
            )
        ]

    async def close(self) -> None:
        pass


def feed(title: str = "F", link: str = "http://a.example/1") -> bytes:
    return (
        f"<rss version='2.0'><channel><title>{title}</title><link>http://a.example/</link>"
        f"<item><title>t</title><link>{link}</link></item></channel></rss>"
    ).encode()


def page(head: str = "", body: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def moved(to: str) -> Callable[[], web.Response]:
    return lambda: web.Response(status=302, headers={"Location": to})


@asynccontextmanager
async def internet(
    sites: Mapping[str, Answer], workers: Workers, asked: list[str] | None = None
) -> AsyncIterator[Find]:
    """Serve `sites`, by address without its scheme; give a function that finds the addresses of feeds."""

    async def handler(request: web.Request) -> web.StreamResponse:
        address = f"{request.host}{request.rel_url}"
        if asked is not None:
            asked.append(address)
        answer = sites.get(address)
        if callable(answer):
            return answer()
        if isinstance(answer, bytes):
            return web.Response(body=answer, content_type="text/html")
        return web.Response(status=404)

    async with (
        served(handler) as url,
        open_fetcher("Hearsay", allow_private=True, resolver=OneServer(URL(url).port or 0)) as fetcher,
    ):

        async def find(address: str) -> list[str]:
            found = await find_feeds(address, fetcher=fetcher, workers=workers, clock=lambda: NOW)
            return [candidate.url.removeprefix("http://") for candidate in found]

        yield find


@pytest.fixture
def without_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rules of known sites name addresses that the server here can serve."""

    def rules(of: Callable[[str], tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
        return lambda address: tuple(feed.replace("https://", "http://") for feed in of(address))

    monkeypatch.setattr(discovery, "known_site_feeds", rules(known_site_feeds))
    monkeypatch.setattr(discovery, "likely_feeds", rules(likely_feeds))


# Pages that declare their feeds


@pytest.mark.parametrize(
    "declaration",
    [
        "<link rel=alternate type=application/rss+xml href=/f>",
        "<link rel='ALTERNATE  home' type='Application/Atom+XML; charset=utf-8' href=/f>",
        "<link rel=feed type=application/feed+json href=/f>",
        "<a rel=alternate type=application/rss+xml href=/f>News</a>",
        "<map><area rel=alternate type=application/rss+xml href=/f></map>",
        "<noscript><link rel=alternate type=application/rss+xml href=/f></noscript>",
        "<a href='/feeds/f?format=rss'>x</a>",
    ],
)
async def test_a_page_declares_its_feed_in_many_ways(declaration: str, workers: Workers) -> None:
    sites = {"a.example/": page(declaration), "a.example/f": feed(), "a.example/feeds/f?format=rss": feed()}
    async with internet(sites, workers) as find:
        assert (await find("http://a.example/"))[0].startswith("a.example/f")


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ('</f>; rel="alternate"; type="application/rss+xml"', True),
        ('</x>; rel="https://api.w.org/", <f>; type=application/atom+xml; rel=alternate', True),
        ("</f>; rel=alternate; hreflang=de", False),
        ("</f>; rel=stylesheet; type=application/rss+xml", False),
        ("</f", False),
    ],
)
async def test_the_link_header_of_a_page_declares_feeds(field: str, *, found: bool, workers: Workers) -> None:
    def answer() -> web.Response:
        return web.Response(body=page(), content_type="text/html", headers={"Link": field})

    async with internet({"a.example/": answer, "a.example/f": feed()}, workers) as find:
        if found:
            assert await find("http://a.example/") == ["a.example/f"]
        else:
            with pytest.raises(NotAFeed):
                await find("http://a.example/")


async def test_feeds_on_a_host_for_feeds_are_found_by_their_links(workers: Workers) -> None:
    sites = {
        "www.a.example/": page(
            body="<a href='http://feeds.b.example/a/rss'>RSS</a><a href='http://c.example/rss'>x</a>"
        ),
        "feeds.b.example/a/rss": feed(),
        "c.example/rss": feed("Another site's"),
    }
    async with internet(sites, workers) as find:
        assert await find("http://www.a.example/") == ["feeds.b.example/a/rss"]


# Known sites


@pytest.mark.parametrize(
    ("pasted", "feed_address"),
    [
        ("http://www.youtube.com/playlist?list=PL1", "www.youtube.com/feeds/videos.xml?playlist_id=PL1"),
        ("http://bsky.app/profile/name.bsky.social", "bsky.app/profile/name.bsky.social/rss"),
        ("http://medium.com/@name", "medium.com/feed/@name"),
        ("http://medium.com/pub/a-post-0123456789ab", "medium.com/feed/pub"),
        ("http://name.substack.com/p/a-post", "name.substack.com/feed"),
        ("http://name.wordpress.com/about/", "name.wordpress.com/feed/"),
        ("http://github.com/owner/repo/releases", "github.com/owner/repo/releases.atom"),
        ("http://old.reddit.com/r/news/", "www.reddit.com/r/news/.rss"),
    ],
)
async def test_feeds_of_known_sites_are_found_without_their_pages(
    pasted: str, feed_address: str, workers: Workers, without_tls: None
) -> None:
    asked: list[str] = []
    async with internet({feed_address: feed()}, workers, asked) as find:
        assert await find(pasted) == [feed_address]
    assert asked == [feed_address]


@pytest.mark.parametrize(
    "head",
    [
        f"<link rel=canonical href='https://www.youtube.com/channel/{CHANNEL}'>",
        f'<meta itemprop="identifier" content="{CHANNEL}">',
        f'<script>var ytInitialData = {{"metadata":{{"externalId":"{CHANNEL}"}}}};</script>',
        f'<script>var r = {{"videoDetails":{{"videoId":"x","channelId":"{CHANNEL}"}}}};</script>',
        f"<link rel=alternate type=application/rss+xml "
        f"href='http://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}'>",
    ],
)
@pytest.mark.parametrize(
    "address", ["www.youtube.com/@name", "www.youtube.com/watch?v=x", "www.youtube.com/c/name"]
)
async def test_handles_and_videos_lead_to_the_channels_feed(
    address: str, head: str, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed_address = f"www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"
    found: list[str] = []

    async def all_of(_search: object, urls: list[str]) -> tuple[Candidate, ...]:
        found.extend(urls)
        return tuple(Candidate(url, "") for url in urls)

    monkeypatch.setattr(discovery._Search, "all_of", all_of)  # the feed's address has TLS
    async with internet({address: page(head)}, workers) as find:
        await find(f"http://{address}")
    assert [url.partition("://")[2] for url in found] == [feed_address]


async def test_a_consent_page_is_named(workers: Workers) -> None:
    sites: dict[str, Answer] = {
        "www.youtube.com/@name": moved("http://consent.youtube.com/m?continue=x"),
        "consent.youtube.com/m?continue=x": page(body="Before you continue"),
    }
    async with internet(sites, workers) as find:
        with pytest.raises(NotAFeed, match="consent page"):
            await find("http://www.youtube.com/@name")


async def test_a_short_address_that_leads_to_a_known_site_is_known(workers: Workers, without_tls: None) -> None:
    sites: dict[str, Answer] = {
        "s.example/1": moved("http://www.reddit.com/r/news/"),
        "www.reddit.com/r/news/": page(),
        "www.reddit.com/r/news/.rss": feed(),
    }
    async with internet(sites, workers) as find:
        assert await find("http://s.example/1") == ["www.reddit.com/r/news/.rss"]


@pytest.mark.parametrize(
    ("pasted", "feed_address"),
    [
        ("http://social.example/@name", "social.example/@name.rss"),
        ("http://social.example/@name/115000", "social.example/@name.rss"),
        ("http://social.example/@name", "social.example/@name.atom"),
        ("http://social.example/@name@other.example", "other.example/@name.rss"),
        ("http://social.example/tags/news", "social.example/tags/news.rss"),
        ("http://substack.com/@name", "name.substack.com/feed"),
    ],
)
async def test_profiles_whose_page_is_a_script_lead_to_their_feeds(
    pasted: str, feed_address: str, workers: Workers, without_tls: None
) -> None:
    shell = page(body="<div id=root></div><script src=/app.js></script>")
    async with internet({pasted.removeprefix("http://"): shell, feed_address: feed()}, workers) as find:
        assert await find(pasted) == [feed_address]


async def test_a_known_site_without_the_feed_says_what_is_wrong(workers: Workers, without_tls: None) -> None:
    async with internet({}, workers) as find:
        with pytest.raises(FetchFailed, match="404"):
            await find("http://medium.com/@nobody")


# Pages that do not declare their feeds


@pytest.mark.parametrize(
    ("path", "feed_path"),
    [
        ("/", "/feed"),
        ("/", "/?feed=rss2"),
        ("/", "/rss"),
        ("/", "/feed.json"),
        ("/blog/2026/a-post", "/blog/2026/feed"),
        ("/blog/page.html", "/blog/feed"),
        ("/gone.xml", "/index.xml"),
    ],
)
async def test_sites_are_searched_where_they_keep_their_feeds(path: str, feed_path: str, workers: Workers) -> None:
    async with internet({f"a.example{path}": page(), f"a.example{feed_path}": feed()}, workers) as find:
        assert await find(f"http://a.example{path}") == [f"a.example{feed_path}"]


async def test_well_known_paths_may_redirect_to_the_feed(workers: Workers) -> None:
    sites: dict[str, Answer] = {
        "a.example/": page(),
        "a.example/feed": moved("/"),  # an unknown path
        "a.example/rss": moved("/rss/"),  # Ghost
        "a.example/rss/": feed(),
    }
    async with internet(sites, workers) as find:
        assert await find("http://a.example/") == ["a.example/rss/"]


async def test_the_comments_of_an_article_are_not_taken_for_the_site(workers: Workers) -> None:
    sites = {
        "a.example/post": page(),
        "a.example/post/feed": feed("On: Post", "http://a.example/post#comment-1"),
        "a.example/feed": feed("News"),
    }
    async with internet(sites, workers) as find:
        assert await find("http://a.example/post") == ["a.example/feed"]


async def test_an_article_leads_to_the_feeds_of_the_front_page(workers: Workers) -> None:
    sites = {
        "a.example/2026/article": page(),
        "a.example/": page("<link rel=alternate type=application/rss+xml href=/news.php>"),
        "a.example/news.php": feed(),
    }
    async with internet(sites, workers) as find:
        assert await find("http://a.example/2026/article") == ["a.example/news.php"]


@pytest.mark.parametrize(
    "shell",
    [
        page("<meta http-equiv=Refresh content='0; URL=http://new.example/'>"),
        page("<meta http-equiv=refresh content=\"3;url='http://new.example/'\">"),
        page("<script>window.location.href = 'http://new.example/';</script>"),
        page('<script>location.replace("http:\\/\\/new.example\\/")</script>'),
        page("<link rel=canonical href=http://new.example/><script src=/app.js></script>"),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
async def test_a_feed_that_moved_under_a_script_is_followed(
    shell: bytes, *, at_once: bool, workers: Workers
) -> None:
    there = feed() if at_once else page("<link rel=alternate type=application/rss+xml href=/f>")
    sites = {"old.example/rss.xml": shell, "new.example/": there, "new.example/f": feed()}
    async with internet(sites, workers) as find:
        assert await find("http://old.example/rss.xml") == ["new.example/" if at_once else "new.example/f"]


async def test_what_only_a_script_names_is_found(workers: Workers) -> None:
    script = '<script id=__NEXT_DATA__>{"links":{"rss":"\\/api\\/v2\\/news\\/rss","css":"/feed/a.css"}}</script>'
    sites = {"a.example/": page(body=f"<div id=root></div>{script}"), "a.example/api/v2/news/rss": feed()}
    async with internet(sites, workers) as find:
        assert await find("http://a.example/") == ["a.example/api/v2/news/rss"]


async def test_a_site_that_answers_every_address_with_its_shell_has_no_feed(workers: Workers) -> None:
    asked: list[str] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        return web.Response(body=page(body="<script>location='/login'</script>"), content_type="text/html")

    async with (
        served(handler) as url,
        open_fetcher("Hearsay", allow_private=True) as fetcher,
    ):
        with pytest.raises(NotAFeed, match="names no feed"):
            await find_feeds(f"{url}/a/b/c", fetcher=fetcher, workers=workers, clock=lambda: NOW)
    assert len(asked) < 20


async def test_a_page_that_declares_a_dead_feed_is_searched_further(workers: Workers) -> None:
    sites = {
        "a.example/": page("<link rel=alternate type=application/rss+xml href=/old>"),
        "a.example/feed": feed(),
    }
    async with internet(sites, workers) as find:
        assert await find("http://a.example/") == ["a.example/feed"]


@pytest.mark.parametrize("status", [404, 410])
async def test_a_feed_that_is_gone_leads_to_those_of_the_front_page(status: int, workers: Workers) -> None:
    sites: dict[str, Answer] = {
        "a.example/feed.xml": lambda: web.Response(status=status),
        "a.example/about": lambda: web.Response(status=status),
        "a.example/": page("<link rel=alternate type=application/rss+xml href=/new>"),
        "a.example/new": feed(),
    }
    async with internet(sites, workers) as find:
        assert await find("http://a.example/feed.xml") == ["a.example/new"]
        with pytest.raises(FetchFailed, match=str(status)):
            await find("http://a.example/about")
