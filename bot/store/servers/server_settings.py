"""The settings of servers."""

from collections.abc import Collection, Mapping
from dataclasses import asdict

from sqlalchemy import select

from bot.model.servers import ServerSettings
from bot.store.database import Database, chunks
from bot.store.schema.server_tables import GuildSettingsRow
from bot.store.schema.values import value_of


class AllServerSettings:
    """The choices of all servers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, guild_id: int) -> ServerSettings:
        """Return the choices of a server; all are open if it has made none."""
        query = select(GuildSettingsRow.__table__).where(GuildSettingsRow.guild_id == guild_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return value_of(ServerSettings, row) if row is not None else ServerSettings()

    async def of(self, guild_ids: Collection[int]) -> dict[int, ServerSettings]:
        """Return the choices of servers, by their ids; servers without choices are left out."""
        found: dict[int, ServerSettings] = {}
        async with self._database.reading() as connection:
            for some in chunks(sorted(guild_ids)):
                query = select(GuildSettingsRow.__table__).where(GuildSettingsRow.guild_id.in_(some))
                found |= {row.guild_id: value_of(ServerSettings, row) for row in await connection.execute(query)}
        return found

    async def put(self, guild_id: int, settings: ServerSettings) -> None:
        """Store the choices of a server, replacing earlier ones. Its locale is not a choice, and stays."""
        values = {name: value for name, value in asdict(settings).items() if name != "locale"}
        insert = self._database.insert(GuildSettingsRow).values(guild_id=guild_id, **values)
        async with self._database.writing() as connection:
            await connection.execute(insert.on_conflict_do_update(index_elements=["guild_id"], set_=values))

    async def note_locales(self, locales: Mapping[int, str | None]) -> None:
        """Store Discord's locale for each of these servers. None is that of servers that chose nothing."""
        known: dict[int, str | None] = {}
        columns = select(GuildSettingsRow.guild_id, GuildSettingsRow.locale)
        async with self._database.reading() as connection:
            for some in chunks(sorted(locales)):
                known |= dict((await connection.execute(columns.where(GuildSettingsRow.guild_id.in_(some)))).all())
        changed = {guild_id: locale for guild_id, locale in locales.items() if known.get(guild_id) != locale}
        if not changed:
            return
        async with self._database.writing() as connection:
            for guild_id, locale in changed.items():
                insert = self._database.insert(GuildSettingsRow).values(guild_id=guild_id, locale=locale)
                await connection.execute(
                    insert.on_conflict_do_update(index_elements=["guild_id"], set_={"locale": locale})
                )
