"""From whatever address a person pastes to a feed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from yarl import URL

from bot.clock import Clock
from bot.errors import AddressRefused, FeedError, FetchFailed, NotAFeed, TooLarge
from bot.feeds.http import FEED_ACCEPT, Answer, Fetcher
from bot.feeds.links import linked_feeds
from bot.feeds.parse import parse_feed
from bot.feeds.values import ParsedFeed
from bot.jobs.workers import Workers

CANDIDATES = 6
"""Links of a page that are tried."""
WELL_KNOWN = ("/feed", "/rss", "/atom.xml", "/feed.xml", "/rss.xml", "/index.xml")

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"^[^/:?#]+:\d+(?:[/?#]|$)")
_GITHUB_NOT_OWNERS = frozenset(
    {"about", "collections", "explore", "features", "login", "orgs", "search", "topics", "trending"}
)


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed, and the address to poll it at."""

    url: str
    feed: ParsedFeed


async def find_feed(address: str, *, fetcher: Fetcher, workers: Workers, clock: Clock) -> FoundFeed:
    """Return the feed that a person means who pastes `address`.

    That may be a feed, a page that links to one, a host name, a `feed:` address, a YouTube channel or playlist, a
    GitHub repository or a subreddit. Raises a FeedError whose message says what to do.
    """
    written = written_address(address)
    url = known_site_feed(written) or written
    search = _Search(fetcher, workers, clock)
    try:
        answer = await fetcher.fetch(url, accept=FEED_ACCEPT)
    except FetchFailed as error:
        # Without a scheme https was assumed; an old site may have http only.
        if error.status is not None or _SCHEME.match(address.strip()) or not url.startswith("https://"):
            raise
        try:
            answer = await fetcher.fetch("http://" + url.removeprefix("https://"), accept=FEED_ACCEPT)
        except FeedError:
            raise error from None
    try:
        return await search.read(answer)
    except NotAFeed as error:
        not_a_feed = error
    links = await workers.run(linked_feeds, answer.body, answer.url, answer.content_type)
    if found := await search.first(links[:CANDIDATES], redirects=5):
        return found
    if not links and (found := await search.first(well_known(answer.url), redirects=0)):
        return found
    if links:
        raise NotAFeed("The page names feeds, but none of them can be read. Paste the address of the feed itself.")
    if b"<" not in answer.body[:1000]:
        raise not_a_feed
    raise NotAFeed(
        "This page names no feed. Look on the site for “RSS” or “Feed”, and paste the address that it leads to."
    )


class _Search:
    def __init__(self, fetcher: Fetcher, workers: Workers, clock: Clock) -> None:
        self._fetcher = fetcher
        self._workers = workers
        self._clock = clock

    async def read(self, answer: Answer) -> FoundFeed:
        """Return the feed in `answer`; raise NotAFeed where there is none."""
        feed = await self._workers.run(parse_feed, answer.body, answer.url, answer.content_type, self._clock())
        return FoundFeed(answer.url, feed)

    async def first(self, urls: Iterable[str], *, redirects: int) -> FoundFeed | None:
        """Return the first of `urls` that is a feed."""
        for url in urls:
            try:
                return await self.read(await self._fetcher.fetch(url, accept=FEED_ACCEPT, max_redirects=redirects))
            except (NotAFeed, FetchFailed, AddressRefused, TooLarge):
                continue
        return None


def written_address(address: str) -> str:
    """Return what a person pasted as an http(s) address: `feed:` resolved, the scheme filled in.

    Raises AddressRefused where it is nothing of the kind.
    """
    text = address.strip().strip("<>\"'").strip()
    if not text or re.search(r"\s", text):
        raise AddressRefused("This is not a web address. Paste the address of a site or a feed.")
    lower = text.lower()
    if lower.startswith(("feed:http://", "feed:https://")):
        text = text[5:]
    elif lower.startswith("feed://"):
        text = "http://" + text[7:]
    elif text.startswith("//"):
        text = "https:" + text
    elif not _SCHEME.match(text) or _HOST_AND_PORT.match(text):
        text = "https://" + text
    try:
        url = URL(text)
    except ValueError:
        raise AddressRefused("This is not a web address. Paste the address of a site or a feed.") from None
    if url.scheme not in ("http", "https"):
        raise AddressRefused("This is not a web address. It must start with http:// or https://.")
    if not url.host or ("." not in url.host and ":" not in url.host and url.host != "localhost"):
        raise AddressRefused("This is not a web address. Paste the address of a site or a feed.")
    return text


def known_site_feed(address: str) -> str | None:
    """Return the feed of a page of YouTube, GitHub or Reddit, by the rules of those sites; else None."""
    url = URL(address)
    host = (url.host or "").lower().removeprefix("www.").removeprefix("m.").removeprefix("old.")
    parts = [part for part in url.path.split("/") if part]
    if host == "youtube.com":
        return _youtube_feed(url, parts)
    if host == "github.com":
        return _github_feed(parts)
    if host == "reddit.com" and len(parts) >= 2 and parts[0] in ("r", "u", "user") and parts[-1] != ".rss":
        return f"https://www.reddit.com/{'/'.join(parts)}/.rss"
    return None


def _youtube_feed(url: URL, parts: list[str]) -> str | None:
    feed = "https://www.youtube.com/feeds/videos.xml"
    if len(parts) >= 2 and parts[0] == "channel":
        return f"{feed}?channel_id={parts[1]}"
    if parts[:1] == ["playlist"] and "list" in url.query:
        return f"{feed}?playlist_id={url.query['list']}"
    return None  # @names stand for a channel whose page links to its feed


def _github_feed(parts: list[str]) -> str | None:
    if len(parts) < 2 or parts[0] in _GITHUB_NOT_OWNERS or parts[-1].endswith(".atom"):
        return None
    repository = f"https://github.com/{parts[0]}/{parts[1].removesuffix('.git')}"
    if parts[2:3] == ["commits"]:
        return f"{repository}/{'/'.join(parts[2:])}.atom"
    if parts[2:3] == ["tags"]:
        return f"{repository}/tags.atom"
    return f"{repository}/releases.atom" if parts[2:3] in ([], ["releases"]) else None


def well_known(page: str) -> list[str]:
    """Return where sites keep their feeds, beside the page first."""
    beside = [urljoin(page if page.endswith("/") else page + "/", path.lstrip("/")) for path in WELL_KNOWN[:1]]
    return list(dict.fromkeys(beside + [urljoin(page, path) for path in WELL_KNOWN]))
