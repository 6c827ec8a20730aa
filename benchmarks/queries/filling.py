"""Fills a database with an archive, in bulk, and brings it up to date from there as a host would.

The rows are those of an earlier schema (`MADE_AT`); the migrations since then are measured on the way.
"""

import asyncio
import hashlib
import sqlite3
import time
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import asyncpg

from benchmarks.queries.archive import Archive, Table
from benchmarks.queries.archive import __file__ as made_by
from bot.store.database_address import driver_url
from bot.store.upgrade import upgrade

MADE_AT = "0013"
"""The schema that the rows are for."""
FINGERPRINT = hashlib.sha256(Path(made_by).read_bytes() + MADE_AT.encode()).hexdigest()[:12]
"""Part of the names of kept archives: one that an earlier version of `archive.py` made is not used again."""
CHUNK = 20_000
NUMBERED = ("feeds", "subscriptions", "stories", "articles", "entries", "actors", "claims")


def fill(url: str, archive: Archive) -> float:
    """Create the database at `url` with the rows of an archive. Return the seconds that the migrations took."""
    asyncio.run(upgrade(url, MADE_AT))
    if url.startswith("sqlite"):
        _fill_sqlite(url, archive)
    else:
        asyncio.run(_fill_postgresql(url, archive))
    started = time.perf_counter()
    asyncio.run(upgrade(url))
    return time.perf_counter() - started


def _fill_sqlite(url: str, archive: Archive) -> None:
    with closing(sqlite3.connect(driver_url(url).database or "", isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = OFF")
        triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        database.execute("BEGIN IMMEDIATE")
        for table in archive.tables():
            places = ", ".join("?" * len(table.columns))
            database.executemany(
                f"INSERT INTO {table.name} ({_named(table)}) VALUES ({places})",
                (tuple(map(_sqlite_value, row)) for row in table.rows),
            )
        database.execute("INSERT INTO claims_search(claims_search) VALUES ('rebuild')")
        for _, sql in triggers:
            database.execute(sql)
        database.execute("COMMIT")


def _sqlite_value(value: object) -> object:
    return f"{value:%Y-%m-%d %H:%M:%S}.000000" if isinstance(value, datetime) else value


def _named(table: Table) -> str:
    return ", ".join(f'"{column}"' for column in table.columns)


async def _fill_postgresql(url: str, archive: Archive) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SET session_replication_role = replica")  # the rows fit: nothing to check
        await connection.execute("DROP INDEX ix_claims_search_vector")
        for table in archive.tables():
            rows = (_postgresql_row(table, row) for row in table.rows)
            while some := list(islice(rows, CHUNK)):
                await connection.copy_records_to_table(table.name, columns=table.columns, records=some)
        await connection.execute("CREATE INDEX ix_claims_search_vector ON claims USING gin (search_vector)")
        for name in NUMBERED:
            await connection.execute(f"SELECT setval('{name}_id_seq', (SELECT max(id) FROM {name}))")
    finally:
        await connection.close()


def _postgresql_row(table: Table, row: tuple[Any, ...]) -> tuple[Any, ...]:
    if table.name != "subscriptions":
        return row
    at = table.columns.index("at")
    return (*row[:at], datetime.strptime(row[at], "%H:%M:%S.%f").time(), *row[at + 1 :])  # noqa: DTZ007
