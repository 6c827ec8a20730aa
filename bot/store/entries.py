"""The entries of a feed: what a document brings is matched with what is known, and each row follows.

What is matched with what is decided by `bot.feeds.identity`; here it is looked up and kept.

- New entries wait to be read; of a feed that is polled for the first time only the recent ones (`read_at_first`).
  These count as first seen when they were published, so that a digest does not take a feed's past for news.
- Known ones, also under a new key, have their rows follow. Where title or content changed, or the feed says so,
  the entry is read again, so often and no more (`REREADS`, `REREAD_PAUSE`).
- What the circuit breaker keeps back is stored as seen. What was purged stays away by its tombstone.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.identity import (
    Given,
    KnownEntry,
    Match,
    Prints,
    Verdict,
    is_mass_change,
    matches_of,
    prints_of,
    read_at_first,
)
from bot.feeds.values import ParsedEntry, ParsedFeed
from bot.store.columns import EntryState, storable
from bot.store.database import Database, chunks, insert_rows
from bot.store.tables import EntryRow, TombstoneRow

KEY_LIMIT = 500
"""Characters of an entry's key that are kept as they are; a longer one is kept as its hash."""
REREADS = 5
"""How often an entry whose text changes is read again."""
REREAD_PAUSE = timedelta(minutes=10)
"""How long an entry is left alone after it was to be read again."""
REMEMBERED = 400
"""So many of a feed's latest entries are compared by content where it has changed its ids en masse."""
NOTHING_TO_READ = "The entry has neither an address nor a text."
PAST = "The entry was older than two days when the feed was added, so it was not read."
KEPT_BACK = "The entry was kept back: most of the feed was suddenly new, and old or undated."
_AT_ONCE = 60_000
"""Characters of content that are looked at on the event loop, some milliseconds; more in a thread."""


@dataclass(frozen=True, slots=True)
class FeedBefore:
    """What was known of a feed before this document."""

    feed_id: int
    last_success_at: datetime | None
    kept_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class SavedEntries:
    """What a document brought. `overlaps`: it holds entries that were known."""

    new: int = 0
    updated: int = 0
    kept_back: int = 0
    overlaps: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """What is stored of an entry that the document may hold."""

    known: KnownEntry
    content_hash: str
    updated_at: datetime | None
    state: EntryState
    rereads: int
    reread_at: datetime | None
    waits: bool


async def save_entries(
    database: Database, connection: AsyncConnection, feed: FeedBefore, document: ParsedFeed, now: datetime
) -> SavedEntries:
    """Store the entries of `document`, in one transaction with the feed's row; return what they brought."""
    # Of two entries with one key the first, newest, counts.
    given = {key_of(entry): entry for entry in reversed(document.entries)}
    entries = list(reversed(given.items()))
    rows = await _by_key(connection, feed.feed_id, list(given))
    words = {key: _words_of(entry) for key, entry in entries}
    changed = [(k, e) for k, e in entries if k not in rows or _differs(rows[k], words[k], e)]
    unchanged = len(entries) - len(changed)

    def printed() -> list[Given]:
        return [(key, entry, prints_of(entry)) for key, entry in changed]

    many = sum(200 + len(entry.html) for _, entry in changed) > _AT_ONCE
    doubtful = await asyncio.to_thread(printed) if many else printed()
    unknown = [prints for key, _, prints in doubtful if key not in rows]
    others: dict[int, _Row] = {}
    if feed.last_success_at is not None and unknown:
        others = await _others(connection, feed.feed_id, unknown, len(entries) + document.left_out)
    apart = {row.known.entry_id for row in rows.values()}

    def matched() -> list[Match]:
        return matches_of(
            doubtful,
            {key: row.known for key, row in rows.items()},
            [row.known for entry_id, row in others.items() if entry_id not in apart],
            left_out=document.left_out + unchanged,
            last_success_at=feed.last_success_at,
            undated_pass=feed.kept_back_at is not None,
        )

    matches = await asyncio.to_thread(matched) if many else matched()
    buried = await _buried(connection, feed.feed_id, [m for m in matches if m.known is None])
    by_id = {row.known.entry_id: row for row in (*rows.values(), *others.values())}
    fresh = [m for m in matches if m.known is None and m.key not in buried]
    inserted = _inserted(fresh, words, feed, now)
    await insert_rows(
        connection,
        database.insert(EntryRow).on_conflict_do_nothing(index_elements=["feed_id", "key"]),
        inserted,
    )
    follow = [(m, by_id[m.known.entry_id]) for m in matches if m.known is not None]
    again = await _follow(connection, [(m, row, words[m.key]) for m, row in follow], now)
    return SavedEntries(
        new=sum(row["state"] is EntryState.NEW for row in inserted),
        updated=again,
        kept_back=sum(m.verdict is Verdict.PUT_AWAY for m in fresh),
        overlaps=bool(follow or unchanged or document.left_out),
    )


def key_of(entry: ParsedEntry) -> str:
    """Return the key under which an entry is kept."""
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


_COLUMNS = (
    EntryRow.id,
    EntryRow.key,
    EntryRow.link_print,
    EntryRow.title_print,
    EntryRow.content_print,
    EntryRow.content_hash,
    EntryRow.updated_at,
    EntryRow.state,
    EntryRow.rereads,
    EntryRow.reread_at,
    EntryRow.read_at.is_not(None).label("waits"),
)


def _row_of(row: Any) -> _Row:
    prints = Prints(row.link_print, row.title_print, row.content_print)
    return _Row(
        KnownEntry(row.id, row.key, prints),
        row.content_hash,
        row.updated_at,
        row.state,
        row.rereads,
        row.reread_at,
        row.waits,
    )


async def _by_key(connection: AsyncConnection, feed_id: int, keys: Sequence[str]) -> dict[str, _Row]:
    rows: dict[str, _Row] = {}
    for some in chunks(keys):
        query = select(*_COLUMNS).where(EntryRow.feed_id == feed_id, EntryRow.key.in_(some))
        rows |= {row.key: _row_of(row) for row in await connection.execute(query)}
    return rows


async def _others(
    connection: AsyncConnection, feed_id: int, unknown: Sequence[Prints], total: int
) -> dict[int, _Row]:
    """Return known entries that the unknown ones may be: by address and title; en masse the latest ones, too."""
    found: dict[int, _Row] = {}
    for some in chunks(unknown):
        links = sorted({storable(p.link) for p in some} - {""})
        titles = sorted({storable(p.title) for p in some} - {""})
        wanted = or_(EntryRow.link_print.in_(links), EntryRow.title_print.in_(titles))
        query = select(*_COLUMNS).where(EntryRow.feed_id == feed_id, wanted)
        query = query.order_by(EntryRow.id.desc()).limit(REMEMBERED)
        found |= {row.id: _row_of(row) for row in await connection.execute(query)}
    if is_mass_change(len(unknown), total):
        query = select(*_COLUMNS).where(EntryRow.feed_id == feed_id)
        query = query.order_by(EntryRow.first_seen_at.desc(), EntryRow.id.desc()).limit(REMEMBERED)
        found |= {row.id: _row_of(row) for row in await connection.execute(query)}
    return found


async def _buried(connection: AsyncConnection, feed_id: int, matches: Sequence[Match]) -> set[str]:
    """Return the keys of those entries that were purged: by their own key, or by their address."""
    buried: set[str] = set()
    for some in chunks(matches):
        links = sorted({storable(m.prints.link) for m in some} - {""})
        stones = or_(TombstoneRow.key.in_([m.key for m in some]), TombstoneRow.link_print.in_(links))
        query = select(TombstoneRow.key, TombstoneRow.link_print).where(TombstoneRow.feed_id == feed_id, stones)
        rows = (await connection.execute(query)).all()
        keys, addresses = {row.key for row in rows}, {row.link_print for row in rows} - {""}
        buried |= {m.key for m in some if m.key in keys or storable(m.prints.link) in addresses}
    return buried


def _differs(row: _Row, words: dict[str, Any], entry: ParsedEntry) -> bool:
    if row.content_hash != words["content_hash"]:
        return True
    if not (row.known.prints.link or row.known.prints.title or row.known.prints.content):
        return True  # stored before prints were kept
    return entry.updated_at is not None and entry.updated_at != row.updated_at


def _inserted(
    matches: Sequence[Match], words: dict[str, dict[str, Any]], feed: FeedBefore, now: datetime
) -> list[dict[str, Any]]:
    """Return the rows of new entries."""
    first = feed.last_success_at is None
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
        row = {"feed_id": feed.feed_id, "key": match.key, "first_seen_at": seen, "attempts": 0}
        row |= words[match.key] | _prints(match.prints) | {"updated_at": entry.updated_at}
        rows.append(row | state)
    return rows


async def _follow(
    connection: AsyncConnection, known: Sequence[tuple[Match, _Row, dict[str, Any]]], now: datetime
) -> int:
    """Let the rows of known entries follow; return how many are to be read again."""
    if not known:
        return 0
    changes: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    for match, row, words in known:
        updated_at = match.entry.updated_at or row.updated_at
        new = words | _prints(match.prints) | {"key": match.key, "updated_at": updated_at}
        changes.append({f"new_{name}": value for name, value in new.items()} | {"known": row.known.entry_id})
        if _to_read_again(match, row):
            at = max(now, row.reread_at + REREAD_PAUSE) if row.reread_at else now
            again.append({"known": row.known.entry_id, "at": at})
    statement = (
        update(EntryRow)
        .where(EntryRow.id == bindparam("known"))
        .values({name.removeprefix("new_"): bindparam(name) for name in changes[0] if name != "known"})
    )
    # Two entries may have swapped keys: none may stand in the way of the other.
    moved = [change["known"] for change, (match, _, _) in zip(changes, known, strict=True) if match.rekeyed]
    for some in chunks(moved):
        aside = update(EntryRow).where(EntryRow.id.in_(some))
        await connection.execute(aside.values(key="moving:" + EntryRow.id.cast(EntryRow.key.type)))
    await connection.execute(statement, changes)
    if again:
        read = {"read_at": bindparam("at"), "reread_at": bindparam("at"), "attempts": 0}
        statement = update(EntryRow).where(EntryRow.id == bindparam("known"))
        await connection.execute(statement.values(read | {"rereads": EntryRow.rereads + 1}), again)
    return len(again)


def _to_read_again(match: Match, row: _Row) -> bool:
    """Tell whether an entry that was read, or could not be, is worth another look."""
    if row.state not in (EntryState.READ, EntryState.FAILED) or row.waits or row.rereads >= REREADS:
        return False
    entry = match.entry
    if not (entry.url or entry.html.strip()):
        return False
    told = entry.updated_at is not None and row.updated_at is not None and entry.updated_at > row.updated_at
    return match.verdict is Verdict.UPDATED or told
