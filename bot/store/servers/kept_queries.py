"""Searches that users made, so that the buttons under the answers work."""

from datetime import timedelta

from sqlalchemy import delete, insert, select

from bot.errors import NotFound
from bot.model.queries import ClaimQuery
from bot.store.database import Database, known_id
from bot.store.schema.server_tables import QueryRow
from bot.store.schema.values import value_of

KEPT_FOR = timedelta(days=90)


class Queries:
    """The stored searches."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, guild_id: int | None, user_id: int, query: ClaimQuery) -> int:
        """Store a search and return its id. Searches older than 90 days are deleted."""
        now = self._database.clock()
        row = {
            "guild_id": guild_id,
            "user_id": user_id,
            "actor": query.actor,
            "topic": query.topic,
            "since": query.since,
            "until": query.until,
            "minimum_confidence": query.minimum_confidence,
            "created_at": now,
        }
        async with self._database.writing() as connection:
            await connection.execute(delete(QueryRow).where(QueryRow.created_at < now - KEPT_FOR))
            created = insert(QueryRow).values(row).returning(QueryRow.id)
            return (await connection.execute(created)).scalar_one()

    async def get(self, query_id: int, guild_id: int | None) -> ClaimQuery:
        """Return a search made in a server, limited to it. Raise NotFound, also for one of another server."""
        found = select(
            QueryRow.guild_id,
            QueryRow.actor,
            QueryRow.topic,
            QueryRow.since,
            QueryRow.until,
            QueryRow.minimum_confidence,
        ).where(QueryRow.id == known_id(query_id), QueryRow.guild_id.is_not_distinct_from(guild_id))
        async with self._database.reading() as connection:
            row = (await connection.execute(found)).first()
        if row is None:
            raise NotFound("This answer is too old. Ask again.")
        return value_of(ClaimQuery, row)
