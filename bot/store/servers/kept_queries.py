"""Questions that were asked, kept for the controls under the answers. Who asked is not stored."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from bot.errors import NotFound
from bot.languages.translations import _
from bot.model.claims import Kind, Wording
from bot.model.queries import ClaimQuery, Form, Sort
from bot.store.database import Database, known_id
from bot.store.schema.server_tables import QueryRow

KEPT_FOR = timedelta(days=90)


class Queries:
    """The stored questions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, guild_id: int | None, query: ClaimQuery) -> int:
        """Store a question and return its id. Questions older than 90 days are deleted."""
        now = self._database.clock()
        given = asdict(query) | {"guild_id": None}
        content = {name: value for name, value in given.items() if value is not None}
        content |= {name: value.isoformat() for name, value in content.items() if isinstance(value, datetime)}
        row = {"guild_id": guild_id, "content": content, "created_at": now}
        async with self._database.writing() as connection:
            await connection.execute(delete(QueryRow).where(QueryRow.created_at < now - KEPT_FOR))
            created = insert(QueryRow).values(row).returning(QueryRow.id)
            return (await connection.execute(created)).scalar_one()

    async def get(self, query_id: int, guild_id: int | None) -> ClaimQuery:
        """Return a question asked in a server, limited to it. Raise NotFound, also for one of another server."""
        found = select(QueryRow.content).where(
            QueryRow.id == known_id(query_id), QueryRow.guild_id.is_not_distinct_from(guild_id)
        )
        async with self._database.reading() as connection:
            content = (await connection.execute(found)).scalar_one_or_none()
        if content is None:
            raise NotFound(_("This answer is too old. Ask again."))
        return replace(_query_of(content), guild_id=guild_id)


def _query_of(content: dict[str, Any]) -> ClaimQuery:
    """Return a stored question without options that this version does not know."""
    known: dict[str, Any] = {}
    for name in ClaimQuery.__dataclass_fields__:
        if name in content:
            read = _READERS.get(name)
            known[name] = read(content[name]) if read else content[name]
    return ClaimQuery(**known)


_READERS = {
    "since": datetime.fromisoformat,
    "until": datetime.fromisoformat,
    "kind": Kind,
    "wording": Wording,
    "sort": Sort,
    "form": Form,
    "claims": tuple,
}
