"""What a page says of itself in its head: Open Graph, schema.org, plain HTML. Runs in a worker process."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from bot.feeds.plain import plain_text

LONGEST_TITLE = 300
LONGEST_NAME = 200
LONGEST_LINK = 2000
LARGEST_DATA = 300_000
_TITLES = ("og:title", "twitter:title")
_AUTHORS = ("author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "byl")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "pubdate",
    "publish-date",
    "date",
)
_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|Analysis)$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself."""

    title: str = ""
    author: str | None = None
    published_at: datetime | None = None
    image_url: str | None = None
    site_name: str | None = None
    language: str | None = None
    canonical_url: str | None = None


def metadata_of(tree: Any, url: str) -> Metadata:
    """Return what the page at `url` says of itself: Open Graph before schema.org before plain HTML."""
    meta = _meta(tree)
    data = _article_data(tree)
    heading = next((str(h.text_content()) for h in tree.iter("h1")), "")
    canonical = next((str(link) for link in tree.xpath("//link[@rel='canonical']/@href")), "")
    return Metadata(
        title=plain_text(_first(meta, _TITLES) or _text(data.get("headline")) or heading, LONGEST_TITLE),
        author=_names(data.get("author")) or _name(_first(meta, _AUTHORS)),
        published_at=_moment(_first(meta, _DATES[:2]))
        or _moment(_text(data.get("datePublished")))
        or _moment(_first(meta, _DATES))
        or _moment(_time_element(tree)),
        image_url=_link(_first(meta, ("og:image", "og:image:url", "twitter:image")), url),
        site_name=plain_text(meta.get("og:site_name", "") or _publisher(data), LONGEST_NAME) or None,
        language=_language(tree.get("lang") or meta.get("og:locale") or ""),
        canonical_url=_link(canonical or meta.get("og:url", ""), url),
    )


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = element.get("content") or ""
        if name and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _article_data(tree: Any) -> dict[str, Any]:
    """Return the first schema.org article of the page's JSON-LD."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = script.text or ""
        if len(text) > LARGEST_DATA:
            continue
        try:
            document = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(document):
            kinds = item.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and _ARTICLE_TYPES.search(name) for name in names):
                return item
    return {}


def _items(document: Any) -> Iterator[dict[str, Any]]:
    for item in document if isinstance(document, list) else [document]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            if isinstance(graph, list):
                yield from (node for node in graph if isinstance(node, dict))


def _names(authors: Any) -> str | None:
    people = authors if isinstance(authors, list) else [authors]
    names = [_text(person.get("name")) if isinstance(person, dict) else _text(person) for person in people]
    return _name(", ".join(name for name in names[:10] if name))


def _name(value: str) -> str | None:
    name = plain_text(value, LONGEST_NAME)
    return name if name and not name.lower().startswith(("http:", "https:", "@")) else None


def _publisher(data: dict[str, Any]) -> str:
    publisher = data.get("publisher")
    return _text(publisher.get("name")) if isinstance(publisher, dict) else ""


def _time_element(tree: Any) -> str:
    return next((str(t.get("datetime")) for t in tree.iter("time") if t.get("datetime")), "")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _moment(value: str) -> datetime | None:
    """Read an ISO 8601 or RFC 5322 date; a bare day is midnight UTC."""
    value = value.strip()
    if not value:
        return None
    moment: datetime
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
    try:
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year >= 1970 else None


def _link(value: str, base: str) -> str | None:
    if not value.strip():
        return None
    try:
        link = urljoin(base, value.strip())
        parts = urlsplit(link)
    except ValueError:
        return None
    usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", link)
    return link if usable and len(link) <= LONGEST_LINK else None


def _language(value: str) -> str | None:
    tag = value.strip().lower().replace("_", "-")
    return tag if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}", tag) else None
