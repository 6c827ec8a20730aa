"""A PostgreSQL whose connections are all taken: a process waits for one, and says so if that takes too long."""

import asyncio
from collections.abc import Iterator

import asyncpg
import pytest
from sqlalchemy import text

from bot.errors import StoreUnavailable
from bot.store import postgres_connecting
from bot.store.database import Database, open_engine
from tests.databases import Server
from tests.factories import SetClock


@pytest.fixture
def crowded_url(postgres: Server | None) -> Iterator[str]:
    """The address of a database for somebody who may have two connections."""
    if postgres is None:
        pytest.skip("needs PostgreSQL")
    with postgres.database() as url:
        postgres.execute("CREATE ROLE crowded LOGIN PASSWORD 'kept' CONNECTION LIMIT 2")
        try:
            yield f"postgresql://crowded:kept@{url.rpartition('@')[2]}"
        finally:
            postgres.execute("DROP ROLE crowded")


async def test_a_connection_is_waited_for(crowded_url: str) -> None:
    first, second = await asyncpg.connect(crowded_url), await asyncpg.connect(crowded_url)
    engine = open_engine(crowded_url)
    try:
        asking = asyncio.create_task(_one(Database(engine, SetClock())))
        await asyncio.sleep(0.3)
        assert not asking.done()
        await second.close()
        assert await asyncio.wait_for(asking, 10) == 1
    finally:
        await engine.dispose()
        await first.close()


async def test_whoever_waits_too_long_is_told_that_the_store_is_unavailable(
    crowded_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_connecting, "PATIENCE_S", 0.3)
    taken = [await asyncpg.connect(crowded_url) for _ in range(2)]
    engine = open_engine(crowded_url)
    try:
        with pytest.raises(StoreUnavailable, match="too many connections"):
            await _one(Database(engine, SetClock()))
    finally:
        await engine.dispose()
        for connection in taken:
            await connection.close()


async def test_no_more_connections_are_open_than_a_process_may_have(crowded_url: str) -> None:
    """Eight at once share the two; none is refused, as nobody asks for a third."""
    engine = open_engine(crowded_url, connections=2)
    try:
        database = Database(engine, SetClock())
        assert await asyncio.gather(*(_one(database) for _ in range(8))) == [1] * 8
    finally:
        await engine.dispose()


async def _one(database: Database) -> object:
    async with database.reading() as connection:
        await asyncio.sleep(0.02)
        return await connection.scalar(text("SELECT 1"))
