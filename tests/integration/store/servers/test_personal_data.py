"""What is stored about a person or a server, and that it is really gone."""

import pytest
from sqlalchemy import select

from bot.model.queries import ClaimQuery
from bot.model.servers import ServerSettings
from bot.store import Store
from bot.store.schema.rows import Row
from bot.store.servers.personal_data import NOBODY, PERSONS
from tests.factories import GUILD, NOON, OTHER_GUILD, USER, a_subscription, an_attached_feed

TABLES = [table for table in Row.metadata.sorted_tables if "guild_id" in table.c]
PERSONAL = [column for table in TABLES for column in table.c if column.name.endswith(("_by", "user_id"))]


async def set_up(store: Store, guild_id: int) -> None:
    await an_attached_feed(store, guild_id)
    await a_subscription(store, guild_id, created_by=USER)
    await store.queries.add(guild_id, ClaimQuery(guild_id))
    await store.offers.add(guild_id, {"any": "thing"})
    await store.server_settings.put(guild_id, ServerSettings(timezone="UTC"))
    await store.guilds.departed(guild_id, NOON)


def test_every_column_that_holds_a_person_is_known() -> None:
    assert {f"{c.table.name}.{c.key}" for c in PERSONS} == {f"{c.table.name}.{c.name}" for c in PERSONAL}


@pytest.mark.parametrize("table", [table.name for table in TABLES])
async def test_no_table_keeps_a_row_of_a_server_that_is_forgotten(store: Store, table: str) -> None:
    assert table in await store.personal_data.counts_of_guild(GUILD)
    for guild_id in (GUILD, OTHER_GUILD):
        await set_up(store, guild_id)
    await store.guilds.forget(GUILD)
    rows = await store.personal_data.of_guild(GUILD)
    assert rows[table] == []
    others = await store.personal_data.counts_of_guild(OTHER_GUILD)
    assert others["guild_feeds"] == others["subscriptions"] == others["queries"] == others["guild_settings"] == 1


async def test_a_person_is_found_in_what_they_set_up_and_then_in_nothing(store: Store) -> None:
    await set_up(store, GUILD)
    traces = await store.personal_data.of_person(USER)
    assert [trace.what for trace in traces] == ["added a feed", "created a digest"]
    assert {trace.guild_id for trace in traces} == {GUILD}
    assert traces[0].of == "https://news.example/rss"
    assert await store.personal_data.forget_person(USER) == 2
    assert await store.personal_data.of_person(USER) == []
    async with store.database.reading() as connection:
        for column in PERSONS:
            assert USER not in set((await connection.execute(select(column))).scalars())
    # what they set up works on, for nobody
    (digest,) = await store.subscriptions.of_guild(GUILD)
    assert digest.created_by == NOBODY
    assert await store.personal_data.forget_person(NOBODY) == 0
