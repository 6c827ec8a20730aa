"""Items of a feed that are known as they are, taken out of its XML before feedparser, which is slow, sees it.

A feed of fifty items mostly brings two that are new. Each item is known by a hash of its own XML, namespaces and
base included, so that one that is edited in place has another hash. What is told apart by position in the document
stays together: where an item that is new shares its guid (without one its link, then its title) with a known one,
both are kept. A document that is odd in any way is not trimmed.
"""

import hashlib
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

_RECORD = struct.Struct(">8sI")
"""One known item: its hash, and when it was published in seconds of the epoch (0: unknown)."""
_FORM = b"trim 1"
"""Changes whenever entries come to be read otherwise from the same XML, so that all are read anew."""
_LATEST = 2**32 - 1

_ANY_BASE = etree.XPath("boolean(//@xml:base)")
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_GUIDS = frozenset({"guid", "id", "identifier"})
_LINKS = frozenset({"link", "origlink", "enclosure", "content"})


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a document. `published_at` is known of those that are left out."""

    hash: bytes
    left_out: bool = False
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A document without the items that are known, and all its items in order.

    `xml` is None where nothing was taken out.
    """

    xml: str | None
    items: tuple[Item, ...]

    @property
    def left_out(self) -> int:
        """How many items were taken out because they are known."""
        return sum(item.left_out for item in self.items)

    @property
    def left_out_dates(self) -> tuple[datetime, ...]:
        """When those were published, as far as it is known."""
        return tuple(item.published_at for item in self.items if item.left_out and item.published_at is not None)

    def hashes(self, dates: Sequence[datetime | None]) -> bytes:
        """Return what the next poll is to be told; `dates` are those of the items that were kept, in order.

        Where they are not as many as the items, nobody knows which is whose, and none is remembered.
        """
        kept = [item for item in self.items if not item.left_out]
        given = iter(dates if len(dates) == len(kept) else [None] * len(kept))
        return b"".join(
            _RECORD.pack(item.hash, _seconds(item.published_at if item.left_out else next(given)))
            for item in self.items
        )


def known_items(hashes: bytes) -> dict[bytes, datetime | None]:
    """Return the known items, each with when it was published, from what `Trimmed.hashes` gave."""
    whole = hashes[: len(hashes) - len(hashes) % _RECORD.size]
    return {
        item: datetime.fromtimestamp(seconds, UTC) if seconds else None
        for item, seconds in _RECORD.iter_unpack(whole)
    }


def trimmed(root: Any, items: Sequence[Any], known: Mapping[bytes, datetime | None], most: int) -> Trimmed | None:
    """Take the `known` ones among the first `most` items, and all after these, out of the document of `root`.

    `root` is changed. Returns None, and changes nothing, for a document that feedparser might read otherwise then.
    """
    if not _plain(root, items):
        return None
    first = items[:most]
    hashes = [_hash_of(item) for item in first]
    out = _left_out(first, [each in known for each in hashes])
    for item, leave in zip(first, out, strict=True):
        if leave:
            item.getparent().remove(item)
    for item in items[most:]:
        item.getparent().remove(item)
    changed = any(out) or len(items) > most
    return Trimmed(
        xml=str(etree.tostring(root.getroottree(), encoding="unicode")) if changed else None,
        items=tuple(
            Item(each, leave, known.get(each) if leave else None) for each, leave in zip(hashes, out, strict=True)
        ),
    )


def _plain(root: Any, items: Sequence[Any]) -> bool:
    """Tell whether items stand side by side where feeds have them, without text between, and entities nowhere."""
    if not items:
        return True
    parent = items[0].getparent()
    if parent is None or not (parent is root or parent.getparent() is root):
        return False
    if any(item.getparent() is not parent or (item.tail and item.tail.strip()) for item in items):
        return False
    # Without a base of its own a document takes on that of an item for all that follows, in feedparser.
    if not parent.base and _ANY_BASE(root):
        return False
    return next(root.iter(etree.Entity), None) is None


def _hash_of(item: Any) -> bytes:
    digest = hashlib.blake2b(_FORM, digest_size=8)
    digest.update((item.base or "").encode("utf-8", "replace") + b"\0")
    digest.update(etree.tostring(item, with_tail=False))
    return digest.digest()


def _left_out(items: Sequence[Any], known: Sequence[bool]) -> list[bool]:
    """Return which items are taken out: the known ones that share no name with one that is kept."""
    out = list(known)
    if all(out) or not any(out):
        return out
    names = [_names_of(item) for item in items]
    kept: set[str] = set()
    grew = True
    while grew:
        grew = False
        for i, own in enumerate(names):
            if out[i] and not kept.isdisjoint(own):
                out[i] = False
            if not out[i] and not own <= kept:
                kept |= own
                grew = True
    return out


def _names_of(item: Any) -> frozenset[str]:
    """Return what the key of an item may be made of: its guids; without any its links; without these its title."""
    guids: set[str] = set()
    links: set[str] = set()
    title = ""
    about = item.get(_ABOUT)
    if about:
        guids |= _forms(item, about)
    for child in item.iterchildren(etree.Element):
        name = child.tag.rpartition("}")[2].lower()
        if name in _GUIDS:
            guids |= _forms(child, "".join(child.itertext()))
        elif name in _LINKS:
            for link in (child.get("href"), child.get("url"), child.text):
                links |= _forms(child, link or "")
        elif name == "title":
            title = "".join(child.itertext()).strip()
    return frozenset(guids or links or {f"title {title}"})


def _forms(element: Any, text: str) -> set[str]:
    """Return a name as it stands and with its base before it, http like https; nothing for an empty one."""
    text = text.strip()
    forms = {text, f"{(element.base or '').rpartition('/')[0]}/{text}" if element.base else text}
    return {
        "https://" + form.removeprefix("http://") if form.startswith("http://") else form for form in forms if text
    }


def _seconds(moment: datetime | None) -> int:
    return 0 if moment is None else min(max(int(moment.timestamp()), 0), _LATEST)
