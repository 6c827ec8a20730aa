"""Results of posting messages, for deliveries and notices alike."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Update, update

from bot.errors import NotFound
from bot.model.delivery import DeliveryState
from bot.store.database import Database, known_id
from bot.store.schema.server_tables import DeliveryRow, NoticeRow


class Outbox:
    """The messages of one table. `bot.delivery.outbox` works them off."""

    TABLE: ClassVar[type[DeliveryRow] | type[NoticeRow]]
    MISSING: ClassVar[str]
    """The error message for a message that does not exist."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def attempt(self, delivery_id: int, now: datetime) -> None:
        """Note that a message is about to be posted. Raise NotFound."""
        await self._change(delivery_id, attempts=self.TABLE.attempts + 1, attempted_at=now)

    async def sent(self, delivery_id: int, message_id: int) -> None:
        """Note that a message was posted. Raise NotFound."""
        await self._change(delivery_id, state=DeliveryState.SENT, message_id=message_id, error=None)

    async def failed(self, delivery_id: int, error: str, retry_at: datetime | None) -> None:
        """Note that a message was not posted. It is retried at `retry_at`, or never for None. Raises NotFound."""
        after = {"state": DeliveryState.FAILED} if retry_at is None else {"next_try_at": retry_at}
        await self._change(delivery_id, error=error, **after)

    async def _change(self, delivery_id: int, **values: Any) -> None:
        statement: Update = update(self.TABLE).where(self.TABLE.id == known_id(delivery_id)).values(values)
        async with self._database.writing() as connection:
            if (await connection.execute(statement)).rowcount == 0:
                raise NotFound(self.MISSING)
