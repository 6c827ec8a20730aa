"""From whatever address a person pastes to the feeds that may be meant."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin

from yarl import URL

from bot.clock import Clock
from bot.errors import AddressRefused, FeedError, FetchFailed, NotAFeed, TooLarge, WorkerFailed
from bot.feeds.links import linked_feeds
from bot.feeds.opml import listed_feeds
from bot.feeds.parse import parse_feed
from bot.fetching.client import FEED_ACCEPT, Answer, Fetcher
from bot.model.feeds import ParsedFeed
from bot.workers import Workers

CANDIDATES = 10
"""Links of a page that are tried."""
WELL_KNOWN = ("/feed", "/rss", "/atom.xml", "/feed.xml", "/rss.xml", "/index.xml")

_WEEK = timedelta(days=7)
_SHORTEST = 1 / 168
"""A document that reaches back less than an hour is taken for one of an hour, in weeks."""
_COMPARED = 10
"""Entries by which two documents are told to be one feed in two formats."""
_NO_FEED = (NotAFeed, FetchFailed, AddressRefused, TooLarge, WorkerFailed)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"^[^/:?#]+:\d+(?:[/?#]|$)")
_GITHUB_NOT_OWNERS = frozenset(
    {"about", "collections", "explore", "features", "login", "orgs", "search", "topics", "trending"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed that a person may mean, and the address to poll it at."""

    url: str
    title: str
    site_url: str | None = None
    language: str | None = None
    last_entry_at: datetime | None = None
    entries_a_week: float | None = None
    """How often it posts, by the dates in its document; None where it gives none."""


async def find_feeds(address: str, *, fetcher: Fetcher, workers: Workers, clock: Clock) -> tuple[Candidate, ...]:
    """Return the feeds that a person may mean who pastes `address`, the likeliest first, at least one.

    The address may be that of a feed, a page that links to some, a host name, a `feed:` address, a YouTube channel
    or playlist, a GitHub repository, a subreddit, or a list of feeds as OPML (whose feeds are not looked at).
    Feeds with the same entries in another format, and those of comments where there are others, are left out.

    Raises a FeedError whose message says what to do, or BadInput for a list that names no feeds.
    """
    written = written_address(address)
    search = _Search(fetcher, workers, clock)
    if known := known_site_feeds(written):
        return await search.known(known)
    answer = await _fetched(written, fetcher, with_scheme=bool(_SCHEME.match(address.strip())))
    if b"<opml" in answer.body[:2000].lower():
        listed = await workers.run(listed_feeds, answer.body)
        return tuple(Candidate(feed.url, feed.title) for feed in listed)
    try:
        return (search.candidate(answer.url, await search.read(answer)),)
    except NotAFeed as error:
        not_a_feed = error
    links = await workers.run(linked_feeds, answer.body, answer.url, answer.content_type)
    if found := await search.all_of(links[:CANDIDATES]):
        return found
    if not links and (first := await search.first(well_known(answer.url), redirects=0)):
        return (first,)
    if links:
        raise NotAFeed("The page names feeds, but none of them can be read. Paste the address of the feed itself.")
    if b"<" not in answer.body[:1000]:
        raise not_a_feed
    raise NotAFeed(
        "This page names no feed. Look on the site for “RSS” or “Feed”, and paste the address that it leads to."
    )


async def _fetched(url: str, fetcher: Fetcher, *, with_scheme: bool) -> Answer:
    try:
        return await fetcher.fetch(url, accept=FEED_ACCEPT)
    except FetchFailed as error:
        # Without a scheme https was assumed; an old site may have http only.
        if error.status is not None or with_scheme or not url.startswith("https://"):
            raise
        try:
            return await fetcher.fetch("http://" + url.removeprefix("https://"), accept=FEED_ACCEPT)
        except FeedError:
            raise error from None


class _Search:
    def __init__(self, fetcher: Fetcher, workers: Workers, clock: Clock) -> None:
        self._fetcher = fetcher
        self._workers = workers
        self._clock = clock

    async def read(self, answer: Answer) -> ParsedFeed:
        """Return the feed in `answer`; raise NotAFeed where there is none."""
        return await self._workers.run(parse_feed, answer.body, answer.url, answer.content_type, self._clock())

    def candidate(self, url: str, feed: ParsedFeed) -> Candidate:
        """Return `feed` as it is offered."""
        dates = [entry.published_at for entry in feed.entries if entry.published_at is not None]
        rate = None
        if dates:
            rate = len(dates) / max((self._clock() - min(dates)) / _WEEK, _SHORTEST)
        return Candidate(url, feed.title, feed.site_url, feed.language, max(dates, default=None), rate)

    async def first(self, urls: Iterable[str], *, redirects: int) -> Candidate | None:
        """Return the first of `urls` that is a feed."""
        for url in urls:
            try:
                return self.candidate(*await self._read_at(url, redirects=redirects))
            except _NO_FEED:
                continue
        return None

    async def all_of(self, urls: Sequence[str]) -> tuple[Candidate, ...]:
        """Return those of `urls` that are feeds, each once, those of comments only where there is nothing else."""
        found = await asyncio.gather(*map(self._read_at, urls), return_exceptions=True)
        unexpected = next((f for f in found if isinstance(f, BaseException) and not isinstance(f, _NO_FEED)), None)
        if unexpected is not None:
            raise unexpected
        feeds = [one for one in found if not isinstance(one, BaseException)]
        of_news = [one for one in feeds if "comments" not in one[0].lower()]
        distinct: dict[object, Candidate] = {}
        for url, feed in of_news or feeds:
            shown = frozenset(entry.url or entry.title for entry in feed.entries[:_COMPARED])
            distinct.setdefault(shown or url, self.candidate(url, feed))
        return tuple({candidate.url: candidate for candidate in distinct.values()}.values())

    async def known(self, urls: Sequence[str]) -> tuple[Candidate, ...]:
        """Return those of a known site's feeds that are there; where none is, raise what the first says."""
        return await self.all_of(urls) or (self.candidate(*await self._read_at(urls[0])),)

    async def _read_at(self, url: str, *, redirects: int = 5) -> tuple[str, ParsedFeed]:
        answer = await self._fetcher.fetch(url, accept=FEED_ACCEPT, max_redirects=redirects)
        return answer.url, await self.read(answer)


def pace_in_words(entries_a_week: float | None) -> str:
    """Return how often a feed posts: "about 12 a day", "less than one a month"; nothing where that is unknown."""
    if entries_a_week is None:
        return ""
    for unit, weeks in (("day", 1 / 7), ("week", 1.0), ("month", 30 / 7)):
        if (count := round(entries_a_week * weeks)) >= 2 or (unit == "month" and count == 1):
            return f"about {count} a {unit}"
    return "less than one a month"


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


def known_site_feeds(address: str) -> tuple[str, ...]:
    """Return the feeds of a page of YouTube, GitHub or Reddit, by the rules of those sites; else nothing."""
    url = URL(address)
    host = (url.host or "").lower().removeprefix("www.").removeprefix("m.").removeprefix("old.")
    parts = [part for part in url.path.split("/") if part]
    if host == "youtube.com":
        return _youtube_feeds(url, parts)
    if host == "github.com":
        return _github_feeds(parts)
    if host == "reddit.com" and len(parts) >= 2 and parts[0] in ("r", "u", "user") and parts[-1] != ".rss":
        return (f"https://www.reddit.com/{'/'.join(parts)}/.rss",)
    return ()


def _youtube_feeds(url: URL, parts: list[str]) -> tuple[str, ...]:
    feed = "https://www.youtube.com/feeds/videos.xml"
    if len(parts) >= 2 and parts[0] == "channel":
        return (f"{feed}?channel_id={parts[1]}",)
    if parts[:1] in (["playlist"], ["watch"]) and "list" in url.query:
        return (f"{feed}?playlist_id={url.query['list']}",)
    return ()  # @names stand for a channel whose page links to its feed


def _github_feeds(parts: list[str]) -> tuple[str, ...]:
    if len(parts) < 2 or parts[0] in _GITHUB_NOT_OWNERS or parts[-1].endswith(".atom"):
        return ()
    repository = f"https://github.com/{parts[0]}/{parts[1].removesuffix('.git')}"
    match parts[2:]:
        case []:
            return tuple(f"{repository}/{name}.atom" for name in ("releases", "commits", "tags"))
        case ["commits", *_]:
            return (f"{repository}/{'/'.join(parts[2:])}.atom",)
        case ["releases" | "tags" as name, *_]:
            return (f"{repository}/{name}.atom",)
    return ()


def well_known(page: str) -> list[str]:
    """Return where sites keep their feeds, beside the page first."""
    beside = [urljoin(page if page.endswith("/") else page + "/", path.lstrip("/")) for path in WELL_KNOWN[:1]]
    return list(dict.fromkeys(beside + [urljoin(page, path) for path in WELL_KNOWN]))
