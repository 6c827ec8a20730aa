"""Claims as they are shown: with their article, and with the actor, role and outlets that a server sees."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import Select, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.articles import Printing
from bot.model.claims import ClaimRecord
from bot.store.actors.roles import role_on, roles_over_time
from bot.store.actors.seen_actors import SeenActors
from bot.store.articles.copies import also_in, printings
from bot.store.claims.claim_rows import tellers_seen
from bot.store.database import chunks
from bot.store.schema.news_tables import ActorRow, ArticleActorRow, ArticleRow, ClaimRow
from bot.store.schema.values import value_of


async def records_of(connection: AsyncConnection, claim_ids: Sequence[int]) -> list[ClaimRecord]:
    """Return claims in the order of the given ids."""
    found = {}
    for some in chunks(claim_ids):
        for row in await connection.execute(records().where(ClaimRow.id.in_(some))):
            found[row.id] = record_of(row)
    return [found[claim_id] for claim_id in claim_ids]


async def as_printed(
    connection: AsyncConnection, claims: Sequence[ClaimRecord], guild_id: int | None
) -> list[ClaimRecord]:
    """Return `claims` with roles and other places of publication. A server that only has a copy is shown that
    copy.
    """
    claims = await _with_roles(connection, claims, guild_id)
    printed = await printings(connection, [claim.article_id for claim in claims], guild_id)
    return [_printed_as(claim, printed.get(claim.article_id, ())) for claim in claims]


async def _with_roles(
    connection: AsyncConnection, claims: Sequence[ClaimRecord], guild_id: int | None
) -> list[ClaimRecord]:
    """Return `claims`; those whose article gives no role get the role that the actor had on that day."""
    bare = [(c.actor_id, c.published_at) for c in claims if c.actor_id is not None and c.role is None]
    given = await roles_over_time(connection, bare, guild_id)
    return [
        replace(claim, role=role_on(claim.published_at, given[claim.actor_id]))
        if claim.role is None and claim.actor_id in given
        else claim
        for claim in claims
    ]


async def as_seen(connection: AsyncConnection, claims: list[ClaimRecord], seen: SeenActors) -> list[ClaimRecord]:
    """Return claims with their actors, and those who pass them on, as a server sees them."""
    if not seen:
        return claims
    tellers = await tellers_seen(connection, [claim.article_id for claim in claims if claim.told_by], seen)
    made = []
    for claim in claims:
        told_by = tuple(tellers.get((claim.article_id, name), name) for name in claim.told_by)
        claim = replace(claim, told_by=told_by)  # noqa: PLW2901
        if claim.actor_id is not None:
            actor_id = seen.seen(claim.actor_id, claim.article_id)
            claim = replace(claim, actor_id=actor_id, actor=seen.name_of(actor_id) or claim.actor)  # noqa: PLW2901
        made.append(claim)
    return made


def _printed_as(claim: ClaimRecord, printed: Sequence[Printing]) -> ClaimRecord:
    if not printed:
        return claim
    first = printed[0]
    return replace(
        claim,
        outlet=first.outlet,
        url=first.url,
        title=first.title,
        published_at=first.published_at,
        author=claim.author if first.url == claim.url else None,
        also_in=also_in(printed),
    )


def records() -> Select[Any]:
    """Return the query for claims with their article, and the actor as named in that article."""
    columns: list[Any] = [
        ClaimRow.id,
        ClaimRow.article_id,
        ClaimRow.actor_id,
        ArticleActorRow.name.label("actor"),
        ActorRow.type.label("actor_type"),
        ArticleActorRow.role,
        ClaimRow.source_text,
        ClaimRow.cue_text,
        ClaimRow.content_text,
        ClaimRow.kind,
        ClaimRow.verbatim,
        ClaimRow.confidence,
        ClaimRow.claim_confidence,
        ClaimRow.actor_confidence,
        ClaimRow.hedged,
        ClaimRow.addressee_text.label("addressee"),
        ClaimRow.time_text.label("time"),
        ClaimRow.told_by,
        ClaimRow.taken_back_text.label("taken_back"),
        ClaimRow.due_text.label("due"),
        ClaimRow.due_on,
        ClaimRow.refers_to_text.label("refers_to"),
        ArticleRow.title,
        ArticleRow.url,
        ArticleRow.outlet,
        ArticleRow.published_at,
        ArticleRow.author,
    ]
    return (
        select(*columns)
        .select_from(ClaimRow)
        .join(ArticleRow, ArticleRow.id == ClaimRow.article_id)
        .outerjoin(
            ArticleActorRow,
            and_(ArticleActorRow.article_id == ClaimRow.article_id, ArticleActorRow.actor_id == ClaimRow.actor_id),
        )
        .outerjoin(ActorRow, ActorRow.id == ClaimRow.actor_id)
    )


def record_of(row: Found[Any]) -> ClaimRecord:
    """Return a row of `records` as a claim."""
    return value_of(ClaimRecord, row, told_by=tuple(row.told_by or ()))
