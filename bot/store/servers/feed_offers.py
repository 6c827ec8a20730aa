"""Offers to people, such as feeds to choose from, kept for the controls under the answer."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from bot.errors import NotFound
from bot.languages.translations import _
from bot.store.database import Database, known_id
from bot.store.schema.server_tables import OfferRow

KEPT_FOR = timedelta(days=30)


class Offers:
    """The offers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, guild_id: int, content: dict[str, Any]) -> int:
        """Store an offer to somebody in a server, as JSON. Return its id.

        Offers older than 30 days are deleted.
        """
        now = self._database.clock()
        row = {"guild_id": guild_id, "content": content, "created_at": now}
        async with self._database.writing() as connection:
            await connection.execute(delete(OfferRow).where(OfferRow.created_at < now - KEPT_FOR))
            created = insert(OfferRow).values(row).returning(OfferRow.id)
            return (await connection.execute(created)).scalar_one()

    async def put(self, offer_id: int, guild_id: int, content: dict[str, Any]) -> None:
        """Replace an offer in a server. Raises NotFound, also for an offer in another server."""
        known = update(OfferRow).where(OfferRow.id == known_id(offer_id), OfferRow.guild_id == guild_id)
        async with self._database.writing() as connection:
            if (await connection.execute(known.values(content=content))).rowcount == 0:
                raise NotFound(_("This answer is too old. Ask again."))

    async def get(self, offer_id: int, guild_id: int) -> dict[str, Any]:
        """Return an offer in a server. Raises NotFound, also for an offer in another server."""
        found = select(OfferRow.content).where(OfferRow.id == known_id(offer_id), OfferRow.guild_id == guild_id)
        async with self._database.reading() as connection:
            content = (await connection.execute(found)).scalar_one_or_none()
        if content is None:
            raise NotFound(_("This answer is too old. Ask again."))
        return dict(content)
