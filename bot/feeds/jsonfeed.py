"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), which feedparser does not read."""

import hashlib
import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.errors import NotAFeed
from bot.feeds import guard
from bot.feeds.dates import reader_of_many
from bot.feeds.entries import (
    Surroundings,
    absolute_link,
    entry_of,
    is_absolute,
    language_of,
    title_of,
    told_apart,
    with_prints,
)
from bot.feeds.locality import locality_of
from bot.feeds.trim import FORM, KnownItem, are_dated, trim_of, window_of
from bot.languages.translations import _
from bot.model.feeds import ParsedEntry, ParsedFeed

_VERSION = re.compile(r"(?:.*jsonfeed\.org/version/)?1(?:\.\d)?/?\s*", re.IGNORECASE)
_CONTENT = ("url", "external_url", "title", "content_html", "content_text", "summary")
MOST_AUTHORS = 30
_INHERITED = ("home_page_url", "language", "author", "authors")


def json_feed(text: str, url: str, now: datetime, known: Mapping[bytes, KnownItem], most: int) -> ParsedFeed:
    """Return the feed in a JSON document from `url`: its newest `most` items without those that are `known`.

    Raises NotAFeed if there is none.
    """
    try:
        document = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise NotAFeed(_("This is neither XML nor valid JSON.")) from None
    if not _is_feed(document):
        raise NotAFeed(_("This is JSON, but not a JSON Feed (https://jsonfeed.org)."))
    items: list[Any] = document["items"]
    guard.check_count(len(items))
    read_date = reader_of_many(now)
    dates = [_date_of(item, read_date) for item in items] if len(items) > most else [None] * len(items)
    hashes = _hashes_of(document, items)
    window = window_of(dates, [each in known for each in hashes], most)
    dated = len(items) <= most or are_dated(dates)
    trim = trim_of(hashes, known, window, lambda i: _names_of(items[i]), dated=dated)
    around = _surroundings(document, url, now)
    read = told_apart(
        _entry_or_none(items[i], around) for i, item in zip(window, trim.items, strict=True) if item.known is None
    )
    return ParsedFeed(
        title=title_of(document.get("title")),
        site_url=absolute_link(document.get("home_page_url"), url),
        language=around.language,
        entries=with_prints(read),
        left_out=trim.left_out,
        left_out_dates=trim.left_out_dates,
        left_out_keys=trim.left_out_keys,
        hubs=tuple(filter(None, (absolute_link(hub, url) for hub in _hubs_of(document)))),
        self_url=absolute_link(document.get("feed_url"), url),
        item_hashes=trim.hashes(read),
    )


def _is_feed(document: Any) -> bool:
    """Return whether a JSON value is a JSON Feed, judged by its version, else by its content."""
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return False
    version = document.get("version")
    if version is not None and version != "":
        return isinstance(version, str | int | float) and _VERSION.fullmatch(str(version)) is not None
    items = [item for item in document["items"] if isinstance(item, dict)]
    if not items:
        return isinstance(document.get("title"), str) and not document["items"]
    return any("id" in item and any(key in item for key in _CONTENT) for item in items) or (
        isinstance(document.get("title"), str) and any("url" in item for item in items)
    )


def _surroundings(document: dict[str, Any], url: str, now: datetime) -> Surroundings:
    home = document.get("home_page_url")
    site_url = absolute_link(home, url)
    language = language_of(document.get("language"))
    return Surroundings(
        now=now,
        base=site_url if site_url and is_absolute(home) else url,
        language=language,
        locality=locality_of(language, site_url, url),
        authors=_authors_of(document),
    )


def _entry_or_none(item: Any, around: Surroundings) -> ParsedEntry | None:
    """Return the entry of an item, None if it is unusable."""
    if not isinstance(item, dict):
        return None
    guid = item.get("id")
    try:
        return entry_of(
            around,
            # Version 1.1 says to read other types as strings.
            guid=str(guid) if isinstance(guid, str | int | float) and guid != "" else None,
            link=_link(item, around.base),
            title=item.get("title"),
            authors=_authors_of(item),
            published=[_text(item, "date_published"), _text(item, "date_modified")],
            updated=[_text(item, "date_modified")],
            content=_html(item),
        )
    except ValueError:
        return None


def _link(item: dict[str, Any], base: str) -> str | None:
    links = (absolute_link(item.get(key), base) for key in ("url", "external_url"))
    return next((link for link in links if link), item["id"] if is_absolute(item.get("id")) else None)


def _hubs_of(document: dict[str, Any]) -> list[object]:
    """Return the addresses of a few WebSub hubs that a JSON Feed names."""
    listed = document.get("hubs")
    hubs = [hub for hub in listed[:10] if isinstance(hub, dict)] if isinstance(listed, list) else []
    return [hub.get("url") for hub in hubs if str(hub.get("type")).lower() == "websub"]


def _text(item: dict[str, Any], key: str) -> str | None:
    """Return a text, or a number as one."""
    value = item.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(int(value)) if abs(value) < 1e18 else None
    return value if isinstance(value, str) and value.strip() else None


def _authors_of(holder: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of authors: `authors` (1.1) or `author` (1.0), each an object or a bare name, or a list."""
    for key in ("authors", "author"):
        value = holder.get(key)
        people = value[:MOST_AUTHORS] if isinstance(value, list) else [value]
        names = [person.get("name") if isinstance(person, dict) else person for person in people]
        found = tuple(name for name in names if isinstance(name, str) and name.strip())
        if found:
            return found
    return ()


def _html(item: dict[str, Any]) -> str:
    content = item.get("content_html")
    if isinstance(content, str) and content.strip():
        return content
    plain = next(
        (v for v in (item.get("content_text"), item.get("summary")) if isinstance(v, str) and v.strip()), ""
    )
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", plain))
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs if part)


def _date_of(item: Any, read: Callable[[str], datetime | None]) -> datetime | None:
    if not isinstance(item, dict):
        return None
    texts = (_text(item, "date_published"), _text(item, "date_modified"))
    return next((moment for text in texts if text and (moment := read(text))), None)


def _hashes_of(document: dict[str, Any], items: Sequence[Any]) -> list[bytes]:
    source = _source_of({key: document.get(key) for key in _INHERITED})
    inherited = hashlib.blake2b(source, digest_size=8).digest()
    return [hashlib.blake2b(FORM + inherited + _source_of(item), digest_size=8).digest() for item in items]


def _source_of(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True).encode()


def _names_of(item: Any) -> frozenset[str]:
    """Return what an item's key can be made of: its id, else its links, else its title."""
    if not isinstance(item, dict):
        return frozenset()
    if item.get("id") not in (None, ""):
        return frozenset({_secure(str(item["id"]).strip())})
    links = {_secure(str(item[key]).strip()) for key in ("url", "external_url") if item.get(key)}
    return frozenset(links or {f"title {item.get('title')}"})


def _secure(name: str) -> str:
    return "https://" + name.removeprefix("http://") if name.startswith("http://") else name
