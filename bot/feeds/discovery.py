"""Which feeds a person may mean by a pasted address."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from yarl import URL

from bot.clock import Clock
from bot.errors import AddressRefused, FeedError, FetchFailed, NotAFeed, TooLarge, WorkerFailed
from bot.feeds.known_sites import address_of_handle, known_site_feeds, likely_feeds
from bot.feeds.link_header import header_links
from bot.feeds.links import PageLinks, feed_links, looks_like_a_feed, page_links
from bot.feeds.opml import feed_address, listed_feeds
from bot.feeds.parse import Document, parse_feed
from bot.fetching.client import FEED_ACCEPT, Answer, Fetcher
from bot.fetching.urls import parts_of, url_of
from bot.languages.translations import N_, _
from bot.model.feeds import Candidate, ParsedFeed
from bot.workers import Workers

CANDIDATES = 10
"""The most links of a page that are tried."""
WELL_KNOWN = ("/feed", "/rss", "/atom.xml", "/feed.xml", "/rss.xml", "/index.xml", "/?feed=rss2", "/feed.json")
"""Where sites keep their feeds: WordPress, Ghost, Jekyll, Hugo; WordPress without permalinks."""
ONWARD = 2
"""The most redirects by refresh or script that are followed."""
ABOUT_FEEDS = 2
"""The most pages about feeds ("RSS") that are looked through."""
SEARCH_S = 60.0
"""The most seconds for searching for feeds that a page does not declare."""

_WEEK = timedelta(days=7)
_SHORTEST = 1 / 168
"""One hour, in weeks. A document that reaches back less counts as one of an hour."""
_COMPARED = 10
"""How many entries are compared to see whether two documents are one feed in two formats."""
_NO_FEED = (NotAFeed, FetchFailed, AddressRefused, TooLarge, WorkerFailed)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"^[^/:?#]+:\d+(?:[/?#]|$)")
_MARKS = "<>\"'`“”„‘’«»"
_ADDRESSES = re.compile(rf"https?://(?!https?:)[^\s{_MARKS}]+", re.IGNORECASE)
_WITH_SCHEME = re.compile(r"https?:", re.IGNORECASE)
_MISSPELT_SCHEME = re.compile(r"(https?)(?:[:;]/{0,9}|//)", re.IGNORECASE)
_MOVED = frozenset({404, 410})
_FILE = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_NO_ADDRESS = N_("This is not a web address. Paste the address of a site or a feed.")


async def find_feeds(address: str, *, fetcher: Fetcher, workers: Workers, clock: Clock) -> tuple[Candidate, ...]:
    """Return the feeds that a person who pastes `address` may mean, the likeliest first, at least one.

    The address may be that of a feed, a page that leads to some, a host name, a `feed:` address, a handle
    (`@name@mastodon.example`, `@name.bsky.social`), a page of a known site (`bot.feeds.known_sites`), or a list of
    feeds as OPML (whose feeds are not fetched). Feeds with the same entries in another format are left out, as are
    feeds of comments if there are others.

    Raises a FeedError whose message says what to do, or BadInput for a list that names no feeds.
    """
    written = written_address(address)
    search = _Search(fetcher, workers, clock)
    if known := known_site_feeds(written):
        return await search.known(known)
    try:
        answer = await _fetched(written, fetcher, with_scheme=bool(_WITH_SCHEME.search(address)))
    except FetchFailed as error:
        if error.status in _MOVED and (found := await search.moved(written)):
            return found
        raise
    return await search.of_answer(answer, written)


def _nothing_found(answer: Answer, links: PageLinks, not_a_feed: NotAFeed) -> NotAFeed:
    if URL(answer.url).host == "consent.youtube.com":
        return NotAFeed(
            _(
                "YouTube shows a consent page instead of the channel. Paste the channel's address "
                "with its id: https://www.youtube.com/channel/UC… (on the channel's page: more, "
                "Share channel, Copy channel ID)."
            )
        )
    if links.feeds:
        return NotAFeed(
            _("The page names feeds, but none of them can be read. Paste the address of the feed itself.")
        )
    if b"<" not in answer.body[:1000]:
        return not_a_feed
    return NotAFeed(
        _("This page names no feed. Look on the site for “RSS” or “Feed”, and paste the address that it leads to.")
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

    async def of_answer(self, answer: Answer, asked: str) -> tuple[Candidate, ...]:
        """Return the feed in the answer from the address `asked`, or the feeds that it lists or leads to. Raises
        NotAFeed.
        """
        if b"<opml" in answer.body[:2000].lower():
            listed = await self._workers.run(listed_feeds, answer.body)
            return tuple(Candidate(feed.url, feed.title) for feed in listed)
        try:
            return (self.candidate(answer.url, await self.read(answer)),)
        except NotAFeed as error:
            not_a_feed = error
        if answer.url != asked and (known := known_site_feeds(answer.url)):
            return await self.known(known)
        links = await self.links_of(answer)
        if found := await self.all_of(links.feeds[:CANDIDATES]):
            return found
        with suppress(TimeoutError):
            async with asyncio.timeout(SEARCH_S):
                if found := await self.undeclared(answer, links):
                    return found
        raise _nothing_found(answer, links, not_a_feed)

    async def read(self, answer: Answer) -> ParsedFeed:
        """Return the feed in `answer`. Raises NotAFeed."""
        document = Document(answer.body, answer.url, answer.content_type, self._clock())
        return await self._workers.run(parse_feed, document)

    def candidate(self, url: str, feed: ParsedFeed) -> Candidate:
        """Return `feed` as a candidate."""
        dates = [entry.published_at for entry in feed.entries if entry.published_at is not None]
        rate = None
        if dates:
            rate = len(dates) / max((self._clock() - min(dates)) / _WEEK, _SHORTEST)
        return Candidate(url, feed.title, feed.site_url, feed.language, max(dates, default=None), rate)

    async def links_of(self, answer: Answer) -> PageLinks:
        """Return the links of a page, starting with those declared by its `Link` header."""
        links = await self._workers.run(page_links, answer.body, answer.url, answer.content_type)
        declared = feed_links(header_links(answer.link_fields, answer.url))
        return replace(links, feeds=tuple(dict.fromkeys((*declared, *links.feeds))))

    async def undeclared(self, answer: Answer, links: PageLinks) -> tuple[Candidate, ...]:
        """Return feeds that a page does not declare, from the first place that has any.

        The places: pages about feeds that it links to, the page it redirects browsers to, its scripts, addresses
        suggested by its form, the site's front page, and the usual places for feeds.
        """
        for url in (*links.feeds[:ABOUT_FEEDS], *links.onward[:ONWARD]):
            if found := await self._feeds_at(url):
                return found
        if found := await self.all_of(links.scripted[:CANDIDATES]):
            return found
        if first := await self.first(likely_feeds(answer.url)):
            return (first,)
        front = str(URL(answer.url).origin()) + "/"
        if front != answer.url and (found := await self._feeds_at(front)):
            return found
        first = await self.first(well_known(answer.url))
        return (first,) if first else ()

    async def moved(self, url: str) -> tuple[Candidate, ...]:
        """Return the feeds that a site's front page declares, if the feed at `url` no longer exists.

        None if `url` does not look like a feed's address: a person who pastes a page's address means that page.
        """
        return await self._feeds_at(str(URL(url).origin()) + "/") if looks_like_a_feed(url) else ()

    async def _feeds_at(self, url: str) -> tuple[Candidate, ...]:
        """Return the feed at `url`, or those declared by the page there."""
        try:
            answer = await self._fetcher.fetch(url, accept=FEED_ACCEPT)
            try:
                return (self.candidate(answer.url, await self.read(answer)),)
            except NotAFeed:
                links = await self.links_of(answer)
        except _NO_FEED:
            return ()
        return await self.all_of(links.feeds[:CANDIDATES])

    async def first(self, urls: Iterable[str]) -> Candidate | None:
        """Return the first of `urls` that is a feed, but not of comments; None also if the server stops
        answering."""
        for url in urls:
            try:
                found = await self._read_at(url)
            except FetchFailed as error:
                if error.status is None and error.retryable:
                    return None
            except _NO_FEED:
                continue
            else:
                if not _is_of_comments(*found):
                    return self.candidate(*found)
        return None

    async def all_of(self, urls: Sequence[str]) -> tuple[Candidate, ...]:
        """Return those of `urls` that are feeds, each once; feeds of comments only if there are no others."""
        found = await asyncio.gather(*map(self._read_at, urls), return_exceptions=True)
        unexpected = next((f for f in found if isinstance(f, BaseException) and not isinstance(f, _NO_FEED)), None)
        if unexpected is not None:
            raise unexpected
        feeds = [one for one in found if not isinstance(one, BaseException)]
        of_news = [one for one in feeds if not _is_of_comments(*one)]
        distinct: dict[object, Candidate] = {}
        for url, feed in of_news or feeds:
            shown = frozenset(entry.url or entry.title for entry in feed.entries[:_COMPARED])
            distinct.setdefault(shown or url, self.candidate(url, feed))
        return tuple({candidate.url: candidate for candidate in distinct.values()}.values())

    async def known(self, urls: Sequence[str]) -> tuple[Candidate, ...]:
        """Return the feeds of a known site that exist. If none does, raise the error of the first."""
        return await self.all_of(urls) or (self.candidate(*await self._read_at(urls[0])),)

    async def _read_at(self, url: str) -> tuple[str, ParsedFeed]:
        answer = await self._fetcher.fetch(url, accept=FEED_ACCEPT)
        return answer.url, await self.read(answer)


def _is_of_comments(url: str, feed: ParsedFeed) -> bool:
    """Return whether a feed is one of comments, judged by its address, or by entries that link to places in a
    page."""
    if "comments" in url.lower():
        return True
    links = [entry.url or "" for entry in feed.entries]
    return bool(links) and all("#comment" in link for link in links)


def written_address(address: str) -> str:
    """Return the http(s) address that a person pasted: `feed:` and handles resolved, the scheme filled in.

    Obvious intentions count: marks around an address, words before it, and a misspelt scheme are no obstacle.

    Raises AddressRefused if it is not an address.
    """
    text = _only_address(address) or address.strip().strip(_MARKS).strip()
    if not text or re.search(r"\s", text):
        raise AddressRefused(_NO_ADDRESS)
    text = feed_address(address_of_handle(text) or text.replace("\\", "/"))
    if match := _MISSPELT_SCHEME.match(text):
        text = f"{match[1].lower()}://{text[match.end() :]}"
    elif text.startswith("//"):
        text = "https:" + text
    elif not _SCHEME.match(text) or _HOST_AND_PORT.match(text):
        text = "https://" + text
    parts = parts_of(text)
    if parts is not None and parts.scheme not in ("http", "https"):
        raise AddressRefused(_("This is not a web address. It must start with http:// or https://."))
    try:
        host = url_of(text).raw_host or ""
    except AddressRefused:
        host = ""
    if "." not in host and ":" not in host and host != "localhost":
        raise AddressRefused(_NO_ADDRESS)
    return text


def _only_address(text: str) -> str | None:
    """Return the only web address in a text, without the marks around it, or None."""
    found = _ADDRESSES.findall(text)
    if len(found) != 1:
        return None
    of_a_sentence = ".!?" if re.search(r"\s", text.strip()) else ""  # an address alone may end in them
    address = found[0].rstrip(",;" + of_a_sentence)
    if address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1]
    return str(address)


def well_known(page: str) -> list[str]:
    """Return the usual places for feeds: beside the page first, then above it, then at the root."""
    url = URL(page)
    steps = [step for step in url.raw_path.split("/") if step]
    if steps and _FILE.search(steps[-1]):
        steps.pop()
    folders = ["/".join(steps[:count]) for count in range(len(steps), max(len(steps) - 2, 0), -1)]
    origin = str(url.origin())
    beside = [f"{origin}/{folder}{path}" for folder in folders for path in WELL_KNOWN[:1]]
    return list(dict.fromkeys(beside + [origin + path for path in WELL_KNOWN]))
