"""The partitions of the texts of articles on PostgreSQL, so that the space of old texts is free at once.

Articles are numbered in the order in which they are read, so a range of numbers is a stretch of time. The size of
a partition is about the count of numbers recently used within a twelfth of the time for which texts are kept, or
within a month at most. The last one has no end, so that there is always a place for a text. A partition is dropped
once all its texts were deleted: the disk gets the space back, and only the partition that texts were deleted from
needs vacuuming.

Partitions go by number, not by month: a query that knows the articles then only looks into their partitions.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.schema.alembic_options import TEXT_PARTITIONS
from bot.store.schema.news_tables import ArticleRow, ArticleTextRow

LOCK_TIMEOUT = "500ms"
"""How long to wait for others that use the table, which hold up further ones. It is retried the next day."""
WIDEST, NARROWEST, OF_THE_TIME_KEPT = timedelta(days=30), timedelta(days=1), 12
FEWEST = 10_000
"""The count of numbers in the smallest partition: 50 MB of texts."""
MADE_AT_ONCE = 24
NOT_IN_FLIGHT = timedelta(hours=1)
"""After this time, no transaction is left that used an earlier number for a new article."""
LOCK_NOT_AVAILABLE = "55P03"


async def renew_partitions(database: Database, now: datetime, kept: timedelta) -> None:
    """Drop partitions without texts that are older than `kept`, and create those for the near future.

    If the table is in use for long, nothing changes.
    """
    if database.dialect != "postgresql":
        return
    width = max(NARROWEST, min(WIDEST, kept / OF_THE_TIME_KEPT))
    try:
        while await _drop_the_first(database, now, kept):
            pass
        async with database.writing() as connection:
            await make_partitions(connection, width)
    except StoreError as error:
        if getattr(getattr(error.__cause__, "orig", None), "sqlstate", None) != LOCK_NOT_AVAILABLE:
            raise


async def make_partitions(connection: AsyncConnection, width: timedelta = WIDEST) -> None:
    """Create partitions for all articles, and for the near future."""
    newest = (await connection.execute(select(func.max(ArticleRow.id)))).scalar() or 0
    *_, last = await _starts(connection)
    step = max(FEWEST, newest - await _read_by(connection, width))
    if last >= newest + step:
        return
    await _lock(connection)
    *_, last = await _starts(connection)
    filled = (await connection.execute(select(func.max(ArticleTextRow.article_id)))).scalar() or 0
    starts = list(starts_after(last, newest, filled, step))
    if not starts:
        return
    # the last one gets an end
    name = f"{TEXT_PARTITIONS}{last}"
    await _run(connection, f"ALTER TABLE article_texts DETACH PARTITION {name}")
    bounds = f"FOR VALUES FROM ({last or 'MINVALUE'}) TO ({starts[0]})"
    await _run(connection, f"ALTER TABLE article_texts ATTACH PARTITION {name} {bounds}")
    for start, end in zip(starts, [*starts[1:], "MAXVALUE"], strict=True):
        bounds = f"FOR VALUES FROM ({start}) TO ({end})"
        await _run(connection, f"CREATE TABLE {TEXT_PARTITIONS}{start} PARTITION OF article_texts {bounds}")


def starts_after(last: int, newest: int, filled: int, step: int) -> Iterator[int]:
    """Yield the first numbers of the partitions to create after the one that starts at `last`.

    `newest` is the latest article, `filled` the latest with a text, and `step` the count of numbers used within
    the time of one partition. Numbers already filled stay in one partition.
    """
    step = max(step, (newest - last) // MADE_AT_ONCE)
    start = max(last + step, filled + 1)
    while start - step < newest + step:
        yield start
        start += step


async def _drop_the_first(database: Database, now: datetime, kept: timedelta) -> bool:
    """Drop the earliest partition if it has no texts and will get none. Return whether it had none."""
    async with database.writing() as connection:
        since = select(ArticleRow.id, ArticleRow.read_at).where(ArticleRow.read_at >= now - kept)
        first_kept = (await connection.execute(since.order_by(ArticleRow.read_at).limit(1))).first()
        if first_kept is None or first_kept.read_at > now - NOT_IN_FLIGHT:
            return False
        starts = await _starts(connection)
        if len(starts) < 2 or starts[1] > first_kept.id or await _has_texts(connection, starts[0]):
            return False
        await _lock(connection)
        if starts != await _starts(connection) or await _has_texts(connection, starts[0]):
            return False
        await _run(connection, f"DROP TABLE {TEXT_PARTITIONS}{starts[0]}")
        return True


async def _starts(connection: AsyncConnection) -> list[int]:
    """Return the first numbers of all partitions in their order."""
    names = text("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'article_texts'::regclass")
    found = (await connection.execute(names)).scalars()
    return sorted(int(name.rpartition(TEXT_PARTITIONS)[2]) for name in found)


async def _has_texts(connection: AsyncConnection, start: int) -> bool:
    query = text(f"SELECT EXISTS (SELECT FROM {TEXT_PARTITIONS}{start})")  # noqa: S608 - a number
    return bool((await connection.execute(query)).scalar_one())


async def _read_by(connection: AsyncConnection, width: timedelta) -> int:
    """Return the first article that was read within `width` before the latest one."""
    latest = (await connection.execute(select(func.max(ArticleRow.read_at)))).scalar()
    if latest is None:
        return 0
    since = select(ArticleRow.id).where(ArticleRow.read_at >= latest - width).order_by(ArticleRow.read_at)
    return int((await connection.execute(since.limit(1))).scalar_one())


async def _lock(connection: AsyncConnection) -> None:
    await _run(connection, f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
    # the parent first: anyone who reads it locks it before its partitions
    await _run(connection, "LOCK TABLE article_texts IN ACCESS EXCLUSIVE MODE")


async def _run(connection: AsyncConnection, statement: str) -> None:
    await connection.execute(text(statement))
