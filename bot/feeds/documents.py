"""Feed documents of every kind, read in a worker process: guards first, then feedparser or the JSON path."""

import calendar
import hashlib
import html
import io
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

import feedparser

from bot.errors import NotAFeed
from bot.feeds import guard
from bot.feeds.identity import prints_of
from bot.feeds.jsonfeed import JsonItem, entries_of, is_json_feed, loaded
from bot.feeds.trim import Trimmed, known_items, trimmed
from bot.fetching.encodings import decoded
from bot.model.feeds import ParsedEntry, ParsedFeed
from bot.text.legal_characters import legal, without_illegal_references
from bot.text.plain import plain_text

feedparser.api.PREFERRED_XML_PARSERS.clear()  # it would look for one that is not there, for each document

LARGEST = 10_000_000
ENTRIES = 300
LONGEST_TITLE = 300
LONGEST_NAME = 200
LONGEST_KEY = 500
LONGEST_LINK = 2000
LONGEST_HTML = 500_000

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}


def parsed_document(
    body: bytes, url: str, content_type: str | None, now: datetime, known: bytes = b""
) -> ParsedFeed:
    """See `bot.feeds.parse.parse_feed`."""
    try:
        return _parsed(body, url, content_type, now, known)
    except NotAFeed:
        raise
    except MemoryError:
        raise
    except Exception as error:  # feedparser raises what it likes on hostile input
        raise NotAFeed(f"The feed is too damaged to be read ({type(error).__name__}).") from error


def _parsed(body: bytes, url: str, content_type: str | None, now: datetime, known: bytes) -> ParsedFeed:
    if len(body) > LARGEST:
        raise NotAFeed("The document is too large for a feed.")
    text = decoded(body, content_type).lstrip("\ufeff \t\r\n")
    if not text:
        raise NotAFeed("The document is empty.")
    if text[0] in "{[":
        return _json_feed(text, url, now)
    if _is_page(text):
        raise NotAFeed("This is a web page, not a feed. Paste the address of an RSS, Atom or JSON feed.")
    guard.check_markup(text)
    xml = without_illegal_references(_XML_DECLARATION.sub("", text, count=1)).lstrip()
    xml, structure, trim = _prepared(xml, known)
    document = feedparser.parse(
        io.BytesIO(xml.encode()),  # never bytes or text: feedparser would try to open it as a file
        # No content-location: guids must not change when the feed moves, and links are resolved in `_link`.
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,  # of links in content, which becomes plain text
        sanitize_html=False,  # likewise
    )
    if not document.version and not document.entries and not (trim and trim.left_out):
        raise NotAFeed
    head = document.feed
    read = [_entry_or_none(source, url, now) for source in document.entries[:ENTRIES]]
    entries = [entry for entry in read if entry is not None]
    return ParsedFeed(
        title=_title(head.get("title")),
        site_url=_link(head.get("link"), url),
        language=_language(head.get("language")),
        entries=_printed(distinct(entries)),
        ttl=_ttl(head),
        skip_hours=structure.skip_hours,
        skip_days=structure.skip_days,
        left_out=trim.left_out if trim else 0,
        left_out_dates=trim.left_out_dates if trim else (),
        item_hashes=trim.hashes([entry.published_at if entry else None for entry in read]) if trim else b"",
    )


def _prepared(xml: str, known: bytes) -> tuple[str, guard.Structure, Trimmed | None]:
    """Return what feedparser is to read of `xml`, what the guards saw, and what was left out as it is `known`.

    None in place of the last: lxml cannot read it, or it is odd, and so all of it is read.
    """
    root = guard.root_of(xml)
    if root is None:
        structure = guard.structure_of(xml)
    else:
        items = guard.items_in(root)
        structure = guard.structure_in(root, len(items))
        trim = trimmed(root, items, known_items(known), ENTRIES)
        if trim is not None:
            guard.check_elements_in(root)
            return trim.xml or xml, structure, trim
    if structure.items > ENTRIES:
        xml = guard.first_items(xml, ENTRIES)
    guard.check_elements_of(xml)
    return xml, structure, None


def _is_page(text: str) -> bool:
    start = _COMMENT.sub("", text[:4000]).lstrip().lower()
    start = _XML_DECLARATION.sub("", start, count=1).lstrip()
    return start.startswith(("<!doctype html", "<html")) and not any(
        f"<{r}" in start for r in ("rss", "feed", "rdf:")
    )


def _json_feed(text: str, url: str, now: datetime) -> ParsedFeed:
    try:
        document = loaded(text)
    except (ValueError, RecursionError, json.JSONDecodeError):
        raise NotAFeed("This is neither XML nor valid JSON.") from None
    if not is_json_feed(document):
        raise NotAFeed("This is JSON, but not a JSON Feed (https://jsonfeed.org).")
    listed = entries_of(document)
    guard.check_count(len(listed))
    items = (_json_entry_or_none(item, url, now) for item in listed[:ENTRIES])
    entries = [entry for entry in items if entry is not None]
    home, language = document.get("home_page_url"), document.get("language")
    return ParsedFeed(
        title=_title(document.get("title")),
        site_url=_link(home, url) if isinstance(home, str) else None,
        language=_language(language),
        entries=_printed(distinct(entries)),
    )


def _entry_or_none(source: Any, url: str, now: datetime) -> ParsedEntry | None:
    """Read one entry; a bad one is skipped, not the feed."""
    try:
        contents = [_of(content, "value") for content in _of(source, "content") or ()]
        contents += [_of(source, "summary"), _of(source, "description")]
        return _entry(
            guid=_of(source, "id"),
            link=_link(_of(source, "link") or _enclosure(source), url),
            title=_of(source, "title"),
            author=_of(_of(source, "author_detail"), "name") or _of(source, "author"),
            moment=_moment(source),
            updated=_moment(source, "updated_parsed"),
            content=max((c for c in contents if isinstance(c, str)), key=len, default=""),
            now=now,
        )
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        return None


def _json_entry_or_none(item: JsonItem, url: str, now: datetime) -> ParsedEntry | None:
    raw = item.raw_entry()
    if raw is None:
        return None
    try:
        return _entry(
            guid=raw.guid,
            link=_link(raw.link, url),
            title=raw.title,
            author=raw.author,
            moment=raw.published,
            updated=raw.modified,
            content=raw.html,
            now=now,
        )
    except ValueError:
        return None


def _of(mapping: Any, key: str) -> Any:
    """Read without FeedParserDict's own ideas of which key may stand in for another."""
    return dict.get(mapping, key) if isinstance(mapping, dict) else None


def _enclosure(source: Any) -> str | None:
    for link in _of(source, "links") or ():
        if _of(link, "rel") == "enclosure" and isinstance(_of(link, "href"), str):
            return str(_of(link, "href"))
    return None


def _entry(
    *,
    guid: object,
    link: str | None,
    title: object,
    author: object,
    moment: datetime | None,
    content: str,
    now: datetime,
    updated: datetime | None = None,
) -> ParsedEntry:
    name = _title(title)
    body = legal(content)[:LONGEST_HTML]
    if not (guid or link or name or body):
        raise ValueError("an empty entry")
    return ParsedEntry(
        key=_key(guid, link, name, body),
        url=link,
        title=name,
        author=plain_text(author, LONGEST_NAME) or None if isinstance(author, str) else None,
        published_at=None if moment is None else min(moment, now),
        html=body,
        updated_at=None if updated is None else min(updated, now),
    )


def _key(guid: object, link: str | None, title: str, content: str) -> str:
    key = legal(str(guid)).strip() if guid else link
    if not key:
        key = _digest(f"{title}\n{content}")
    if key.startswith("http://"):
        key = "https://" + key.removeprefix("http://")  # a site that turns to https posts nothing anew
    return key if len(key) <= LONGEST_KEY else _digest(key)


def _digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def distinct(entries: Iterable[ParsedEntry]) -> tuple[ParsedEntry, ...]:
    """Return the entries with keys that differ, told apart by link, then by position, where a guid repeats.

    The last of those that share a guid keeps it: feeds list the newest first, so that a new entry on top gets
    a new key, and those below keep theirs. An entry repeated word for word is dropped.
    """
    kept: list[ParsedEntry] = []
    taken: set[str] = set()
    seen: set[tuple[str, str | None, str, str]] = set()
    for entry in reversed(tuple(entries)):
        same = (entry.key, entry.url, entry.title, entry.html)
        if same in seen:
            continue
        seen.add(same)
        key = entry.key
        if key in taken and entry.url:
            key = _shortened(f"{entry.key} {entry.url}")
        number = 2
        while key in taken:
            key = _shortened(f"{entry.key} #{number}")
            number += 1
        taken.add(key)
        kept.append(entry if key == entry.key else replace(entry, key=key))
    return tuple(reversed(kept))


def _printed(entries: tuple[ParsedEntry, ...]) -> tuple[ParsedEntry, ...]:
    """Return the entries with what they can be told by: so words are not folded and hashed on the event loop."""
    return tuple(replace(entry, prints=prints_of(entry)) for entry in entries)


def _shortened(key: str) -> str:
    return key if len(key) <= LONGEST_KEY else _digest(key)


def _title(value: object) -> str:
    return plain_text(value, LONGEST_TITLE) if isinstance(value, str) else ""


def _language(value: object) -> str | None:
    """Return a language tag in lower case (`en-gb`), or None for what is none."""
    if not isinstance(value, str):
        return None
    tag = value.strip().lower().replace("_", "-")
    return tag if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}", tag) else None


def _link(value: object, base: str) -> str | None:
    """Return an absolute http(s) address, or None."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        link = urljoin(base, legal(html.unescape(value.strip()) if "&amp;" in value else value.strip()))
    except ValueError:
        return None
    link = re.sub(r"\s", "%20", link)
    return link if re.match(r"https?://[^/]", link, re.IGNORECASE) and len(link) <= LONGEST_LINK else None


def _moment(source: Any, *keys: str) -> datetime | None:
    for key in keys or ("published_parsed", "updated_parsed", "created_parsed"):
        parsed = _of(source, key)
        if parsed:
            try:
                moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
            except (ValueError, OverflowError, OSError, TypeError):
                continue
            if moment.year >= 1970:
                return moment
    return None


def _ttl(head: Any) -> timedelta | None:
    """Return how long the feed says it may be cached: ttl (minutes), or the period of the syndication module."""
    minutes = _number(_of(head, "ttl"))
    period = _PERIODS.get(str(_of(head, "sy_updateperiod") or "").strip().lower())
    if period is not None:
        minutes = max(minutes, period * 60 / max(_number(_of(head, "sy_updatefrequency")), 1))
    return timedelta(minutes=min(minutes, 7 * 24 * 60)) if minutes > 0 else None


def _number(value: object) -> float:
    text = str(value or "").strip()
    return float(text[:9]) if text.isascii() and text.isdigit() else 0.0
