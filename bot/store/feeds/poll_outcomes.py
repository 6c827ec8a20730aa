"""The outcomes of polls, stored for many feeds with a few statements: rows, entries, and moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.identity import put_away_notice
from bot.model.feeds import FeedState, PollOutcome
from bot.store.database import Database, chunks
from bot.store.feeds.entries import Brought, SavedEntries, save_entries
from bot.store.feeds.feed_changes import SUCCESSES, WELL, changes_of, save_changes
from bot.store.feeds.item_hashes import save_item_hashes
from bot.store.feeds.moved_feeds import merge_feeds, move_of
from bot.store.schema.news_tables import FeedRow

URL_LIMIT = 2048
"""The greatest length of a feed's address, in characters, that servers accept and an index of either database
holds.
"""

_FEEDS = FeedRow.__table__
_BEFORE = (
    select(*(_FEEDS.c[name] for name in ("id", "last_success_at")))
    .add_columns(*(_FEEDS.c[name] for name in ("moved_to", "moved_since", "moved_polls")))
    .where(_FEEDS.c.id.in_(bindparam("feeds", expanding=True)))
    .order_by(_FEEDS.c.id)
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class SavedPoll:
    """The effect of a poll: how many entries are new, are read again, and were kept back."""

    new_entries: int
    updated_entries: int = 0
    kept_back: int = 0
    merged_into: int | None = None
    """The feed that this one was merged into."""


def revived(now: datetime) -> dict[str, Any]:
    """Return the columns of a feed that proved to work again: it is due at once."""
    return WELL | {"state": FeedState.HEALTHY, "failures": 0, "error": None, "next_poll_at": now}


async def save_outcomes(
    database: Database, connection: AsyncConnection, outcomes: Sequence[PollOutcome]
) -> list[SavedPoll]:
    """Store the outcomes of polls of different feeds in one transaction; return the effect of each, in order.

    A feed that was deleted in the meantime brings nothing.
    """
    # The rows of feeds first: another process that has polled one of them waits here.
    before = await _before(connection, [o.feed_id for o in outcomes if o.feed is not None or o.moved_to])
    changes = {o.feed_id: changes_of(o) for o in outcomes}
    documents = [o for o in outcomes if o.feed is not None and o.feed_id in before]
    entries = await _save_documents(database, connection, documents, before)
    for outcome in documents:
        changes[outcome.feed_id] |= _kept_back(entries[outcome.feed_id])
    moving: list[PollOutcome] = []
    for outcome in outcomes:
        feed = before.get(outcome.feed_id)
        to = outcome.moved_to
        if feed is None or not to or len(to) > URL_LIMIT or outcome.status not in SUCCESSES:
            continue
        move = move_of(feed, to, outcome.polled_at)
        changes[outcome.feed_id] |= move.changes
        if move.held:
            moving.append(outcome)
    await save_changes(connection, changes)
    merged = {o.feed_id: await _move(database, connection, o) for o in sorted(moving, key=lambda o: o.feed_id)}
    nothing = SavedEntries()
    saved = [(o.feed_id, entries.get(o.feed_id, nothing)) for o in outcomes]
    return [SavedPoll(e.new, e.updated, e.kept_back, merged.get(feed_id)) for feed_id, e in saved]


async def _before(connection: AsyncConnection, feed_ids: Sequence[int]) -> dict[int, Found[Any]]:
    found: dict[int, Found[Any]] = {}
    for some in chunks(sorted(feed_ids)):
        found |= {row.id: row for row in await connection.execute(_BEFORE, {"feeds": some})}
    return found


async def _save_documents(
    database: Database,
    connection: AsyncConnection,
    outcomes: Sequence[PollOutcome],
    before: dict[int, Found[Any]],
) -> dict[int, SavedEntries]:
    documents: list[Brought] = []
    hashes: dict[int, bytes] = {}
    for outcome in outcomes:
        if outcome.feed is not None:
            feed = before[outcome.feed_id]
            documents.append(Brought(feed.id, feed.last_success_at, outcome.feed, outcome.polled_at))
            hashes[outcome.feed_id] = outcome.feed.item_hashes
    if not documents:
        return {}
    saved = await save_entries(database, connection, documents)
    await save_item_hashes(database, connection, hashes)
    return dict(zip(hashes, saved, strict=True))


async def _move(database: Database, connection: AsyncConnection, outcome: PollOutcome) -> int | None:
    """Give a feed its new address; if another feed has it, merge the two and return the other's id."""
    feed_id, url = outcome.feed_id, outcome.moved_to
    taken = select(_FEEDS.c.id).where(_FEEDS.c.url == url, _FEEDS.c.id != feed_id)
    other: int | None = (await connection.execute(taken)).scalar()
    if other is None:
        await connection.execute(update(_FEEDS).where(_FEEDS.c.id == feed_id).values(url=url))
        return None
    await merge_feeds(database, connection, feed_id, other, outcome.polled_at)
    given_up = update(_FEEDS).where(_FEEDS.c.id == other, _FEEDS.c.state == FeedState.DISABLED)
    await connection.execute(given_up.values(revived(outcome.polled_at)))
    return other


def _kept_back(saved: SavedEntries) -> dict[str, Any]:
    """Return the columns of a feed's row about the circuit breaker after a document."""
    return {"kept_back": put_away_notice(saved.kept_back) if saved.kept_back else None}
