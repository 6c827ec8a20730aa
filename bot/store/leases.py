"""Leases: which process works on what, so that several processes on one PostgreSQL share the work.

A process takes a lease on what it is about to do: a host to poll or read, an article to analyse, a channel to post
to, a step that one process does alone. Until the lease is given back or expires, nobody else takes it. Leases are
kept alive while their process is; a process that was killed loses them after `LEASE`. The times are those of the
database, so a process with a wrong clock does no harm.

Work that was looked up before a lease was taken may have been done by its last holder: look again after taking it.

With SQLite there is one process (`bot.store.run_lock`), which has everything to itself.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, false, func, text

from bot.store.database import Database
from bot.store.schema.server_tables import LeaseRow

LEASE = timedelta(seconds=30)
"""How long the work of a killed process waits: longer than an event loop is ever blocked."""
KEPT_EVERY = LEASE / 3
EXPIRED_KEPT = timedelta(days=1)
LONGEST_PAUSE = timedelta(seconds=5)
"""A lease that ends within this time was given back with a pause, and is not kept alive. Others have more time
left.
"""


class Topic(StrEnum):
    """What leases are taken on; in brackets, what the item is."""

    POLL = "poll"
    """Polling the feeds of a host (the host's key)."""
    READ = "read"
    """Reading the pages of a host (the host's key)."""
    EXTRACT = "extract"
    """Analysing an article (its id)."""
    COMPOSE = "compose"
    """Composing the digests of a channel (its id)."""
    DELIVER = "deliver"
    """Posting to a channel (its id)."""
    ANSWER = "answer"
    """Answering an interaction of Discord (its id). Never prolonged."""
    STEP = "step"
    """A step that one process does alone (its key)."""


def key_of(name: str) -> int:
    """Return the number that stands for a name, such as a host."""
    return int.from_bytes(hashlib.sha256(name.encode(errors="replace")).digest()[:8]) >> 1


class Leases:
    """The leases of this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.holder = secrets.token_hex(8)
        self.shared = database.dialect == "postgresql"
        """Whether other processes may work with this database."""
        self._turn = asyncio.Lock()

    async def take(self, topic: Topic, items: Iterable[int]) -> dict[int, datetime | None]:
        """Take leases on items that nobody else holds; those that this process holds are prolonged.

        Return the items that this process now holds, each with the time since when it has held it without a break
        (None if there is only one process).
        """
        wanted = sorted(set(items))
        if not self.shared or not wanted:
            return dict.fromkeys(wanted)
        async with self._turn, self._database.writing() as connection:
            found = await connection.execute(_TAKE, self._given(topic, wanted))
            return {row.item: row.since for row in found}

    async def give_back(self, topic: Topic, items: Iterable[int], *, pause: timedelta = timedelta()) -> None:
        """Give leases back; others wait for another `pause` (at most LONGEST_PAUSE) before they take them."""
        given = sorted(set(items))
        if not self.shared or not given:
            return
        async with self._turn, self._database.writing() as connection:
            if pause:
                await connection.execute(_END_SOON, self._given(topic, given) | {"pause": pause})
            else:
                await connection.execute(_GIVE_BACK, self._given(topic, given))

    async def keep(self) -> None:
        """Prolong all leases of this process that have not expired."""
        if self.shared:
            async with self._turn, self._database.writing() as connection:
                await connection.execute(_KEEP, {"holder": self.holder, "lease": LEASE, "ending": LONGEST_PAUSE})

    async def give_all_back(self) -> None:
        """Give back all leases of this process, which is about to stop."""
        if self.shared:
            async with self._turn, self._database.writing() as connection:
                await connection.execute(delete(LeaseRow).where(LeaseRow.holder == self.holder))

    async def purge(self) -> None:
        """Delete leases that expired long ago."""
        if self.shared:
            old = LeaseRow.until < func.clock_timestamp() - EXPIRED_KEPT
            async with self._turn, self._database.writing() as connection:
                await connection.execute(delete(LeaseRow).where(old))

    def _given(self, topic: Topic, items: Sequence[int]) -> dict[str, Any]:
        return {"topic": topic.value, "items": items, "holder": self.holder, "lease": LEASE}


def held_by_others(leases: Leases, topic: Topic, item: Any) -> ColumnElement[bool]:
    """Return the condition that another process holds a lease on the item whose number is in the column `item`."""
    if not leases.shared:
        return false()
    return exists().where(
        LeaseRow.topic == topic.value,
        LeaseRow.item == item,
        LeaseRow.holder != leases.holder,
        LeaseRow.until > func.clock_timestamp(),
    )


# Lock rows in one order everywhere, by topic and item, to prevent deadlocks.
_TAKE = text(
    """INSERT INTO leases AS l (topic, item, holder, since, until)
    SELECT :topic, n.item, :holder, clock_timestamp(), clock_timestamp() + :lease
    FROM unnest(CAST(:items AS bigint[])) AS n(item)
    ON CONFLICT (topic, item) DO UPDATE SET
        since = CASE WHEN l.holder = excluded.holder AND l.until > clock_timestamp()
            THEN l.since ELSE excluded.since END,
        holder = excluded.holder, until = excluded.until
    WHERE l.holder = excluded.holder OR l.until <= clock_timestamp()
    RETURNING item, since"""
)
_GIVE_BACK = text(
    """WITH mine AS (SELECT topic, item FROM leases WHERE topic = :topic AND item = ANY(CAST(:items AS bigint[]))
        AND holder = :holder ORDER BY topic, item FOR UPDATE)
    DELETE FROM leases l USING mine m WHERE l.topic = m.topic AND l.item = m.item"""
)
_END_SOON = text(
    """WITH mine AS (SELECT topic, item FROM leases WHERE topic = :topic AND item = ANY(CAST(:items AS bigint[]))
        AND holder = :holder ORDER BY topic, item FOR UPDATE)
    UPDATE leases l SET until = least(l.until, clock_timestamp() + :pause) FROM mine m
    WHERE l.topic = m.topic AND l.item = m.item"""
)
_KEEP = text(
    """WITH mine AS (SELECT topic, item FROM leases
        WHERE holder = :holder AND until > clock_timestamp() + :ending AND topic <> 'answer'
        ORDER BY topic, item FOR UPDATE)
    UPDATE leases l SET until = clock_timestamp() + :lease FROM mine m
    WHERE l.topic = m.topic AND l.item = m.item"""
)
