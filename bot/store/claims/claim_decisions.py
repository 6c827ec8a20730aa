"""Decisions about claims that readers reported: withdrawn or kept, for a server or for all."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import LimitReached, NotFound
from bot.languages.translations import _, ngettext
from bot.model.reports import EVERYWHERE, Decision, Report, ReviewedClaim, ReviewPage
from bot.store.database import Database, known_id
from bot.store.schema.news_tables import ArticleActorRow, ArticleRow, ClaimRow
from bot.store.schema.server_tables import ClaimDecisionRow, ReportRow
from bot.store.schema.values import value_of
from bot.store.visibility import visible_to, withdrawn_in

MOST_WITHDRAWN = 2_000
"""The most claims that may be withdrawn for one server: they are read for each of its questions."""
DECISIONS_LOCK = 5
REPORTS_SHOWN = 5
"""How many reports of one claim are shown, the newest."""


class ClaimDecisions:
    """The decisions. `scope` is a server, or `EVERYWHERE`, where the host decides for all servers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def decide(self, scope: int, claim_id: int, decision: Decision, user_id: int) -> None:
        """Store a decision about a claim, in place of an earlier one.

        Raises NotFound if the server never saw such a claim and nothing was decided about it, and LimitReached.
        """
        own = (ClaimDecisionRow.guild_id == scope) & (ClaimDecisionRow.claim_id == known_id(claim_id))
        values = {"decision": decision, "decided_by": user_id, "decided_at": self._database.clock()}
        async with self._database.writing() as connection:
            await self._database.hold(connection, DECISIONS_LOCK, scope)
            if decision is Decision.WITHDRAWN:
                await _refuse_too_many(connection, scope)
            known = await connection.execute(update(ClaimDecisionRow).where(own).values(values))
            if known.rowcount == 0:
                claim = await _claim(connection, scope, claim_id)
                row = {"guild_id": scope, "claim_id": claim_id} | claim | values
                await connection.execute(self._database.insert(ClaimDecisionRow).values(row))

    async def page(self, scope: int, decision: Decision, number: int) -> ReviewPage:
        """Return page `number` (from 0), or the last one, of the claims with one decision, the newest first.

        Open ones are those that were reported with no decision since, unless the host withdrew them.
        """
        wanted = _open(scope) if decision is Decision.OPEN else _decided(scope, decision)
        async with self._database.reading() as connection:
            count = (await connection.execute(select(func.count()).select_from(wanted.subquery()))).scalar_one()
            number = max(0, min(number, count - 1))
            found = (await connection.execute(wanted.limit(1).offset(number))).first()
            claim = await _reviewed(connection, scope, found.claim_id) if found is not None else None
        return ReviewPage(claim, number, count)

    async def reviewed(self, scope: int, claim_id: int) -> ReviewedClaim:
        """Return a claim that was reported or decided about. Raises NotFound if it was not."""
        async with self._database.reading() as connection:
            return await _reviewed(connection, scope, known_id(claim_id))


async def _refuse_too_many(connection: AsyncConnection, scope: int) -> None:
    counted = select(func.count()).select_from(_decided(scope, Decision.WITHDRAWN).subquery())
    if (await connection.execute(counted)).scalar_one() >= MOST_WITHDRAWN:
        raise LimitReached(
            ngettext(
                "{count} claim is withdrawn here, which is the limit. If a feed is often wrong, remove it.",
                "{count} claims are withdrawn here, which is the limit. If a feed is often wrong, remove it.",
                MOST_WITHDRAWN,
            )
        )


async def _claim(connection: AsyncConnection, scope: int, claim_id: int) -> dict[str, Any]:
    query = (
        select(
            ClaimRow.article_id, ArticleActorRow.name.label("actor"), ClaimRow.source_text, ClaimRow.content_text
        )
        .join(ArticleRow, ArticleRow.id == ClaimRow.article_id)
        .outerjoin(
            ArticleActorRow,
            and_(ArticleActorRow.article_id == ClaimRow.article_id, ArticleActorRow.actor_id == ClaimRow.actor_id),
        )
        .where(ClaimRow.id == claim_id, visible_to(None if scope == EVERYWHERE else scope, ArticleRow.id))
    )
    row = (await connection.execute(query)).first()
    if row is None:
        raise NotFound(_("This claim does not exist any more, or this server cannot see it."))
    return dict(row._mapping)  # noqa: SLF001 - the public way to a row as a mapping


def _decided(scope: int, decision: Decision) -> Select[Any]:
    query = select(ClaimDecisionRow.claim_id).where(
        ClaimDecisionRow.guild_id == scope, ClaimDecisionRow.decision == decision
    )
    return query.order_by(ClaimDecisionRow.decided_at.desc(), ClaimDecisionRow.id.desc())


def _open(scope: int) -> Select[Any]:
    newest = select(ReportRow.claim_id, func.max(ReportRow.reported_at).label("at")).group_by(ReportRow.claim_id)
    reported = newest.where(*_of(scope)).subquery()
    decided = and_(ClaimDecisionRow.guild_id == scope, ClaimDecisionRow.claim_id == reported.c.claim_id)
    return (
        select(reported.c.claim_id)
        .outerjoin(ClaimDecisionRow, decided)
        .where(
            or_(
                ClaimDecisionRow.id.is_(None),
                ClaimDecisionRow.decision == Decision.OPEN,
                and_(ClaimDecisionRow.decision == Decision.KEPT, ClaimDecisionRow.decided_at < reported.c.at),
            ),
            reported.c.claim_id.not_in(withdrawn_in(scope)),
        )
        .order_by(reported.c.at.desc(), reported.c.claim_id.desc())
    )


def _of(scope: int) -> list[Any]:
    return [] if scope == EVERYWHERE else [ReportRow.guild_id == scope]


async def _reviewed(connection: AsyncConnection, scope: int, claim_id: int) -> ReviewedClaim:
    of_claim = [ReportRow.claim_id == claim_id, *_of(scope)]
    newest = select(ReportRow.__table__).where(*of_claim).order_by(ReportRow.id.desc()).limit(REPORTS_SHOWN)
    reports = tuple(value_of(Report, row) for row in await connection.execute(newest))
    counted = select(func.count()).select_from(ReportRow).where(*of_claim)
    readers = (await connection.execute(counted)).scalar_one()
    decided = (
        select(ClaimDecisionRow.__table__, ArticleRow.title, ArticleRow.url)
        .join(ArticleRow, ArticleRow.id == ClaimDecisionRow.article_id)
        .where(ClaimDecisionRow.claim_id == claim_id, ClaimDecisionRow.guild_id.in_({scope, EVERYWHERE}))
    )
    decisions = {row.guild_id: row for row in await connection.execute(decided)}
    own, hosts = decisions.get(scope), decisions.get(EVERYWHERE)
    known = reports[0] if reports else own
    if known is None:
        raise NotFound(_("Nobody reported this claim, and nothing was decided about it."))
    return ReviewedClaim(
        claim_id=claim_id,
        article_id=known.article_id,
        actor=known.actor,
        content=known.content if isinstance(known, Report) else known.content_text,
        title=known.title,
        url=known.url,
        reports=reports,
        readers=readers,
        decision=own.decision if own is not None else Decision.OPEN,
        decided_at=own.decided_at if own is not None else None,
        everywhere=hosts is not None and hosts.decision is Decision.WITHDRAWN,
    )


async def follow_claims(connection: AsyncConnection, article_id: int) -> None:
    """Apply the decisions about an article's claims to its present claims with the same source and content."""
    query = select(ClaimDecisionRow.__table__).where(ClaimDecisionRow.article_id == article_id)
    decisions = (await connection.execute(query.order_by(ClaimDecisionRow.id))).all()
    if not decisions:
        return
    claims = select(ClaimRow.id, ClaimRow.source_text, ClaimRow.content_text)
    present = (
        await connection.execute(claims.where(ClaimRow.article_id == article_id).order_by(ClaimRow.id))
    ).all()
    ids = {row.id for row in present}
    taken = {(row.guild_id, row.claim_id) for row in decisions}
    for lost in (row for row in decisions if row.claim_id not in ids):
        for claim in present:
            same = (claim.source_text, claim.content_text) == (lost.source_text, lost.content_text)
            if same and (lost.guild_id, claim.id) not in taken:
                taken.add((lost.guild_id, claim.id))
                moved = update(ClaimDecisionRow).where(ClaimDecisionRow.id == lost.id)
                await connection.execute(moved.values(claim_id=claim.id))
                break


async def kept_since(
    connection: AsyncConnection, guild_id: int, claim_ids: Collection[int]
) -> dict[int, datetime]:
    """Return which of the claims were found right for a server, and when last."""
    query = select(ClaimDecisionRow.claim_id, ClaimDecisionRow.decided_at).where(
        ClaimDecisionRow.guild_id.in_({guild_id, EVERYWHERE}),
        ClaimDecisionRow.decision == Decision.KEPT,
        ClaimDecisionRow.claim_id.in_(claim_ids),
    )
    rows = await connection.execute(query.order_by(ClaimDecisionRow.decided_at))
    return {row.claim_id: row.decided_at for row in rows}


async def purge_decisions(connection: AsyncConnection, before: datetime) -> None:
    """Delete decisions undone before then: posted messages show their claims again."""
    over = (ClaimDecisionRow.decision == Decision.OPEN) & (ClaimDecisionRow.decided_at < before)
    await connection.execute(delete(ClaimDecisionRow).where(over))
