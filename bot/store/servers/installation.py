"""Facts about this installation, such as the command tree last sent to Discord."""

from sqlalchemy import select

from bot.store.database import Database
from bot.store.schema.server_tables import MetaRow


class InstallationFacts:
    """The facts, by key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> str | None:
        """Return the value under `key`, or None."""
        async with self._database.reading() as connection:
            return (await connection.execute(select(MetaRow.value).where(MetaRow.key == key))).scalar()

    async def put(self, key: str, value: str) -> None:
        """Store `value` under `key`, replacing an earlier value."""
        insert = self._database.insert(MetaRow).values(key=key, value=value)
        insert = insert.on_conflict_do_update(index_elements=["key"], set_={"value": insert.excluded.value})
        async with self._database.writing() as connection:
            await connection.execute(insert)
