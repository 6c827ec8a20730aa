"""The driver of SQLite: each statement is one trip to the thread of its connection."""

from pathlib import Path
from typing import Any

import pytest
from aiosqlite import Connection
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.database import open_engine


@pytest.fixture
def engine(tmp_path: Path) -> AsyncEngine:
    return open_engine(f"sqlite:///{tmp_path / 'some.db'}")


async def test_a_statement_and_its_rows_take_one_trip(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    trips = 0
    execute: Any = Connection._execute

    async def counted(self: Connection, fn: object, *args: object, **kwargs: object) -> object:
        nonlocal trips
        trips += 1
        return await execute(self, fn, *args, **kwargs)

    async with engine.connect() as connection:
        monkeypatch.setattr(Connection, "_execute", counted)
        async with connection.begin():
            rows = (await connection.execute(text("SELECT 1 AS one UNION ALL SELECT 2"))).all()
            assert [row.one for row in rows] == [1, 2]
            assert trips == 2  # BEGIN is a statement, too
        assert trips == 3
    await engine.dispose()


async def test_it_counts_what_was_changed_and_returns_what_was_inserted(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE some (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"))
        added = text("INSERT INTO some (name) VALUES (:name) RETURNING id")
        assert (await connection.execute(added, {"name": "a"})).scalar_one() == 1
        await connection.execute(text("INSERT INTO some (name) VALUES (:name)"), [{"name": "b"}, {"name": "c"}])
        changed = await connection.execute(text("UPDATE some SET name = name || '!' WHERE id > 1"))
        assert changed.rowcount == 2
        names = (await connection.execute(text("SELECT name FROM some ORDER BY id"))).scalars()
        assert [names.first()] == ["a"]
    async with engine.connect() as connection:
        await connection.begin()
        await connection.execute(text("DELETE FROM some WHERE id = 1"))
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO some (name) VALUES ('b!')"))
        await connection.rollback()
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM some"))).scalar_one() == 3
    await engine.dispose()
