"""How many stories with claims a server saw, day by day: in total, and with each actor.

Days are spans of 24 hours, the last of which ends now. The work grows with the news of the counted days, not with
the archive. Feeds that the server has had for a shorter time are left out: with them everything would seem new.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
"""How many actors are counted: those with the most recent articles."""
MOST_HEADLINES = 3_000
"""How many headlines are read, the newest."""
HEARD_SHARE = 0.5
"""A feed counts if it brought something in this first share of the past."""


@dataclass(frozen=True, slots=True)
class Window:
    """The counted days: `days` until `until`, of which the last `recent_days` are recent."""

    until: datetime
    days: int
    recent_days: int

    @property
    def start(self) -> int:
        """The start of the first day, in seconds since 1970."""
        return int((self.until - timedelta(days=self.days)).timestamp())

    @property
    def recent(self) -> int:
        """The start of the recent days, in seconds since 1970."""
        return int((self.until - timedelta(days=self.recent_days)).timestamp())


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline of an article with claims, the article's day, from 0, and its story."""

    article_id: int
    story: int
    day: int
    title: str


@dataclass(frozen=True, slots=True)
class CountsByDay:
    """Stories by day, the oldest day first: all, and those with claims of each actor (see `stories_by_day`).

    `headlines` are those of the newest `MOST_HEADLINES` articles with claims.
    """

    all: tuple[int, ...]
    of_actors: dict[int, tuple[int, ...]]
    headlines: tuple[Headline, ...]


def stories_by_day(told: Iterable[tuple[int, int]], window: Window) -> tuple[int, ...]:
    """Return how many stories there were on each day, given the story and day of each article.

    A story counts once in the recent days and once in those before, on its first day there: several articles on
    one event are not independent signs that something is said more often.
    """
    first: dict[tuple[int, bool], int] = {}
    for story, day in told:
        key = story, day >= window.days - window.recent_days
        first[key] = min(first.get(key, day), day)
    numbers = [0] * window.days
    for day in first.values():
        numbers[day] += 1
    return tuple(numbers)


class ClaimCounts:
    """Counts of the news that servers saw."""

    def __init__(self, database: Database, actor_changes: ActorChanges) -> None:
        self._database = database
        self._actor_changes = actor_changes

    async def by_day(self, guild_id: int, window: Window, minimum_confidence: float, fewest: int) -> CountsByDay:
        """Return counts for a server in the days of a window, with actors in at least `fewest` recent stories.

        Raises TooSlow.
        """
        async with self._database.answering() as connection:
            dialect = self._database.dialect
            actors_seen = await self._actor_changes.seen_by(connection, guild_id)
            seen = _seen(guild_id, window, minimum_confidence, actors_seen)
            placed = await _placed(connection, seen, window)
            articles = func.count(FeedClaimRow.article_id.distinct())
            regrouped = actors_seen.regrouped
            # separately, and one type at a time, because PostgreSQL would read all actors for the few that are
            # needed
            active = (
                select(FeedClaimRow.actor_id, articles.label("number"))
                .where(*seen, FeedClaimRow.at >= window.recent)
                .where(FeedClaimRow.actor_id.is_not(None), FeedClaimRow.actor_id.not_in(regrouped))
                .group_by(FeedClaimRow.actor_id)
                .having(articles >= fewest)  # there are at most as many stories as articles
                .cte("active")
                .prefix_with("MATERIALIZED")
            )
            kind = select(ActorRow.type).where(ActorRow.id == active.c.actor_id).scalar_subquery()
            named = (
                select(active.c.actor_id)
                .where(kind != ActorType.UNNAMED)
                .order_by(active.c.number.desc(), active.c.actor_id)
                .limit(MOST_ACTORS)
            )
            actors = list((await connection.execute(named)).scalars())
            told: dict[int, set[int]] = {actor_id: set() for actor_id in actors}
            if actors:
                actor = unindexed(dialect, "actor_id")
                spoke = select(FeedClaimRow.actor_id, FeedClaimRow.article_id).where(*seen, actor.in_(actors))
                for actor_id, article_id in await connection.execute(spoke.distinct()):
                    told[actor_id or 0].add(article_id)
            told |= await _of_regrouped(connection, seen, actors_seen)
            counted = {one: stories_by_day(_places(some, placed), window) for one, some in told.items()}
            of_actors = {one: days for one, days in counted.items() if sum(days[-window.recent_days :]) >= fewest}
            newest = sorted(placed, key=lambda one: (-placed[one][1], -one))[:MOST_HEADLINES]
            titles = await _titles(connection, newest)
        headlines = [Headline(one, *placed[one], titles[one]) for one in newest if one in titles]
        return CountsByDay(stories_by_day(placed.values(), window), of_actors, tuple(headlines))

    async def names(self, guild_id: int, window: Window, actor_ids: Sequence[int]) -> dict[int, str]:
        """Return the name that most of a server's recent articles use for each of the actors."""
        async with self._database.answering() as connection:
            seen = await self._actor_changes.seen_by(connection, guild_id)
            given = {one: name for one in actor_ids if (name := seen.name_of(one)) is not None}
            others = [one for one in actor_ids if one not in given]
            return given | await _names(connection, guild_id, window, others)


async def _placed(
    connection: AsyncConnection, seen: Sequence[ColumnElement[bool]], window: Window
) -> dict[int, tuple[int, int]]:
    """Return the story and the day of each article with claims. One without a story is a story of its own."""
    day = func.max(_day(window)).label("day")
    found = select(FeedClaimRow.article_id, day).where(*seen).group_by(FeedClaimRow.article_id)
    days = {one: min(day, window.days - 1) for one, day in await connection.execute(found)}
    placed: dict[int, tuple[int, int]] = {}
    for some in chunks(list(days)):  # no join: PostgreSQL would read all articles
        query = select(ArticleRow.id, ArticleRow.story_id).where(ArticleRow.id.in_(some))
        for one, story in await connection.execute(query):
            placed[one] = (-one if story is None else story), days[one]
    return placed


def _places(articles: Iterable[int], placed: Mapping[int, tuple[int, int]]) -> list[tuple[int, int]]:
    return [placed[one] for one in articles if one in placed]


async def _of_regrouped(
    connection: AsyncConnection, seen: Sequence[ColumnElement[bool]], actors: SeenActors
) -> dict[int, set[int]]:
    """Return the articles of merged or split actors, by the actor that the server sees."""
    told: dict[int, set[int]] = {}
    for some in chunks(sorted(actors.regrouped)):
        query = select(FeedClaimRow.actor_id, FeedClaimRow.article_id)
        for actor_id, article_id in await connection.execute(
            query.where(*seen, FeedClaimRow.actor_id.in_(some)).distinct()
        ):
            told.setdefault(actors.seen(actor_id or 0, article_id), set()).add(article_id)
    nameless = select(ActorRow.id).where(ActorRow.id.in_(told), ActorRow.type == ActorType.UNNAMED)
    unnamed = {one for one in (await connection.execute(nameless)).scalars() if actors.name_of(one) is None}
    return {one: articles for one, articles in told.items() if one not in unnamed}


async def _titles(connection: AsyncConnection, article_ids: Sequence[int]) -> dict[int, str]:
    titles: dict[int, str] = {}
    for some in chunks(list(article_ids)):
        query = select(ArticleRow.id, ArticleRow.title).where(ArticleRow.id.in_(some))
        titles |= {row.id: row.title for row in await connection.execute(query)}
    return titles


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
    """Return the conditions for claims of the window in feeds that brought something early on."""
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
