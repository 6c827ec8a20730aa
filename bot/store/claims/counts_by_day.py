"""How many articles with claims a server saw, day by day: at all, and with each actor.

Days are spans of 24 hours that end now. The work grows with the news of the days that are counted, not with the
archive. Feeds that the server has for less than that time are left out: with them everything would be new.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.claims import ActorType
from bot.store.actors.actor_changes import ActorChanges, not_hidden
from bot.store.actors.seen_actors import SeenActors
from bot.store.database import Database, chunks
from bot.store.schema.news_tables import ActorRow, ArticleActorRow, ArticleRow, FeedClaimRow
from bot.store.schema.server_tables import GuildFeedRow
from bot.store.visibility import not_withdrawn
from bot.store.visible_claims import unindexed

DAY_S = 86_400
MOST_ACTORS = 100
"""Actors with the most recent articles, of whom each day is counted."""
MOST_HEADLINES = 3_000
"""Headlines that are read, the newest."""
HEARD_SHARE = 0.5
"""A feed counts if it brought something in this first share of the past."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are counted: `days` until `until`, of which the last `recent_days` are now."""

    until: datetime
    days: int
    recent_days: int

    @property
    def start(self) -> int:
        """When the first day begins, in seconds since 1970."""
        return int((self.until - timedelta(days=self.days)).timestamp())

    @property
    def recent(self) -> int:
        """When now begins, in seconds since 1970."""
        return int((self.until - timedelta(days=self.recent_days)).timestamp())


@dataclass(frozen=True, slots=True)
class CountsByDay:
    """Articles by day, the oldest day first: all, and those with claims of each actor.

    `headlines` are number, day (from 0) and headline of articles with claims, the newest `MOST_HEADLINES`.
    """

    all: tuple[int, ...]
    of_actors: dict[int, tuple[int, ...]]
    headlines: tuple[tuple[int, int, str], ...]


class ClaimCounts:
    """Counts of what servers saw."""

    def __init__(self, database: Database, actor_changes: ActorChanges) -> None:
        self._database = database
        self._actor_changes = actor_changes

    async def by_day(self, guild_id: int, window: Window, minimum_confidence: float, fewest: int) -> CountsByDay:
        """Return what a server saw in the days of a window; of actors those in at least `fewest` recent articles.

        Raises TooSlow.
        """
        async with self._database.answering() as connection:
            dialect = self._database.dialect
            actors_seen = await self._actor_changes.seen_by(connection, guild_id)
            seen = _seen(guild_id, window, minimum_confidence, actors_seen)
            day = _day(window)
            articles = func.count(FeedClaimRow.article_id.distinct())
            totals = select(day, articles).where(*seen).group_by(day)
            number = articles.label("number")
            regrouped = actors_seen.regrouped
            active = (
                select(FeedClaimRow.actor_id)
                .join(ActorRow, ActorRow.id == FeedClaimRow.actor_id)
                .where(*seen, FeedClaimRow.at >= window.recent, ActorRow.type != ActorType.UNNAMED)
                .where(FeedClaimRow.actor_id.not_in(regrouped))
                .group_by(FeedClaimRow.actor_id)
                .having(articles >= fewest)
                .order_by(number.desc(), FeedClaimRow.actor_id)
                .limit(MOST_ACTORS)
            )
            all_of = _by_day(list(await connection.execute(totals)), window)
            actors = [known for known in (await connection.execute(active)).scalars() if known is not None]
            found: dict[int, list[tuple[int, int]]] = {actor_id: [] for actor_id in actors}
            if actors:
                actor = unindexed(dialect, "actor_id")
                counted = select(FeedClaimRow.actor_id, day, articles).where(*seen, actor.in_(actors))
                for row in await connection.execute(counted.group_by(FeedClaimRow.actor_id, day)):
                    found[int(row[0] or 0)].append((row[1], row[2]))
            of_actors = {actor_id: _by_day(some, window) for actor_id, some in found.items()}
            of_actors |= await _of_regrouped(connection, seen, window, actors_seen, fewest)
            read = await connection.execute(_headlines(seen, window))
            headlines = tuple((row[0], min(row[1], window.days - 1), row[2]) for row in read)
        return CountsByDay(all_of, of_actors, headlines)

    async def names(self, guild_id: int, window: Window, actor_ids: Sequence[int]) -> dict[int, str]:
        """Return what most of a server's recent articles call each of the actors."""
        async with self._database.answering() as connection:
            seen = await self._actor_changes.seen_by(connection, guild_id)
            given = {one: name for one in actor_ids if (name := seen.name_of(one)) is not None}
            others = [one for one in actor_ids if one not in given]
            return given | await _names(connection, guild_id, window, others)


async def _of_regrouped(
    connection: AsyncConnection,
    seen: Sequence[ColumnElement[bool]],
    window: Window,
    actors: SeenActors,
    fewest: int,
) -> dict[int, tuple[int, ...]]:
    """Return the articles by day of actors that were merged or split.

    They are counted one by one: an article in which two speak who are one now is one article.
    """
    days: dict[int, dict[int, int]] = {}
    for some in chunks(sorted(actors.regrouped)):
        query = (
            select(FeedClaimRow.actor_id, FeedClaimRow.article_id, _day(window))
            .where(*seen, FeedClaimRow.actor_id.in_(some))
            .distinct()
        )
        for actor_id, article_id, day in await connection.execute(query):
            days.setdefault(actors.seen(actor_id or 0, article_id), {})[article_id] = day
    nameless = select(ActorRow.id).where(ActorRow.id.in_(days), ActorRow.type == ActorType.UNNAMED)
    unnamed = {one for one in (await connection.execute(nameless)).scalars() if actors.name_of(one) is None}
    counts = {one: _by_day([(day, 1) for day in some.values()], window) for one, some in days.items()}
    return {
        one: some
        for one, some in counts.items()
        if one not in unnamed and sum(some[-window.recent_days :]) >= fewest
    }


def _headlines(seen: Sequence[ColumnElement[bool]], window: Window) -> Select[Any]:
    found = (
        select(FeedClaimRow.article_id, func.max(_day(window)).label("day"))
        .where(*seen)
        .group_by(FeedClaimRow.article_id)
        .order_by(func.max(FeedClaimRow.at).desc(), FeedClaimRow.article_id)
        .limit(MOST_HEADLINES)
        .subquery()
    )
    named: Select[Any] = select(found.c.article_id, found.c.day, ArticleRow.title)
    return named.join(ArticleRow, ArticleRow.id == found.c.article_id).order_by(
        found.c.day.desc(), found.c.article_id.desc()
    )


async def _names(
    connection: AsyncConnection, guild_id: int, window: Window, actor_ids: Collection[int]
) -> dict[int, str]:
    number = func.count(FeedClaimRow.article_id.distinct())
    names: dict[int, str] = {}
    for some in chunks(list(actor_ids)):
        query = (
            select(FeedClaimRow.actor_id, ArticleActorRow.name)
            .join(
                ArticleActorRow,
                and_(
                    ArticleActorRow.article_id == FeedClaimRow.article_id,
                    ArticleActorRow.actor_id == FeedClaimRow.actor_id,
                ),
            )
            .where(
                FeedClaimRow.actor_id.in_(some),
                FeedClaimRow.feed_id.in_(_feeds(guild_id)),
                FeedClaimRow.at >= window.recent,
            )
            .group_by(FeedClaimRow.actor_id, ArticleActorRow.name)
            .order_by(number.desc(), func.length(ArticleActorRow.name).desc(), ArticleActorRow.name)
        )
        for actor_id, name in await connection.execute(query):
            if actor_id is not None:
                names.setdefault(actor_id, name)
    return names


def _feeds(guild_id: int) -> Select[Any]:
    return select(GuildFeedRow.feed_id).where(GuildFeedRow.guild_id == guild_id)


def _seen(
    guild_id: int, window: Window, minimum_confidence: float, actors: SeenActors
) -> list[ColumnElement[bool]]:
    """Return the conditions for claims of the window in feeds that the server heard from before."""
    heard_until = window.start + int((window.recent - window.start) * HEARD_SHARE)
    earlier = FeedClaimRow.__table__.alias("earlier")
    heard = (
        select(earlier.c.feed_id)
        .where(earlier.c.feed_id == GuildFeedRow.feed_id, earlier.c.at >= window.start, earlier.c.at < heard_until)
        .exists()
    )
    return [
        FeedClaimRow.feed_id.in_(_feeds(guild_id).where(heard)),
        FeedClaimRow.at >= window.start,
        FeedClaimRow.at < int(window.until.timestamp()) + 1,
        FeedClaimRow.confidence >= minimum_confidence,
        not_withdrawn(guild_id, FeedClaimRow),
        not_hidden(actors, FeedClaimRow.actor_id, FeedClaimRow.article_id),
    ]


def _day(window: Window) -> ColumnElement[int]:
    """Return the day of a claim, from 0."""
    return (FeedClaimRow.at - window.start) // DAY_S


def _by_day(counted: Sequence[Any], window: Window) -> tuple[int, ...]:
    numbers = [0] * window.days
    for day, some in counted:
        numbers[min(day, window.days - 1)] += some
    return tuple(numbers)
