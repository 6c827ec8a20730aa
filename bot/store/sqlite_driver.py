"""A SQLite driver with one trip to the connection's thread for each statement.

SQLAlchemy's adapter of aiosqlite makes four: a cursor is created, runs the statement, is read, and is closed. A
question has about six statements, and each trip waits for a thread: that took more time than the queries.
"""

import sqlite3
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

import aiosqlite
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_connection
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import EMPTY_DICT


class _Outcome(NamedTuple):
    """The result of a statement: its columns, its rows, and how many rows it changed."""

    description: Any = None
    rows: tuple[Any, ...] | list[Any] = ()
    rowcount: int = -1
    lastrowid: int | None = None


class OneTripCursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor that runs a statement and reads all its rows in one go."""

    __slots__ = ("_arraysize", "_outcome")

    def __init__(self, adapt_connection: AsyncAdapt_dbapi_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection  # noqa: SLF001 - as its base class does
        self._soft_closed_memoized = EMPTY_DICT
        self._rows = deque()
        self._outcome = _Outcome()
        self._arraysize = 1

    @property
    def description(self) -> Any:
        """Return the columns of the statement, or None if it has none."""
        return self._outcome.description

    @property
    def rowcount(self) -> int:
        """Return how many rows the statement changed."""
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> int:
        """Return the id of the last inserted row."""
        return self._outcome.lastrowid or 0

    @property
    def arraysize(self) -> int:
        """Return how many rows `fetchmany` returns."""
        return self._arraysize

    @arraysize.setter
    def arraysize(self, value: int) -> None:
        self._arraysize = value

    async def _async_soft_close(self) -> None:
        """Keep the rows: the cursor in the connection's thread is already closed."""

    def close(self) -> None:
        """Forget the rows."""
        self._rows.clear()

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        def run(cursor: sqlite3.Cursor) -> None:
            cursor.execute(operation, () if parameters is None else parameters)

        await self._run(run)

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        def run(cursor: sqlite3.Cursor) -> None:
            cursor.executemany(operation, seq_of_parameters)

        await self._run(run)

    async def _run(self, statement: Callable[[sqlite3.Cursor], None]) -> None:
        driver: Any = self._connection
        async with self._adapt_connection._execute_mutex:  # noqa: SLF001 - as its base class does
            self._outcome = await driver._execute(_outcome, driver._conn, statement)  # noqa: SLF001 - see above
            self._rows = deque(self._outcome.rows)


def _outcome(connection: sqlite3.Connection, statement: Callable[[sqlite3.Cursor], None]) -> _Outcome:
    """Run a statement in the thread of its connection. Return its result."""
    cursor = connection.cursor()
    try:
        statement(cursor)
        rows = cursor.fetchall() if cursor.description else ()
        return _Outcome(cursor.description, rows, cursor.rowcount, cursor.lastrowid)
    finally:
        cursor.close()


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls = OneTripCursor


class OneTripDriver(AsyncAdapt_aiosqlite_dbapi):
    """The module passed to `create_async_engine` for SQLite.

    `prepare` is called with each new connection, in its thread; its result is `prepared_of` the connection.
    """

    def __init__(self, prepare: Callable[[sqlite3.Connection], object]) -> None:
        super().__init__(aiosqlite, sqlite3)
        self._prepare = prepare

    def connect(self, *arg: Any, **kw: Any) -> AsyncAdapt_aiosqlite_connection:
        """Return a new connection whose cursors make one trip."""
        made = super().connect(*arg, async_creator_fn=self._opened, **kw)
        return _Connection(self, made._connection)  # noqa: SLF001 - it has no other name

    async def _opened(self, *arg: Any, **kw: Any) -> aiosqlite.Connection:
        """Open a connection. Close it if it cannot be prepared or nobody waits for it any more, because nobody
        else knows it.
        """
        connection = aiosqlite.connect(*arg, **kw)
        driver: Any = connection
        driver._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does
        await connection
        try:
            driver.prepared = await driver._execute(self._prepare, driver._conn)  # noqa: SLF001 - as above
        except BaseException:
            await connection.close()
            raise
        return connection


def prepared_of(connection: Any) -> Any:
    """Return the result of `prepare` for a connection of SQLAlchemy's pool."""
    return connection.driver_connection.prepared
