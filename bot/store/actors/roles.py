"""Roles over time: every article dates the role that it gives an actor.

A claim is shown with the role given by its own article. If there is none, it is shown with the actor's role on
that day, provided that articles of the days before agree on it. "Then", "former" and the like are shown only if an
article's own role says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.claims import ActorType
from bot.store.database import chunks
from bot.store.schema.news_tables import ActorRow, ArticleActorRow, ArticleRow
from bot.store.schema.values import value_of
from bot.store.visibility import visible_to
from bot.text.folding import fold

LASTS = timedelta(days=30)
"""How old a given role may be at the time of a claim: offices change hands."""
AGREEING = 2
"""How many articles have to give a role: a single one may have misread it."""
LOOKED_AT = 200
"""How many roles of an actor are examined, the newest first."""


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role that an article gives an actor, and when the article was published."""

    actor_id: int
    role: str
    published_at: datetime


def role_on(moment: datetime, given: Sequence[GivenRole]) -> str | None:
    """Return the role at `moment` of the actor of all `given`, or None if it is not certain.

    It is the one given last, if enough articles of the days before give it, too, and none gives another one later.
    """
    before = [each for each in given if moment - LASTS <= each.published_at <= moment]
    before.sort(key=lambda each: each.published_at, reverse=True)
    if not before:
        return None
    last = fold(before[0].role)
    same = [each for each in before if fold(each.role) == last]
    return before[0].role if len(same) >= AGREEING else None


async def roles_over_time(
    connection: AsyncConnection, wanted: Sequence[tuple[int, datetime]], guild_id: int | None
) -> dict[int, list[GivenRole]]:
    """Return the roles of persons, each `wanted` at a moment, from the articles visible to the server."""
    if not wanted:
        return {}
    first, last = min(at for _, at in wanted) - LASTS, max(at for _, at in wanted)
    found: dict[int, list[GivenRole]] = {}
    for some in chunks(sorted({actor_id for actor_id, _ in wanted})):
        query: Any = (
            select(ArticleActorRow.actor_id, ArticleActorRow.role, ArticleRow.published_at)
            .join(ArticleRow, ArticleRow.id == ArticleActorRow.article_id)
            .join(ActorRow, ActorRow.id == ArticleActorRow.actor_id)
            .where(
                ArticleActorRow.actor_id.in_(some),
                ArticleActorRow.role.is_not(None),
                ActorRow.type == ActorType.PERSON,
                ArticleRow.published_at.between(first, last),
                visible_to(guild_id, ArticleActorRow.article_id),
            )
            .order_by(ArticleRow.published_at.desc())
            .limit(LOOKED_AT * len(some))
        )
        for row in await connection.execute(query):
            found.setdefault(row.actor_id, []).append(value_of(GivenRole, row))
    return found
