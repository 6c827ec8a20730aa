"""Times that lie further ahead than Hearsay ever plans: the clock was ahead when they were set.

A clock that was 400 days ahead for one pass would otherwise silently stop digests, polls and retries for 400 days.
The runner plans digests again, according to their plans; everything else is due at once.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from bot.model.delivery import DeliveryState
from bot.store.database import Database
from bot.store.schema.news_tables import EntryRow, FeedRow, SetbackRow
from bot.store.schema.person_tables import FollowRow, LetterRow
from bot.store.schema.server_tables import DeliveryRow, EditRow, NoticeRow, SubscriptionRow

FARTHEST = timedelta(days=9)
"""How far ahead anything is planned: a weekly digest, or a server that asks for a week of quiet, and two days for
time zones and delays.
"""

_OUTBOXES: dict[str, Any] = {
    "messages": DeliveryRow,
    "edits": EditRow,
    "notices": NoticeRow,
    "letters": LetterRow,
}


class FarTimes:
    """Finds such times and brings them back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def bring_back(self, now: datetime) -> dict[str, int]:
        """Make everything that was planned too far ahead due now; return how many of each kind there were."""
        pending = DeliveryState.PENDING
        changes: dict[str, Any] = {
            "feeds": update(FeedRow).where(FeedRow.next_poll_at > now + FARTHEST).values(next_poll_at=now),
            "entries": update(EntryRow).where(EntryRow.read_at > now + FARTHEST).values(read_at=now),
            "setbacks": update(SetbackRow).where(SetbackRow.retry_at > now + FARTHEST).values(retry_at=now),
        }
        for name, table in _OUTBOXES.items():
            far = update(table).where(table.state == pending, table.next_try_at > now + FARTHEST)
            changes[name] = far.values(next_try_at=now)
        changes["follows"] = update(FollowRow).where(FollowRow.next_at > now + FARTHEST).values(next_at=now)
        if not await self._any(now):
            return {}
        async with self._database.writing() as connection:
            counts = {name: (await connection.execute(change)).rowcount for name, change in changes.items()}
        return {name: count for name, count in counts.items() if count}

    async def digests(self, now: datetime) -> list[int]:
        """Return the subscriptions whose next digest is further away than any plan allows."""
        query = select(SubscriptionRow.id).where(SubscriptionRow.next_at > now + FARTHEST)
        async with self._database.reading() as connection:
            return list((await connection.execute(query)).scalars())

    async def _any(self, now: datetime) -> bool:
        far = now + FARTHEST
        queries = (
            select(FeedRow.id).where(FeedRow.next_poll_at > far),
            select(EntryRow.id).where(EntryRow.read_at > far),
            select(SetbackRow.item_id).where(SetbackRow.retry_at > far),
            select(FollowRow.id).where(FollowRow.next_at > far),
            *(
                select(table.id).where(table.state == DeliveryState.PENDING, table.next_try_at > far)
                for table in _OUTBOXES.values()
            ),
        )
        async with self._database.reading() as connection:
            for query in queries:
                if (await connection.execute(query.limit(1))).first() is not None:
                    return True
        return False
