"""Copies a SQLite database while the bot may be writing to it, and restores it."""

import asyncio
import itertools
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import BadInput, StoreError
from bot.store.database_address import driver_url, has_file
from bot.store.failures import reason_of
from bot.store.run_lock import hold_run_lock
from bot.store.sqlite_file import SqliteFile
from bot.store.upgrade import current, damage, revision_problem, revisions

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
            found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise sqlite3.DatabaseError(f"malformed: {' '.join(found.split())[:200]}")
        unfinished.replace(file)
    except sqlite3.Error as error:
        reason = SqliteFile(source).explained(reason_of(error))
        raise StoreError(f"The database cannot be copied: {reason}.") from error
    except OSError as error:
        raise BadInput(f"{file} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


async def restore(url: str, file: Path) -> Path | None:
    """Put the backup `file` in the place of the SQLite database at `url`.

    Return the new place of the former database, if there was one. Hearsay must not be running. Raises StoreError
    if it is, or for another kind of database; BadInput if `file` is not a Hearsay database that this version can
    use, or is damaged.
    """
    parsed = driver_url(url)
    if not parsed.drivername.startswith("sqlite"):
        raise StoreError("Only SQLite databases are restored this way. Use pg_restore for PostgreSQL.")
    target = Path(parsed.database or "")
    if problem := await _why_no_backup(file):
        raise BadInput(f"{file} cannot be restored: {problem}")
    async with hold_run_lock(url) as alone:
        if not alone:
            raise StoreError("Hearsay is running with this database. Stop it first.")
        return await asyncio.to_thread(_put_back, file, target)


async def _why_no_backup(file: Path) -> str | None:
    """Return why `file` cannot be restored, or None. An earlier version's database is upgraded afterwards."""
    url = f"sqlite:///{file}"
    if not has_file(driver_url(url)):
        return "There is no such file."
    try:
        revision = await current(url)
        damaged = await damage(url)
    except StoreError as error:
        return error.message
    if revision is None:
        return "It is no database of Hearsay."
    if revision not in revisions():
        return revision_problem(revision)
    return " ".join(damaged) or None


def _put_back(file: Path, target: Path) -> Path | None:
    moved: Path | None = None
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        shutil.copyfile(file, unfinished)
        unfinished.chmod(0o600)
        if target.exists():
            with closing(sqlite3.connect(target)) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            moved = next(
                place
                for number in itertools.count(1)
                if not (place := target.with_name(f"{target.name}.before-{number}")).exists()
            )
            target.rename(moved)
        for beside in (f"{target.name}-wal", f"{target.name}-shm"):
            target.with_name(beside).unlink(missing_ok=True)
        unfinished.replace(target)
    except sqlite3.Error as error:
        raise StoreError(f"The database that is there cannot be put aside: {reason_of(error)}.") from error
    except OSError as error:
        raise StoreError(f"The backup cannot be put back: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return moved
