"""The newest claims that a query asks for and a server may see, as numbers of claims in the order of an answer.

Whatever is asked, the work grows with what is shown and with the server's feeds, not with the archive:

- The indexes of `feed_claims` have the claims of each feed, and of each actor in each feed, in order, so that each
  gives its newest claims and no others. SQLite stops reading a feed at the first claim that is too old (it can, as
  the index has the order); for PostgreSQL each feed is limited by itself.
- Words that few claims contain are looked up first, and what is found is compared with the server's claims. Words
  that many contain are looked for in the server's newest claims, in growing windows.
- Nothing is counted beyond `limit`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, any_, bindparam, exists, func, literal_column, or_, select, true
from sqlalchemy import tuple_ as row_of
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import BigInteger

from bot.model.queries import ClaimQuery
from bot.store.actors.actors import actors_called, actors_called_like
from bot.store.claims.claim_rows import passes_on_another
from bot.store.schema.news_tables import ArticleRow, ClaimRow, CopyRow, FeedClaimRow
from bot.store.schema.server_tables import GuildFeedRow
from bot.store.search.search import about, about_within, is_about

NAMED = 200
"""Actors that are looked up one by one. If a name fits more, their claims are looked for among the newest."""
RARE = {"sqlite": 5_000, "postgresql": 10_000}
"""Claims with the words of a topic that are compared with the server's one by one. A window costs PostgreSQL more:
it reads the words of each claim in it."""
WINDOW = 1_000
"""Claims in the first window; each further one is twice as large."""

_KEY = (FeedClaimRow.at, FeedClaimRow.article_id, FeedClaimRow.place, FeedClaimRow.claim_id)
"""What orders claims, all falling."""


async def newest_claims(connection: AsyncConnection, dialect: str, query: ClaimQuery, limit: int) -> list[int]:
    """Return the numbers of the newest claims that `query` asks for, at most `limit`.

    An actor is looked up by exactly this name, and if that finds nothing, by its words. A claim that only passes
    on another one is found under its actor; without an actor the other one stands for both.
    """
    if query.actor is None:
        return await _said_by(connection, dialect, query, None, limit)
    for actors in (actors_called(query.actor), actors_called_like(query.actor)):
        if actors is not None and (found := await _said_by(connection, dialect, query, actors, limit)):
            return found
    return []


async def _said_by(
    connection: AsyncConnection, dialect: str, query: ClaimQuery, actors: Select[Any] | None, limit: int
) -> list[int]:
    if query.guild_id is None:
        return await _of_host(connection, dialect, query, actors, limit)
    walk = _Walk(dialect, query.guild_id, tuple(_conditions(query)))
    if actors is not None:
        ids = list((await connection.execute(actors.limit(NAMED + 1))).scalars())
        if not ids:
            return []
        few = len(ids) <= NAMED
        walk = replace(walk, actors=ids) if few else walk.narrowed(_unindexed(dialect, "actor_id").in_(actors))
    if query.topic is None:
        return [key[-1] for key in await walk.keys(connection, limit)]
    rare = RARE[dialect]
    matches = about(query.topic, dialect)
    if matches is None:
        return []
    ids = list((await connection.execute(matches.limit(rare + 1))).scalars())
    if len(ids) <= rare:
        return [key[-1] for key in await walk.keys_among(connection, ids, matches, limit)]
    return await _in_windows(connection, walk, query.topic, limit)


async def _in_windows(connection: AsyncConnection, walk: "_Walk", topic: str, limit: int) -> list[int]:
    found: list[int] = []
    size, last = WINDOW, None
    while len(found) < limit:
        keys = await walk.keys(connection, size, before=last)
        if keys:
            ids = [key[-1] for key in keys]
            among = about_within(topic, walk.dialect, ids)
            matching = set((await connection.execute(among)).scalars())
            found += [claim_id for claim_id in ids if claim_id in matching]
        if len(keys) < size:
            break
        size, last = size * 2, keys[-1]
    return found[:limit]


@dataclass(frozen=True, slots=True)
class _Walk:
    """The claims of a server's feeds that fulfil conditions, newest first."""

    dialect: str
    guild_id: int
    conditions: tuple[ColumnElement[bool], ...]
    actors: Sequence[int] | None = None
    """The actors to look up one by one. None: whoever spoke."""

    def narrowed(self, *conditions: ColumnElement[bool]) -> "_Walk":
        """Return the walk with further conditions."""
        return replace(self, conditions=(*self.conditions, *conditions))

    async def keys(
        self, connection: AsyncConnection, limit: int, before: Sequence[int] | None = None
    ) -> list[tuple[int, ...]]:
        """Return the first `limit` keys, or those after the key `before`."""
        walk = self if before is None else self.narrowed(row_of(*_KEY) < row_of(*before))
        query = walk._by_feed(limit) if self.dialect == "postgresql" else walk._together()  # noqa: SLF001
        return await _in_order(connection, query, limit)

    async def keys_among(
        self, connection: AsyncConnection, ids: Sequence[int], matches: Select[Any], limit: int
    ) -> list[tuple[int, ...]]:
        """Return the first `limit` keys of the claims `ids`, which are what `matches` finds."""
        if not ids:
            return []
        if self.dialect == "postgresql":
            among = FeedClaimRow.claim_id == any_(bindparam("ids", ids, ARRAY(BigInteger)))
        else:
            among = FeedClaimRow.claim_id.in_(matches)
        walk = self.narrowed(among)
        return await _in_order(connection, walk._together(by_claim=True), limit)  # noqa: SLF001

    def _feeds(self) -> Select[Any]:
        return select(GuildFeedRow.feed_id).where(GuildFeedRow.guild_id == self.guild_id)

    def _together(self, *, by_claim: bool = False) -> Select[Any]:
        feed_id = _unindexed(self.dialect, "feed_id") if by_claim else FeedClaimRow.feed_id
        actor_id = _unindexed(self.dialect, "actor_id") if by_claim else FeedClaimRow.actor_id
        query: Any = select(*_KEY).where(feed_id.in_(self._feeds()), *self.conditions)
        found: Select[Any] = query.where(true() if self.actors is None else actor_id.in_(self.actors))
        return found

    def _by_feed(self, limit: int) -> Select[Any]:
        """Return the query that takes the newest of each feed (and actor) by themselves."""
        feeds = self._feeds().subquery()
        top = select(*_KEY).where(FeedClaimRow.feed_id == feeds.c.feed_id, *self.conditions)
        sources: Any = feeds
        if self.actors is not None:
            actors = (
                func.unnest(bindparam("actors", self.actors, ARRAY(BigInteger)))
                .table_valued("actor_id")
                .render_derived()
            )
            top = top.where(FeedClaimRow.actor_id == actors.c.actor_id)
            sources = sources.join(actors, true())
        newest = top.order_by(*(column.desc() for column in _KEY)).limit(limit).lateral("newest")
        return select(*newest.c).select_from(sources.join(newest, true()))


async def _in_order(connection: AsyncConnection, query: Select[Any], limit: int) -> list[tuple[int, ...]]:
    columns = list(query.selected_columns)
    ordered = query.distinct().order_by(*(column.desc() for column in columns)).limit(limit)
    return [tuple(row) for row in await connection.execute(ordered)]


def _unindexed(dialect: str, name: str) -> ColumnElement[Any]:
    """Return a column of `feed_claims` by which SQLite is not to look up rows; PostgreSQL decides for itself."""
    return literal_column(f"{'+' if dialect == 'sqlite' else ''}feed_claims.{name}")


def _conditions(query: ClaimQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [FeedClaimRow.confidence >= query.minimum_confidence]
    if query.since is not None:
        conditions.append(FeedClaimRow.at >= _seconds(query.since))
    if query.until is not None:
        conditions.append(FeedClaimRow.at <= _seconds(query.until))
    if query.kind is not None:
        conditions.append(FeedClaimRow.kind == query.kind)
    if query.wording is not None:
        conditions.append(FeedClaimRow.verbatim == query.wording)
    if query.actor is None:
        conditions.append(~passes_on_another(FeedClaimRow.claim_id, query.minimum_confidence))
    if query.outlet is not None:
        own = exists().where(ArticleRow.id == FeedClaimRow.article_id, ArticleRow.outlet == query.outlet)
        copy = exists().where(CopyRow.article_id == FeedClaimRow.article_id, CopyRow.outlet == query.outlet)
        conditions.append(or_(own, copy))
    return conditions


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp() // 1)


async def _of_host(
    connection: AsyncConnection, dialect: str, query: ClaimQuery, actors: Select[Any] | None, limit: int
) -> list[int]:
    """Return what the host may see, which is everything, also what no feed leads to any more."""
    conditions: list[ColumnElement[bool]] = [ClaimRow.confidence >= query.minimum_confidence]
    if query.since is not None:
        conditions.append(ArticleRow.published_at >= query.since)
    if query.until is not None:
        conditions.append(ArticleRow.published_at <= query.until)
    if query.kind is not None:
        conditions.append(ClaimRow.kind == query.kind)
    if query.wording is not None:
        conditions.append(ClaimRow.verbatim == query.wording)
    if query.outlet is not None:
        conditions.append(ArticleRow.outlet == query.outlet)
    if query.topic is not None:
        conditions.append(is_about(query.topic, dialect))
    if actors is not None:
        conditions.append(ClaimRow.actor_id.in_(actors))
    else:
        conditions.append(~passes_on_another(ClaimRow.id, query.minimum_confidence))
    order = (ArticleRow.published_at.desc(), ArticleRow.id.desc(), ClaimRow.position)
    found = select(ClaimRow.id).join(ArticleRow, ArticleRow.id == ClaimRow.article_id).where(*conditions)
    return list((await connection.execute(found.order_by(*order).limit(limit))).scalars())
