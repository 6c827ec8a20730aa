"""The items of an XML feed: decides which to read, and removes the others before feedparser, which is slow."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from bot.feeds.dates import reader_of_many
from bot.feeds.trim import FORM, KnownItem, Trim, are_dated, trim_of, window_of

PUBLISHED = frozenset({"pubdate", "published", "issued"})
CHANGED = frozenset({"date", "updated", "modified", "created"})
"""Names of elements with the date of an item: published, else written or changed."""
_GUIDS = frozenset({"guid", "id", "identifier"})
_LINKS = frozenset({"link", "origlink", "enclosure", "content"})
_INHERITED = ("{*}link", "{*}author", "{*}language")
"""Elements that entries inherit from the feed if they lack them."""
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
LONGEST_BASE = 2000
"""The most characters of an address in `xml:base`, which is used for each link below it."""
_LONG_BASES = etree.XPath(f"//*[string-length(@xml:base) > {LONGEST_BASE}]")
_ANY_BASE = etree.XPath("boolean(//@xml:base | //@base)")


def trim_tree(
    root: Any, items: Sequence[Any], known: Mapping[bytes, KnownItem], most: int, now: datetime
) -> tuple[Trim | None, bool]:
    """Remove the `items` that need not be read from the tree of `root`: the `known` ones, and all but `most`.

    Returns the decision, and whether the tree has changed. The decision is None if the document is unusual; then
    known items stay in it.
    """
    for element in _LONG_BASES(root):
        del element.attrib[_BASE]
    plain = _is_plain(root, items)
    read = reader_of_many(now)
    dates = [date_in(item, read) for item in items] if len(items) > most else [None] * len(items)
    inherited = _inherited_by(items)
    hashes = [_hash_of(item, inherited) for item in items] if plain else [b""] * len(items)
    window = window_of(dates, [each in known for each in hashes], most)
    trim = None
    if plain:
        dated = len(items) <= most or are_dated(dates)
        trim = trim_of(hashes, known, window, lambda i: _names_of(items[i]), dated=dated)
        leaving = {i for i, item in zip(window, trim.items, strict=True) if item.known is not None}
        window = [i for i in window if i not in leaving]
    kept = frozenset(window)
    changed = settle_bases(root, [items[i] for i in window] if plain else [])
    for i, item in enumerate(items):
        parent = item.getparent()
        if i not in kept and parent is not None:
            parent.remove(item)
    return trim, changed or len(kept) < len(items)


def date_in(item: Any, read: Callable[[str], datetime | None]) -> datetime | None:
    """Return when an item was published, else changed; `read` reads its dates."""
    found: dict[bool, datetime] = {}
    for child in item.iterchildren(etree.Element):
        name = _local_name(child.tag)
        if (name in PUBLISHED or name in CHANGED) and (moment := read("".join(child.itertext()))):
            found.setdefault(name in PUBLISHED, moment)
    return found.get(True, found.get(False))


def settle_bases(root: Any, items: Sequence[Any]) -> bool:
    """Resolve the addresses of `items` that have their own base, and remove all bases but the document's.

    In a document without a base, feedparser applies that of an element to everything that follows. Returns whether
    there were any.
    """
    if not _ANY_BASE(root):
        return False
    for item in items:
        for element in item.iterchildren(etree.Element):
            if element.base and _local_name(element.tag) in _GUIDS | _LINKS:
                _resolve(element)
    above = {root, *(item.getparent() for item in items)}
    for element in root.iter(etree.Element):
        if element not in above:
            for name in (_BASE, "base"):
                element.attrib.pop(name, None)
    return True


def _resolve(element: Any) -> None:
    for name in ("href", "url"):
        if address := element.get(name):
            element.set(name, _joined(element.base, address))
    given = (element.text or "").strip()
    if (
        given
        and len(element) == 0
        and element.get("isPermaLink") != "false"
        and _local_name(element.tag) != "content"
    ):
        element.text = _joined(element.base, given)


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address


def _is_plain(root: Any, items: Sequence[Any]) -> bool:
    """Return whether items are siblings as in any feed, with no text between them, and no entities anywhere."""
    if not items:
        return True
    parent = items[0].getparent()
    if parent is None or not (parent is root or parent.getparent() is root):
        return False
    if any(item.getparent() is not parent or (item.tail and item.tail.strip()) for item in items):
        return False
    return next(root.iter(etree.Entity), None) is None


def _inherited_by(items: Sequence[Any]) -> bytes:
    """Return a hash of everything that items inherit from their feed."""
    parent = items[0].getparent() if items else None
    inherited = parent.iterchildren(*_INHERITED) if parent is not None else ()
    source = b"".join(etree.tostring(child, with_tail=False) for child in inherited)
    return hashlib.blake2b(source, digest_size=8).digest()


def _hash_of(item: Any, inherited: bytes) -> bytes:
    digest = hashlib.blake2b(FORM + inherited, digest_size=8)
    digest.update((item.base or "").encode("utf-8", "replace") + b"\0")
    digest.update(etree.tostring(item, with_tail=False))
    return digest.digest()


def _names_of(item: Any) -> frozenset[str]:
    """Return what an item's key can be made of: its guids, else its links, else its title."""
    guids: set[str] = set()
    links: set[str] = set()
    title = ""
    about = item.get(_ABOUT)
    if about:
        guids |= _forms(item, about)
    for child in item.iterchildren(etree.Element):
        name = child.tag.rpartition("}")[2].lower()
        if name in _GUIDS:
            guids |= _forms(child, child.text if len(child) == 0 else "".join(child.itertext()))
        elif name in _LINKS:
            for link in (child.get("href"), child.get("url"), child.text):
                if link:
                    links |= _forms(child, link)
        elif name == "title":
            title = "".join(child.itertext()).strip()
    return frozenset(guids or links or {f"title {title}"})


def _forms(element: Any, text: str | None) -> set[str]:
    """Return a name as written and resolved against its base, with http and https alike; nothing for an empty
    one."""
    name = (text or "").strip()
    if not name:
        return set()
    base = element.base
    forms = {name, f"{base.rpartition('/')[0]}/{name}"} if base else {name}
    return {f"https://{form[7:]}" if form.startswith("http://") else form for form in forms}


def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()
