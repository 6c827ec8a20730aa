"""A page's metadata in its head: Open Graph, schema.org, plain HTML. Runs in a worker process."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from bot.articles.bylines import authors_below_heading, is_person
from bot.articles.page_dates import moment_of
from bot.text.clipping import clip
from bot.text.plain import plain_text, text_of_markup

LONGEST_TITLE = 300
LONGEST_NAME = 200
LONGEST_LINK = 2000
LARGEST_DATA = 300_000
DEEPEST_DATA = 3
MOST_AUTHORS = 10
MOST_HEADINGS = 10
SHORTEST_HEADING = 3
ALIKE = 0.4
"""The words that a heading needs to be the title, and the share of the words of the title for sharing."""
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
_IMAGES = ("og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src")
_LANGUAGES = ("content-language", "language", "og:locale", "dc.language")
_META_KEYS = ("property", "name", "itemprop", "http-equiv")
_WORD = re.compile(r"\w+")
_COMMENT = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\*/)?)\s*$")
_BEFORE_SITE = re.compile(r"\s+[-–—|·•:»]\s+$")
_LAST_MARK = re.compile(r"\s+[-–—|·•:»]\s+[^-–—|·•:»]{1,60}$")
_DAY_IN_ADDRESS = re.compile(r"[/-](20\d\d)[/-](\d\d)[/-](\d\d)(?=[/-]|$)|/(20\d\d)(\d\d)(\d\d)(?=[/-]|$)")
_BYLINE = re.compile(r"^(?:by|von|par|por|di|door)\s+(?=[^\W\d_])", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s+(?:and|&)\s+|\s*[;|]\s*", re.IGNORECASE)
_NOBODY = frozenset(
    ["undefined", "null", "none", "admin", "administrator", "webmaster", "unknown", "author", "no author", "[]"]
)
_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|Analysis)$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of a page."""

    title: str = ""
    author: str | None = None
    published_at: datetime | None = None
    image_url: str | None = None
    site_name: str | None = None
    language: str | None = None
    canonical_url: str | None = None
    free: bool | None = None
    """Whether it is free to read; None if the page does not say."""
    body: str = ""
    """The text of the article in its linked data: plain or HTML, perhaps only a part."""
    words: int | None = None
    """How many words the article has, according to its linked data."""


def metadata_of(tree: Any, url: str) -> Metadata:
    """Return the metadata of the page at `url`, from Open Graph, or else schema.org, or else plain HTML."""
    meta = _meta(tree)
    data = _article_data(tree)
    canonical = next((link.get("href") for link in tree.iter("link") if _is_canonical(link)), "")
    site = text_of_markup(meta.get("og:site_name", "") or _publisher(data), LONGEST_NAME)
    title = _title(tree, _first(meta, _TITLES), _text(data.get("headline")))
    return Metadata(
        title=_without_site(title, site),
        author=_written_by(tree, data),
        published_at=_published(tree, meta, data) or _day_in(url) or _day_in(canonical or meta.get("og:url", "")),
        image_url=_link(_first(meta, _IMAGES), url) or _link(_address(data.get("image")), url),
        site_name=site or None,
        language=_language(tree.get("lang") or _text(data.get("inLanguage")) or _first(meta, _LANGUAGES)),
        canonical_url=_link(canonical or meta.get("og:url", ""), url),
        free=_free(data, meta),
        body=_body(data),
        words=_number(data.get("wordCount")),
    )


def _title(tree: Any, shared: str, headline: str) -> str:
    """Return the heading of the page if it is similar to its title for sharing or its headline, otherwise one of
    these.

    The title for sharing is often different: shorter, or clickbait.
    """
    headings = [
        " ".join(str(heading.text_content()).split()) for heading in islice(tree.iter("h1"), MOST_HEADINGS)
    ]
    named = [_words_of(shared), _words_of(headline)]
    for heading in headings:
        words = _words_of(heading)
        if len(words) >= SHORTEST_HEADING and any(name.startswith(heading) for name in (shared, headline)):
            return clip(heading, LONGEST_TITLE)
        if len(words) >= SHORTEST_HEADING and any(len(words & other) >= ALIKE * len(other) > 0 for other in named):
            return clip(heading, LONGEST_TITLE)
    named_title = plain_text(shared or headline, LONGEST_TITLE) or clip(next(iter(headings), ""), LONGEST_TITLE)
    window = _before_last_mark(_window_title(tree))
    return named_title or (clip(window, LONGEST_TITLE) if len(_words_of(window)) >= SHORTEST_HEADING else "")


def _window_title(tree: Any) -> str:
    title = tree.find(".//title")
    return "" if title is None else " ".join(str(title.text_content()).split())


def _before_last_mark(title: str) -> str:
    """Return a title without the part after its last mark, as in "Minister quits over ferries | The Herald"."""
    found = _LAST_MARK.search(title)
    before = title[: found.start()] if found else ""
    return before if len(_words_of(before)) >= SHORTEST_HEADING else title


def _written_by(tree: Any, data: dict[str, Any]) -> str | None:
    """Return the authors in linked data or the head; if those are not people, those below the heading."""
    named = _names(data.get("author")) or _names(_authors(tree))
    if named and any(is_person(name) for name in named.split(", ")):
        return named
    return _names(authors_below_heading(tree)) or named


def _words_of(title: str) -> set[str]:
    return set(_WORD.findall(title.lower()))


def _without_site(title: str, site: str) -> str:
    """Return `title` without the site's name at its end: "Minister quits - The Herald"."""
    if not site or not title.casefold().endswith(site.casefold()):
        return title
    found = _BEFORE_SITE.search(title[: -len(site)])
    return title[: found.start()] if found and found.start() else title


def _is_canonical(link: Any) -> bool:
    return "canonical" in (link.get("rel") or "").lower().split() and bool((link.get("href") or "").strip())


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = next((name for key in _META_KEYS if (name := element.get(key))), "")
        content = element.get("content") or ""
        if name and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _authors(tree: Any) -> list[str]:
    """Return all authors in the head, from the first form that names any."""
    named: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").strip().lower()
        if name in _AUTHORS:
            named.setdefault(name, []).append(element.get("content") or "")
    return next((some for name in _AUTHORS if any(some := [_person(a) for a in named.get(name, ())])), [])


def _published(tree: Any, meta: dict[str, str], data: dict[str, Any]) -> datetime | None:
    told = [*(meta.get(name, "") for name in _DATES[:2]), _text(data.get("datePublished"))]
    told += [*(meta.get(name, "") for name in _DATES[2:]), _text(data.get("dateCreated"))]
    told += _time_elements(tree)
    return next((moment for value in told if (moment := moment_of(value))), None)


def _day_in(address: str) -> datetime | None:
    """Return the day that an address names: `/2026/11/29/`."""
    found = _DAY_IN_ADDRESS.search(address[:LONGEST_LINK])
    return moment_of("-".join(part for part in found.groups() if part)) if found else None


def _article_data(tree: Any) -> dict[str, Any]:
    """Return the first schema.org article of the page's JSON-LD, with references by @id filled in."""
    items: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        text = _COMMENT.sub("", script.text or "")
        if len(text) > LARGEST_DATA:
            continue
        try:
            document = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        items += _items(document)
    known = {str(item["@id"]): item for item in items if isinstance(item.get("@id"), str) and len(item) > 1}
    for item in items:
        kinds = item.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(name, str) and _ARTICLE_TYPES.search(name) for name in names):
            return {key: _resolved(value, known) for key, value in item.items()}
    return {}


def _resolved(value: Any, known: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, known) if isinstance(item, dict) else item for item in value]
    if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
        return known.get(_text(value.get("@id")), value)
    return value


def _items(document: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the objects that may be the article: at the top, in a graph, or as the subject of a page."""
    for item in document if isinstance(document, list) else [document]:
        if isinstance(item, dict):
            yield item
            if depth < DEEPEST_DATA:
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed"):
                    yield from _items(item.get(key), depth + 1)


def _body(data: dict[str, Any]) -> str:
    """Return the text of an article in linked data; that of a live blog is in its updates."""
    updates = data.get("liveBlogUpdate")
    posts = [post for post in updates if isinstance(post, dict)] if isinstance(updates, list) else []
    parts = [_text(data.get("articleBody")), *(_text(post.get("articleBody")) for post in posts)]
    return "\n\n".join(part for part in parts if part)


def _number(value: Any) -> int | None:
    digits = str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)
    return int(digits) if re.fullmatch(r"[0-9]{1,6}", digits.strip()) else None


def _free(data: dict[str, Any], meta: dict[str, str]) -> bool | None:
    """Return whether the page says that it is free to read: schema.org's isAccessibleForFree, or else its tier.

    A part of it that is not free (hasPart) is the rest of the article.
    """
    parts = data.get("hasPart")
    items = [data, *(parts if isinstance(parts, list) else [parts])]
    told = [_truth(item.get("isAccessibleForFree")) for item in items if isinstance(item, dict)]
    if False in told:
        return False
    tier = _first(meta, ("article:content_tier", "og:article:content_tier")).lower()
    return {"locked": False, "metered": None, "free": True}.get(tier, True if True in told else None)


def _truth(value: Any) -> bool | None:
    """Read a truth value of JSON-LD, which sites spell in many ways."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(_text(value).rpartition("/")[2].strip().lower())


def _names(authors: Any) -> str | None:
    """Return the names of all authors, separated by commas, without addresses, handles and placeholders."""
    people = authors if isinstance(authors, list) else [authors]
    names = [_text(person.get("name")) if isinstance(person, dict) else _text(person) for person in people]
    named = dict.fromkeys(name for given in names[:MOST_AUTHORS] for name in _people(_person(given)))
    return clip(", ".join(named), LONGEST_NAME) or None


def _person(value: str) -> str:
    name = _BYLINE.sub("", text_of_markup(value, LONGEST_NAME)).strip(" ,;|-–—")
    nobody = name.lower() in _NOBODY or name.lower().startswith(("http:", "https:", "@", "www."))
    return "" if nobody else name


def _people(names: str) -> list[str]:
    """Return the names in "Ann Author and Bo Byline". A single word may belong to a firm ("Smith and Sons")."""
    people = [name.strip(" ,") for name in _BETWEEN_NAMES.split(names)]
    return people if all(" " in name for name in people) else [names] if names else []


def _publisher(data: dict[str, Any]) -> str:
    publisher = data.get("publisher")
    return _text(publisher.get("name")) if isinstance(publisher, dict) else ""


def _address(image: Any) -> str:
    """Return the address of a picture of JSON-LD: bare, as an object, or the first of several."""
    first = image[0] if isinstance(image, list) and image else image
    return _text(first.get("url") or first.get("contentUrl")) if isinstance(first, dict) else _text(first)


def _time_elements(tree: Any) -> list[str]:
    """Return the dates in the page's time elements, those marked as the date of publication first."""
    times = [t for t in tree.iter("time") if t.get("datetime")]
    marked = [
        t for t in times if t.get("pubdate") is not None or "datepublished" in (t.get("itemprop") or "").lower()
    ]
    return [str(t.get("datetime")) for t in (*marked, *times)][:5]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


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
