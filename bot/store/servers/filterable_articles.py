"""Articles as filters see them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, select, true

from bot.model.articles import Printing
from bot.model.claims import Kind
from bot.model.digests import FilterableArticle, Selection
from bot.store.actors.actor_changes import ActorChanges
from bot.store.actors.actors import named_actors
from bot.store.articles.copies import also_in, printings
from bot.store.articles.texts import with_text
from bot.store.database import Database, chunks
from bot.store.schema.columns import ArticleState
from bot.store.schema.news_tables import (
    AliasRow,
    ArticleActorRow,
    ArticleRow,
    ClaimRow,
    EntryRow,
    FeedRow,
)
from bot.store.schema.server_tables import GuildFeedRow
from bot.store.schema.values import value_of
from bot.store.visibility import not_withdrawn


class Filtering:
    """Articles as filters see them. Nothing comes from a feed that the server does not have."""

    def __init__(self, database: Database, actor_changes: ActorChanges) -> None:
        self._database = database
        self._actor_changes = actor_changes

    async def latest(self, selection: Selection, limit: int) -> list[FilterableArticle]:
        """Return the articles of the selected feeds, shown or not, those published last first."""
        came = [EntryRow.article_id == ArticleRow.id, *_read_by(selection)]
        query = (
            select(ArticleRow.id)
            .where(
                ArticleRow.state == ArticleState.EXTRACTED,
                select(EntryRow.id).where(*came).exists(),
            )
            .order_by(ArticleRow.published_at.desc(), ArticleRow.id.desc())
            .limit(limit)
        )
        async with self._database.reading() as connection:
            article_ids = list((await connection.execute(query)).scalars())
        found = await self.of(selection, article_ids)
        return [found[article_id] for article_id in article_ids if article_id in found]

    async def of(self, selection: Selection, article_ids: Sequence[int]) -> dict[int, FilterableArticle]:
        """Return those of these articles that the selected feeds listed, as a filter sees them."""
        made: dict[int, FilterableArticle] = {}
        for some in chunks(article_ids):
            made |= await self._some(selection, some)
        return made

    async def _some(self, selection: Selection, ids: Sequence[int]) -> dict[int, FilterableArticle]:
        articles = select(
            ArticleRow.id.label("article_id"),
            ArticleRow.title,
            ArticleRow.url,
            ArticleRow.outlet,
            ArticleRow.language,
        ).where(ArticleRow.id.in_(ids))
        further = (
            select(ArticleActorRow.article_id, AliasRow.alias, AliasRow.actor_id)
            .join(AliasRow, AliasRow.actor_id == ArticleActorRow.actor_id)
            .where(ArticleActorRow.article_id.in_(ids))
            .order_by(ArticleActorRow.article_id, ArticleActorRow.position, AliasRow.folded)
        )
        said = (
            select(ClaimRow.article_id, ClaimRow.kind, ClaimRow.content_text, ClaimRow.actor_id)
            .where(
                ClaimRow.article_id.in_(ids),
                ClaimRow.confidence >= selection.minimum_confidence,
                not_withdrawn(selection.guild_id, ClaimRow),
            )
            .order_by(ClaimRow.article_id, ClaimRow.position)
        )
        came = (
            select(EntryRow.article_id, FeedRow.title, FeedRow.url)
            .join(FeedRow, FeedRow.id == EntryRow.feed_id)
            .where(EntryRow.article_id.in_(ids), *_read_by(selection))
            .distinct()
            .order_by(EntryRow.article_id, FeedRow.title, FeedRow.url)
        )
        aliases: dict[int, list[str]] = defaultdict(list)
        claims: dict[int, list[tuple[Kind, str]]] = defaultdict(list)
        feeds: dict[int, list[tuple[str, str]]] = defaultdict(list)
        async with self._database.reading() as connection:
            rows = (await connection.execute(with_text(articles))).all()
            seen = await self._actor_changes.seen_by(connection, selection.guild_id)
            actors = await named_actors(connection, ids, seen)
            printed = await printings(connection, ids, selection.guild_id, selection.feed_ids)
            for name in await connection.execute(further):
                if seen.seen(name.actor_id, name.article_id) not in seen.hidden:
                    aliases[name.article_id].append(name.alias)
            for claim in await connection.execute(said):
                if seen.seen(claim.actor_id, claim.article_id) not in seen.hidden:
                    claims[claim.article_id].append((claim.kind, claim.content_text))
            for feed in await connection.execute(came):
                feeds[feed.article_id].append((feed.title, feed.url))
        found = {
            row.article_id: value_of(
                FilterableArticle,
                row,
                actors=actors.get(row.article_id, ()),
                aliases=tuple(aliases[row.article_id]),
                claims=tuple(claims[row.article_id]),
                feeds=tuple(feeds[row.article_id]),
            )
            for row in rows
            if row.article_id in feeds  # from another server, or from a feed that is not selected
        }
        return {article_id: _as_printed(one, printed.get(article_id, ())) for article_id, one in found.items()}


def _as_printed(article: FilterableArticle, printed: Sequence[Printing]) -> FilterableArticle:
    """Return `article` as the selected feeds have it, with the other outlets that published the same text."""
    if not printed:
        return article
    first = printed[0]
    others = tuple((other.outlet, other.url) for other in also_in(printed))
    return replace(article, title=first.title, url=first.url, outlet=first.outlet, copies=others)


def _read_by(selection: Selection) -> list[ColumnElement[bool]]:
    """Return the conditions that an entry belongs to a selected feed."""
    conditions: list[ColumnElement[bool]] = [true()]
    if selection.feed_ids:
        conditions.append(EntryRow.feed_id.in_(selection.feed_ids))
    if selection.guild_id is not None:
        attached = select(GuildFeedRow.feed_id).where(GuildFeedRow.guild_id == selection.guild_id)
        conditions.append(EntryRow.feed_id.in_(attached))
    return conditions
