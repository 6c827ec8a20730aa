"""Items that a step could not process: each waits for a while, longer after each failure.

Feeds, entries and messages store this in their own rows. Everything else (an article to analyse or group, a digest
to compose, a feed to review) is stored here, so that failing items cannot fill the batches of a step.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.schema.columns import SetbackStep
from bot.store.schema.news_tables import SetbackRow

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 180, 720, 1440))
"""How long an item waits after its first, second, … failure. The last delay repeats."""
KEPT = timedelta(days=7)
"""How long a setback is stored after its item was due again, if it was neither repeated nor cleared."""


@dataclass(frozen=True, slots=True)
class Setback:
    """What went wrong with an item of a step, how often, and when it is retried."""

    step: SetbackStep
    item_id: int
    failures: int
    error: str
    retry_at: datetime


class Setbacks:
    """The setbacks of all steps."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, step: SetbackStep, item_id: int, error: str, now: datetime) -> datetime:
        """Record that an item of a step failed. Return when it is to be retried."""
        async with self._database.writing() as connection:
            return await note_setback(self._database, connection, step, item_id, error, now)

    async def clear(self, step: SetbackStep, item_ids: Iterable[int]) -> None:
        """Delete the setbacks of items that were processed."""
        ids = sorted(set(item_ids))
        if not ids:
            return
        async with self._database.reading() as connection:
            known = select(SetbackRow.item_id).where(SetbackRow.step == step)
            had = set((await connection.execute(known)).scalars()) & set(ids)
        if had:
            gone = delete(SetbackRow).where(SetbackRow.step == step, SetbackRow.item_id.in_(had))
            async with self._database.writing() as connection:
                await connection.execute(gone)

    async def all(self, limit: int) -> list[Setback]:
        """Return setbacks, the latest first."""
        query = select(SetbackRow.__table__).order_by(SetbackRow.retry_at.desc()).limit(limit)
        async with self._database.reading() as connection:
            return [Setback(**row._asdict()) for row in await connection.execute(query)]

    async def counts(self) -> Counter[SetbackStep]:
        """Return how many items of each step have a setback."""
        query = select(SetbackRow.step, func.count()).group_by(SetbackRow.step)
        async with self._database.reading() as connection:
            return Counter({row.step: row[1] for row in await connection.execute(query)})

    async def purge(self, now: datetime) -> None:
        """Delete the setbacks of items that no longer exist."""
        async with self._database.writing() as connection:
            await connection.execute(delete(SetbackRow).where(SetbackRow.retry_at < now - KEPT))


async def note_setback(
    database: Database, connection: AsyncConnection, step: SetbackStep, item_id: int, error: str, now: datetime
) -> datetime:
    """Record a setback in the transaction of `connection`. Return when the item is to be retried."""
    query = select(SetbackRow.failures).where(SetbackRow.step == step, SetbackRow.item_id == item_id)
    failures = ((await connection.execute(query)).scalar() or 0) + 1
    values: dict[str, Any] = {
        "failures": failures,
        "error": error,
        "retry_at": now + DELAYS[min(failures, len(DELAYS)) - 1],
    }
    row = database.insert(SetbackRow).values(step=step, item_id=item_id, **values)
    await connection.execute(row.on_conflict_do_update(index_elements=["step", "item_id"], set_=values))
    retry_at: datetime = values["retry_at"]
    return retry_at


def is_held(step: SetbackStep, item_id: Any, now: datetime) -> ColumnElement[bool]:
    """Return the condition that the item whose id is in the column `item_id` has to wait."""
    return exists().where(SetbackRow.step == step, SetbackRow.item_id == item_id, SetbackRow.retry_at > now)
