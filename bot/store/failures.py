"""Database failures in our own words."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import StoreError, StoreUnavailable
from bot.store.sqlite_file import SqliteFile

AWAY = frozenset({"53300", "57P03", "57P01", "57P02", "08000", "08003", "08006"})
"""PostgreSQL's errors for a connection that is refused for now (too many, or starting) or has ended
(https://www.postgresql.org/docs/current/errcodes-appendix.html).
"""

UNUSABLE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR})
"""SQLite's errors for a disk that is full or read-only, or a file out of reach
(https://www.sqlite.org/rescode.html).
"""
_PRIMARY = 0xFF
"""The bits of a result code without its details."""


@contextmanager
def plain_errors(file: SqliteFile | None = None) -> Iterator[None]:
    """Turn database failures into StoreError, or StoreUnavailable if no statement would work now.

    The message has neither the address nor the values. `file` is SQLite's, and says more about why it cannot be
    used.
    """
    try:
        yield
    except DBAPIError as error:
        reason = file.explained(reason_of(error)) if file else reason_of(error)
        kind = StoreUnavailable if _is_away(error) else StoreError
        raise kind(f"The database failed: {reason}.") from error
    except PoolTimeout as error:
        raise StoreUnavailable("The database is too busy to answer.") from error
    except (OSError, sqlite3.Error) as error:
        raise StoreUnavailable(f"The database cannot be reached: {reason_of(error)}.") from error
    except Exception as error:
        if not _is_of_postgresql(error):
            raise
        raise StoreError(f"The database refused: {error}.") from error


def _is_of_postgresql(error: Exception) -> bool:
    """Return whether PostgreSQL's driver raised an error, without loading the driver: SQLite needs no asyncpg."""
    asyncpg = sys.modules.get("asyncpg")
    return asyncpg is not None and isinstance(error, asyncpg.PostgresError)


def _is_away(error: DBAPIError) -> bool:
    """Return whether any statement would have failed, because there is no connection or nothing can be stored."""
    if error.connection_invalidated or getattr(error.orig, "sqlstate", None) in AWAY:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    return isinstance(code, int) and code & _PRIMARY in UNUSABLE


def reason_of(error: BaseException) -> str:
    """Return why the database failed, in a few words from the driver, without statement and values."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror.lower()
    if isinstance(cause, TimeoutError):
        return "it did not answer in time"
    return str(cause).split("\n")[0].split("<class")[-1].split(">: ")[-1].strip(" .") or type(cause).__name__
