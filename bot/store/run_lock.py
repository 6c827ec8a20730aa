"""The lock of the running bot on its database, so that a second bot with the same database is noticed.

For SQLite it is a file beside the database, for PostgreSQL an advisory lock on a connection of its own. Both end
with their process.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from sqlalchemy import text

from bot.file_locks import held
from bot.store.database import open_engine
from bot.store.database_address import driver_url
from bot.store.failures import plain_errors

LOCK = 0x48656173
"""The advisory lock of the running bot on PostgreSQL."""


@asynccontextmanager
async def hold_run_lock(url: str) -> AsyncIterator[bool]:
    """Hold the lock of the running bot on the database at `url`.

    Yields whether this process got it; it is False if another bot runs with this database. Raises StoreError if
    the database cannot be reached.
    """
    parsed = driver_url(url)
    async with AsyncExitStack() as stack:
        if parsed.drivername.startswith("sqlite"):
            file = Path(parsed.database or "")
            yield stack.enter_context(held(file.with_name(f"{file.name}.lock")))
            return
        engine = open_engine(url, pooled=False)
        stack.push_async_callback(engine.dispose)
        with plain_errors():
            connection = await stack.enter_async_context(engine.connect())
            # without a transaction, which would prevent vacuuming of old rows
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            got = await connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK})
        yield bool(got)
