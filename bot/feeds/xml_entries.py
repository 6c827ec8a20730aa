"""Entries from feedparser's results for an RSS or Atom document."""

import re
from collections.abc import Iterator
from typing import Any

from bot.feeds.entries import Surroundings, absolute_link, entry_of, is_absolute
from bot.model.feeds import ParsedEntry

LONGEST_AUTHOR = 500
"""The most characters of one author that are read."""
MOST_AUTHORS = 30
_WITH_MAIL = re.compile(
    r"[^\s@()<>]+@[^\s@()<>]+\s*\(([^()]+)\)|([^<>]*[^<>\s])\s*<[^\s@<>]+@[^\s@<>]+>|([^()@]*[^()@\s])\s*\([^\s@()]+@[^\s@()]+\)"
)
_BY = re.compile(r"by\s+(?=[^\W\d_])", re.IGNORECASE)
_RELATIONS = "http://www.iana.org/assignments/relation/"
"""What a relation may be written with, in Atom (RFC 4287, 4.2.7.2)."""
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_FEEDS = ("application/rss", "application/atom", "application/rdf", "application/feed")


def xml_entry(source: Any, around: Surroundings) -> ParsedEntry | None:
    """Return the entry that feedparser found, None for a bad one, so that only it is skipped and not the feed."""
    try:
        contents = [of(content, "value") for content in of(source, "content") or ()]
        contents += [of(source, "summary"), of(source, "description")]
        changed = [of(source, "updated"), of(source, "created")]
        return entry_of(
            around,
            guid=of(source, "id"),
            link=_page(source, around),
            title=of(source, "title"),
            authors=names_of(source) or names_of(of(source, "source")),
            published=[of(source, "published"), *changed],
            updated=changed[:1],
            content=max((c for c in contents if isinstance(c, str)), key=len, default=""),
        )
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        return None


def of(mapping: Any, key: str) -> Any:
    """Return a value without FeedParserDict's substitution of one key for another."""
    return dict.get(mapping, key) if isinstance(mapping, dict) else None


def names_of(source: Any) -> tuple[str, ...]:
    """Return the names of all authors of a feed or an entry; for one without a name, whatever is given."""
    listed = [of(author, "name") or of(author, "email") for author in (of(source, "authors") or ())[:MOST_AUTHORS]]
    return tuple(_name_in(name[:LONGEST_AUTHOR]) for name in listed if isinstance(name, str) and name.strip())


def no_tag(parser: Any, *_: object) -> None:
    """Replace feedparser's handling of categories, which Hearsay does not use.

    feedparser compares each with all others of its entry, so thousands would stall a worker.
    """
    parser._get_context().setdefault("tags", [])  # noqa: SLF001 - it is read where a category ends


def keep_author(parser: Any, key: str = "author") -> None:
    """Record an author as written; replaces a method of feedparser's parser.

    feedparser looks for an e-mail address, and truncates those with long top-level domains.
    """
    context = parser._get_context()  # noqa: SLF001
    written, authors = dict.get(context, key), dict.get(context, f"{key}s")
    if authors and not authors[-1] and written:
        authors[-1]["name"] = written


def _name_in(author: str) -> str:
    """Return the name in `jane@a.example (Jane Doe)` (RSS 2.0), `Jane Doe <jane@a.example>` and `By Jane Doe`."""
    match = _WITH_MAIL.fullmatch(author.strip())
    name = (match[1] or match[2] or match[3]) if match else author.strip()
    written = _BY.match(name)
    return name[written.end() :].strip() if written else name.strip()


def _page(source: Any, around: Surroundings) -> str | None:
    """Return the address of an entry's page: the one hidden by FeedBurner, or else a link, a permanent guid, or an
    enclosure.
    """
    original = of(source, "feedburner_origlink")
    if is_absolute(original) and (link := absolute_link(original, around.base)):
        return link
    for value in _links(source, around.language):
        if link := absolute_link(value, around.base):
            return link
    return None


def _links(source: Any, language: str | None) -> Iterator[object]:
    links = [link for link in of(source, "links") or () if isinstance(of(link, "href"), str)]
    alternates = [
        link for link in links if str(of(link, "rel") or "").removeprefix(_RELATIONS).lower() == "alternate"
    ]
    kinds = {id(link): str(of(link, "type") or "text/html").partition(";")[0].strip().lower() for link in links}
    pages = [link for link in alternates if kinds[id(link)] in _PAGES]
    own = (language or "").partition("-")[0]
    # stable sort: links in the feed's language first, then those without a language, then the others
    pages.sort(key=lambda link: _foreign(of(link, "hreflang"), own))
    yield from (of(link, "href") for link in pages)
    others = [
        link for link in alternates if kinds[id(link)] not in _PAGES and not kinds[id(link)].startswith(_FEEDS)
    ]
    yield from (of(link, "href") for link in others)
    # feedparser uses a guid as a link unless `isPermaLink` is false, although not every guid is an address
    if not alternates and is_absolute(of(source, "link")):
        yield of(source, "link")
    elsewhere = (content for content in of(source, "content") or () if of(content, "type") in _PAGES)
    yield from (src for content in elsewhere if isinstance(src := of(content, "src"), str))  # RFC 4287, 4.1.3.2
    yield from (of(link, "href") for link in links if of(link, "rel") == "enclosure")


def _foreign(language: object, own: str) -> int:
    if not isinstance(language, str) or not language.strip():
        return 1
    return 0 if own and language.strip().lower().partition("-")[0] == own else 2
