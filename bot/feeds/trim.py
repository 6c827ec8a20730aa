"""Which items of a document are known from the last one, so that only the others need to be read.

A feed of fifty items usually has two new ones, and reading an item is slow. Each item is recognised by a hash of
its source. Items that share a name (a guid, or else a link, or else a title) with one that is read are read with
it, because their order tells them apart. An item that is left out is still present: its key and its date are
remembered.
"""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from bot.feeds.prints import key_digest
from bot.model.feeds import ParsedEntry

_RECORD = struct.Struct(">8s8sI")
"""One known item: its hash, the digest of its entry's key (zeros: none), and when it was published, in seconds
since 1970 (0: unknown)."""
FORM = b"trim 3"
"""Part of each hash. Change it whenever the same source is read into different entries, so that all are read
again.
"""
_LATEST = 2**32 - 1
_NO_KEY = bytes(8)
DATED = 0.9
"""If at least this share of a document's items have dates, the newest are those with the latest dates."""


class KnownItem(NamedTuple):
    """An item of the last document: the digest of its entry's key, and when it was published, if that is known."""

    key: bytes = _NO_KEY
    published_at: datetime | None = None


_NOTHING = KnownItem()


class Item(NamedTuple):
    """An item of a document, by its hash; `known` if it is left out."""

    hash: bytes
    known: KnownItem | None = None


@dataclass(frozen=True, slots=True)
class Trim:
    """The decision on a document: its items in order, left out or read.

    `beyond` are items that are remembered although they are not among those that count.
    """

    items: tuple[Item, ...]
    beyond: tuple[Item, ...] = ()

    @property
    def left_out(self) -> int:
        """How many items are left out because they are known."""
        return sum(item.known is not None for item in self.items)

    @property
    def left_out_dates(self) -> tuple[datetime, ...]:
        """When these were published, as far as it is known."""
        dates = (item.known.published_at for item in self.items if item.known is not None)
        return tuple(date for date in dates if date is not None)

    @property
    def left_out_keys(self) -> frozenset[bytes]:
        """The digests of the keys of all entries that are present and not read."""
        known = (item.known for item in (*self.items, *self.beyond))
        return frozenset(each.key for each in known if each is not None and each.key != _NO_KEY)

    def hashes(self, read: Sequence[ParsedEntry | None]) -> bytes:
        """Return the data for the next poll; `read` are the entries of the items that are read, in order.

        If their number differs from that of the items, it is unclear which belongs to which, and keys and dates
        are not remembered.
        """
        missing = sum(item.known is None for item in self.items)
        entries = iter(read if len(read) == missing else [None] * missing)
        known: dict[bytes, KnownItem] = {}
        for item in (*self.items, *self.beyond):
            each = item.known or _known_of(next(entries))
            if known.get(item.hash, _NOTHING).key == _NO_KEY:  # of two equal items, one has an entry
                known[item.hash] = each
        return b"".join(_RECORD.pack(each, item.key, _seconds(item.published_at)) for each, item in known.items())


def known_items(hashes: bytes) -> dict[bytes, KnownItem]:
    """Return the known items by their hashes, from what `Trim.hashes` returned."""
    whole = hashes[: len(hashes) - len(hashes) % _RECORD.size]
    return {
        each: KnownItem(key, datetime.fromtimestamp(seconds, UTC) if seconds else None)
        for each, key, seconds in _RECORD.iter_unpack(whole)
    }


def trim_of(
    hashes: Sequence[bytes],
    known: Mapping[bytes, KnownItem],
    window: Sequence[int],
    names_of: Callable[[int], frozenset[str]],
    *,
    dated: bool = True,
) -> Trim:
    """Return the decision on the items with these `hashes`; only those at the positions in `window` count.

    If they are not `dated`, the others are remembered, too: only that distinguishes them from new ones.
    """
    out = _left_out(window, [hashes[i] in known for i in window], names_of)
    items = tuple(
        Item(hashes[i], known[hashes[i]] if leave else None) for i, leave in zip(window, out, strict=True)
    )
    inside = frozenset(window)
    others = (each for i, each in enumerate(hashes) if i not in inside and (each in known or not dated))
    return Trim(items, tuple(Item(each, known.get(each, _NOTHING)) for each in others))


def are_dated(dates: Sequence[datetime | None]) -> bool:
    """Return whether enough items have dates to say which are the newest."""
    return sum(date is not None for date in dates) >= DATED * len(dates)


def window_of(dates: Sequence[datetime | None], is_known: Sequence[bool], most: int) -> list[int]:
    """Return the positions of the `most` items that count, in the document's order.

    They are the newest by date. If too few have dates, they are those that were not in the last document, and the
    first of the others. An item without a date is as old as the one before it.
    """
    places = range(len(dates))
    if len(dates) <= most:
        return list(places)
    if not are_dated(dates):
        return sorted(sorted(places, key=lambda i: is_known[i])[:most])
    moments: list[float] = []
    first = next(date for date in dates if date is not None)
    for date in dates:
        moments.append(date.timestamp() if date is not None else moments[-1] if moments else first.timestamp())
    return sorted(sorted(places, key=lambda i: -moments[i])[:most])


def _left_out(
    window: Sequence[int], known: Sequence[bool], names_of: Callable[[int], frozenset[str]]
) -> list[bool]:
    """Return which items are left out: the known ones that share no name with one that is read."""
    out = list(known)
    if all(out) or not any(out):
        return out
    names = [names_of(i) for i in window]
    read: set[str] = set()
    grew = True
    while grew:
        grew = False
        for i, own in enumerate(names):
            if out[i] and not read.isdisjoint(own):
                out[i] = False
            if not out[i] and not own <= read:
                read |= own
                grew = True
    return out


def _known_of(entry: ParsedEntry | None) -> KnownItem:
    return _NOTHING if entry is None else KnownItem(key_digest(entry.key), entry.published_at)


def _seconds(moment: datetime | None) -> int:
    return 0 if moment is None else min(max(int(moment.timestamp()), 0), _LATEST)
