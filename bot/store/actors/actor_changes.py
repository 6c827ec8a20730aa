"""Changes by servers and the host to actors: stored, undone, and looked up for each question."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, delete, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import LimitReached, NotFound
from bot.languages.translations import _, ngettext
from bot.model.actor_changes import ActorChange, ActorChangeKind, ActorChoice, ArticleWithActor
from bot.model.claims import ActorType
from bot.model.reports import EVERYWHERE
from bot.store.actors.actors import actors_called, has_words
from bot.store.actors.seen_actors import PartOfActor, SeenActors
from bot.store.database import Database, known_id
from bot.store.schema.news_tables import ActorRow, ArticleActorRow, ArticleRow
from bot.store.schema.server_tables import ActorChangeRow, DeliveryRow, ShownArticleRow
from bot.store.schema.values import value_of
from bot.store.search.words import words_of
from bot.store.visibility import visible_to

MOST_CHANGES = 200
"""The most changes that a server, or the host, may have; all are examined for each question of that server."""
KNOWN_FOR = timedelta(seconds=5)
"""How long to rely on the list of servers with changes. Few have any, and the others then need no query. Changes
by another process are seen within this time; those of this process, at once.
"""
CHANGES_LOCK = 6
NOTHING = SeenActors()


class ActorChanges:
    """The changes. `scope` is a server, or `EVERYWHERE` for changes that the host makes for all."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._scopes: set[int] = set()
        self._known_at: datetime | None = None
        self._seen: dict[int, SeenActors] = {}

    async def seen_by(self, connection: AsyncConnection, guild_id: int | None) -> SeenActors:
        """Return the actors as a server sees them; None stands for the host."""
        now = self._database.clock()
        if self._known_at is None or abs(now - self._known_at) > KNOWN_FOR:
            scopes = await connection.execute(select(ActorChangeRow.guild_id).distinct())
            self._scopes, self._seen, self._known_at = set(scopes.scalars()), {}, now
        scope = EVERYWHERE if guild_id is None else guild_id
        if scope not in self._scopes and EVERYWHERE not in self._scopes:
            return NOTHING
        if scope not in self._seen:
            changes = await _changes(connection, {EVERYWHERE, scope})
            self._seen[scope] = SeenActors(tuple(changes))
        return self._seen[scope]

    async def of(self, scope: int) -> list[ActorChange]:
        """Return the changes of this scope only, the oldest first."""
        async with self._database.reading() as connection:
            return await _changes(connection, {scope})

    async def merge(self, scope: int, actor_id: int, into_id: int, user_id: int) -> ActorChange:
        """Merge an actor into another one, under the other's name. Raises NotFound and LimitReached."""
        async with self._changing(scope) as (connection, seen):
            await _name_seen(connection, scope, seen, actor_id)
            name = await _name_seen(connection, scope, seen, into_id)
            return await self._note(connection, scope, ActorChangeKind.MERGE, actor_id, user_id, into_id, name)

    async def split(
        self, scope: int, actor_id: int, article_ids: Collection[int], name: str, user_id: int
    ) -> ActorChange:
        """Turn an actor into another one, called `name`, in some articles.

        Raises NotFound if the actor is in none of these articles, or in no others, and LimitReached.
        """
        async with self._changing(scope) as (connection, seen):
            await _name_seen(connection, scope, seen, actor_id)
            present = {one.article_id for one in await _articles(connection, scope, seen, actor_id)}
            parted = sorted(present & set(article_ids))
            if not parted or len(parted) != len(set(article_ids)) or len(parted) == len(present):
                raise NotFound(_("The actor has no such articles, or no others: there is nothing to split."))
            kind = ActorChangeKind.SPLIT
            return await self._note(connection, scope, kind, actor_id, user_id, None, name, parted)

    async def rename(self, scope: int, actor_id: int, name: str, user_id: int) -> ActorChange:
        """Rename an actor to `name`. Raises NotFound and LimitReached."""
        async with self._changing(scope) as (connection, seen):
            await _name_seen(connection, scope, seen, actor_id)
            return await self._note(connection, scope, ActorChangeKind.RENAME, actor_id, user_id, None, name)

    async def hide(self, scope: int, actor_id: int, user_id: int) -> ActorChange:
        """Hide everything that an actor says. Raises NotFound and LimitReached."""
        async with self._changing(scope) as (connection, seen):
            name = await _name_seen(connection, scope, seen, actor_id)
            return await self._note(connection, scope, ActorChangeKind.HIDE, actor_id, user_id, None, name)

    async def undo(self, scope: int, change_id: int | None = None) -> ActorChange:
        """Undo a change of this scope, by default the newest, and return it. Raises NotFound."""
        async with self._database.writing() as connection:
            changes = await _changes(connection, {scope})
            wanted = [one for one in changes if change_id is None or one.id == change_id]
            if not wanted:
                raise NotFound(_("There is no such change of an actor to undo here."))
            before = await _seen_by_all(connection, scope)
            await connection.execute(delete(ActorChangeRow).where(ActorChangeRow.id == wanted[-1].id))
            await self._mark(connection, before, await _seen_by_all(connection, scope))
        self._known_at = None
        return wanted[-1]

    async def name_seen(self, guild_id: int | None, actor_id: int) -> str:
        """Return a server's name for an actor of whom it sees a claim. Raises NotFound."""
        async with self._database.reading() as connection:
            seen = await self.seen_by(connection, guild_id)
            return await _name_seen(connection, guild_id or EVERYWHERE, seen, actor_id)

    async def articles_of(self, guild_id: int | None, actor_id: int) -> list[ArticleWithActor]:
        """Return the newest articles visible to a server in which an actor speaks."""
        async with self._database.reading() as connection:
            seen = await self.seen_by(connection, guild_id)
            return await _articles(connection, guild_id or EVERYWHERE, seen, actor_id)

    async def called(self, guild_id: int | None, name: str) -> set[int]:
        """Return the actors with exactly this name, as a server sees them."""
        query = actors_called(name)
        if query is None:
            return set()
        async with self._database.reading() as connection:
            seen = await self.seen_by(connection, guild_id)
            stored = (await connection.execute(query)).scalars()
            return {*map(seen.seen, stored), *seen.called(name)} - seen.hidden

    async def stored(self, typed: str, limit: int) -> list[ActorChoice]:
        """Return actors whose names contain all typed words, as the host sees them, most claims first."""
        words = words_of(typed)
        claims = func.sum(ArticleActorRow.claims)
        query = (
            select(ActorRow.id, ActorRow.name, func.max(ArticleActorRow.role).label("role"), ActorRow.type)
            .join(ArticleActorRow, ArticleActorRow.actor_id == ActorRow.id)
            .where(*(has_words(words, ActorRow.id) if words else ()))
            .group_by(ActorRow.id, ActorRow.name, ActorRow.type)
            .order_by(claims.desc(), ActorRow.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            seen = await self.seen_by(connection, None)
            rows = (await connection.execute(query)).all()
        choices: dict[int, ActorChoice] = {}
        for row in rows:
            seen_id = seen.seen(row.id)
            choices.setdefault(
                seen_id, ActorChoice(seen_id, seen.name_of(seen_id) or row.name, row.role, row.type)
            )
        for seen_id in sorted(seen.called_like(typed)):
            name = seen.name_of(seen_id) or ""
            choices.setdefault(seen_id, ActorChoice(seen_id, name, None, ActorType.UNNAMED))
        return list(choices.values())[:limit]

    @asynccontextmanager
    async def _changing(self, scope: int) -> AsyncIterator[tuple[AsyncConnection, SeenActors]]:
        """Yield a connection for one more change, and the actors before it. Raises LimitReached."""
        async with self._database.writing() as connection:
            await self._database.hold(connection, CHANGES_LOCK, scope)
            changes = await _changes(connection, {EVERYWHERE, scope})
            if sum(one.guild_id == scope for one in changes) >= MOST_CHANGES:
                raise LimitReached(
                    ngettext(
                        "{count} change of an actor is stored here, which is the limit. Undo one first.",
                        "{count} changes of actors are stored here, which is the limit. Undo one first.",
                        MOST_CHANGES,
                    )
                )
            yield connection, SeenActors(tuple(changes))
        self._known_at = None

    async def _note(
        self,
        connection: AsyncConnection,
        scope: int,
        kind: ActorChangeKind,
        actor_id: int,
        user_id: int,
        into_id: int | None,
        name: str,
        article_ids: Sequence[int] = (),
    ) -> ActorChange:
        values: dict[str, Any] = {
            "guild_id": scope,
            "kind": kind,
            "actor_id": actor_id,
            "into_id": into_id,
            "name": name,
            "article_ids": list(article_ids),
            "changed_by": user_id,
            "changed_at": self._database.clock(),
        }
        before = await _seen_by_all(connection, scope)
        stored = await connection.execute(insert(ActorChangeRow).values(values).returning(ActorChangeRow.id))
        await self._mark(connection, before, await _seen_by_all(connection, scope))
        return ActorChange(id=stored.scalar_one(), **values | {"article_ids": tuple(article_ids)})

    async def _mark(
        self, connection: AsyncConnection, before: Mapping[int, SeenActors], after: Mapping[int, SeenActors]
    ) -> None:
        """Mark messages to be compared with their articles if their actors look different now.

        They are compared once every process has learnt of the change.
        """
        at = self._database.clock() + KNOWN_FOR
        for guild_id in before.keys() & after.keys():  # others may change something in the meantime
            if not (parts := before[guild_id].shown_otherwise(after[guild_id])):
                continue
            shows = (
                select(ShownArticleRow.delivery_id)
                .join(ArticleActorRow, ArticleActorRow.article_id == ShownArticleRow.article_id)
                .where(in_parts(parts, ArticleActorRow.actor_id, ArticleActorRow.article_id))
            )
            marked = update(DeliveryRow).values(compare_at=at)
            if guild_id != EVERYWHERE:
                shows = shows.where(ShownArticleRow.guild_id == guild_id)
                marked = marked.where(DeliveryRow.guild_id == guild_id)
            await connection.execute(marked.where(DeliveryRow.id.in_(shows)))


async def _seen_by_all(connection: AsyncConnection, scope: int) -> dict[int, SeenActors]:
    """Return the actors as seen by each server affected by changes of `scope`; EVERYWHERE for the others."""
    by_scope: dict[int, list[ActorChange]] = {EVERYWHERE: [], scope: []}
    for change in await _changes(connection, None if scope == EVERYWHERE else {EVERYWHERE, scope}):
        by_scope.setdefault(change.guild_id, []).append(change)
    for_all = by_scope[EVERYWHERE]
    seen = {EVERYWHERE: SeenActors(tuple(for_all))}
    for guild_id in by_scope.keys() - seen.keys():
        in_order = sorted([*for_all, *by_scope[guild_id]], key=lambda one: one.id)
        seen[guild_id] = SeenActors(tuple(in_order))
    return seen if scope == EVERYWHERE else {scope: seen[scope]}


async def _changes(connection: AsyncConnection, scopes: Collection[int] | None) -> list[ActorChange]:
    """Return the changes of these scopes, or of all (None), in the order in which they were made."""
    query = select(ActorChangeRow.__table__).order_by(ActorChangeRow.id)
    rows = await connection.execute(query if scopes is None else query.where(ActorChangeRow.guild_id.in_(scopes)))
    return [value_of(ActorChange, row, article_ids=tuple(row.article_ids)) for row in rows]


def in_parts(
    parts: Sequence[PartOfActor], actor_id: SQLColumnExpression[Any], article_id: SQLColumnExpression[Any]
) -> ColumnElement[bool]:
    """Return the condition that a claim belongs to one of the parts of stored actors."""
    whole = [part.actor_id for part in parts if part.all_but and not part.articles]
    others = [
        and_(
            actor_id == part.actor_id,
            article_id.not_in(part.articles) if part.all_but else article_id.in_(part.articles),
        )
        for part in parts
        if part.actor_id not in whole
    ]
    return or_(actor_id.in_(whole), *others)


def not_hidden(
    seen: SeenActors, actor_id: SQLColumnExpression[Any], article_id: SQLColumnExpression[Any]
) -> ColumnElement[bool]:
    """Return the condition that the actor of a claim is not hidden in the server."""
    if not seen.hidden:
        return true()
    return or_(actor_id.is_(None), ~in_parts(seen.parts_of(seen.hidden), actor_id, article_id))


async def _articles(
    connection: AsyncConnection, scope: int, seen: SeenActors, actor_id: int, limit: int = 100
) -> list[ArticleWithActor]:
    parts = seen.parts_of({actor_id})
    query = (
        select(ArticleRow.id.label("article_id"), func.max(ArticleRow.title).label("title"), ArticleRow.outlet)
        .join(ArticleActorRow, ArticleActorRow.article_id == ArticleRow.id)
        .where(
            in_parts(parts, ArticleActorRow.actor_id, ArticleActorRow.article_id),
            ArticleActorRow.claims > 0,
            visible_to(None if scope == EVERYWHERE else scope, ArticleRow.id),
        )
        .group_by(ArticleRow.id, ArticleRow.outlet, ArticleRow.published_at)
        .order_by(ArticleRow.published_at.desc(), ArticleRow.id.desc())
        .limit(limit)
    )
    return [value_of(ArticleWithActor, row) for row in await connection.execute(query)]


async def _name_seen(connection: AsyncConnection, scope: int, seen: SeenActors, actor_id: int) -> str:
    """Return the shown name of an actor; the name in its newest article if nobody renamed it. Raises NotFound."""
    known_id(abs(actor_id))
    missing = _("There is no such actor here. Pick one from the list that appears while you type.")
    if seen.seen(actor_id) != actor_id or actor_id in seen.hidden:
        raise NotFound(missing)
    parts = seen.parts_of({actor_id})
    query = (
        select(ArticleActorRow.name)
        .where(
            in_parts(parts, ArticleActorRow.actor_id, ArticleActorRow.article_id),
            visible_to(None if scope == EVERYWHERE else scope, ArticleActorRow.article_id),
        )
        .order_by(ArticleActorRow.article_id.desc())
        .limit(1)
    )
    name = (await connection.execute(query)).scalar()
    if name is None:
        raise NotFound(missing)
    return seen.name_of(actor_id) or str(name)
