"""The host's view of the database: checks, upgrades, backups."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from bot.errors import StoreError
from bot.model.digests import Subscription
from bot.store import open_store, run_lock
from bot.store import upgrade as schema
from bot.store.backup import back_up, restore
from bot.store.database import directory_problem, write_problem
from bot.store.database_address import driver_url, has_file
from bot.store.sizes import DatabaseSize, database_size, vacuum
from config.settings import Settings


def needs_creating(settings: Settings) -> bool:
    """Return whether there is no database yet, and nothing prevents Hearsay from creating it."""
    try:
        url = driver_url(settings.store_url)
    except StoreError:
        return False
    return (
        url.drivername.startswith("sqlite") and not has_file(url) and directory_problem(settings.store_url) is None
    )


async def upgrade_database(settings: Settings) -> None:
    """Create the database or bring it up to date. Raises StoreError."""
    await schema.upgrade(settings.store_url)


async def upgrade_database_apart(settings: Settings) -> None:
    """Create the database or bring it up to date, in a process of its own. Raises StoreError."""
    await schema.upgrade_apart(settings.store_url)


async def database_problems(settings: Settings) -> list[str]:
    """Return the problems of the database, each as a sentence."""
    problems = await schema.check(settings.store_url)
    if not problems and (problem := await write_problem(settings.store_url)):
        problems.append(problem)
    return problems


async def back_up_database(settings: Settings, file: Path) -> None:
    """Copy the SQLite database into `file` while it may be in use.

    Raises StoreError if there is no SQLite database or it cannot be copied, BadInput if `file` cannot be written.
    """
    await back_up(settings.store_url, file)


async def restore_database(settings: Settings, file: Path) -> Path | None:
    """Put the backup `file` in the place of the SQLite database. Return the new place of the former one, if any.

    Raises StoreError if Hearsay is running with it or it is another kind of database, BadInput if `file` cannot be
    used.
    """
    moved = await restore(settings.store_url, file)
    await schema.upgrade(settings.store_url)
    return moved


async def size_of_database(settings: Settings) -> DatabaseSize:
    """Return the size of the database and its tables. Raises StoreError."""
    return await database_size(settings.store_url)


async def vacuum_database(settings: Settings) -> None:
    """Give the space of deleted rows back. Raises StoreError."""
    await vacuum(settings.store_url)


async def copy_database_to(settings: Settings, target: str, told: Callable[[str, int], None]) -> None:
    """Copy the SQLite database into the PostgreSQL at `target`, or resume a copy; compare both at the end.

    `told` is called with each table and its number of rows. Raises BadInput and StoreError.
    """
    from bot.store.copying import copy_database  # noqa: PLC0415 - it knows PostgreSQL, which takes memory

    await copy_database(settings.store_url, target, told)


def hold_run_lock(settings: Settings) -> AbstractAsyncContextManager[bool]:
    """Hold the lock of the running bot; yields False if another bot runs with this database. Raises StoreError."""
    return run_lock.hold_run_lock(settings.store_url)


async def stored_subscriptions(settings: Settings) -> list[Subscription]:
    """Return the subscriptions of all servers; none if there is no database. Raises StoreError."""
    if needs_creating(settings):
        return []
    async with open_store(settings.store_url, migrate=False) as store:
        return await store.subscriptions.all()
