"""Articles whose pages are checked again: a page may be corrected without its feed saying so.

That matters if someone has been shown the article, and in its first two days; later, pages are rarely corrected.
So an article that a digest has shown is read again a few times with growing delays, in addition to whenever its
feed says that it changed. A check is a reading like any other, subject to robots.txt and the pace of the host, and
a change is a revision (see `revisions.py`). If several entries lead to one page, the first one is read, because
the article follows that one.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Executable, and_, exists, func, or_, select, update

from bot.model.articles import Origin
from bot.store.database import Database, chunks
from bot.store.schema.columns import ArticleState, EntryState
from bot.store.schema.news_tables import ArticleRow, EntryCopyRow, EntryRow
from bot.store.schema.rows import aliased
from bot.store.schema.server_tables import ShownArticleRow

RECHECK_DELAYS = (timedelta(hours=2), timedelta(hours=8), timedelta(hours=24))
"""How long after its last reading an article is checked for the first, second, … time. There are fewer checks than
`bot.store.feeds.entries.REREADS`, which leaves room for changes that the feed announces.
"""
RECHECKED_UP_TO = timedelta(days=2)
"""The maximum age of an article that is checked again."""


async def queue_due_rechecks(database: Database, now: datetime, limit: int) -> int:
    """Make articles that are due for a check wait to be read, at most `limit`. Return how many."""
    entry_ids: list[int] = []
    async with database.reading() as connection:
        # in two steps: SQLite would scan all entries in one
        young = select(ArticleRow.id).where(
            ArticleRow.published_at >= now - RECHECKED_UP_TO,
            exists().where(ShownArticleRow.article_id == ArticleRow.id),
        )
        shown = (await connection.execute(young.order_by(ArticleRow.published_at.desc()))).scalars()
        for some in chunks(list(shown)):
            rows = await connection.execute(_to_look_at(some, now))
            entry_ids += [row.id for row in rows if row.read_at is None and row.state is ArticleState.EXTRACTED]
    if not entry_ids:
        return 0
    waits = {"read_at": now, "reread_at": now, "attempts": 0, "rereads": EntryRow.rereads + 1}
    async with database.writing() as connection:
        for some in chunks(entry_ids[:limit]):
            looked_at = update(EntryRow).where(EntryRow.id.in_(some), EntryRow.read_at.is_(None))
            await connection.execute(looked_at.values(waits))
    return min(len(entry_ids), limit)


def _to_look_at(article_ids: Sequence[int], now: datetime) -> Executable:
    """Return the query for the entries through which to check articles, unless they are waiting or unread."""
    copy, other, other_copy = aliased(EntryCopyRow), aliased(EntryRow), aliased(EntryCopyRow)
    earlier = (
        select(other.id)
        .outerjoin(other_copy, other_copy.entry_id == other.id)
        .where(
            other.article_id == EntryRow.article_id,
            other.id < EntryRow.id,
            func.coalesce(other_copy.copy_id, 0) == func.coalesce(copy.copy_id, 0),
        )
    )
    last_read = func.coalesce(EntryRow.reread_at, ArticleRow.read_at)
    return (
        select(EntryRow.id, EntryRow.read_at, ArticleRow.state)
        .join(ArticleRow, ArticleRow.id == EntryRow.article_id)
        .outerjoin(copy, copy.entry_id == EntryRow.id)
        .where(
            EntryRow.article_id.in_(article_ids),
            EntryRow.state == EntryState.READ,
            EntryRow.url.is_not(None),
            ArticleRow.origin == Origin.PAGE,
            or_(*(and_(EntryRow.rereads == n, last_read <= now - wait) for n, wait in enumerate(RECHECK_DELAYS))),
            ~earlier.exists(),
        )
        .order_by(EntryRow.id)
    )
