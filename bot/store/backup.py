"""A copy of a SQLite database, taken while the bot may be writing to it."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import BadInput, StoreError
from bot.store.database import driver_url, has_file, reason_of

PAGES_AT_A_TIME = 1000
"""Pages copied in one step (4 MB); writers can go on between two steps."""


async def back_up(url: str, file: Path) -> None:
    """Copy the SQLite database at `url` into `file`, which must not exist, with SQLite's online backup.

    The copy is complete or does not exist. Raises StoreError for another kind of database, one that does not exist
    or cannot be read, and BadInput if `file` exists or cannot be written.
    """
    parsed = driver_url(url)
    if not parsed.drivername.startswith("sqlite"):
        raise StoreError("Only SQLite databases are copied this way. Use pg_dump for PostgreSQL.")
    if not has_file(parsed):
        raise StoreError("There is no database yet, so there is nothing to back up.")
    await asyncio.to_thread(_copy, Path(parsed.database or ""), file)


def _copy(source: Path, file: Path) -> None:
    if file.exists():
        raise BadInput(f"{file} exists already. Choose another name.")
    if not file.resolve().parent.is_dir():
        raise BadInput(f"{file} cannot be written: its folder does not exist.")
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        unfinished.touch(mode=0o600)
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as database,
            closing(sqlite3.connect(unfinished)) as copy,
        ):
            database.backup(copy, pages=PAGES_AT_A_TIME)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without -wal beside it
        unfinished.replace(file)
    except sqlite3.Error as error:
        raise StoreError(f"The database cannot be copied: {reason_of(error)}.") from error
    except OSError as error:
        raise BadInput(f"{file} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
