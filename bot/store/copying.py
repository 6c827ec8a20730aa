"""Copies a SQLite database into PostgreSQL: page by page, resumable, and compared at the end.

The progress of each table is stored in the target, in the transaction of the page: an interrupted copy resumes
where it stopped. Afterwards the rows of both are counted and their checksums compared.
"""

import asyncio
import hashlib
import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Table, Time, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import BadInput, StoreError
from bot.store.articles.text_partitions import make_partitions
from bot.store.database import open_engine
from bot.store.database_address import driver_url, has_file, shown_url
from bot.store.failures import plain_errors
from bot.store.run_lock import hold_run_lock
from bot.store.schema.columns import Moment
from bot.store.schema.news_tables import ArticleTextRow
from bot.store.schema.rows import Row
from bot.store.schema.server_tables import MetaRow
from bot.store.upgrade import current, revision_problem, upgrade

PAGE = 2_000
"""Rows copied in one transaction, few enough for texts to fit into memory."""
PROGRESS = "copied:"
"""The prefix of facts in the target that record the progress of a copy."""
UNCOPIED = frozenset({"leases", "request_turns", "refused_requests"})
"""Tables whose rows mean nothing in another database."""

COPIED_LAST = (ArticleTextRow.__tablename__, MetaRow.__tablename__)
"""The facts of the installation, which record the progress of the copy."""

Told = Callable[[str, int], None]
Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """How many rows were copied, by table."""

    rows: dict[str, int]


async def copy_database(source: str, target: str, told: Told | None = None) -> Copied:
    """Copy the SQLite database at `source` into the PostgreSQL at `target`, or resume a copy.

    The target is empty, or contains the beginning of a copy; its schema is created. `told` is called with each
    table and the number of its rows once it is done. Neither may be in use. Raises BadInput if one of them is
    something else, and StoreError if they cannot be used, or differ at the end.
    """
    if not driver_url(source).drivername.startswith("sqlite") or not has_file(driver_url(source)):
        raise BadInput("Only a SQLite database that exists can be copied. HEARSAY_DATABASE_URL says which one.")
    if not driver_url(target).drivername.startswith("postgresql"):
        raise BadInput("The copy goes to PostgreSQL: postgresql://user:password@host/name.")
    if problem := revision_problem(await current(source)):
        raise StoreError(problem)
    await upgrade(target)
    async with hold_run_lock(source) as alone, hold_run_lock(target) as alone_there:
        if not (alone and alone_there):
            raise StoreError("Hearsay is running with one of the two databases. Stop it first.")
        engine = open_engine(target, pooled=False)
        try:
            with plain_errors(), closing(_opened(source)) as database:
                await _refuse_others(engine, source)
                rows = {}
                for table in _tables():
                    if table.name == ArticleTextRow.__tablename__:
                        async with _writing(engine) as connection:
                            await make_partitions(connection)
                    await _copy_table(database, engine, table)
                    rows[table.name] = await _compared(database, engine, table)
                    if told is not None:
                        told(table.name, rows[table.name])
                await _finish(database, engine)
                return Copied(rows)
        finally:
            await engine.dispose()


def _tables() -> list[Table]:
    """Return the tables in an order that references allow; partitions of texts depend on articles."""
    tables = [table for table in Row.metadata.sorted_tables if table.name not in UNCOPIED]
    last = [table for table in tables if table.name in COPIED_LAST]
    return [*(table for table in tables if table not in last), *last]


def _opened(source: str) -> sqlite3.Connection:
    database = sqlite3.connect(driver_url(source).database or "", check_same_thread=False)
    database.execute("PRAGMA query_only = ON")
    return database


async def _refuse_others(engine: AsyncEngine, source: str) -> None:
    """Record the source of the copy. Raise BadInput if the target is neither empty nor a copy of this database."""
    name = f"{PROGRESS}from"
    meta = MetaRow.__table__.c
    async with _writing(engine) as connection:
        found = (await connection.execute(select(meta.value).where(meta.key == name))).scalar()
        if found == shown_url(source):
            return
        used = [
            table.name
            for table in Row.metadata.sorted_tables
            if table.name not in UNCOPIED
            and (await connection.execute(select(table).limit(1))).first() is not None
        ]
        if used:
            raise BadInput(f"The target is not empty: it has {', '.join(used[:3])}. Name an empty database.")
        await connection.execute(insert(MetaRow).values(key=name, value=shown_url(source)))


async def _copy_table(database: sqlite3.Connection, engine: AsyncEngine, table: Table) -> None:
    read = _reader(table)
    last = await _progress(engine, table)
    while True:
        page = await asyncio.to_thread(_page, database, table, last)
        if not page:
            return
        keys = [list(table.columns).index(column) for column in table.primary_key.columns]
        last = [page[-1][index] for index in keys]
        rows = [read(row) for row in page]
        async with _writing(engine) as connection:
            if table.name == MetaRow.__tablename__:
                facts = [{"key": key, "value": value} for key, value in rows if not key.startswith(PROGRESS)]
                for fact in facts:
                    known = insert(MetaRow).values(fact)
                    await connection.execute(known.on_conflict_do_update(index_elements=["key"], set_=fact))
                continue
            # rows that triggers would create are copied, too
            await connection.execute(text(f"ALTER TABLE {table.name} DISABLE TRIGGER USER"))
            raw = await connection.get_raw_connection()
            assert raw.driver_connection is not None
            names = [column.name for column in table.columns]
            await raw.driver_connection.copy_records_to_table(table.name, columns=names, records=rows)
            await connection.execute(text(f"ALTER TABLE {table.name} ENABLE TRIGGER USER"))
            row = {"key": f"{PROGRESS}{table.name}", "value": json.dumps(last)}
            known = insert(MetaRow).values(row)
            await connection.execute(known.on_conflict_do_update(index_elements=["key"], set_=row))


async def _progress(engine: AsyncEngine, table: Table) -> list[Any] | None:
    meta = MetaRow.__table__.c
    async with _writing(engine) as connection:
        query = select(meta.value).where(meta.key == f"{PROGRESS}{table.name}")
        found = (await connection.execute(query)).scalar()
    return None if found is None else list(json.loads(found))


def _page(database: sqlite3.Connection, table: Table, last: Sequence[Any] | None) -> list[Values]:
    """Return the next rows after the primary key `last`."""
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    after = f"WHERE ({keys}) > ({', '.join('?' * len(last))})" if last is not None else ""
    query = f'SELECT {names} FROM "{table.name}" {after} ORDER BY {keys} LIMIT {PAGE}'  # noqa: S608 - our own names
    return database.execute(query, last or ()).fetchall()


def _reader(table: Table, of_json: Callable[[str], Any] = str) -> Callable[[Values], Values]:
    """Return a function that converts a row of SQLite to PostgreSQL's values. `of_json` reads JSON."""
    readers = [of_json if isinstance(column.type, JSON) else _reading(column) for column in table.columns]
    return lambda row: tuple(
        value if read is None or value is None else read(value) for read, value in zip(readers, row, strict=True)
    )


def _reading(column: Column[Any]) -> Callable[[Any], Any] | None:
    match column.type:
        case Moment():
            return lambda value: datetime.fromisoformat(value).replace(tzinfo=UTC)
        case Boolean():
            return bool
        case Time():
            return time.fromisoformat
        case _:
            return None


async def _compared(database: sqlite3.Connection, engine: AsyncEngine, table: Table) -> int:
    """Return the number of rows in both. Raise StoreError if they differ."""
    ours = await asyncio.to_thread(_sum_of_source, database, table)
    theirs = await _sum_of_target(engine, table)
    if ours != theirs:
        raise StoreError(
            f"The copy of {table.name} differs: {ours[0]} rows here, {theirs[0]} there, or other contents. "
            "Empty the target and copy again."
        )
    return ours[0]


def _sum_of_source(database: sqlite3.Connection, table: Table) -> tuple[int, int]:
    read = _reader(table, json.loads)  # in the form given by the target's driver
    count = total = 0
    last: list[Any] | None = None
    keys = [list(table.columns).index(column) for column in table.primary_key.columns]
    while page := _page(database, table, last):
        last = [page[-1][index] for index in keys]
        for number in _numbers(table, map(read, page)):
            count, total = count + 1, (total + number) % 2**64
    return count, total


async def _sum_of_target(engine: AsyncEngine, table: Table) -> tuple[int, int]:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    count = total = 0
    async with _writing(engine) as connection:
        await connection.execute(select(func.now()))  # begins the transaction that a cursor needs
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        query = f"SELECT {names} FROM {table.name}"  # noqa: S608 - our own names
        page: list[Values] = []
        async for record in raw.driver_connection.cursor(query, prefetch=PAGE):
            page.append(tuple(record))
            if len(page) == PAGE:
                numbers = await asyncio.to_thread(list, _numbers(table, page))
                count, total, page = count + len(numbers), (total + sum(numbers)) % 2**64, []
        numbers = list(_numbers(table, page))
    return count + len(numbers), (total + sum(numbers)) % 2**64


def _numbers(table: Table, rows: Iterator[Values] | Sequence[Values]) -> Iterator[int]:
    """Yield a number for each row. Their sum does not depend on the order of rows."""
    for row in rows:
        if table.name == MetaRow.__tablename__ and row[0].startswith(PROGRESS):
            continue
        digest = hashlib.blake2b(repr(row).encode(errors="surrogatepass"), digest_size=8).digest()
        yield int.from_bytes(digest)


async def _finish(database: sqlite3.Connection, engine: AsyncEngine) -> None:
    """Make sure that new rows get unused numbers, and forget the progress of the copy."""
    used = database.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0").fetchall()
    known = {table.name for table in _tables()}
    async with _writing(engine) as connection:
        for name, number in used:
            if name in known:
                setting = text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), :number)")
                await connection.execute(setting, {"number": number})
        await connection.execute(delete(MetaRow).where(MetaRow.key.startswith(PROGRESS)))


@asynccontextmanager
async def _writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    async with engine.connect() as connection, connection.begin():
        yield connection
