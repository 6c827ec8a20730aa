"""The connection to the database: engines and transactions for SQLite and PostgreSQL."""

import asyncio
import math
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Insert, event, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from bot.clock import Clock
from bot.errors import NotFound, StoreError, TooSlow
from bot.store.database_address import driver_url
from bot.store.failures import plain_errors, reason_of
from bot.store.schema.rows import Row
from bot.store.sqlite_driver import OneTripDriver, prepared_of
from bot.store.sqlite_file import SqliteFile, why_unwritable

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

    Upsert = postgresql.Insert | sqlite.Insert

BUSY_TIMEOUT_MS = 30_000
"""How long a writer waits for another process to finish writing (SQLite)."""
CONNECT_TIMEOUT_S = 15
CONNECTIONS = 20
"""The most simultaneous database connections of a process that does everything."""
KEPT_CONNECTIONS = 5
"""How many of them stay open."""
QUESTIONS_AT_ONCE = 8
"""How many of them answer questions. More would only share the processors, and the steps need some, too."""
SUGGESTIONS_AT_ONCE = 4
"""How many of them look up names while people type. Slow questions do not hold these up."""
ANSWERED_WITHIN_S = 2.0
"""How long a question may take before it is given up."""
DEADLINE_EVERY = 20_000
"""The number of virtual machine steps, about a millisecond, after which SQLite checks whether to give up."""
LARGEST_ID = 2**63 - 1
ANALYSIS_LIMIT = 1000
"""Rows of each index that SQLite samples (https://www.sqlite.org/lang_analyze.html)."""
Value = TypeVar("Value")
CHUNK = 500
"""Rows or values in one statement: below the 32,766 parameters that both databases accept."""


def prepare_directory(url: str) -> None:
    """Create the folder of a SQLite file if only that is missing. Raise StoreError if it is unusable.

    Also raises it if the file cannot be opened or created. The driver would only report that from a thread of its
    own, which may outlive the caller.
    """
    problem = directory_problem(url)
    if problem:
        raise StoreError(problem)
    parsed = driver_url(url)
    if not parsed.drivername.startswith("sqlite"):
        return
    folder = Path(parsed.database or "").parent
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder of the database, {folder}, cannot be created: {error.strerror}.") from error
    try:
        sqlite3.connect(parsed.database or "").close()
    except sqlite3.Error as error:
        reason = why_unwritable(Path(parsed.database or "")) or error
        raise StoreError(_unusable_file(parsed.database, reason)) from error


def directory_problem(url: str) -> str | None:
    """Return what is wrong with the folder of a SQLite file, or None. Only the last folder may be missing.

    Creates a file there and deletes it: permissions alone do not show a read-only disk.
    """
    parsed = driver_url(url)
    if not parsed.drivername.startswith("sqlite"):
        return None
    file = Path(parsed.database or "")
    folder = file.parent
    if file.is_dir():
        return f"{file} is a folder; the database is a file. Add a file name to the address."
    if not folder.is_dir() and (folder.exists() or not folder.parent.is_dir()):
        return f"The folder of the database, {folder}, does not exist. Create it, or set HEARSAY_DATABASE_URL."
    if not file.exists():
        try:
            if folder.is_dir():
                tempfile.TemporaryFile(dir=folder).close()
            else:
                Path(tempfile.mkdtemp(dir=folder.parent)).rmdir()
        except OSError as error:
            return _unusable_file(file, (error.strerror or "no access").lower())
    return None


async def write_problem(url: str) -> str | None:
    """Return why nothing can be written to an existing SQLite database, or None. Changes nothing."""
    parsed = driver_url(url)
    if not parsed.drivername.startswith("sqlite"):
        return None

    def begin_writing() -> str | None:
        with closing(sqlite3.connect(parsed.database or "", timeout=BUSY_TIMEOUT_MS / 1000)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            except sqlite3.Error as error:
                return f"Nothing can be written to {parsed.database}: {reason_of(error)}."
        return None

    return await asyncio.to_thread(begin_writing)


def _unusable_file(file: str | Path | None, reason: object) -> str:
    """Return an error that says that a SQLite file cannot be opened or created, and what to do."""
    return (
        f"The file of the database, {file}, cannot be opened or created: {reason}. "
        "Let Hearsay write there, or set HEARSAY_DATABASE_URL."
    )


def open_engine(url: str, *, pooled: bool = True, connections: int = CONNECTIONS) -> AsyncEngine:
    """Return an engine for `url`, with at most this many connections if they are pooled.

    Errors in statements never show their values, which may be anyone's words.
    """
    parsed = driver_url(url)
    kept = min(KEPT_CONNECTIONS, connections)
    pool: dict[str, Any] = (
        {"pool_size": kept, "max_overflow": connections - kept} if pooled else {"poolclass": NullPool}
    )
    if parsed.drivername.startswith("sqlite"):
        engine = create_async_engine(
            parsed, hide_parameters=True, module=OneTripDriver(_prepare_connection), **pool
        )
        _prepare_sqlite(engine.sync_engine)
        return engine
    from bot.store.postgres_connecting import connect_patiently  # noqa: PLC0415 - SQLite needs no asyncpg: 4 MB

    settings = {"application_name": "hearsay", "jit": "off"}
    arguments = {
        "timeout": CONNECT_TIMEOUT_S,
        "server_settings": settings,
        "async_creator_fn": connect_patiently,
    }
    return create_async_engine(parsed, hide_parameters=True, connect_args=arguments, pool_pre_ping=pooled, **pool)


def _prepare_connection(connection: sqlite3.Connection) -> "_Deadline":
    """Prepare a new connection, in its thread; return the deadline of its statements."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout = {BUSY_TIMEOUT_MS}", "foreign_keys = ON", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}").close()
    deadline = _Deadline()
    connection.set_progress_handler(deadline.is_over, DEADLINE_EVERY)
    return deadline


def _prepare_sqlite(engine: Engine) -> None:
    """Let SQLAlchemy begin transactions itself: the driver would begin them late, and not for every statement."""

    @event.listens_for(engine, "connect")
    def keep(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        record.info[_DEADLINE] = prepared_of(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class _Deadline:
    """The time at which SQLite gives up its current statement. SQLite asks from its own thread."""

    def __init__(self) -> None:
        self.at = math.inf

    def is_over(self) -> bool:
        """Return whether to give up."""
        return time.monotonic() > self.at


_DEADLINE = "deadline"


def file_of(engine: AsyncEngine) -> SqliteFile | None:
    """Return the file that an engine of SQLite uses, or None for PostgreSQL."""
    name = engine.url.database
    return SqliteFile(Path(name)) if engine.dialect.name == "sqlite" and name else None


class Database:
    """An open database, which gives transactions."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        self.dialect = engine.dialect.name
        # SQLite has one writer at a time: wait in line here rather than in the driver's threads
        self._file = file_of(engine)
        self._writer = asyncio.Lock() if self.dialect == "sqlite" else nullcontext()
        self._questions = asyncio.Semaphore(QUESTIONS_AT_ONCE)
        self._suggestions = asyncio.Semaphore(SUGGESTIONS_AT_ONCE)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection for reading: all statements see one state of the store."""
        options = {"isolation_level": "REPEATABLE READ"} if self.dialect == "postgresql" else {}
        async with self._transaction(**options) as connection:
            yield connection

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection for reading, like `reading`, for somebody who waits for the answer.

        Raises TooSlow after `ANSWERED_WITHIN_S`, including the wait. However many ask, connections remain for
        everything else.
        """
        async with self._in_time(self._questions) as connection:
            yield connection

    @asynccontextmanager
    async def suggesting(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection like `answering`, for somebody who types or typed a name."""
        async with self._in_time(self._suggestions) as connection:
            yield connection

    @asynccontextmanager
    async def _in_time(self, turns: asyncio.Semaphore) -> AsyncIterator[AsyncConnection]:
        ends = time.monotonic() + ANSWERED_WITHIN_S
        given_up = False
        try:
            async with asyncio.timeout(ANSWERED_WITHIN_S), turns, self.reading() as connection:
                with self._until(connection, ends):
                    try:
                        yield connection
                    except DBAPIError as error:
                        given_up = "interrupted" in str(error.orig)
                        raise
        except TimeoutError:
            raise TooSlow from None
        except StoreError:
            if given_up:
                raise TooSlow from None
            raise

    @contextmanager
    def _until(self, connection: AsyncConnection, ends: float) -> Iterator[None]:
        """Make SQLite give up at `ends`. PostgreSQL is told to when the waiting task is cancelled."""
        synchronous = connection.sync_connection
        deadline = synchronous.info.get(_DEADLINE) if synchronous is not None else None
        if deadline is None:
            yield
            return
        deadline.at = ends
        try:
            yield
        finally:
            deadline.at = math.inf

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection in a transaction: committed at the end, or rolled back if anything is raised."""
        async with self._writer, self._transaction(writes=True) as connection:
            yield connection

    @asynccontextmanager
    async def _transaction(self, **options: Any) -> AsyncIterator[AsyncConnection]:
        if self._file is not None:
            self._file.check()
        with plain_errors(self._file):
            async with self.engine.connect() as connection:
                await connection.execution_options(**options)
                async with connection.begin():
                    yield connection

    async def check(self) -> None:
        """Read the whole structure of a SQLite database; raise StoreError, with what to do, if it is damaged."""
        if self._file is None:
            return
        async with self.reading() as connection:
            found = (await connection.exec_driver_sql("PRAGMA quick_check(1)")).scalar()
        if found != "ok":
            raise StoreError(f"The database cannot be used: {self._file.explained(f'malformed: {found}')}.")

    async def optimize(self) -> None:
        """Update the database's statistics, with which it plans queries, and drop dead rows.

        SQLite takes samples and is done within a second. PostgreSQL does so by itself, too, but only some time
        after many changes, and makes no index-only scans before that.
        """
        if self.dialect == "sqlite":
            async with self.writing() as connection:
                await connection.exec_driver_sql(f"PRAGMA analysis_limit = {ANALYSIS_LIMIT}")
                await connection.exec_driver_sql("ANALYZE")
                # samples suggest that there are few actors, each to be tried in turn for a feed
                await connection.exec_driver_sql(
                    "UPDATE sqlite_stat1 SET stat = stat || ' noskipscan' WHERE idx = 'ix_feed_claims_of_actor'"
                )
                await connection.exec_driver_sql("ANALYZE sqlite_schema")
            return
        with plain_errors():
            async with self.engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                names = ", ".join(table.name for table in Row.metadata.sorted_tables)
                await connection.execute(text(f"VACUUM (ANALYZE, SKIP_LOCKED) {names}"))

    async def hold(self, connection: AsyncConnection, topic: int, subject: int = 0) -> None:
        """Lock a topic and subject against other transactions until this one ends.

        SQLite has only one writer anyway.
        """
        if self.dialect == "postgresql":
            await connection.execute(
                text("SELECT pg_advisory_xact_lock(:topic, :subject)"),
                {"topic": topic, "subject": subject % 2**31},
            )

    def insert(self, table: type[Row]) -> "Upsert":
        """Return an INSERT that can say what happens if the row exists."""
        if self.dialect == "sqlite":
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - SQLite does without its 2 MB

        return postgresql.insert(table)


async def insert_rows(
    connection: AsyncConnection, statement: Insert, rows: Sequence[Mapping[str, Any]]
) -> list[Any]:
    """Insert `rows` with few statements. Return the results of RETURNING, if any, in order."""
    if not rows:
        return []
    result = await connection.execute(statement, list(rows))
    return list(result) if result.returns_rows else []


def chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Yield `values` in pieces that fit into one statement."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def known_id(number: int) -> int:
    """Return an id that came from outside. Raise NotFound if no row can have it."""
    if not 0 <= number <= LARGEST_ID:
        raise NotFound
    return number
