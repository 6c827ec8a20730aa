"""How large the database is, and making it smaller."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store.database import file_of, open_engine
from bot.store.database_address import driver_url, has_file
from bot.store.failures import plain_errors, reason_of
from bot.store.schema.rows import Row
from bot.store.sqlite_file import SqliteFile


@dataclass(frozen=True, slots=True)
class TableSize:
    """A table with its indexes. `size` is in bytes, or None if the database cannot tell it by table."""

    name: str
    rows: int
    size: int | None


@dataclass(frozen=True, slots=True)
class DatabaseSize:
    """The bytes of a database, of which `free` are free for new rows, and its tables, the largest first."""

    size: int
    free: int
    tables: tuple[TableSize, ...]


async def database_size(url: str) -> DatabaseSize:
    """Return the size of the database at `url`. Raises StoreError."""
    sqlite = driver_url(url).drivername.startswith("sqlite")
    if sqlite and not has_file(driver_url(url)):
        raise StoreError("There is no database yet.")
    engine = open_engine(url, pooled=False)
    try:
        with plain_errors(file_of(engine)):
            async with engine.connect() as connection:
                await _check_tables(connection)
                tables = []
                for table in Row.metadata.sorted_tables:
                    rows = (await connection.execute(select(func.count()).select_from(table))).scalar_one()
                    size = None
                    if not sqlite:
                        size = int((await connection.execute(_SIZE, {"name": table.name})).scalar_one())
                    tables.append(TableSize(table.name, rows, size))
                if sqlite:
                    numbers = [
                        int((await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one())
                        for name in ("page_size", "page_count", "freelist_count")
                    ]
                    whole, free = numbers[0] * numbers[1], numbers[0] * numbers[2]
                else:
                    query = text("SELECT pg_database_size(current_database())")
                    whole, free = int((await connection.execute(query)).scalar_one()), 0
    finally:
        await engine.dispose()
    largest = sorted(tables, key=lambda table: (-(table.size or 0), -table.rows, table.name))
    return DatabaseSize(whole, free, tuple(largest))


_SIZE = text(
    """SELECT coalesce(sum(pg_total_relation_size(relid)), pg_total_relation_size(CAST(:name AS regclass)))
    FROM pg_partition_tree(CAST(:name AS regclass))"""
)
"""The size of a table with its indexes and its partitions, if it has any."""


async def _check_tables(connection: AsyncConnection) -> None:
    """Raise StoreError if the database has no tables, like a file that was created by hand or emptied."""
    there = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    if not there & {table.name for table in Row.metadata.sorted_tables}:
        raise StoreError("The database has no tables of Hearsay. `python -m bot db upgrade` makes them.")


async def vacuum(url: str) -> None:
    """Give the space of deleted rows back, and renew the statistics. Raises StoreError.

    SQLite rewrites the file: that needs as much free disk space again, and nobody may write in the meantime.
    """
    parsed = driver_url(url)
    if parsed.drivername.startswith("sqlite"):
        if not has_file(parsed):
            raise StoreError("There is no database yet.")
        await asyncio.to_thread(_vacuum_file, Path(parsed.database or ""))
        return
    engine = open_engine(url, pooled=False)
    try:
        with plain_errors():
            async with engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                names = ", ".join(table.name for table in Row.metadata.sorted_tables)
                await connection.execute(text(f"VACUUM (ANALYZE) {names}"))
    finally:
        await engine.dispose()


def _vacuum_file(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        reason = SqliteFile(file).explained(reason_of(error))
        raise StoreError(f"The database cannot be made smaller: {reason}.") from error
