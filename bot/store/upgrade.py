"""Upgrades and checks the schema. Alembic does the work, under a lock, in one transaction.

If two processes start at once, one waits and then finds nothing to do: on SQLite because a writing transaction
locks the file, on PostgreSQL because of an advisory lock. If a step fails, everything is rolled back.
"""

import asyncio
import functools
import multiprocessing
import signal
import sqlite3
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store.database import directory_problem, file_of, open_engine, prepare_directory
from bot.store.database_address import driver_url, has_file, shown_url
from bot.store.failures import plain_errors

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x48656172
"""The advisory lock for migrations on PostgreSQL ("Hear")."""
WAL_ATTEMPTS = 50
WAL_PAUSE_S = 0.1
Given = TypeVar("Given")


async def upgrade(url: str, revision: str = "head") -> None:
    """Upgrade the database at `url` to `revision`. Create the file and its folder if they are missing.

    Raises StoreError if the database cannot be reached, or was created by a newer Hearsay.
    """
    prepare_directory(url)
    await _in_own_loop(_upgrade, url, revision)


async def upgrade_apart(url: str) -> None:
    """Upgrade the database at `url`, if there is something to upgrade, in a process of its own.

    For long-running processes: the modules that an upgrade loads stay in memory (12 MB). Raises StoreError like
    `upgrade`, and if the process is killed.
    """
    prepare_directory(url)
    if await current(url) == newest():
        return
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _ignore_interrupts) as pool:
        try:
            await asyncio.get_running_loop().run_in_executor(pool, _upgrade_here, url)
        except BrokenProcessPool as error:
            raise StoreError(
                "The upgrade of the database was killed. Start Hearsay again to repeat it."
            ) from error


def _upgrade_here(url: str) -> None:
    asyncio.run(upgrade(url))


def _ignore_interrupts() -> None:
    """Ignore Ctrl-C, which the terminal sends to all processes, and leave it to the waiting one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


async def current(url: str) -> str | None:
    """Return the revision of the database at `url`, or None for an empty one. Raises StoreError."""
    return await _in_own_loop(_current, url)


@functools.cache
def revisions() -> tuple[str, ...]:
    """Return the revisions that this code knows, the newest first.

    They are the numbers in the names of their files. Alembic is loaded only if there is something to upgrade: it
    takes 7 MB.
    """
    files = (MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return tuple(sorted((file.name.partition("_")[0] for file in files), reverse=True))


def newest() -> str:
    """Return the revision that this code needs."""
    return revisions()[0]


async def check(url: str) -> list[str]:
    """Return the problems of the database at `url`, each as a sentence. Empty if there are none."""
    try:
        driver = driver_url(url)
    except StoreError as error:
        return [error.message]
    if driver.drivername.startswith("sqlite") and not has_file(driver):
        return [directory_problem(url) or f"There is no database at {shown_url(url)}. `db upgrade` creates one."]
    try:
        found = await current(url)
        damaged = await damage(url)
    except StoreError as error:
        return [f"{shown_url(url)}: {error.message}"]
    problem = revision_problem(found)
    return ([problem] if problem else []) + damaged


async def damage(url: str) -> list[str]:
    """Return the damage in the database at `url`, each as a sentence. Raises StoreError."""
    return await _in_own_loop(_damage, url)


def revision_problem(found: str | None) -> str | None:
    """Return why this code cannot use a database at revision `found`, or None if it can."""
    known = revisions()
    if found == known[0]:
        return None
    if found is not None and found not in known:
        return f"The database was made by a newer Hearsay (schema {found}; known is {known[0]}). Update Hearsay."
    return f"The database has the schema {found or 'of nothing yet'}; {known[0]} is needed. Run `db upgrade`."


async def _in_own_loop(work: Callable[..., Given], url: str, *arguments: str) -> Given:
    """Run `work` on a connection in a thread of its own: Alembic blocks, and the event loop must not."""

    async def connect() -> Given:
        engine = open_engine(url, pooled=False)
        try:
            with plain_errors(file_of(engine)):
                async with engine.connect() as connection:
                    await connection.execution_options(writes=work is _upgrade)
                    if work is _upgrade:
                        await _set_wal(connection)
                    async with connection.begin():
                        return await connection.run_sync(work, *arguments)
        finally:
            await engine.dispose()

    return await asyncio.to_thread(asyncio.run, connect())


async def _set_wal(connection: AsyncConnection) -> None:
    """Let readers and a writer work at the same time (SQLite). The file remembers it.

    Two processes that set it at once disturb each other whatever the timeout, so it is retried.
    """
    if connection.dialect.name != "sqlite":
        return
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    assert driver is not None
    for attempt in range(WAL_ATTEMPTS):
        try:
            async with driver.execute("PRAGMA journal_mode = WAL"):
                return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or attempt == WAL_ATTEMPTS - 1:
                raise
            await asyncio.sleep(WAL_PAUSE_S)


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - see `revisions`

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    found = _current(connection)
    problem = revision_problem(found)
    if problem and "newer" in problem:
        raise StoreError(problem)
    if problem:
        from alembic import command  # noqa: PLC0415 - see `revisions`

        command.upgrade(_config(connection), revision)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _damage(connection: Connection) -> list[str]:
    """Return SQLite's findings about the file and its references. PostgreSQL keeps its own in order."""
    if connection.dialect.name != "sqlite":
        return []
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
    damage = [] if found == ["ok"] else [f"The database file is damaged: {'; '.join(found)}. Restore a backup."]
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        damage.append("Rows of the database refer to others that are gone. Restore a backup.")
    return damage
