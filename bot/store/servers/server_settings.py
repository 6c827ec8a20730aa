"""The settings of servers."""

from dataclasses import asdict

from sqlalchemy import select

from bot.model.servers import ServerSettings
from bot.store.database import Database
from bot.store.schema.server_tables import GuildSettingsRow
from bot.store.schema.values import value_of


class AllServerSettings:
    """What each server has chosen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, guild_id: int) -> ServerSettings:
        """Return the choices of a server; all are open if it has made none."""
        query = select(GuildSettingsRow.__table__).where(GuildSettingsRow.guild_id == guild_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return value_of(ServerSettings, row) if row is not None else ServerSettings()

    async def put(self, guild_id: int, settings: ServerSettings) -> None:
        """Store the choices of a server in place of earlier ones."""
        values = asdict(settings)
        insert = self._database.insert(GuildSettingsRow).values(guild_id=guild_id, **values)
        async with self._database.writing() as connection:
            await connection.execute(insert.on_conflict_do_update(index_elements=["guild_id"], set_=values))
