"""The newest claims that a query asks for and a server may see, as numbers of claims in the order of an answer.

Whatever the query, the work grows with the number of claims shown and with the server's feeds, not with the
archive:

- The claims of a server's feeds come from an index, newest first (`bot.store.visible_claims`).
- Words that few claims contain are looked up first, and the hits are compared with the server's claims. Words that
  many contain are searched for in the server's newest claims, in growing windows; so are words of an actor with
  few claims.
- Nothing is counted beyond `limit`; claims with words that many contain are counted only as far as the page needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.queries import ClaimQuery
from bot.store.actors.actor_changes import in_parts, not_hidden
from bot.store.actors.actors import actors_called, actors_called_like
from bot.store.actors.seen_actors import PartOfActor, SeenActors
from bot.store.claims.claim_rows import passes_on_another, passing_on
from bot.store.schema.news_tables import ArticleRow, ClaimRow, CopyRow, FeedClaimRow
from bot.store.search.search import about, about_within, contains, expected, is_about
from bot.store.visibility import not_withdrawn
from bot.store.visible_claims import VisibleClaims, unindexed

NAMED = 200
"""How many actors are looked up one by one. If a name matches more, their claims are searched among the newest."""
RARE = {"sqlite": 5_000, "postgresql": 10_000}
"""How many claims with the words of a topic are compared with the server's one by one. A window costs PostgreSQL
more: it reads the words of each claim in it.
"""
SPARE = 20
"""How many more claims than requested the first window has: some only pass on another one."""
WINDOW = 1_000
"""The number of claims in the first window; each further one is twice as large."""
FURTHER_BACK = 3
"""A window reaches back at most this many times as far as the previous one, which has half as many claims:
otherwise each feed would be read until it had given as many claims as all of them together.
"""


@dataclass(frozen=True, slots=True)
class Newest:
    """Numbers of claims, and whether the search ended before it had examined everything that the server sees."""

    ids: list[int]
    unfinished: bool = False


async def newest_claims(
    connection: AsyncConnection,
    dialect: str,
    query: ClaimQuery,
    limit: int,
    seen: SeenActors,
    *,
    enough: int | None = None,
) -> Newest:
    """Return the numbers of the newest claims that `query` asks for, at most `limit`.

    Claims with words that many contain are searched until there are `enough`, by default `limit`.

    An actor is looked up by this exact name, or else by its words. A claim that only passes on another one is
    found under its actor; without an actor, the other one stands for both.
    """
    needed = limit if enough is None else min(enough, limit)
    if query.actor is None:
        return await _said_by(connection, dialect, query, None, (needed, limit), seen)
    exactly = (actors_called(query.actor), seen.called(query.actor))
    for actors, renamed in (exactly, (actors_called_like(query.actor), seen.called_like(query.actor))):
        if actors is None:
            continue
        meant = await _meant(connection, actors, renamed, seen) if seen else actors
        found = await _said_by(connection, dialect, query, meant, (needed, limit), seen)
        if found.ids:
            return found
    return Newest([])


async def _meant(
    connection: AsyncConnection, actors: Select[Any], renamed: set[int], seen: SeenActors
) -> Select[Any] | list[PartOfActor]:
    """Return the parts of stored actors meant by a name, or `actors` if many match."""
    ids = list((await connection.execute(actors.limit(NAMED + 1))).scalars())
    return seen.parts_of({*map(seen.seen, ids), *renamed} - seen.hidden) if len(ids) <= NAMED else actors


async def _said_by(
    connection: AsyncConnection,
    dialect: str,
    query: ClaimQuery,
    actors: Select[Any] | list[PartOfActor] | None,
    bounds: tuple[int, int],
    seen: SeenActors,
) -> Newest:
    """Return the claims of some actors. `bounds` are how many are enough, and how many are wanted at most."""
    if query.guild_id is None:
        return Newest(await _of_host(connection, dialect, query, actors, bounds[1], seen))
    walk = VisibleClaims(dialect, query.guild_id, tuple(_conditions(query, seen)))
    if isinstance(actors, list):
        if not actors:
            return Newest([])
        walk = replace(walk, actors=[part.actor_id for part in actors])
        if any(part.articles for part in actors):
            walk = walk.narrowed(in_parts(actors, unindexed(dialect, "actor_id"), FeedClaimRow.article_id))
    elif actors is not None:
        named = list((await connection.execute(actors.limit(NAMED + 1))).scalars())
        if not named:
            return Newest([])
        few = len(named) <= NAMED
        walk = replace(walk, actors=named) if few else walk.narrowed(unindexed(dialect, "actor_id").in_(actors))
    topic = query.topic
    matches = about(topic, dialect) if topic is not None else None
    if topic is not None and matches is None:
        return Newest([])
    if topic is not None and matches is not None and not await _is_short(connection, walk):
        rare = RARE[dialect]
        ids = await _numbers(connection, dialect, topic, matches, rare)
        if len(ids) <= rare:
            walk, topic = walk.among(ids, matches), None
    return await _in_windows(connection, walk, query, topic, bounds)


async def _numbers(
    connection: AsyncConnection, dialect: str, topic: str, matches: Select[Any], most: int
) -> Sequence[int]:
    """Return the claims with the words of a topic, or more than `most` numbers if there are more."""
    # PostgreSQL finds all of them before it sends the first; SQLite stops, but sending thousands takes longer
    if dialect == "postgresql":
        many = await expected(connection, topic) > most
    else:
        many = (await connection.execute(matches.offset(most).limit(1))).first() is not None
    if many:
        return range(most + 1)
    return list((await connection.execute(matches.limit(most + 1))).scalars())


async def _is_short(connection: AsyncConnection, walk: VisibleClaims) -> bool:
    """Return whether a walk by actors ends within the first window: then looking up a topic takes longer."""
    return walk.actors is not None and len(await walk.keys(connection, WINDOW)) < WINDOW


async def _in_windows(
    connection: AsyncConnection,
    walk: VisibleClaims,
    query: ClaimQuery,
    topic: str | None,
    bounds: tuple[int, int],
) -> Newest:
    """Return the first claims of a walk, limited to those with words of `topic`, if there is one.

    With a topic, the walk ends once there are enough. `bounds` are how many are enough, and the most.

    Without an actor, claims that only pass on another one are left out. They are few, and looking each claim up
    during the walk would take longer than the walk.
    """
    found: list[int] = []
    enough, limit = bounds
    size = limit + SPARE if topic is None else WINDOW
    last: Sequence[int] | None = None
    since: int | None = None
    while len(found) < limit:
        some = walk if since is None else walk.narrowed(FeedClaimRow.at >= since)
        window = await _window(connection, some, topic, size, last)
        ids = window.ids
        if ids and query.actor is None:
            passed_on = await passing_on(connection, ids, query.minimum_confidence)
            ids = [claim_id for claim_id in ids if claim_id not in passed_on]
        found += ids
        if topic is not None and window.last is not None and enough <= len(found) < limit:
            return Newest(found, unfinished=True)
        if window.last is not None:
            last, since = window.last, window.last[0] - FURTHER_BACK * (window.since - window.last[0])
        elif since is not None:  # nothing further from that time
            last, since = (since, 0, 0, 0), None
        else:
            break
        size *= 2
    return Newest(found[:limit])


@dataclass(frozen=True, slots=True)
class _Window:
    """Claims of a window with words of a topic; the time of its first claim; the last key if more follow."""

    ids: list[int]
    since: int
    last: tuple[int, ...] | None


async def _window(
    connection: AsyncConnection, walk: VisibleClaims, topic: str | None, size: int, before: Sequence[int] | None
) -> _Window:
    if topic is not None and walk.dialect == "postgresql":
        return _Window(*await walk.ids_with(connection, size, contains(topic), before))
    keys = await walk.keys(connection, size, before=before)
    ids = [key[-1] for key in keys]
    if ids and topic is not None:
        matching = set((await connection.execute(about_within(topic, walk.dialect, ids))).scalars())
        ids = [claim_id for claim_id in ids if claim_id in matching]
    return _Window(ids, keys[0][0] if keys else 0, keys[-1] if len(keys) == size else None)


def _conditions(query: ClaimQuery, seen: SeenActors) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [FeedClaimRow.confidence >= query.minimum_confidence]
    if seen.hidden:
        conditions.append(not_hidden(seen, FeedClaimRow.actor_id, FeedClaimRow.article_id))
    if query.since is not None:
        conditions.append(FeedClaimRow.at >= _seconds(query.since))
    if query.until is not None:
        conditions.append(FeedClaimRow.at <= _seconds(query.until))
    if query.kind is not None:
        conditions.append(FeedClaimRow.kind == query.kind)
    if query.wording is not None:
        conditions.append(FeedClaimRow.verbatim == query.wording)
    if query.outlet is not None:
        own = select(ArticleRow.id).where(ArticleRow.outlet == query.outlet)
        copies = select(CopyRow.article_id).where(CopyRow.outlet == query.outlet)
        conditions.append(FeedClaimRow.article_id.in_(own.union_all(copies)))
    return conditions


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp() // 1)


async def _of_host(
    connection: AsyncConnection,
    dialect: str,
    query: ClaimQuery,
    actors: Select[Any] | list[PartOfActor] | None,
    limit: int,
    seen: SeenActors,
) -> list[int]:
    """Return the host's view: everything that was not withdrawn for all, even if no feed leads to it now."""
    conditions: list[ColumnElement[bool]] = [
        ClaimRow.confidence >= query.minimum_confidence,
        not_withdrawn(None, ClaimRow),
        not_hidden(seen, ClaimRow.actor_id, ClaimRow.article_id),
    ]
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
    if isinstance(actors, list):
        conditions.append(in_parts(actors, ClaimRow.actor_id, ClaimRow.article_id))
    elif actors is not None:
        conditions.append(ClaimRow.actor_id.in_(actors))
    else:
        conditions.append(~passes_on_another(ClaimRow.id, query.minimum_confidence))
    order = (ArticleRow.published_at.desc(), ArticleRow.id.desc(), ClaimRow.position)
    found = select(ClaimRow.id).join(ArticleRow, ArticleRow.id == ClaimRow.article_id).where(*conditions)
    return list((await connection.execute(found.order_by(*order).limit(limit))).scalars())
