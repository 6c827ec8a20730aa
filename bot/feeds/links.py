"""The feeds that a page leads to. Runs in a worker process."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.feeds.known_sites import is_youtube, youtube_channel_feed
from bot.feeds.link_header import HeaderLink, absolute
from bot.feeds.opml import feed_address
from bot.fetching.encodings import decoded

FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
)
LOOSE_TYPES = frozenset({"application/json", "application/xml", "text/xml"})
MOST = 20
"""The most addresses of one kind that are returned."""
LINKS = 5_000
"""The most links of a page, and addresses in its scripts, that are checked."""
_SCRIPT = 2_000_000
"""The most characters of scripts that are searched."""
_LONGEST = 2_000
_LOOKS_LIKE_A_FEED = re.compile(
    r"(?:^|[/._-])(?:rss|feed|feeds|atom)(?:$|[/._?-])|\.(?:rss|rdf|atom)$", re.IGNORECASE
)
_FEED_QUERIES = {
    "feed": ("rss", "rss2", "atom", "rdf"),
    "format": ("rss", "atom", "feed"),
    "type": ("rss", "atom"),
}
"""Queries that ask for a feed: WordPress (`?feed=rss2`), Squarespace (`?format=rss`), TYPO3 and others."""
_CALLED_A_FEED = re.compile(r"\b(?:rss|atom|(?:news|web|xml)[ -]?feeds?|feeds?$|syndication)\b", re.IGNORECASE)
_ICON = re.compile(r"(?:^|[\s_-])(?:rss|feed)(?:$|[\s_-])", re.IGNORECASE)
_LONGEST_NAME = 60
_FEED_HOSTS = ("feeds.", "feed.", "rss.")
_NO_PAGE = re.compile(r"\.(?:js|mjs|css|json|png|jpe?g|gif|svg|webp|ico|woff2?|map)$", re.IGNORECASE)
_QUOTED_ADDRESS = re.compile(r"[\"'`]((?:https?:/)?/[^\"'`\s<>\\]{1,500})[\"'`]")
_LOCATION = re.compile(
    r"\blocation(?:\.href)?\s{0,9}=\s{0,9}[\"']([^\"'\s<>]{1,500})[\"']"
    r"|\blocation\.(?:replace|assign)\(\s{0,9}[\"']([^\"'\s<>]{1,500})[\"']"
)
_CHANNEL = re.compile(r"(?:\A|/channel/)(UC[\w-]{22})\Z")
_CHANNEL_IN_SCRIPTS = tuple(
    re.compile(rf'"{name}":"(UC[\w-]{{22}})"') for name in ("externalId", "externalChannelId", "channelId")
)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Addresses given by a page, each kind with the likeliest first and without repetition."""

    feeds: tuple[str, ...] = ()
    """Feeds that it declares or links to."""
    scripted: tuple[str, ...] = ()
    """Addresses in its scripts that look like feeds of its site: a page built by scripts may name them only
    there."""
    onward: tuple[str, ...] = ()
    """Where it sends a browser: a refresh, a script that sets the location, a frame, its canonical address."""


def feed_links(links: Iterable[HeaderLink]) -> tuple[str, ...]:
    """Return the feeds that the `Link` header of a page declares."""
    found = (link.url for link in links if _declares_a_feed(link.relations, link.media_type, link.url))
    return tuple(dict.fromkeys(found))


def page_links(body: bytes, url: str, content_type: str | None) -> PageLinks:
    """Return the links of the page `body`, fetched from `url`; nothing if it cannot be parsed. Never raises.

    The feeds are first those that it declares (`<link>` or `<a>` with rel=alternate and a feed's type, `<base>`
    resolved; feeds of comments last), then links within the same site that look like feeds; if there are none,
    links named like feeds. WordPress's REST API (`/wp-json/`) declares itself, but is not a feed.
    """
    text = decoded(body, content_type)
    root = _root(text)
    if root is None:
        return PageLinks()
    base = absolute(url, next((str(b) for b in root.xpath("//base/@href")), "")) or url
    declared = _declared(root, base)
    script = _script(root)
    if is_youtube(url) and (channel := _youtube_channel(root, script)):
        declared.insert(0, youtube_channel_feed(channel))
    feeds = [*declared, *_looking_like_feeds(root, base, url)] or list(_called_feeds(root, base, url))
    return PageLinks(
        feeds=_distinct(feeds, but=url),
        scripted=_distinct(_scripted(script, url), but=url),
        onward=_distinct(_onward(root, script, base), but=url),
    )


def _root(text: str) -> Any | None:
    from lxml import etree, html  # noqa: PLC0415 - only processes that parse load it

    if not text.strip():
        return None
    try:
        return html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode(),
            parser=html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False),
        )
    except (etree.LxmlError, ValueError):
        return None


def _distinct(links: Iterable[str], *, but: str) -> tuple[str, ...]:
    return tuple(link for link in dict.fromkeys(links) if link != but)[:MOST]


def _declared(root: Any, base: str) -> list[str]:
    links = []
    for element in islice(root.iter("link", "a", "area"), LINKS):
        relations = frozenset((element.get("rel") or "").lower().split())
        if not relations:
            continue
        kind = (element.get("type") or "").lower().partition(";")[0].strip()
        address = element.get("href") or ""
        address = feed_address(address) if address.strip()[:5].lower() == "feed:" else address
        link = absolute(base, address)
        if link and "/wp-json/" not in link and _declares_a_feed(relations, kind, address):
            links.append((kind not in FEED_TYPES, link))
    links.sort(key=lambda found: ("comments" in found[1].lower(), found[0]))  # stable: the page's order otherwise
    return [link for _, link in links]


def _declares_a_feed(relations: frozenset[str], media_type: str, address: str) -> bool:
    if not {"alternate", "feed"} & relations or "stylesheet" in relations:
        return False
    if media_type:
        return media_type in FEED_TYPES or media_type in LOOSE_TYPES
    return "feed" in relations or looks_like_a_feed(address)


def _called_feeds(root: Any, base: str, url: str) -> Iterator[str]:
    """Yield the links within the same site whose words, picture or class say that they lead to feeds."""
    site = urlsplit(url).hostname or ""
    for element in islice(root.iter("a"), LINKS):
        link = absolute(base, element.get("href") or "")
        if not link or not _same_site(urlsplit(link).hostname or "", site):
            continue
        inside = [element, *islice(element.iterdescendants("i", "span", "img", "svg"), 3)]
        words = "".join(islice(element.itertext(), 20)).strip()
        said = [words, *(part.get(name) or "" for part in inside for name in ("title", "aria-label", "alt"))]
        if any(len(text) <= _LONGEST_NAME and _CALLED_A_FEED.search(text) for text in said) or any(
            _ICON.search((part.get("class") or "")[:200]) for part in inside
        ):
            yield link


def _looking_like_feeds(root: Any, base: str, url: str) -> Iterator[str]:
    """Yield the links that look like feeds; on a page about feeds, all XML files do."""
    about_feeds = looks_like_a_feed(url)
    for element in islice(root.iter("a"), LINKS):
        link = absolute(base, element.get("href") or "")
        if link and (_is_likely_feed(link, url) or (about_feeds and _is_xml_file(link, url))):
            yield link


def _is_xml_file(link: str, url: str) -> bool:
    parts = urlsplit(link)
    return parts.path.lower().endswith(".xml") and _same_site(parts.hostname or "", urlsplit(url).hostname or "")


def _is_likely_feed(link: str, url: str) -> bool:
    """Return whether `link`, found on the page `url`, is on the same site and looks like a feed's address."""
    try:
        host, site = urlsplit(link).hostname or "", urlsplit(url).hostname or ""
    except ValueError:
        return False
    return (_same_site(host, site) or host.startswith(_FEED_HOSTS)) and looks_like_a_feed(link)


def looks_like_a_feed(url: str) -> bool:
    """Return whether an address looks like that of a feed, by its path or its query."""
    try:
        parts = urlsplit(url)
        asked = any(
            value.lower() in _FEED_QUERIES[name]
            for name, values in parse_qs(parts.query, max_num_fields=20).items()
            for value in values
            if name in _FEED_QUERIES
        )
    except ValueError:
        return False
    return not _NO_PAGE.search(parts.path) and (asked or bool(_LOOKS_LIKE_A_FEED.search(parts.path)))


def _same_site(host: str, other: str) -> bool:
    """Return whether two host names are the same, or one is below the other, ignoring `www.`."""
    host, other = host.removeprefix("www."), other.removeprefix("www.")
    return host == other or host.endswith(f".{other}") or other.endswith(f".{host}")


def _script(root: Any) -> str:
    parts: list[str] = []
    size = 0
    for element in root.iter("script"):
        part = element.text or ""
        size += len(part)
        if size > _SCRIPT:
            break
        parts.append(part)
    text = "\n".join(parts)
    return text.replace("\\/", "/").replace("\\u002F", "/").replace("\\u002f", "/").replace("\\u0026", "&")


def _scripted(script: str, url: str) -> Iterator[str]:
    for match in islice(_QUOTED_ADDRESS.finditer(script), LINKS):
        link = absolute(url, match[1])
        if link and _is_likely_feed(link, url):
            yield link


def _onward(root: Any, script: str, base: str) -> Iterator[str]:
    for element in islice(root.iter("meta"), LINKS):
        refresh = (element.get("http-equiv") or "").lower() == "refresh"
        if refresh and (link := absolute(base, _refreshed(element.get("content") or ""))):
            yield link
    for match in islice(_LOCATION.finditer(script), LINKS):
        if link := absolute(base, match[1] or match[2]):
            yield link
    for element in islice(root.iter("frame"), LINKS):
        if link := absolute(base, element.get("src") or ""):
            yield link
    for element in islice(root.iter("link"), LINKS):
        canonical = "canonical" in (element.get("rel") or "").lower().split()
        if canonical and (link := absolute(base, element.get("href") or "")):
            yield link


def _refreshed(content: str) -> str:
    """Return the address in the content of a refresh: `3; url='/there'`."""
    text = content.strip().lstrip("0123456789.").lstrip(" \t\r\n;,")
    if text[:3].lower() == "url":
        text = text[3:].lstrip().removeprefix("=").lstrip()
    return text.strip("\"'")[:_LONGEST]


def _youtube_channel(root: Any, script: str) -> str | None:
    """Return the id of the channel that a page of YouTube is about: of the channel itself, or of a video's."""
    named = [element.get("href") for element in root.iter("link") if element.get("rel") == "canonical"]
    named += [
        element.get("content")
        for element in root.iter("meta")
        if element.get("itemprop") in ("identifier", "channelId") or element.get("property") == "og:url"
    ]
    for text in named:
        if match := _CHANNEL.search(text or ""):
            return match[1]
    for pattern in _CHANNEL_IN_SCRIPTS:
        if match := pattern.search(script):
            return match[1]
    return None
