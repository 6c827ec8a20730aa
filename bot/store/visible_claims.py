"""The claims of a server's feeds, newest first, read from the indexes of `feed_claims`.

The work grows with the number requested and with the server's feeds, not with the archive: each feed, or each
actor in each feed, gives its newest claims and no others. SQLite stops reading a feed at the first claim that is
too old (it can, because the index has the order); for PostgreSQL each feed is limited separately.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Select, any_, bindparam, func, literal_column, or_, select, true
from sqlalchemy import tuple_ as row_of
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import BigInteger

from bot.store.schema.news_tables import ClaimRow, FeedClaimRow
from bot.store.schema.server_tables import GuildFeedRow
from bot.store.visibility import not_withdrawn

KEY = (FeedClaimRow.at, FeedClaimRow.article_id, FeedClaimRow.place, FeedClaimRow.claim_id)
"""The sort order of claims, all descending."""


@dataclass(frozen=True, slots=True)
class VisibleClaims:
    """The claims of a server's feeds that meet conditions and were not withdrawn, newest first."""

    dialect: str
    guild_id: int
    conditions: tuple[ColumnElement[bool], ...]
    actors: Sequence[int] | None = None
    """The actors to look up one by one. None: any speaker."""
    by_claim: bool = False
    """Whether each claim is looked up separately, not by its feed."""

    def narrowed(self, *conditions: ColumnElement[bool]) -> "VisibleClaims":
        """Return the walk with further conditions."""
        return replace(self, conditions=(*self.conditions, *conditions))

    async def keys(
        self, connection: AsyncConnection, limit: int, before: Sequence[int] | None = None
    ) -> list[tuple[int, ...]]:
        """Return the first `limit` keys, or those after the key `before`."""
        walk = self if before is None else self.narrowed(row_of(*KEY) < row_of(*before))
        return await _in_order(connection, walk.newest(limit), limit)

    async def ids_with(
        self,
        connection: AsyncConnection,
        limit: int,
        condition: ColumnElement[bool],
        before: Sequence[int] | None = None,
    ) -> tuple[list[int], int, tuple[int, ...] | None]:
        """Return those of the first `limit` claims that meet a condition, and where they begin and end.

        That is the time of the first claim, and the last key if more may follow. The database checks the
        condition, so most keys need not be sent.
        """
        walk = self if before is None else self.narrowed(row_of(*KEY) < row_of(*before))
        keys = _ordered(walk.newest(limit), limit).subquery()
        place = func.row_number().over(order_by=[column.desc() for column in keys.c])
        placed = select(*keys.c, place.label("row")).cte("placed").prefix_with("MATERIALIZED")
        *key, row = placed.c
        query = (
            select(*key, row, condition.label("fits"))
            .join(ClaimRow, ClaimRow.id == placed.c.claim_id)
            .where(or_(condition, row.in_((1, limit))))
            .order_by(row)
        )
        found = (await connection.execute(query)).all()
        last = tuple(found[-1][:-2]) if found and found[-1].row == limit else None
        return [one.claim_id for one in found if one.fits], found[0].at if found else 0, last

    def newest(self, limit: int, *more: Any, of_each: int | None = None) -> Select[Any]:
        """Return the query for the first `limit` keys and possibly others, in any order; `more` are further
        columns.

        `of_each` limits the results of each feed, for PostgreSQL, which an overall limit does not help.
        """
        apart = self.dialect == "postgresql" and not self.by_claim
        return self._by_feed(of_each or limit, more) if apart else self._together(more)

    def among(self, ids: Sequence[int], matches: Select[Any]) -> "VisibleClaims":
        """Return the walk over those of the claims `ids`, the ones that `matches` finds, each looked up
        separately.
        """
        if self.dialect == "postgresql":
            among = FeedClaimRow.claim_id == any_(bindparam("ids", ids, ARRAY(BigInteger)))
        else:
            among = FeedClaimRow.claim_id.in_(matches)
        return replace(self.narrowed(among), by_claim=True)

    def feeds(self) -> Select[Any]:
        """Return the query for the server's feeds."""
        return select(GuildFeedRow.feed_id).where(GuildFeedRow.guild_id == self.guild_id)

    def _stands(self) -> ColumnElement[bool]:
        return not_withdrawn(self.guild_id, FeedClaimRow)

    def _together(self, more: Sequence[Any] = ()) -> Select[Any]:
        feed_id = unindexed(self.dialect, "feed_id") if self.by_claim else FeedClaimRow.feed_id
        actor_id = unindexed(self.dialect, "actor_id") if self.by_claim else FeedClaimRow.actor_id
        query: Any = select(*KEY, *more).where(feed_id.in_(self.feeds()), self._stands(), *self.conditions)
        found: Select[Any] = query.where(true() if self.actors is None else actor_id.in_(self.actors))
        return found

    def _by_feed(self, limit: int, more: Sequence[Any]) -> Select[Any]:
        """Return the query that takes the newest of each feed (and actor) separately."""
        feeds = self.feeds().subquery()
        top = select(*KEY, *more).where(FeedClaimRow.feed_id == feeds.c.feed_id, self._stands(), *self.conditions)
        sources: Any = feeds
        if self.actors is not None:
            actors = (
                func.unnest(bindparam("actors", self.actors, ARRAY(BigInteger)))
                .table_valued("actor_id")
                .render_derived()
            )
            top = top.where(FeedClaimRow.actor_id == actors.c.actor_id)
            sources = sources.join(actors, true())
        newest = top.order_by(*(column.desc() for column in KEY)).limit(limit).lateral("newest")
        return select(*newest.c).select_from(sources.join(newest, true()))


async def _in_order(connection: AsyncConnection, query: Select[Any], limit: int) -> list[tuple[int, ...]]:
    return [tuple(row) for row in await connection.execute(_ordered(query, limit))]


def _ordered(query: Select[Any], limit: int) -> Select[Any]:
    return query.distinct().order_by(*(column.desc() for column in query.selected_columns)).limit(limit)


def unindexed(dialect: str, name: str) -> ColumnElement[Any]:
    """Return a column of `feed_claims` that SQLite must not use to look up rows; PostgreSQL decides for itself."""
    return literal_column(f"{'+' if dialect == 'sqlite' else ''}feed_claims.{name}")
