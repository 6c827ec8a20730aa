"""The known entries of feeds, looked up for many documents at a time.

A query names feeds and values in two lists, because indexes of both databases support that. Hits for a feed by
another feed's values are dropped here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, Table, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.identity import KnownEntry, Match
from bot.model.feeds import Prints
from bot.store.schema.columns import EntryState, storable
from bot.store.schema.news_tables import EntryRow, TombstoneRow

REMEMBERED = 400
"""How many of a feed's latest entries are compared, if more are alike or its ids have changed en masse."""
SEEN_BEFORE_PURGED = timedelta(days=7)
"""The shortest time between seeing an entry and purging it (`keep_claims_days`)."""
_LOOKED_UP = 200
"""The most values in one query; it may name as many feeds, and each pair is a probe of the index."""

_ENTRIES = EntryRow.__table__
_TOMBSTONES = TombstoneRow.__table__


@dataclass(frozen=True, slots=True)
class KnownRow:
    """The stored facts about an entry that may be in a document."""

    known: KnownEntry
    content_hash: str
    updated_at: datetime | None
    state: EntryState
    rereads: int
    reread_at: datetime | None
    waits: bool
    published_at: datetime | None


Rows = dict[str, KnownRow]
"""Entries of one feed by their keys."""
Wanted = tuple[int, str]
"""A feed, and a key, address or title of one of its entries."""

_COLUMNS = (
    *(_ENTRIES.c[name] for name in ("id", "feed_id", "key", "link_print", "title_print", "content_print")),
    *(_ENTRIES.c[name] for name in ("content_hash", "updated_at", "state", "rereads", "reread_at")),
    _ENTRIES.c.read_at.is_not(None).label("waits"),
    _ENTRIES.c.published_at,
)


def _named(table: Table, column: str) -> Any:
    feeds = table.c.feed_id.in_(bindparam("feeds", expanding=True))
    return feeds & table.c[column].in_(bindparam("values", expanding=True))


def _latest_named(column: str) -> Select[Any]:
    """Return the query for the latest entries of each feed that have one of some values."""
    rank = func.row_number().over(partition_by=_ENTRIES.c.feed_id, order_by=_ENTRIES.c.id.desc()).label("rank")
    ranked = select(*_COLUMNS, rank).where(_named(_ENTRIES, column)).subquery()
    return select(ranked).where(ranked.c.rank <= REMEMBERED)


_BY_KEY = select(*_COLUMNS).where(_named(_ENTRIES, "key"))
_BY_LINK = _latest_named("link_print")
_BY_TITLE = _latest_named("title_print")
_LATEST = (
    select(*_COLUMNS)
    .where(_ENTRIES.c.feed_id == bindparam("feed"))
    .order_by(_ENTRIES.c.first_seen_at.desc(), _ENTRIES.c.id.desc())
    .limit(REMEMBERED)
)
_STONES = select(*(_TOMBSTONES.c[name] for name in ("feed_id", "key", "link_print", "purged_at")))
_STONES_BY_KEY = _STONES.where(_named(_TOMBSTONES, "key"))
_STONES_BY_LINK = _STONES.where(_named(_TOMBSTONES, "link_print"))


async def known_by_key(connection: AsyncConnection, keys: Mapping[int, Iterable[str]]) -> dict[int, Rows]:
    """Return the entries of feeds with one of their `keys`."""
    wanted = {(feed_id, key) for feed_id, some in keys.items() for key in some}
    found: dict[int, Rows] = defaultdict(dict)
    async for row in _looked_up(connection, _BY_KEY, wanted):
        if (row.feed_id, row.key) in wanted:
            found[row.feed_id][row.key] = _row_of(row)
    return found


async def known_alike(
    connection: AsyncConnection, prints: Mapping[int, Sequence[Prints]], mass: Iterable[int]
) -> dict[int, dict[int, KnownRow]]:
    """Return entries of feeds, by their ids, that share an address or a title with `prints`.

    Of the feeds in `mass`, the latest entries are returned, too.
    """
    links = {(feed_id, storable(p.link)) for feed_id, some in prints.items() for p in some if p.link}
    titles = {(feed_id, storable(p.title)) for feed_id, some in prints.items() for p in some if p.title}
    found: dict[int, dict[int, KnownRow]] = defaultdict(dict)
    async for row in _looked_up(connection, _BY_LINK, links):
        if (row.feed_id, row.link_print) in links:
            found[row.feed_id][row.id] = _row_of(row)
    async for row in _looked_up(connection, _BY_TITLE, titles):
        if (row.feed_id, row.title_print) in titles:
            found[row.feed_id][row.id] = _row_of(row)
    for feed_id in mass:
        latest = await connection.execute(_LATEST, {"feed": feed_id})
        found[feed_id] |= {row.id: _row_of(row) for row in latest}
    return found


async def buried(connection: AsyncConnection, matches: Mapping[int, Sequence[Match]]) -> set[Wanted]:
    """Return the feeds and keys of entries that were purged under the same key or address.

    An address proves nothing for an entry dated later than everything purged from it.
    """
    keys = {(feed_id, m.key) for feed_id, some in matches.items() for m in some}
    links = {
        (feed_id, storable(m.prints.link)) for feed_id, some in matches.items() for m in some if m.prints.link
    }
    found = {(row.feed_id, row.key) async for row in _looked_up(connection, _STONES_BY_KEY, keys)} & keys
    purged: dict[Wanted, datetime] = {}
    async for row in _looked_up(connection, _STONES_BY_LINK, links):
        where = row.feed_id, row.link_print
        purged[where] = max(row.purged_at, purged.get(where, row.purged_at))
    for feed_id, some in matches.items():
        for match in some:
            at = purged.get((feed_id, storable(match.prints.link)))
            published_at = match.entry.published_at
            if at is not None and (published_at is None or published_at <= at - SEEN_BEFORE_PURGED):
                found.add((feed_id, match.key))
    return found


async def _looked_up(connection: AsyncConnection, query: Select[Any], wanted: Iterable[Wanted]) -> Any:
    for some in _pieces(sorted(wanted)):
        feeds = sorted({feed_id for feed_id, _ in some})
        values = sorted({value for _, value in some})
        for row in await connection.execute(query, {"feeds": feeds, "values": values}):
            yield row


def _pieces(wanted: Sequence[Wanted]) -> Iterator[Sequence[Wanted]]:
    for start in range(0, len(wanted), _LOOKED_UP):
        yield wanted[start : start + _LOOKED_UP]


def _row_of(row: Any) -> KnownRow:
    return KnownRow(
        KnownEntry(row.id, row.key, Prints(row.link_print, row.title_print, row.content_print), row.published_at),
        row.content_hash,
        row.updated_at,
        row.state,
        row.rereads,
        row.reread_at,
        row.waits,
        row.published_at,
    )
