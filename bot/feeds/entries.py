"""Entries from any kind of feed: cleaned, with keys that tell them apart."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from bot.feeds.dates import moment_of
from bot.feeds.locality import NOWHERE, Locality
from bot.feeds.prints import prints_of
from bot.model.feeds import ParsedEntry
from bot.text.clipping import clip
from bot.text.legal_characters import legal
from bot.text.plain import plain_text, text_of_markup

LONGEST_TITLE = 300
LONGEST_NAME = 200
LONGEST_KEY = 500
LONGEST_LINK = 2000
LONGEST_HTML = 500_000


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Context that entries take from their feed: how to read its dates, the base of its links, its authors."""

    now: datetime
    base: str
    """The address that relative links are resolved against."""
    language: str | None = None
    locality: Locality = NOWHERE
    authors: tuple[str, ...] = ()
    """Authors of entries that name none."""


def entry_of(
    around: Surroundings,
    *,
    guid: object,
    link: str | None,
    title: object,
    authors: Sequence[object],
    published: Sequence[object],
    updated: Sequence[object],
    content: str,
) -> ParsedEntry:
    """Return the entry with these values, which are as given by the feed.

    `published` and `updated` are dates as text; the first that can be read counts. Raises ValueError for an empty
    entry.
    """
    name = title_of(title)
    body = legal(content)[:LONGEST_HTML]
    if not (guid or link or name or body):
        raise ValueError("an empty entry")
    changed = _first_moment(updated, around)
    return ParsedEntry(
        key=_key(guid, link, name, body),
        keyed_by_address=bool(link) and not guid and not _is_front_page(link or ""),
        url=link,
        title=name,
        author=byline(authors) or byline(around.authors),
        published_at=_first_moment(published, around) or changed,
        html=body,
        updated_at=changed,
    )


def told_apart(entries: Iterable[ParsedEntry | None]) -> list[ParsedEntry | None]:
    """Return the entries, in order, with distinct keys; None in place of an exact repetition.

    Entries that share a guid, or a link without a guid, are told apart by their links if these differ, otherwise
    by their titles, otherwise by their words. So an entry keeps its key when others come and go, until it is
    alone.
    """
    found: list[ParsedEntry | None] = []
    seen: set[tuple[str, str | None, str, str]] = set()
    for entry in reversed(list(entries)):
        same = (entry.key, entry.url, entry.title, entry.html) if entry is not None else None
        found.append(None if same is None or same in seen else entry)
        seen |= {same} if same is not None else set()
    sharing: defaultdict[str, list[ParsedEntry]] = defaultdict(list)
    for entry in found:
        if entry is not None:
            sharing[entry.key].append(entry)
    taken = {key for key, some in sharing.items() if len(some) == 1}
    apart = {id(one): key for some in sharing.values() if len(some) > 1 for one, key in _own_keys(some, taken)}
    return [
        e and (replace(e, key=apart[id(e)], keyed_by_address=False) if id(e) in apart else e)
        for e in reversed(found)
    ]


def _own_keys(sharing: Sequence[ParsedEntry], taken: set[str]) -> Iterator[tuple[ParsedEntry, str]]:
    """Yield a key for each of the entries that share one, and note it as taken."""
    by_url = None not in (urls := {entry.url for entry in sharing}) and len(urls) == len(sharing)
    titles = Counter(entry.title for entry in sharing)
    for entry in sharing:
        own = entry.url if by_url else entry.title if titles[entry.title] == 1 and entry.title else None
        key = name = _shortened(f"{entry.key} {own or _digest(f'{entry.title} {entry.html}')}")
        number = 2
        while key in taken:
            key = _shortened(f"{name} #{number}")
            number += 1
        taken.add(key)
        yield entry, key


def with_prints(entries: Iterable[ParsedEntry | None]) -> tuple[ParsedEntry, ...]:
    """Return the entries that are not None, with their fingerprints.

    Fingerprints are made here, in a worker, so that the event loop need not fold and hash words.
    """
    return tuple(replace(entry, prints=prints_of(entry)) for entry in entries if entry is not None)


def title_of(value: object) -> str:
    """Return a title as plain text."""
    return plain_text(value, LONGEST_TITLE) if isinstance(value, str) else ""


def byline(authors: Sequence[object]) -> str | None:
    """Return the names of authors on one line, each once; None if there are none.

    An e-mail address counts as a name only if there is no other.
    """
    names = [text_of_markup(author, LONGEST_NAME) for author in authors if isinstance(author, str)]
    names = list(dict.fromkeys(name for name in names if name))
    people = [name for name in names if not re.fullmatch(r"\S+@\S+\.\S+", name)]
    return clip(", ".join(people or names), LONGEST_NAME) or None


def language_of(value: object) -> str | None:
    """Return a language tag in lower case (`en-gb`), or None if it is not one."""
    if not isinstance(value, str):
        return None
    tag = value.strip().lower().replace("_", "-")
    return tag if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}", tag) else None


def absolute_link(value: object, base: str) -> str | None:
    """Return an absolute http(s) address, or None."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        link = urljoin(base, legal(value.strip().replace("&amp;", "&")))
    except ValueError:
        return None
    link = re.sub(r"\s", "%20", link)
    return link if re.match(r"https?://[^/]", link, re.IGNORECASE) and len(link) <= LONGEST_LINK else None


def is_absolute(value: object) -> bool:
    """Return whether `value` is an absolute http(s) address."""
    return isinstance(value, str) and re.match(r"\s*https?://[^/]", value, re.IGNORECASE) is not None


def same_host(one: str, other: str) -> bool:
    """Return whether two addresses are on one host, with or without `www.`."""
    try:
        hosts = {(urlsplit(address).hostname or "").removeprefix("www.") for address in (one, other)}
    except ValueError:
        return False
    return len(hosts) == 1


def _key(guid: object, link: str | None, title: str, content: str) -> str:
    key = legal(str(guid)).strip() if guid else link
    if key and key is link and _is_front_page(link):
        key = _digest(f"{link}\n{title or content}")  # it may be the link of every entry
    if not key:
        key = _digest(f"{title}\n{content}")
    if key.startswith("http://"):
        key = "https://" + key.removeprefix("http://")  # a site that moves to https must not post everything again
    return _shortened(key)


def _is_front_page(link: str) -> bool:
    return re.fullmatch(r"https?://[^/?#]*/?", link, re.IGNORECASE) is not None


def _shortened(key: str) -> str:
    return key if len(key) <= LONGEST_KEY else _digest(key)


def _digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _first_moment(texts: Sequence[object], around: Surroundings) -> datetime | None:
    moments = (moment_of(text, around.now, around.locality) for text in texts if isinstance(text, str))
    return next((moment for moment in moments if moment is not None), None)
