"""Actors across articles: linked when the claims of an article are stored, and found by name."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, delete, exists, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.claims import ActorType, Extraction
from bot.store.actors.linking import KnownName, Name, linked_actor, names_of
from bot.store.actors.seen_actors import SeenActors
from bot.store.database import Database, chunks, insert_rows
from bot.store.schema.news_tables import (
    ActorRow,
    ActorWordRow,
    AliasRow,
    ArticleActorRow,
)
from bot.store.schema.values import value_of
from bot.store.search.words import folded_name, words_of

ACTORS_LOCK = 2
"""The lock topic for linking actors: otherwise two simultaneous articles would both create the same new actor."""
WORDS_ASKED = 8
"""How many words of a name count in a search: each is a condition that the database has to check."""
BEYOND = "\U0010ffff"
"""Sorts after every character: the end of a prefix range."""


async def save_actors(
    database: Database, connection: AsyncConnection, article_id: int, extraction: Extraction
) -> dict[str, int]:
    """Link or create the actors of an article. Return their ids by their names in the article."""
    await database.hold(connection, ACTORS_LOCK)
    actors = {actor.name: actor for actor in reversed(extraction.actors)}  # the first of equals
    ordered = [actor for actor in extraction.actors if actors[actor.name] is actor]
    names = {actor.name: names_of(actor) for actor in ordered}
    known = await _known_names(connection, [name for some in names.values() for name in some])
    ids: dict[str, int] = {}
    for actor in ordered:
        found = linked_actor(actor, names[actor.name], known, set(ids.values()))
        if found is not None:
            ids[actor.name] = found
    new = [actor for actor in ordered if actor.name not in ids]
    rows = await insert_rows(
        connection,
        insert(ActorRow).returning(ActorRow.id, sort_by_parameter_order=True),
        [{"name": actor.name, "folded": _own(names[actor.name]), "type": actor.type} for actor in new],
    )
    ids |= {actor.name: row.id for actor, row in zip(new, rows, strict=True)}
    await _save_names(database, connection, {ids[name]: some for name, some in names.items()})
    counts = Counter(claim.actor for claim in extraction.claims)
    await insert_rows(
        connection,
        insert(ArticleActorRow),
        [
            {
                "article_id": article_id,
                "actor_id": ids[actor.name],
                "name": actor.name,
                "folded": _own(names[actor.name]),
                "role": actor.role,
                "position": position,
                "salience": actor.salience,
                "claims": counts[actor.name],
            }
            for position, actor in enumerate(ordered)
        ],
    )
    return ids


def _own(names: Sequence[Name]) -> str:
    return names[0].folded if names else ""


async def _known_names(connection: AsyncConnection, names: Sequence[Name]) -> list[KnownName]:
    known: list[KnownName] = []
    for some in chunks(sorted({name.folded for name in names if name.links})):
        query = (
            select(
                AliasRow.actor_id,
                ActorRow.type,
                AliasRow.folded,
                (AliasRow.folded == ActorRow.folded).label("own"),
            )
            .join(ActorRow, ActorRow.id == AliasRow.actor_id)
            .where(AliasRow.folded.in_(some), AliasRow.links)
        )
        known += [value_of(KnownName, row) for row in await connection.execute(query)]
    return known


async def _save_names(database: Database, connection: AsyncConnection, names: dict[int, list[Name]]) -> None:
    aliases = database.insert(AliasRow)
    aliases = aliases.on_conflict_do_update(
        index_elements=["actor_id", "folded"], set_={"links": or_(AliasRow.links, aliases.excluded.links)}
    )
    await insert_rows(
        connection,
        aliases,
        [
            {"actor_id": actor_id, "folded": name.folded, "alias": name.text, "links": name.links}
            for actor_id, some in names.items()
            for name in some
        ],
    )
    words = {
        (word, actor_id)
        for actor_id, some in names.items()
        for name in some
        for word in name.folded.split() + words_of(name.text)
    }
    await insert_rows(
        connection,
        database.insert(ActorWordRow).on_conflict_do_nothing(),
        [{"word": word, "actor_id": actor_id} for word, actor_id in sorted(words)],
    )


async def clear_actors(connection: AsyncConnection, article_id: int) -> list[int]:
    """Remove an article's actors from it. Return their ids."""
    query = select(ArticleActorRow.actor_id).where(ArticleActorRow.article_id == article_id)
    actor_ids = list((await connection.execute(query)).scalars())
    await connection.execute(delete(ArticleActorRow).where(ArticleActorRow.article_id == article_id))
    return actor_ids


async def drop_orphans(connection: AsyncConnection, actor_ids: Sequence[int]) -> None:
    """Delete those of the actors that no article mentions any more."""
    for some in chunks(actor_ids):
        present = exists().where(ArticleActorRow.actor_id == ActorRow.id)
        await connection.execute(delete(ActorRow).where(ActorRow.id.in_(some), ~present))


def actors_called(name: str) -> Select[Any] | None:
    """Return the query for the actors with exactly this name (folded), or None if it has no words."""
    forms = {folded_name(name), folded_name(name, person=True)} - {""}
    if not forms:
        return None
    return select(AliasRow.actor_id).where(AliasRow.folded.in_(sorted(forms))).distinct()


def actors_called_like(name: str) -> Select[Any] | None:
    """Return the query for the actors with all words of `name` in theirs, the last one as a prefix; None without
    words.
    """
    words = folded_name(name, person=True).split()
    if not words:
        return None
    return select(ActorRow.id).where(*has_words(words, ActorRow.id))


def has_words(words: Sequence[str], actor_id: SQLColumnExpression[Any]) -> list[ColumnElement[bool]]:
    """Return the conditions that an actor's names contain all of `words`, the last one as a prefix."""
    words = words[:WORDS_ASKED]
    last = ActorWordRow.word.between(words[-1], words[-1] + BEYOND)
    wanted = [*(ActorWordRow.word == word for word in words[:-1]), last]
    return [actor_id.in_(select(ActorWordRow.actor_id).where(condition)) for condition in wanted]


async def named_actors(
    connection: AsyncConnection, article_ids: Sequence[int], actors: SeenActors
) -> dict[int, tuple[str, ...]]:
    """Return the named actors of each article as a server sees them, the key actor first."""
    names: dict[int, tuple[str, ...]] = {}
    for some in chunks(article_ids):
        query = (
            select(ArticleActorRow.article_id, ArticleActorRow.name, ArticleActorRow.actor_id)
            .join(ActorRow, ActorRow.id == ArticleActorRow.actor_id)
            .where(ArticleActorRow.article_id.in_(some), ActorRow.type != ActorType.UNNAMED)
            .order_by(ArticleActorRow.article_id, ArticleActorRow.position)
        )
        for article_id, name, actor_id in await connection.execute(query):
            if (seen := actors.seen(actor_id, article_id)) in actors.hidden:
                continue
            shown, known = actors.name_of(seen) or name, names.get(article_id, ())
            names[article_id] = known if actors and shown in known else (*known, shown)
    return names
