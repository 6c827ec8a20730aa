"""The known facts about one article, to explain why it was or was not posted. Only from a server's own feeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_, select

from bot.digests.standing_alone import is_said
from bot.model.delivery import DeliveryState
from bot.model.digests import Subscription
from bot.store.actors.actor_changes import ActorChanges, not_hidden
from bot.store.articles.copies import printings
from bot.store.database import Database, chunks
from bot.store.schema.columns import ArticleState, EntryState
from bot.store.schema.news_tables import ActorRow, ArticleRow, ClaimRow, CopyRow, EntryCopyRow, EntryRow
from bot.store.schema.rows import aliased
from bot.store.schema.server_tables import DeliveryRow, GuildFeedRow, ShownArticleRow
from bot.store.schema.values import value_of
from bot.store.visibility import not_withdrawn, visible_to


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry of one of the server's feeds that is the article, or leads to it."""

    feed_id: int
    title: str
    url: str | None
    state: EntryState
    attempts: int
    error: str | None
    read_at: datetime | None
    first_seen_at: datetime
    article_id: int | None


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that such an entry led to."""

    id: int
    state: ArticleState
    error: str | None
    language: str | None
    story_id: int | None
    claims: int
    printed: tuple[tuple[str, str], ...]
    """Title and address in each outlet from the server's feeds, the one to show first. Only if it has copies."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A message of the digest that showed the article."""

    state: DeliveryState
    attempted_at: datetime | None
    message_id: int | None
    thread_id: int | None
    error: str | None
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """The messages in which a subscription was given the article, and the articles of its story in them."""

    postings: tuple[Posting, ...]
    story: tuple[tuple[str, str], ...]
    """Title and address of each."""


class Explanations:
    """Queries about one article or one feed."""

    def __init__(self, database: Database, actor_changes: ActorChanges) -> None:
        self._database = database
        self._actor_changes = actor_changes

    async def entries(self, guild_id: int, link_print: str, url_keys: Sequence[str]) -> list[FoundEntry]:
        """Return the server's entries that link to an address, or that led to an article with one of the keys.

        If one of them was published at this address, entries that led to its copies are included. Other
        publications at the address stay unknown here, even if the server has a copy of them. Entries with an
        article come first, then the newest.
        """
        own = aliased(EntryRow)
        led = exists().where(GuildFeedRow.feed_id == own.feed_id, GuildFeedRow.guild_id == guild_id)
        to_copy = exists().where(EntryCopyRow.entry_id == own.id)
        printed = (
            select(own.article_id)
            .join(ArticleRow, ArticleRow.id == own.article_id)
            .where(ArticleRow.url_key.in_(url_keys), led, ~to_copy),
            select(own.article_id)
            .join(EntryCopyRow, EntryCopyRow.entry_id == own.id)
            .join(CopyRow, CopyRow.id == EntryCopyRow.copy_id)
            .where(CopyRow.url_key.in_(url_keys), led),
        )
        same = or_(*(EntryRow.article_id.in_(articles) for articles in printed))
        query = (
            select(EntryRow.__table__)
            .join(GuildFeedRow, GuildFeedRow.feed_id == EntryRow.feed_id)
            .where(GuildFeedRow.guild_id == guild_id)
            .where(or_(same, EntryRow.link_print == link_print) if link_print else same)
            .order_by(EntryRow.article_id.is_(None), EntryRow.first_seen_at.desc(), EntryRow.id.desc())
            .limit(50)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [value_of(FoundEntry, row) for row in rows]

    async def article(self, article_id: int, guild_id: int) -> FoundArticle | None:
        """Return an article that an entry led to, as a server's feeds have it."""
        async with self._database.reading() as connection:
            seen = await self._actor_changes.seen_by(connection, guild_id)
            claims = (
                select(func.count())
                .where(ClaimRow.article_id == article_id, not_withdrawn(guild_id, ClaimRow))
                .where(not_hidden(seen, ClaimRow.actor_id, ClaimRow.article_id))
                .scalar_subquery()
            )
            query = select(ArticleRow.__table__, claims.label("claims")).where(ArticleRow.id == article_id)
            row = (await connection.execute(query)).first()
            if row is None:
                return None
            several = (await printings(connection, [article_id], guild_id)).get(article_id)
        printed = tuple((one.title, one.url) for one in several) if several else ((row.title, row.url),)
        return value_of(FoundArticle, row, printed=printed)

    async def shown(self, subscription: Subscription, article: FoundArticle) -> ShownArticle | None:
        """Return how the channel of a subscription was given an article, or None if it was not."""
        channel_id = subscription.plan.channel_id
        given = select(ShownArticleRow.delivery_id).where(
            ShownArticleRow.channel_id == channel_id, ShownArticleRow.article_id == article.id
        )
        async with self._database.reading() as connection:
            shown = (await connection.execute(given)).first()
            if shown is None:
                return None
            if shown.delivery_id is None:
                return ShownArticle((), ())
            first = aliased(DeliveryRow)
            same = and_(DeliveryRow.subscription_id == first.subscription_id, DeliveryRow.slot == first.slot)
            of_digest = select(DeliveryRow.id).join(first, or_(DeliveryRow.id == first.id, same))
            of_digest = of_digest.where(first.id == shown.delivery_id)
            messages = (
                select(
                    DeliveryRow.state,
                    DeliveryRow.attempted_at,
                    DeliveryRow.message_id,
                    DeliveryRow.thread_id,
                    DeliveryRow.error,
                    DeliveryRow.payload,
                )
                .where(DeliveryRow.id.in_(of_digest))
                .order_by(DeliveryRow.part)
            )
            postings = tuple(value_of(Posting, row) for row in await connection.execute(messages))
            story = (
                select(ArticleRow.id, ArticleRow.title, ArticleRow.url)
                .join(ShownArticleRow, ShownArticleRow.article_id == ArticleRow.id)
                .where(
                    ShownArticleRow.channel_id == channel_id,
                    ShownArticleRow.delivery_id.in_(of_digest),
                    ArticleRow.story_id == article.story_id,
                    ArticleRow.id != article.id,
                )
                .order_by(ArticleRow.id)
            )
            rows = (await connection.execute(story)).all()
            several = await printings(connection, [row.id for row in rows], subscription.guild_id)
        others: list[tuple[str, str]] = []
        for row in rows:
            others += [(one.title, one.url) for one in several.get(row.id, ())] or [(row.title, row.url)]
        return ShownArticle(postings, tuple(others))

    async def is_sure(self, subscription: Subscription, article: FoundArticle) -> bool:
        """Return whether an article, or one of its story that waits with it, has a claim that is said with enough
        confidence.
        """
        shown = (
            select(ShownArticleRow.article_id)
            .where(
                ShownArticleRow.channel_id == subscription.plan.channel_id,
                ShownArticleRow.article_id == ArticleRow.id,
            )
            .exists()
        )
        query = (
            select(ActorRow.name, ClaimRow.cue_text, ClaimRow.verbatim)
            .join(ArticleRow, ArticleRow.id == ClaimRow.article_id)
            .outerjoin(ActorRow, ActorRow.id == ClaimRow.actor_id)
            .where(ClaimRow.confidence >= subscription.selection.minimum_confidence)
            .where(or_(ArticleRow.id == article.id, ArticleRow.story_id == article.story_id))
            .where(visible_to(subscription.guild_id, ArticleRow.id), ~shown)
            .where(not_withdrawn(subscription.guild_id, ClaimRow))
        )
        async with self._database.reading() as connection:
            seen = await self._actor_changes.seen_by(connection, subscription.guild_id)
            query = query.where(not_hidden(seen, ClaimRow.actor_id, ClaimRow.article_id))
            rows = (await connection.execute(query)).all()
        return any(is_said(row.name, row.cue_text, row.verbatim) for row in rows)

    async def latest_links(self, guild_id: int) -> dict[int, str]:
        """Return the address of the newest entry of each feed of a server: feeds may have other hosts."""
        newest = (
            select(func.max(EntryRow.id))
            .join(GuildFeedRow, GuildFeedRow.feed_id == EntryRow.feed_id)
            .where(GuildFeedRow.guild_id == guild_id, EntryRow.url.is_not(None))
            .group_by(EntryRow.feed_id)
        )
        query = select(EntryRow.feed_id, EntryRow.url).where(EntryRow.id.in_(newest))
        async with self._database.reading() as connection:
            return {row.feed_id: row.url for row in await connection.execute(query)}

    async def known_keys(self, feed_id: int, keys: Sequence[str]) -> set[str]:
        """Return which of `keys` are known entries of a feed."""
        known: set[str] = set()
        async with self._database.reading() as connection:
            for some in chunks(keys):
                query = select(EntryRow.key).where(EntryRow.feed_id == feed_id, EntryRow.key.in_(some))
                known.update((await connection.execute(query)).scalars())
        return known
