"""Completes names of actors while somebody types.

The server's newest claims show who is active. Anybody else is found by the words of the name.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.actor_changes import ActorChoice
from bot.model.claims import ActorType
from bot.store.actors.actor_changes import in_parts
from bot.store.actors.actors import has_words
from bot.store.actors.seen_actors import SeenActors
from bot.store.database import chunks
from bot.store.schema.news_tables import ActorRow, ArticleActorRow, FeedClaimRow
from bot.store.schema.server_tables import GuildFeedRow
from bot.store.search.words import folded_name, words_of
from bot.store.visibility import not_withdrawn, visible_to
from bot.store.visible_claims import VisibleClaims

LATEST = 1_500
"""How many of the server's newest claims are used to see who is active."""
FROM_EACH_FEED = 50
"""The least number of claims from each feed, so that no feed is drowned out."""
CANDIDATES = 500
"""Actors with a matching word that are checked for claims visible to the server."""
CANDIDATES_GIVEN = 50
"""Names given by managers that are matched with the typed text: each costs a query."""
MORE = 3
"""How many times the wanted number of names is looked up as actors: several may have the same name."""


async def actor_names(
    connection: AsyncConnection, prefix: str, guild_id: int | None, limit: int, seen: SeenActors
) -> list[str]:
    """Return names of actors visible to the server that have claims and words starting with `prefix`.

    Those with the most recent claims come first, unnamed sources last. The names are those used in articles that
    the server may see, or given by its managers.
    """
    words = words_of(prefix)
    if prefix.strip() and not words:
        return []
    given = [one.name for one in await _given(connection, prefix, guild_id, seen)] if seen else []
    if guild_id is None:
        return list(dict.fromkeys([*given, *await _of_host(connection, words, limit)]))[:limit]
    found = await _active(connection, words, guild_id, limit * MORE)
    if words and len(found) < limit:
        found |= await _others(connection, words, guild_id, limit, found.keys())
    return list(dict.fromkeys([*given, *await _names(connection, found, seen)]))[:limit]


async def actor_choices(
    connection: AsyncConnection, prefix: str, guild_id: int, limit: int, seen: SeenActors
) -> list[ActorChoice]:
    """Return the actors found by `actor_names`, each once, including those that share a name."""
    words = words_of(prefix)
    found = await _active(connection, words, guild_id, limit * MORE)
    if words and len(found) < limit:
        found |= await _others(connection, words, guild_id, limit, found.keys())
    given = await _given(connection, prefix, guild_id, seen) if seen else []
    choices = [*given, *await _called(connection, found, seen)]
    return list({one.actor_id: one for one in reversed(choices)}.values())[::-1][:limit]


async def _given(
    connection: AsyncConnection, prefix: str, guild_id: int | None, seen: SeenActors
) -> list[ActorChoice]:
    """Return the actors whose given name matches, and of whom the server may see an article."""
    names = []
    for seen_id in sorted(seen.called_like(prefix) - seen.hidden)[:CANDIDATES_GIVEN]:
        part = in_parts(seen.parts_of({seen_id}), ArticleActorRow.actor_id, ArticleActorRow.article_id)
        query = (
            select(ArticleActorRow.role, ActorRow.type)
            .join(ActorRow, ActorRow.id == ArticleActorRow.actor_id)
            .where(part, visible_to(guild_id, ArticleActorRow.article_id))
            .order_by(ArticleActorRow.article_id.desc())
            .limit(1)
        )
        name, row = seen.name_of(seen_id), (await connection.execute(query)).first()
        if name is not None and row is not None:
            names.append(ActorChoice(seen_id, name, row.role, row.type))
    return names


async def _of_host(connection: AsyncConnection, words: Sequence[str], limit: int) -> list[str]:
    """Return names for the host, who sees everything and can wait: those with the most claims of all time come
    first.
    """
    unnamed = func.min(case((ActorRow.type == ActorType.UNNAMED, 1), else_=0))
    query = (
        select(func.max(ArticleActorRow.name))
        .join(ActorRow, ActorRow.id == ArticleActorRow.actor_id)
        .where(ArticleActorRow.claims > 0)
        .group_by(ArticleActorRow.folded)
        .order_by(unnamed, func.sum(ArticleActorRow.claims).desc(), ArticleActorRow.folded)
        .limit(limit)
    )
    if words:
        query = query.where(*has_words(words, ArticleActorRow.actor_id))
    return [name for name in (await connection.execute(query)).scalars() if name is not None]


async def _active(connection: AsyncConnection, words: Sequence[str], guild_id: int, limit: int) -> dict[int, int]:
    """Return actors of the newest claims, those with the most claims first, each with an article that names it."""
    walk = VisibleClaims(connection.dialect.name, guild_id, (FeedClaimRow.actor_id.is_not(None),))
    counted = select(func.count()).select_from(GuildFeedRow).where(GuildFeedRow.guild_id == guild_id)
    feeds = (await connection.execute(counted)).scalar_one()
    of_each = max(FROM_EACH_FEED, LATEST // max(feeds, 1))
    newest = walk.newest(LATEST, FeedClaimRow.actor_id, of_each=of_each)
    latest = newest.order_by(newest.selected_columns.at.desc()).limit(LATEST).subquery()
    number, unnamed = func.count(), ActorRow.type == ActorType.UNNAMED
    query = (
        select(ActorRow.id, func.max(latest.c.article_id))
        .join(latest, latest.c.actor_id == ActorRow.id)
        .group_by(ActorRow.id, ActorRow.type)
        .order_by(unnamed, number.desc(), ActorRow.id)
        .limit(limit)
    )
    if words:
        query = query.where(*has_words(words, ActorRow.id))
    return {row[0]: row[1] for row in await connection.execute(query)}


async def _others(
    connection: AsyncConnection, words: Sequence[str], guild_id: int, limit: int, known: Collection[int]
) -> dict[int, int]:
    """Return actors that have the words in a name and a claim visible to the server."""
    feeds = select(GuildFeedRow.feed_id).where(GuildFeedRow.guild_id == guild_id)
    fitting = select(ActorRow.id).where(*has_words(words, ActorRow.id), ActorRow.id.not_in(known))
    some = fitting.limit(CANDIDATES).subquery()
    called = (
        select(some.c.id).order_by(some.c.id).subquery()
    )  # in order, so that the search can end with the last one shown
    seen = (
        select(func.max(FeedClaimRow.article_id))
        .where(
            FeedClaimRow.actor_id == called.c.id,
            FeedClaimRow.feed_id.in_(feeds),
            not_withdrawn(guild_id, FeedClaimRow),
        )
        .scalar_subquery()
    )
    looked_up = select(called.c.id, seen.label("article_id")).subquery()
    query = select(looked_up).where(looked_up.c.article_id.is_not(None)).order_by(looked_up.c.id).limit(limit)
    return {row.id: row.article_id for row in await connection.execute(query)}


async def _names(connection: AsyncConnection, found: Mapping[int, int], seen: SeenActors) -> list[str]:
    """Return the names of actors in their articles, each name once, in order; those of unnamed sources last."""
    names: dict[str, str] = {}
    for one in await _called(connection, found, seen):
        names.setdefault(folded_name(one.name, person=one.type is ActorType.PERSON), one.name)
    return list(names.values())


async def _called(connection: AsyncConnection, found: Mapping[int, int], seen: SeenActors) -> list[ActorChoice]:
    """Return actors as named in an article of each, in order; unnamed sources last, hidden ones left out."""
    columns = (ArticleActorRow.actor_id, ArticleActorRow.article_id, ArticleActorRow.name, ArticleActorRow.role)
    named: dict[int, ActorChoice] = {}
    for some in chunks(list(found)):
        query = (
            select(*columns, ActorRow.type)
            .join(ActorRow, ActorRow.id == ArticleActorRow.actor_id)
            .where(
                ArticleActorRow.actor_id.in_(some), ArticleActorRow.article_id.in_([found[one] for one in some])
            )
        )
        for row in await connection.execute(query):
            seen_id = seen.seen(row.actor_id)
            if found[row.actor_id] == row.article_id and seen_id not in seen.hidden:
                name = seen.name_of(seen_id) or row.name
                named[row.actor_id] = ActorChoice(seen_id, name, row.role, row.type)
    ordered = [named[actor_id] for actor_id in found if actor_id in named]
    return sorted(ordered, key=lambda one: one.type is ActorType.UNNAMED)
