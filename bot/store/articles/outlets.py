"""The outlets that a server reads."""

from collections import Counter

from sqlalchemy import Select, select, union_all

from bot.store.database import Database
from bot.store.schema.news_tables import ArticleRow, EntryRow
from bot.store.schema.server_tables import GuildFeedRow

LATEST = 40
"""How many of the latest entries of each feed are examined: earlier ones no longer matter."""
MOST_FEEDS = 300


class Outlets:
    """The outlets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def names(self, guild_id: int) -> list[str]:
        """Return the outlets of the latest articles of each feed of a server, those with the most first."""
        attached = select(GuildFeedRow.feed_id).where(GuildFeedRow.guild_id == guild_id).limit(MOST_FEEDS)
        async with self._database.reading() as connection:
            latest = [_latest(feed_id) for feed_id in (await connection.execute(attached)).scalars()]
            if not latest:
                return []
            rows = await connection.execute(union_all(*latest))
            found = Counter(str(name) for (name,) in rows)
        return [name for name, _ in sorted(found.items(), key=lambda item: (-item[1], item[0])) if name]


def _latest(feed_id: int) -> Select[tuple[str]]:
    """Return the query for the outlets of the latest entries of one feed, which walks the end of one index."""
    entries = (
        select(ArticleRow.outlet)
        .select_from(EntryRow)
        .join(ArticleRow, ArticleRow.id == EntryRow.article_id)
        .where(EntryRow.feed_id == feed_id)
        .order_by(EntryRow.first_seen_at.desc())
        .limit(LATEST)
        .subquery()
    )
    return select(entries.c.outlet)
