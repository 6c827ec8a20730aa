"""Feed documents of every kind, read in a worker process: guards first, then feedparser or the JSON path."""

import io
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import feedparser

from bot.errors import NotAFeed
from bot.feeds import guard
from bot.feeds.damaged import newest_items
from bot.feeds.entries import (
    Surroundings,
    absolute_link,
    is_absolute,
    language_of,
    same_host,
    title_of,
    told_apart,
    with_prints,
)
from bot.feeds.jsonfeed import json_feed
from bot.feeds.locality import locality_of
from bot.feeds.parse import Document
from bot.feeds.trim import KnownItem, Trim, known_items
from bot.feeds.well_formed import completed, repaired
from bot.feeds.xml_entries import keep_author, names_of, no_tag, of, xml_entry
from bot.feeds.xml_items import trim_tree
from bot.fetching.encodings import decoded
from bot.languages.translations import _
from bot.model.feeds import ParsedFeed
from bot.text.legal_characters import without_illegal_references

feedparser.api.PREFERRED_XML_PARSERS.clear()  # otherwise each parse looks for missing ones
feedparser.datetimes._date_handlers.clear()  # noqa: SLF001 - it guesses; dates are read in `bot.feeds.dates`
feedparser.mixin._FeedParserMixin._sync_author_detail = keep_author  # noqa: SLF001
feedparser.mixin._FeedParserMixin._add_tag = no_tag  # noqa: SLF001

LARGEST = 10_000_000
ENTRIES = 300
"""The most entries of a document that are read, the newest ones."""
MOST_LINKS = 10
"""The most links of one relation that are read from a feed."""

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_EMPTY_LINK = re.compile(r"<link\s*/>|<link>\s*(?:<!\[CDATA\[\s*\]\]>\s*)?</link\s*>")
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}


def parsed_document(document: Document) -> ParsedFeed:
    """See `bot.feeds.parse.parse_feed`."""
    try:
        return _parsed(document)
    except NotAFeed:
        raise
    except MemoryError:
        raise
    except Exception as error:  # feedparser may raise anything on hostile input
        raise NotAFeed(_("The feed is too damaged to be read ({name}).", name=type(error).__name__)) from error


def _parsed(document: Document) -> ParsedFeed:
    url, now, known = document.url, document.now, known_items(document.item_hashes)
    if len(document.body) > LARGEST:
        raise NotAFeed(_("The document is too large for a feed."))
    text = decoded(document.body, document.content_type).lstrip("\ufeff \t\r\n")
    if not text:
        raise NotAFeed(_("The document is empty."))
    if text[0] in "{[":
        return json_feed(text, url, now, known, ENTRIES)
    if _is_page(text):
        raise NotAFeed(_("This is a web page, not a feed. Paste the address of an RSS, Atom or JSON feed."))
    guard.check_markup(text)
    xml = without_illegal_references(_XML_DECLARATION.sub("", text, count=1)).lstrip()
    # An empty link would hide the guid that is the permanent link.
    xml, structure, trim = _prepared(_EMPTY_LINK.sub("", xml), known, now)
    parsed = feedparser.parse(
        io.BytesIO(xml.encode()),  # never bytes or text, which feedparser would try to open as a file
        # No content-location: guids must not change when the feed moves, and links are resolved later.
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,  # of links in content, which becomes plain text
        sanitize_html=False,  # likewise
    )
    if not parsed.version and not parsed.entries and not (trim and trim.left_out):
        raise NotAFeed
    head = parsed.feed
    site_url = absolute_link(of(head, "link"), url)
    language = language_of(of(head, "language"))
    is_atom = str(parsed.version).startswith("atom")
    around = Surroundings(
        now=now,
        base=_base(of(head, "link"), url, is_atom=is_atom),
        language=language,
        locality=locality_of(language, site_url, url),
        # RFC 4287, 4.2.1. RSS has an editor here, or the outlet.
        authors=names_of(head) if is_atom else (),
    )
    read = told_apart(xml_entry(source, around) for source in parsed.entries[:ENTRIES])
    return ParsedFeed(
        title=title_of(of(head, "title")),
        site_url=site_url,
        language=language,
        entries=with_prints(read),
        ttl=_ttl(head),
        skip_hours=structure.skip_hours,
        skip_days=structure.skip_days,
        left_out=trim.left_out if trim else 0,
        left_out_dates=trim.left_out_dates if trim else (),
        left_out_keys=trim.left_out_keys if trim else frozenset(),
        hubs=_named(head, "hub", url),
        self_url=next(iter(_named(head, "self", url)), None),
        item_hashes=trim.hashes(read) if trim else b"",
    )


def _named(head: Any, relation: str, url: str) -> tuple[str, ...]:
    """Return the addresses of a feed's links with this relation (`atom:link`, also in RSS)."""
    links = [link for link in of(head, "links") or () if relation in str(of(link, "rel") or "").lower().split()]
    return tuple(islice(filter(None, (absolute_link(of(link, "href"), url) for link in links)), MOST_LINKS))


def _prepared(
    xml: str, known: Mapping[bytes, KnownItem], now: datetime
) -> tuple[str, guard.Structure, Trim | None]:
    """Return the part of `xml` for feedparser, what the guards saw, and what was left out as `known`.

    The last is None if lxml cannot read the document, or if it is unusual: then its newest items are read, known
    or not.
    """
    root = guard.root_of(xml)
    if root is None:
        xml = repaired(xml)
        root = guard.root_of(xml)
    if root is None:
        xml = completed(xml)
        root = guard.root_of(xml)
    if root is None:
        guard.check_prefixes(xml)
        structure = guard.structure_of(xml)
        xml = newest_items(xml, ENTRIES, now)
        guard.check_elements_of(xml)
        return xml, structure, None
    items = guard.items_in(root)
    names_hours = "kip" in xml or "KIP" in xml  # skipHours and skipDays, in any case; most feeds have neither
    structure = guard.structure_in(root, len(items)) if names_hours else guard.Structure(len(items))
    trim, changed = trim_tree(root, items, known, ENTRIES, now)
    guard.check_elements_in(root)
    return guard.source_of(root) if changed else xml, structure, trim


def _base(link: object, url: str, *, is_atom: bool) -> str:
    """Return the base of relative addresses in a feed from `url`, whose home page is at `link`.

    In RSS it is the site. In Atom it is the document (RFC 3986, 5.1.3), unless another host serves it for the
    site.
    """
    site = absolute_link(link, url)
    if site is None or not is_absolute(link) or (is_atom and same_host(site, url)):
        return url
    return site


def _is_page(text: str) -> bool:
    start = _COMMENT.sub("", text[:4000]).lstrip().lower()
    start = _XML_DECLARATION.sub("", start, count=1).lstrip()
    return start.startswith(("<!doctype html", "<html")) and not any(
        f"<{r}" in start for r in ("rss", "feed", "rdf:")
    )


def _ttl(head: Any) -> timedelta | None:
    """Return how long the feed says it may be cached: ttl (minutes), or the period of the syndication module."""
    minutes = _number(of(head, "ttl"))
    period = _PERIODS.get(str(of(head, "sy_updateperiod") or "").strip().lower())
    if period is not None:
        minutes = max(minutes, period * 60 / max(_number(of(head, "sy_updatefrequency")), 1))
    return timedelta(minutes=min(minutes, 7 * 24 * 60)) if minutes > 0 else None


def _number(value: object) -> float:
    text = str(value or "").strip()
    return float(text[:9]) if text.isascii() and text.isdigit() else 0.0
