"""Deletes expired data: old articles, their texts before that, messages posted long ago, and the entries of feeds
that nobody has. Tombstones remain.

Expired rows are looked up without the writer's lock, from indexes, and deleted in small transactions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState
from bot.store.actors.actors import drop_orphans
from bot.store.articles.text_partitions import renew_partitions
from bot.store.claims.claim_decisions import purge_decisions
from bot.store.claims.kept_excerpts import keep_excerpts
from bot.store.database import Database, chunks, insert_rows
from bot.store.feeds.feeds import wanted
from bot.store.schema.columns import ArticleState
from bot.store.schema.news_tables import (
    ArticleActorRow,
    ArticleRow,
    ArticleTextRow,
    EntryRow,
    FeedRow,
    StoryRow,
    TombstoneRow,
)
from bot.store.schema.person_tables import LetterRow
from bot.store.schema.server_tables import DeliveryRow, MetaRow, NoticeRow
from bot.store.servers.edits import CORRECTED_UP_TO
from bot.store.servers.follows import purged_follows
from bot.store.servers.reports import purge_reports

UNWANTED_KEPT = timedelta(days=30)
"""How long the entries of a feed that nobody has are stored after its last poll: it may be added again."""
BATCH = 500
LOOKED_AT = 20_000
"""How many articles are checked in one step for entries that lead to them."""
ARTICLES_UNTIL = "articles_swept_until"
"""The fact of the installation that names the last article that was swept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How long things are stored: articles with their claims, texts of articles, posted messages."""

    claims: timedelta = timedelta(days=400)
    texts: timedelta = timedelta(days=400)
    deliveries: timedelta = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was deleted. Texts are those of articles that remain."""

    entries: int = 0
    articles: int = 0
    texts: int = 0
    messages: int = 0

    @property
    def total(self) -> int:
        """The number of all of them."""
        return self.entries + self.articles + self.texts + self.messages


class Retention:
    """Deletes expired data."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def purge(self, now: datetime, limit: int = BATCH, kept: Kept | None = None) -> Purged:
        """Delete up to `limit` expired things of each kind. All are gone once it returns 0.

        An entry leaves its key and its address behind as a tombstone, so that it does not return while its feed
        still lists it. Old digests and answers may refer to things that are gone.
        """
        kept = kept or Kept()
        entries = await self._due_entries(now, limit, kept)
        async with self._database.writing() as connection:
            await purge_reports(connection, now, kept.claims)
            await connection.execute(purged_follows(now))
            await purge_decisions(connection, now - CORRECTED_UP_TO)
            await self._bury(connection, entries, now)
            articles = await _purge_articles(connection, [row.article_id for row in entries if row.article_id])
        articles += await self._sweep(limit)
        # texts that go with their articles need not be removed before
        texts = await self._remove_texts(now - kept.texts, limit) if kept.texts < kept.claims else 0
        return Purged(len(entries), articles, texts, await self._purge_messages(now - kept.deliveries, limit))

    async def free_space(self, now: datetime, kept: Kept | None = None) -> None:
        """Return the space of purged texts to the disk, if the database does so by the month."""
        kept = kept or Kept()
        await renew_partitions(self._database, now, min(kept.texts, kept.claims))

    async def _due_entries(self, now: datetime, limit: int, kept: Kept) -> list[Any]:
        columns = (EntryRow.id, EntryRow.feed_id, EntryRow.key, EntryRow.link_print, EntryRow.article_id)
        old = now - kept.claims
        old_articles = (
            select(ArticleRow.id).where(ArticleRow.read_at < old).order_by(ArticleRow.read_at).limit(limit)
        )
        listed = exists().where(EntryRow.feed_id == FeedRow.id)
        unwanted = FeedRow.last_polled_at < now - UNWANTED_KEPT
        given_up = select(FeedRow.id).where(unwanted, listed, ~wanted()).limit(limit)
        found: dict[int, Any] = {}
        async with self._database.reading() as connection:
            article_ids = list((await connection.execute(old_articles)).scalars())
            feed_ids = list((await connection.execute(given_up)).scalars())
            queries = [select(*columns).where(EntryRow.article_id.is_(None), EntryRow.first_seen_at < old)]
            queries += [select(*columns).where(EntryRow.article_id.in_(some)) for some in chunks(article_ids)]
            queries += [select(*columns).where(EntryRow.feed_id == feed_id) for feed_id in feed_ids]
            for query in queries:
                if len(found) < limit:
                    found |= {row.id: row for row in await connection.execute(query.limit(limit))}
        return list(found.values())

    async def _bury(self, connection: AsyncConnection, entries: Sequence[Any], now: datetime) -> None:
        stones = [
            {"feed_id": row.feed_id, "key": row.key, "link_print": row.link_print, "purged_at": now}
            for row in entries
        ]
        await insert_rows(connection, self._database.insert(TombstoneRow).on_conflict_do_nothing(), stones)
        for some in chunks([row.id for row in entries]):
            await connection.execute(delete(EntryRow).where(EntryRow.id.in_(some)))

    async def _sweep(self, limit: int) -> int:
        """Delete articles whose entries went with their feed. Continue where it stopped; at the end start anew."""
        led_to = exists().where(EntryRow.article_id == ArticleRow.id)
        async with self._database.reading() as connection:
            after = int(await _fact(connection, ARTICLES_UNTIL) or 0)
            looked_at = select(ArticleRow.id).where(ArticleRow.id > after).order_by(ArticleRow.id).limit(LOOKED_AT)
            some = looked_at.subquery()
            last = (await connection.execute(select(some.c.id).order_by(some.c.id.desc()).limit(1))).scalar()
            if last is None:
                orphans: list[int] = []
            else:
                query = (
                    select(ArticleRow.id).where(ArticleRow.id > after, ArticleRow.id <= last, ~led_to).limit(limit)
                )
                orphans = list((await connection.execute(query)).scalars())
        async with self._database.writing() as connection:
            swept = await _purge_articles(connection, orphans)
            if not orphans:
                await self._note(connection, ARTICLES_UNTIL, str(last or 0))
        return swept or int(last is not None and not orphans and last - after >= LOOKED_AT)

    async def _remove_texts(self, before: datetime, limit: int) -> int:
        """Replace the texts of articles that were read before then by the sentences of their claims."""
        grouped = and_(ArticleRow.state == ArticleState.EXTRACTED, ArticleRow.story_id.is_not(None))
        done = or_(grouped, ArticleRow.state == ArticleState.FAILED)
        due = and_(ArticleRow.read_at < before, done)
        later = select(ArticleRow.id).where(ArticleRow.read_at >= before).order_by(ArticleRow.read_at).limit(1)
        query = select(ArticleTextRow.article_id).where(
            exists().where(ArticleRow.id == ArticleTextRow.article_id, due)
        )
        query = query.order_by(ArticleTextRow.article_id).limit(limit)
        async with self._database.reading() as connection:
            first_kept = (await connection.execute(later)).scalar()
            if (
                first_kept is not None
            ):  # articles are numbered in the order they are read, so later texts can be skipped
                query = query.where(ArticleTextRow.article_id < first_kept)
            article_ids = list((await connection.execute(query)).scalars())
        removed = 0
        for some in chunks(article_ids):
            async with self._database.writing() as connection:
                # an article revised in the meantime is needed again
                still = select(ArticleRow.id).where(ArticleRow.id.in_(some), due).with_for_update()
                gone = list((await connection.execute(still)).scalars())
                await keep_excerpts(connection, gone)
                await connection.execute(delete(ArticleTextRow).where(ArticleTextRow.article_id.in_(gone)))
                removed += len(gone)
        return removed

    async def _purge_messages(self, before: datetime, limit: int) -> int:
        """Delete messages that were posted or given up, and last due before then. Their articles still count as
        shown.
        """
        deleted = 0
        for table in (DeliveryRow, NoticeRow, LetterRow):
            over = table.state.in_((DeliveryState.SENT, DeliveryState.FAILED))
            query: Select[Any] = select(table.id).where(over, table.next_try_at < before).limit(limit)
            async with self._database.reading() as connection:
                ids = list((await connection.execute(query)).scalars())
            for some in chunks(ids):
                async with self._database.writing() as connection:
                    await connection.execute(delete(table).where(table.id.in_(some)))
            deleted += len(ids)
        return deleted

    async def _note(self, connection: AsyncConnection, key: str, value: str) -> None:
        row = self._database.insert(MetaRow).values(key=key, value=value)
        await connection.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


async def _fact(connection: AsyncConnection, key: str) -> str | None:
    return (await connection.execute(select(MetaRow.value).where(MetaRow.key == key))).scalar()


async def _purge_articles(connection: AsyncConnection, article_ids: Sequence[int]) -> int:
    """Delete those of the articles that no entry leads to, with claims, actors and stories that only they have."""
    deleted = 0
    for some in chunks(sorted(set(article_ids))):
        led_to = exists().where(EntryRow.article_id == ArticleRow.id)
        query = select(ArticleRow.id, ArticleRow.story_id).where(ArticleRow.id.in_(some), ~led_to)
        rows = (await connection.execute(query)).all()
        gone = [row.id for row in rows]
        actors = select(ArticleActorRow.actor_id).where(ArticleActorRow.article_id.in_(gone)).distinct()
        actor_ids = list((await connection.execute(actors)).scalars())
        await connection.execute(delete(ArticleRow).where(ArticleRow.id.in_(gone)))
        await connection.execute(delete(ArticleTextRow).where(ArticleTextRow.article_id.in_(gone)))
        await drop_orphans(connection, actor_ids)
        await _drop_empty_stories(connection, sorted({row.story_id for row in rows if row.story_id is not None}))
        deleted += len(rows)
    return deleted


async def _drop_empty_stories(connection: AsyncConnection, story_ids: Sequence[int]) -> None:
    for some in chunks(story_ids):
        told = exists().where(ArticleRow.story_id == StoryRow.id)
        await connection.execute(delete(StoryRow).where(StoryRow.id.in_(some), ~told))
