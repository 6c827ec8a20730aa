"""The feeds that a page links to. Runs in a worker process."""

import re
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from bot.fetching.encodings import decoded

FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
)
LOOSE_TYPES = frozenset({"application/json", "application/xml", "text/xml"})
_LOOKS_LIKE_A_FEED = re.compile(
    r"(?:^|[/._-])(?:rss|feed|feeds|atom)(?:$|[/._?-])|\.(?:rss|rdf|atom)$", re.IGNORECASE
)
MOST = 20


def linked_feeds(body: bytes, url: str, content_type: str | None) -> tuple[str, ...]:
    """Return the addresses of the feeds that a page names, the likeliest first.

    First what it declares (`<link rel=alternate>` of a feed's type, `<base>` resolved; comment feeds last), then
    links of the same site that look like feeds. WordPress's REST API (`/wp-json/`) declares itself, and is none.
    """
    text = decoded(body, content_type)
    if not text.strip():
        return ()
    try:
        root = html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode(),
            parser=html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False),
        )
    except (etree.LxmlError, ValueError):
        return ()
    base = _joined(url, next((str(b) for b in root.xpath("//base/@href")), "")) or url
    declared = [
        link
        for element in root.iter("link")
        if _is_feed_link(element) and (link := _joined(base, element.get("href", ""))) and "/wp-json/" not in link
    ]
    declared.sort(key=lambda link: "comments" in link.lower())  # stable: the page's order otherwise
    host = urlsplit(url).hostname
    looking = [
        link
        for element in root.iter("a")
        if (link := _joined(base, element.get("href", "")))
        and urlsplit(link).hostname == host
        and _LOOKS_LIKE_A_FEED.search(urlsplit(link).path)
    ]
    return tuple(link for link in dict.fromkeys(declared + looking) if link != url)[:MOST]


def _is_feed_link(element: "html.HtmlElement") -> bool:
    relations = (element.get("rel") or "").lower().split()
    kind = (element.get("type") or "").lower().partition(";")[0].strip()
    if not {"alternate", "feed"} & set(relations):
        return False
    return kind in FEED_TYPES or (kind in LOOSE_TYPES and "feed" in (element.get("href") or "").lower())


def _joined(base: str, link: str) -> str | None:
    try:
        address = urljoin(base, link.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return address.partition("#")[0] if parts.scheme in ("http", "https") and parts.hostname else None
