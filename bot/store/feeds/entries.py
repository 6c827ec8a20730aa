"""The entries of a feed: those of a new document are matched with the known ones, and the rows are updated.

`bot.feeds.identity` decides what matches; here it is looked up and stored.

- New entries wait to be read; if a feed is polled for the first time, only the recent ones (`read_at_first`). They
  count as first seen when they were published, so that a digest does not show a feed's past as news.
- The rows of known ones are updated, also under a new key. If title or content changed, or the feed says so, the
  entry is read again, but only a few times (`REREADS`, `REREAD_PAUSE`).
- Entries that the circuit breaker keeps back are stored as seen. A tombstone prevents purged entries from
  returning.
"""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.identity import (
    Given,
    Match,
    Verdict,
    is_mass_change,
    key_of_next,
    matches_of,
    read_at_first,
)
from bot.feeds.prints import prints_of
from bot.feeds.websub import sure_of_push
from bot.languages.translations import N_
from bot.model.feeds import ParsedEntry, ParsedFeed, Prints
from bot.store.database import Database, chunks, insert_rows
from bot.store.feeds.known_entries import KnownRow, Rows, buried, known_alike, known_by_key
from bot.store.schema.columns import EntryState, storable
from bot.store.schema.news_tables import EntryRow

KEY_LIMIT = 500
"""The greatest length of an entry's key, in characters; a longer one is stored as its hash."""
REREADS = 5
"""How often an entry is read again because it changed."""
REREAD_PAUSE = timedelta(minutes=10)
"""The shortest time between two such readings."""
NOTHING_TO_READ = N_("The entry has neither an address nor a text.")
PAST = N_("The entry was older than two days when the feed was added, so it was not read.")
KEPT_BACK = N_("The entry was kept back: most of the feed was suddenly new, and old.")
_AT_ONCE = 60_000
"""The most characters of content that are processed on the event loop, in some milliseconds; more go to a thread.
"""
_MATCHED_AT_ONCE = 500
"""The most entries, new and known, that are matched on the event loop; more are matched in a thread."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A document that a poll brought at the time `at`, and what was known about its feed before."""

    feed_id: int
    last_success_at: datetime | None
    document: ParsedFeed
    at: datetime
    part: bool = False
    """Whether it may be only a part of the feed, pushed by a hub; see `bot.feeds.websub.sure_of_push`."""


@dataclass(frozen=True, slots=True)
class SavedEntries:
    """The effect of a document: how many entries were new, will be read again, and were kept back."""

    new: int = 0
    updated: int = 0
    kept_back: int = 0
    left_out: int = 0
    """How many entries of a part of a document were not stored: see `Brought.part`."""


@dataclass(slots=True)
class _Reading:
    """A document while it is matched with the known entries."""

    brought: Brought
    words: dict[str, dict[str, Any]]
    """The columns of each of its entries, by their keys, in the document's order."""
    rows: Rows
    """The known entries with one of these keys."""
    changed: list[tuple[str, ParsedEntry]]
    """The entries that are unknown or have changed."""
    doubtful: list[Given] = field(default_factory=list)
    """The unknown or changed entries, with their fingerprints."""
    others: dict[int, KnownRow] = field(default_factory=dict)
    """Known entries, by their ids, that may be the same under other keys."""
    matches: list[Match] = field(default_factory=list)
    left_out: int = 0

    @property
    def total(self) -> int:
        """How many entries the document has, including those that were left out."""
        return len(self.words) + self.brought.document.left_out

    @property
    def unknown(self) -> list[Prints]:
        """The fingerprints of the entries with unknown keys."""
        return [prints for key, _, prints in self.doubtful if key not in self.rows]

    def fingerprint(self) -> None:
        """Fingerprint the doubtful entries; a new article at a known address gets a key of its own."""
        for key, entry in self.changed:
            prints, row = prints_of(entry), self.rows.get(key)
            own = key_of_next(row.known, entry, prints) if row is not None else None
            if own is not None:
                self.words[own] = self.words.pop(key)
                del self.rows[key]
            self.doubtful.append((own or key, entry, prints))

    def match(self) -> None:
        """Match the doubtful entries with the known ones."""
        apart = {row.known.entry_id for row in self.rows.values()}
        self.matches = matches_of(
            self.doubtful,
            {key: row.known for key, row in self.rows.items()},
            [row.known for entry_id, row in self.others.items() if entry_id not in apart],
            left_out=self.total - len(self.changed),
            left_out_keys=self.brought.document.left_out_keys,
            last_success_at=self.brought.last_success_at,
            newest_known=self._newest_known(),
        )
        if self.brought.part and self.brought.last_success_at is not None:
            sure = sure_of_push(self.matches, self.brought.last_success_at)
            self.left_out = len(self.matches) - len(sure)
            self.matches = sure

    def _newest_known(self) -> datetime | None:
        """Return the latest date of the feed's known entries, among those that were looked up."""
        rows = (row.published_at for row in (*self.rows.values(), *self.others.values()))
        dates = (date for date in (*rows, *self.brought.document.left_out_dates) if date is not None)
        return max(dates, default=None)


async def save_entries(
    database: Database, connection: AsyncConnection, documents: Sequence[Brought]
) -> list[SavedEntries]:
    """Store the entries of `documents`, each of a different feed, and return what each brought.

    The caller's transaction also holds the rows of the feeds.
    """
    # Of two entries with one key, the first one, the newest, counts.
    given = [{key_of(entry): entry for entry in reversed(d.document.entries)} for d in documents]
    rows = await known_by_key(connection, {d.feed_id: keys for d, keys in zip(documents, given, strict=True)})
    readings = [_reading(d, keys, rows.get(d.feed_id, {})) for d, keys in zip(documents, given, strict=True)]

    def printed() -> None:
        for each in readings:
            each.fingerprint()

    def matched() -> None:
        for each in readings:
            each.match()

    unprinted = [entry for each in readings for _, entry in each.changed if entry.prints is None]
    await _done(printed, apart=sum(200 + len(entry.html) for entry in unprinted) > _AT_ONCE)
    settled = [r for r in readings if r.brought.last_success_at is not None and r.unknown]
    alike = await known_alike(
        connection,
        {r.brought.feed_id: r.unknown for r in settled},
        mass=[r.brought.feed_id for r in settled if is_mass_change(len(r.unknown), r.total)],
    )
    for each in settled:
        each.others = alike.get(each.brought.feed_id, {})
    await _done(matched, apart=sum(len(each.doubtful) + len(each.others) for each in readings) > _MATCHED_AT_ONCE)
    stones = await buried(connection, {r.brought.feed_id: [m for m in r.matches if not m.known] for r in readings})
    inserted: list[list[dict[str, Any]]] = []
    followed: list[_Follow] = []
    saved: list[SavedEntries] = []
    for each in readings:
        feed_id = each.brought.feed_id
        fresh = [m for m in each.matches if m.known is None and (feed_id, m.key) not in stones]
        inserted.append(_inserted(fresh, each))
        follow = _to_follow(each)
        followed += follow
        saved.append(
            SavedEntries(
                new=sum(row["state"] is EntryState.NEW for row in inserted[-1]),
                updated=sum(one.read_at is not None for one in follow),
                kept_back=sum(m.verdict is Verdict.PUT_AWAY for m in fresh),
                left_out=each.left_out,
            )
        )
    insert = database.insert(EntryRow).on_conflict_do_nothing(index_elements=["feed_id", "key"])
    await insert_rows(connection, insert, [row for some in inserted for row in some])
    await _follow(connection, followed)
    return saved


async def _done(work: Callable[[], None], *, apart: bool) -> None:
    """Do `work`, in a thread if `apart` says that it would block the event loop."""
    if apart:
        await asyncio.to_thread(work)
    else:
        work()


def _reading(brought: Brought, entries: dict[str, ParsedEntry], rows: Rows) -> _Reading:
    words = {key: _words_of(entry) for key, entry in reversed(entries.items())}
    changed = [(k, entries[k]) for k in words if k not in rows or _differs(rows[k], words[k], entries[k])]
    return _Reading(brought, words, rows, changed)


def key_of(entry: ParsedEntry) -> str:
    """Return the key under which an entry is stored."""
    if len(entry.key) <= KEY_LIMIT:
        return storable(entry.key)
    return "sha256:" + hashlib.sha256(entry.key.encode(errors="replace")).hexdigest()


def _words_of(entry: ParsedEntry) -> dict[str, Any]:
    words = {
        "url": entry.url,
        "title": entry.title,
        "author": entry.author,
        "published_at": entry.published_at,
        "html": entry.html,
    }
    digest = hashlib.sha256("\0".join(map(str, words.values())).encode(errors="replace")).hexdigest()
    return words | {"content_hash": digest}


def _prints(prints: Prints) -> dict[str, Any]:
    return {
        "link_print": storable(prints.link),
        "title_print": storable(prints.title),
        "content_print": prints.content,
    }


def _differs(row: KnownRow, words: dict[str, Any], entry: ParsedEntry) -> bool:
    if row.content_hash != words["content_hash"]:
        return True
    if not (row.known.prints.link or row.known.prints.title or row.known.prints.content):
        return True  # stored before fingerprints were
    return entry.updated_at is not None and entry.updated_at != row.updated_at


def _inserted(matches: Sequence[Match], reading: _Reading) -> list[dict[str, Any]]:
    """Return the rows of new entries."""
    now = reading.brought.at
    first = reading.brought.last_success_at is None
    wanted = read_at_first([m.entry for m in matches], now) if first else [True] * len(matches)
    rows = []
    for match, read in zip(matches, wanted, strict=True):
        entry = match.entry
        state: dict[str, Any] = {"state": EntryState.NEW, "read_at": now, "error": None}
        if not (entry.url or entry.html.strip()):
            state = {"state": EntryState.FAILED, "read_at": None, "error": NOTHING_TO_READ}
        elif not read or match.verdict is Verdict.PUT_AWAY:
            state = {"state": EntryState.SEEN, "read_at": None, "error": PAST if first else KEPT_BACK}
        seen = min(entry.published_at or now, now) if first else now
        row = {"feed_id": reading.brought.feed_id, "key": match.key, "first_seen_at": seen, "attempts": 0}
        row |= reading.words[match.key] | _prints(match.prints) | {"updated_at": entry.updated_at}
        rows.append(row | state)
    return rows


@dataclass(frozen=True, slots=True)
class _Follow:
    """Changes to the row of a known entry. `read_at` is when to read it again, if at all."""

    entry_id: int
    rekeyed: bool
    changes: dict[str, Any]
    read_at: datetime | None


def _to_follow(reading: _Reading) -> list[_Follow]:
    """Return the changes to the rows of the known entries in a document."""
    by_id = {row.known.entry_id: row for row in (*reading.rows.values(), *reading.others.values())}
    now = reading.brought.at
    follow = []
    for match in reading.matches:
        if match.known is None:
            continue
        row = by_id[match.known.entry_id]
        changes = reading.words[match.key] | _prints(match.prints)
        changes |= {"key": match.key, "updated_at": match.entry.updated_at or row.updated_at}
        read_at = None
        if _to_read_again(match, row):
            read_at = max(now, row.reread_at + REREAD_PAUSE) if row.reread_at else now
        follow.append(_Follow(match.known.entry_id, match.rekeyed, changes, read_at))
    return follow


async def _follow(connection: AsyncConnection, follow: Sequence[_Follow]) -> None:
    """Write the changes to known entries."""
    # Two entries may have swapped their keys, which must not collide.
    for some in chunks([one.entry_id for one in follow if one.rekeyed]):
        await connection.execute(_ASIDE, {"moved": some})
    if follow:
        rows = [
            {f"new_{name}": value for name, value in one.changes.items()} | {"known": one.entry_id}
            for one in follow
        ]
        await connection.execute(_CHANGED, rows)
    again = [{"known": one.entry_id, "at": one.read_at} for one in follow if one.read_at is not None]
    if again:
        await connection.execute(_READ_AGAIN, again)


_ENTRIES = EntryRow.__table__
_FOLLOWING = ("url", "title", "author", "published_at", "html", "content_hash", "key", "updated_at")
_PRINTED = ("link_print", "title_print", "content_print")
_THE_ENTRY = update(_ENTRIES).where(_ENTRIES.c.id == bindparam("known"))
_CHANGED = _THE_ENTRY.values({name: bindparam(f"new_{name}") for name in (*_FOLLOWING, *_PRINTED)})
_READ_AGAIN = _THE_ENTRY.values(
    {"read_at": bindparam("at"), "reread_at": bindparam("at"), "attempts": 0, "rereads": _ENTRIES.c.rereads + 1}
)
_ASIDE = (
    update(_ENTRIES)
    .where(_ENTRIES.c.id.in_(bindparam("moved", expanding=True)))
    .values(key="moving:" + _ENTRIES.c.id.cast(_ENTRIES.c.key.type))
)


def _to_read_again(match: Match, row: KnownRow) -> bool:
    """Return whether to read an entry again that was read or could not be."""
    if row.state not in (EntryState.READ, EntryState.FAILED) or row.waits or row.rereads >= REREADS:
        return False
    entry = match.entry
    if not (entry.url or entry.html.strip()):
        return False
    later = entry.updated_at is not None and row.updated_at is not None and entry.updated_at > row.updated_at
    return match.verdict is Verdict.UPDATED or later
