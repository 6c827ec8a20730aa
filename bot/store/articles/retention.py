"""Deletes what is no longer needed: old articles, and the entries of feeds that nobody has. Tombstones remain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.actors.actors import drop_orphans
from bot.store.database import Database, chunks, insert_rows
from bot.store.feeds.feeds import wanted
from bot.store.schema.news_tables import (
    ArticleActorRow,
    ArticleRow,
    EntryRow,
    FeedRow,
    StoryRow,
    TombstoneRow,
)

ARTICLES_KEPT = timedelta(days=400)
"""How long an article is stored after it was first read."""
UNWANTED_KEPT = timedelta(days=30)
"""How long the entries of a feed that nobody has are stored after its last poll: it may be added again."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was deleted."""

    entries: int = 0
    articles: int = 0

    @property
    def total(self) -> int:
        """The number of rows of both kinds."""
        return self.entries + self.articles


class Retention:
    """Deletes what is no longer needed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def purge(self, now: datetime, limit: int = BATCH) -> Purged:
        """Delete up to `limit` entries and articles that are due. All are gone once it returns 0.

        An entry leaves its key and its address behind as a tombstone, so that it does not return while its feed
        still lists it. Old digests and answers may refer to things that are gone.
        """
        async with self._database.writing() as connection:
            buried = await self._bury(connection, now, limit)
            return Purged(buried, await _purge_articles(connection, limit))

    async def _bury(self, connection: AsyncConnection, now: datetime, limit: int) -> int:
        columns = (EntryRow.id, EntryRow.feed_id, EntryRow.key, EntryRow.link_print)
        old_article = ArticleRow.read_at < now - ARTICLES_KEPT
        given_up = (FeedRow.last_polled_at < now - UNWANTED_KEPT) & ~wanted()
        queries = (
            select(*columns).where(EntryRow.article_id.is_(None), EntryRow.first_seen_at < now - ARTICLES_KEPT),
            select(*columns).join(ArticleRow, ArticleRow.id == EntryRow.article_id).where(old_article),
            select(*columns).join(FeedRow, FeedRow.id == EntryRow.feed_id).where(given_up),
        )
        found = {}
        for query in queries:
            for row in await connection.execute(query.order_by(EntryRow.id).limit(limit)):
                found[row.id] = row
        stones = [
            {"feed_id": row.feed_id, "key": row.key, "link_print": row.link_print, "purged_at": now}
            for row in found.values()
        ]
        await insert_rows(connection, self._database.insert(TombstoneRow).on_conflict_do_nothing(), stones)
        for some in chunks(list(found)):
            await connection.execute(delete(EntryRow).where(EntryRow.id.in_(some)))
        return len(found)


async def _purge_articles(connection: AsyncConnection, limit: int) -> int:
    """Delete articles without entries, with their claims, and with actors and stories that only they have."""
    led_to = exists().where(EntryRow.article_id == ArticleRow.id)
    query = select(ArticleRow.id, ArticleRow.story_id).where(~led_to).order_by(ArticleRow.id).limit(limit)
    rows = (await connection.execute(query)).all()
    for some in chunks([row.id for row in rows]):
        actors = select(ArticleActorRow.actor_id).where(ArticleActorRow.article_id.in_(some)).distinct()
        actor_ids = list((await connection.execute(actors)).scalars())
        await connection.execute(delete(ArticleRow).where(ArticleRow.id.in_(some)))
        await drop_orphans(connection, actor_ids)
    await _drop_empty_stories(connection, sorted({row.story_id for row in rows if row.story_id is not None}))
    return len(rows)


async def _drop_empty_stories(connection: AsyncConnection, story_ids: Sequence[int]) -> None:
    for some in chunks(story_ids):
        told = exists().where(ArticleRow.story_id == StoryRow.id)
        await connection.execute(delete(StoryRow).where(StoryRow.id.in_(some), ~told))
