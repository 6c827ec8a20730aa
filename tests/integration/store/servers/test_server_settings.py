"""The settings of servers are looked up once for many who ask, and changes are seen."""

import asyncio

from sqlalchemy import event

from bot.model.servers import ServerSettings
from bot.store import Store, open_store
from bot.store.servers.server_settings import KEPT_S, AllServerSettings
from tests.factories import GUILD, OTHER_GUILD

BERLIN, DELHI = ServerSettings(timezone="Europe/Berlin"), ServerSettings(timezone="Asia/Kolkata")


class Seconds:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


async def test_a_change_is_seen_at_once_and_that_of_another_process_some_seconds_later(
    store: Store, database_url: str
) -> None:
    seconds = Seconds()
    settings = AllServerSettings(store.database, seconds)
    assert await settings.get(GUILD) == ServerSettings()
    await settings.put(GUILD, BERLIN)
    assert await settings.get(GUILD) == BERLIN
    async with open_store(database_url, migrate=False) as other:
        await other.server_settings.put(GUILD, DELHI)
    assert await settings.get(GUILD) == BERLIN
    seconds.now += KEPT_S
    assert await settings.get(GUILD) == DELHI
    await settings.note_locales({GUILD: "de"})
    assert (await settings.get(GUILD)).locale == "de"
    assert await settings.get(OTHER_GUILD) == ServerSettings()


async def test_many_who_ask_at_once_cause_one_query(store: Store) -> None:
    asked: list[str] = []

    @event.listens_for(store.database.engine.sync_engine, "before_cursor_execute")
    def count(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        if "guild_settings" in statement:
            asked.append(statement)

    await store.server_settings.put(GUILD, BERLIN)
    asked.clear()
    settings = store.server_settings
    assert await asyncio.gather(*(settings.get(GUILD) for _ in range(50))) == [BERLIN] * 50
    assert len(asked) == 1


async def test_who_waited_for_a_lookup_that_was_given_up_looks_it_up(store: Store) -> None:
    await store.server_settings.put(GUILD, BERLIN)
    first = asyncio.create_task(store.server_settings.get(GUILD))
    await asyncio.sleep(0)
    second = asyncio.create_task(store.server_settings.get(GUILD))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == BERLIN


async def test_a_change_while_settings_are_looked_up_is_not_forgotten(store: Store) -> None:
    looking = asyncio.create_task(store.server_settings.get(GUILD))
    await asyncio.sleep(0)
    await store.server_settings.put(GUILD, BERLIN)
    await looking
    assert await store.server_settings.get(GUILD) == BERLIN
