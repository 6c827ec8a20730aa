"""Which entries of a document are new, and which are known ones that have changed. Pure.

An entry is recognised by its key. One with an unknown key is still a known entry

- if it has the address of a known entry (scheme, `www.` and tracking parameters aside) and its date, or says
  something similar, or
- if it has the title of a known entry and near-equal content, or
- if most entries of the document are suddenly unknown (the feed has changed its ids), the title alone or
  near-equal content alone.

It is then known *under a new key*. A known entry that is still in the document never matches. An entry dated later
than a known one at another address is news: a column has the same title every day, a weather report nearly the
same words. An address can also stay the same, as that of a ticker or a podcast does, while entries come and go; an
entry that has only this address for a key is then a new one with a key of its own (`key_of_next`).

The circuit breaker is for a feed that publishes its whole archive, or is replaced by another feed at the same
address. If most of a known feed's document is still unknown, entries dated well before the last poll, and before
known entries, are put away: noted, but neither read nor posted. An entry without a date, or with a newer one, is
news.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.feeds.prints import hashes_of, key_digest, likeness, reads_otherwise
from bot.model.feeds import ParsedEntry, Prints

READ_AT_FIRST = 20
"""How many of the newest entries of a new feed are read regardless of age, so that there is something to ask
about.
"""
FRESH = timedelta(days=2)
"""How recently an entry of a new feed must have been published to be read in any case."""
MASS = 3
"""The fewest unknown entries that count as a mass change of ids."""
FLOOD = 5
"""The fewest old entries that trip the circuit breaker."""
LATE = timedelta(days=2)
"""An entry dated up to this long before the last good poll still counts as news that was published late."""
NEAR = 0.7
"""The share of word runs that two contents must have in common to be near-equal."""
RELATED = 0.3
"""The share of word runs below which two contents at one address are two entries."""
SIMILAR_TITLE = 0.5
"""The share of words that titles have in common if one is an edit of the other."""


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry that the feed has brought before. `entry_id` is its id in the store."""

    entry_id: int
    key: str
    prints: Prints
    published_at: datetime | None = None


class Verdict(StrEnum):
    """The verdict on an entry of a document."""

    KNOWN = "known"
    UPDATED = "updated"
    """Known, and its title or content has changed."""
    NEW = "new"
    PUT_AWAY = "put_away"
    """Unknown, but not read, because the circuit breaker has tripped."""


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on an entry, with the known entry that it matches."""

    key: str
    entry: ParsedEntry
    prints: Prints
    verdict: Verdict
    known: KnownEntry | None = None

    @property
    def rekeyed(self) -> bool:
        """Whether it is known under another key."""
        return self.known is not None and self.known.key != self.key


def is_mass_change(unknown: int, total: int) -> bool:
    """Return whether this many unknown entries out of `total` mean that the feed has changed its ids."""
    return unknown >= MASS and unknown * 2 > total


Given = tuple[str, ParsedEntry, Prints]
"""An entry of a document, with the key that it is stored under and its fingerprints."""


def matches_of(
    entries: Sequence[Given],
    by_key: dict[str, KnownEntry],
    others: Iterable[KnownEntry],
    *,
    left_out: int = 0,
    left_out_keys: AbstractSet[bytes] = frozenset(),
    last_success_at: datetime | None = None,
    newest_known: datetime | None = None,
) -> list[Match]:
    """Return the match of each of `entries`, in the same order.

    `by_key` are the known entries with those keys; `others` are further known entries that may match an unknown
    one. `left_out` is how many more entries of the document are known and unchanged, and `left_out_keys` the
    digests of their keys: they are still present, so none of `entries` can be one of them. `last_success_at` is
    the last successful poll; None, for a feed that has never been polled, makes everything new. `newest_known` is
    the latest date of the feed's known entries.
    """
    if last_success_at is None:
        return [Match(*given, Verdict.NEW) for given in entries]
    unknown = [given for given in entries if given[0] not in by_key]
    mass = is_mass_change(len(unknown), len(entries) + left_out)
    present = {known.entry_id for known in by_key.values()}
    found = dict(by_key)
    absent = [k for k in others if k.entry_id not in present and key_digest(k.key) not in left_out_keys]
    # Some feeds date all entries to the moment of the request.
    dates_tell = left_out > 0 or len(entries) == 1 or len({entry.published_at for _, entry, _ in entries}) > 1
    found |= _under_new_keys(unknown, absent, mass=mass, dates_tell=dates_tell)
    new = {key for key, _, _ in unknown if key not in found}
    away: AbstractSet[str] = frozenset()
    if mass:
        away = _put_away(
            [(key, entry) for key, entry, _ in unknown if key in new],
            total=len(entries) + left_out,
            before=min(last_success_at - LATE, newest_known or last_success_at),
        )
    return [
        Match(key, entry, prints, _verdict(key, prints, found.get(key), away), found.get(key))
        for key, entry, prints in entries
    ]


def _verdict(key: str, prints: Prints, known: KnownEntry | None, away: AbstractSet[str]) -> Verdict:
    if known is not None:
        return Verdict.UPDATED if reads_otherwise(known.prints, prints) else Verdict.KNOWN
    return Verdict.PUT_AWAY if key in away else Verdict.NEW


def _put_away(new: Sequence[tuple[str, ParsedEntry]], *, total: int, before: datetime) -> frozenset[str]:
    """Return the keys of the entries to put away: those dated `before`, if they make up most of a document.

    Only a date explains why an entry comes late. One without a date is news. So is one dated after the newest
    known entry, however old: the dates in such a feed are not those of publication.
    """
    old = [key for key, entry in new if entry.published_at is not None and entry.published_at < before]
    return frozenset(old) if len(old) >= FLOOD and len(old) * 2 > total else frozenset()


class _Recognition:
    """Finds known entries under new keys. Each is taken once, by the most reliable evidence first."""

    def __init__(self, unknown: Sequence[Given], others: Sequence[KnownEntry], *, dates_tell: bool) -> None:
        self.found: dict[str, KnownEntry] = {}
        self._unknown = unknown
        self._others = others
        self._taken: set[int] = set()
        self._dates_tell = dates_tell

    def by_link(self) -> None:
        """Match entries with the same address that have the same date or say something similar.

        If several share the address, the title must be the same, too, and those that have not changed go first.
        """
        known, asked = self._by(_link_of), Counter(prints.link for _, _, prints in self._unknown)
        for is_match in (_is_unchanged, _is_version):
            for key, entry, prints in self._left():
                free = [k for k in self._free(known[prints.link]) if is_match(k, entry, prints)]
                if len(free) > 1 or asked[prints.link] > 1:
                    free = [k for k in free if k.prints.title == prints.title]
                self._take_first(key, free)

    def by_title(self, *, alone: bool) -> None:
        """Match entries with the same title and near-equal content, or the same date and related content.

        If `alone`, a unique title is enough.
        """
        known, asked = self._by(_title_of), Counter(prints.title for _, _, prints in self._left())
        for key, entry, prints in self._left():
            free = [k for k in self._free(known[prints.title]) if not self._is_later(entry, k)]
            alike = [k for k in free if likeness(k.prints.content, prints.content) >= _needed(k, entry)]
            if not alike and alone and len(free) == 1 and asked[prints.title] == 1:
                alike = free
            self._take_first(key, alike)

    def by_content(self) -> None:
        """Match entries with near-equal content."""
        holders: defaultdict[str, list[KnownEntry]] = defaultdict(list)
        for known in self._free(self._others):
            for part in hashes_of(known.prints.content):
                holders[part].append(known)
        for key, entry, prints in self._left():
            shares = Counter(k for part in hashes_of(prints.content) for k in holders.get(part, ()))
            free = [k for k in self._free([k for k, _ in shares.most_common(5)]) if not self._is_later(entry, k)]
            alike = [(likeness(k.prints.content, prints.content), k) for k in free]
            alike.sort(key=lambda pair: -pair[0])
            self._take_first(key, [k for share, k in alike if share >= NEAR])

    def _by(self, print_of: Callable[[Prints], str]) -> defaultdict[str, list[KnownEntry]]:
        groups: defaultdict[str, list[KnownEntry]] = defaultdict(list)
        for known in self._free(self._others):
            if print_of(known.prints):
                groups[print_of(known.prints)].append(known)
        return groups

    def _left(self) -> list[Given]:
        return [given for given in self._unknown if given[0] not in self.found]

    def _free(self, known: Iterable[KnownEntry]) -> list[KnownEntry]:
        return [k for k in known if k.entry_id not in self._taken]

    def _is_later(self, entry: ParsedEntry, known: KnownEntry) -> bool:
        if entry.published_at is None or known.published_at is None:
            return False
        return self._dates_tell and entry.published_at > known.published_at

    def _take_first(self, key: str, known: Sequence[KnownEntry]) -> None:
        if known:
            self.found[key] = known[0]
            self._taken.add(known[0].entry_id)


def _needed(known: KnownEntry, entry: ParsedEntry) -> float:
    """Return how similar the contents of entries with one title must be for them to be the same entry."""
    return RELATED if _has_date_of(known, entry) else NEAR


def _has_date_of(known: KnownEntry, entry: ParsedEntry) -> bool:
    return known.published_at is not None and known.published_at == entry.published_at


def _is_unchanged(known: KnownEntry, entry: ParsedEntry, prints: Prints) -> bool:
    """Return whether an entry has the date of a known one, or all of its words."""
    return _has_date_of(known, entry) or (bool(prints.title or prints.content) and known.prints == prints)


def _is_version(known: KnownEntry, entry: ParsedEntry, prints: Prints) -> bool:
    """Return whether an entry with the address of a known one is that entry, rather than the next one at this
    address.
    """
    if _has_date_of(known, entry):
        return True
    if known.prints.content and prints.content:
        share = likeness(known.prints.content, prints.content)
        if share >= NEAR or share < RELATED:
            return share >= NEAR
    old, new = set(known.prints.title.split()), set(prints.title.split())
    return not old or not new or len(old & new) >= SIMILAR_TITLE * len(old | new)


def key_of_next(known: KnownEntry, entry: ParsedEntry, prints: Prints) -> str | None:
    """Return a key for an entry that succeeds the `known` entry at its address; None if it is the same.

    Only the address suggested that they were the same; its words, and its date if both have one, show otherwise.
    """
    if not entry.keyed_by_address or _is_version(known, entry, prints):
        return None
    dates = known.published_at, entry.published_at
    if dates[0] is not None and dates[1] is not None and dates[1] < dates[0]:
        return None
    words = f"{entry.published_at} {prints.title} {prints.content}"
    return f"{entry.key[:200]} {hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:32]}"


def _link_of(prints: Prints) -> str:
    return prints.link


def _title_of(prints: Prints) -> str:
    return prints.title


def _under_new_keys(
    unknown: Sequence[Given], others: Sequence[KnownEntry], *, mass: bool, dates_tell: bool
) -> dict[str, KnownEntry]:
    """Return the known entries that have new keys, by these keys."""
    recognition = _Recognition(unknown, others, dates_tell=dates_tell)
    recognition.by_link()
    recognition.by_title(alone=mass)
    if mass:
        recognition.by_content()
    return recognition.found


def read_at_first(entries: Sequence[ParsedEntry], now: datetime) -> list[bool]:
    """Return, for each entry of a feed polled for the first time, whether to read it.

    Entries of the last two days are read, and the newest 20 regardless of age. An entry without a date is as new
    as the next one below it that has a date, because feeds list the newest first.
    """
    moments = _moments(entries)
    order = sorted(range(len(entries)), key=lambda i: -moments[i])
    newest = set(order[:READ_AT_FIRST])
    return [
        i in newest or (entry.published_at is not None and now - entry.published_at <= FRESH)
        for i, entry in enumerate(entries)
    ]


def _moments(entries: Sequence[ParsedEntry]) -> list[float]:
    """Return when entries were published, in seconds since 1970; if unknown, when the next one was."""
    moments: list[float] = []
    last = next((e.published_at.timestamp() for e in reversed(entries) if e.published_at is not None), 0.0)
    for entry in reversed(entries):
        last = entry.published_at.timestamp() if entry.published_at is not None else last
        moments.append(last)
    return moments[::-1]


def put_away_notice(count: int) -> str:
    """Return the note on a feed's health after the circuit breaker has tripped."""
    return (
        f"{count} entries were suddenly new, and old, so they were noted but neither read nor posted. "
        "Whatever comes from now on is posted as usual; nothing needs to be done."
    )
