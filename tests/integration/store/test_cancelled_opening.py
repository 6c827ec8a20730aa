"""Whoever is cancelled while a connection to SQLite is prepared leaves none open."""

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.sqlite_driver import OneTripDriver


async def test_a_connection_is_closed_if_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    made: list[sqlite3.Connection] = []
    go_on = threading.Event()

    def prepare(connection: sqlite3.Connection) -> None:
        made.append(connection)
        go_on.wait(10)

    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'some.db'}", module=OneTripDriver(prepare))
    asking = asyncio.create_task(_one(engine.connect()))
    while not made:  # noqa: ASYNC110 - what is awaited is in another thread
        await asyncio.sleep(0.01)
    asking.cancel()
    await asyncio.sleep(0.01)
    go_on.set()
    await asyncio.gather(asking, return_exceptions=True)
    await engine.dispose()
    assert asking.cancelled()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        made[0].total_changes  # noqa: B018 - raises if the connection is closed


async def _one(connecting: Awaitable[object]) -> None:
    await connecting
