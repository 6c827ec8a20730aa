"""Results of posting messages, for deliveries, edits, notices and letters alike."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Update, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFound
from bot.model.delivery import Delivery, DeliveryState, PostedAt
from bot.store.database import Database, known_id
from bot.store.leases import Leases, Topic, held_by_others
from bot.store.schema.person_tables import LetterRow
from bot.store.schema.server_tables import DeliveryRow, EditRow, NoticeRow


class Outbox:
    """The messages of one table. `bot.delivery.outbox` processes them."""

    TABLE: ClassVar[type[DeliveryRow] | type[EditRow] | type[NoticeRow] | type[LetterRow]]
    LEASE: ClassVar[tuple[Topic, Any]]
    """The lease of the process that may post a message: its topic, and its item or the column with it."""
    MISSING: ClassVar[str]
    """The error message for a message that does not exist."""

    def __init__(self, database: Database, leases: Leases) -> None:
        self._database = database
        self._leases = leases

    async def attempt(self, delivery_id: int, now: datetime) -> None:
        """Record that a message is about to be posted. Raise NotFound, also if another process took it over."""
        free = ~held_by_others(self._leases, *self.LEASE)
        values = {"attempts": self.TABLE.attempts + 1, "attempted_at": now}
        async with self._database.writing() as connection:
            await self._write(connection, delivery_id, free, **values)

    async def sent(self, delivery_id: int, at: PostedAt) -> None:
        """Record that a message was posted. Raise NotFound."""
        await self._change(delivery_id, state=DeliveryState.SENT, message_id=at.message_id, error=None)

    async def thread_of(self, delivery: Delivery) -> int | None:
        """Return the forum post that contains or will contain the message, or None."""
        return delivery.thread_id

    async def failed(
        self, delivery_id: int, error: str, retry_at: datetime | None, *, certain: bool = False
    ) -> None:
        """Record that a message was not posted. It is retried at `retry_at`, or never for None. Raises NotFound.

        `certain` says that no attempt can have posted it, such as if Discord refused it.
        """
        after: dict[str, Any] = {"next_try_at": retry_at}
        if retry_at is None:
            after = {"state": DeliveryState.FAILED}
        if certain:
            after["attempted_at"] = None
        async with self._database.writing() as connection:
            await self._write(connection, delivery_id, error=error, **after)
            if retry_at is None:
                await self._given_up(connection, delivery_id)

    async def _given_up(self, connection: AsyncConnection, delivery_id: int) -> None:
        """Do whatever else is necessary for a message that is never retried."""

    async def _change(self, delivery_id: int, **values: Any) -> None:
        async with self._database.writing() as connection:
            await self._write(connection, delivery_id, **values)

    async def _write(
        self, connection: AsyncConnection, delivery_id: int, *conditions: ColumnElement[bool], **values: Any
    ) -> None:
        known: Update = update(self.TABLE).where(self.TABLE.id == known_id(delivery_id), *conditions)
        statement = known.values(values)
        if (await connection.execute(statement)).rowcount == 0:
            raise NotFound(self.MISSING)
