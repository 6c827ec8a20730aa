"""The settings of servers, kept for some seconds: every question and suggestion begins with them."""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict

from sqlalchemy import select

from bot.model.servers import ServerSettings
from bot.store.database import Database, chunks
from bot.store.schema.server_tables import GuildSettingsRow
from bot.store.schema.values import value_of

KEPT_S = 5.0
"""Seconds until a change that another process made is seen. Those of this process are seen at once."""
MOST_KEPT = 1_000
"""Servers whose settings are kept: half a megabyte."""


class AllServerSettings:
    """The choices of all servers."""

    def __init__(self, database: Database, seconds: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._seconds = seconds
        self._kept: dict[int, tuple[float, asyncio.Future[ServerSettings]]] = {}

    async def get(self, guild_id: int) -> ServerSettings:
        """Return the choices of a server; all are open if it has made none."""
        since, kept = self._kept.get(guild_id, (0.0, None))
        if kept is not None and not kept.cancelled() and self._seconds() - since < KEPT_S:
            if not kept.done():
                await asyncio.wait([kept])
            if not kept.cancelled():
                return kept.result()
        return await self._looked_up(guild_id)

    def forget_kept(self) -> None:
        """Look all settings up again when they are needed next."""
        self._kept.clear()

    async def _looked_up(self, guild_id: int) -> ServerSettings:
        if len(self._kept) >= MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        looking = asyncio.get_running_loop().create_future()
        self._kept[guild_id] = self._seconds(), looking
        try:
            found = await self._found(guild_id)
            looking.set_result(found)
        finally:
            looking.cancel()  # whoever waits looks it up; no effect if it was found
        return found

    async def _found(self, guild_id: int) -> ServerSettings:
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
        self.forget_kept()

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
        self.forget_kept()
