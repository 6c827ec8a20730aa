"""Reports of wrong claims. Each contains the claim as it was, so that it stays useful if the claim changes."""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import AlreadyThere, NotFound
from bot.languages.translations import _
from bot.model.claims import Evidence
from bot.model.reports import Fault, Report
from bot.store.claims.claim_decisions import kept_since
from bot.store.database import Database, chunks, known_id
from bot.store.schema.server_tables import ReportRow
from bot.store.schema.values import value_of
from bot.store.servers.personal_data import NOBODY

REPORTERS_KEPT = timedelta(days=30)
"""How long the sender of a report is stored: only so that nobody reports the same twice, or too much a day."""
REPORTS_LOCK = 4
BATCH = 500


class Reports:
    """The reports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, guild_id: int, evidence: Evidence, fault: Fault, remark: str, user_id: int, *, a_day: int
    ) -> datetime | None:
        """Store a report. If the user sent `a_day` within 24 hours, store nothing and return when they may report
        again.

        Raises AlreadyThere if the user has reported this claim in this server.
        """
        now = self._database.clock()
        claim = evidence.claim
        new = {
            "guild_id": guild_id,
            "claim_id": claim.id,
            "article_id": claim.article_id,
            "url": claim.url,
            "title": claim.title,
            "sentence": evidence.text,
            "actor": claim.actor,
            "cue": claim.cue_text,
            "content": claim.content_text,
            "fault": fault,
            "remark": remark,
            "reported_by": user_id,
            "reported_at": now,
        }
        of_user = ReportRow.reported_by == user_id
        same = select(ReportRow.id).where(of_user, ReportRow.guild_id == guild_id, ReportRow.claim_id == claim.id)
        newest = (
            select(ReportRow.reported_at)
            .where(of_user, ReportRow.reported_at > now - timedelta(days=1))
            .order_by(ReportRow.reported_at.desc())
            .limit(a_day)
        )
        async with self._database.writing() as connection:
            await self._database.hold(connection, REPORTS_LOCK, user_id)
            if (await connection.execute(same)).first() is not None:
                raise AlreadyThere(_("You have reported this claim already. Thank you."))
            sent = list((await connection.execute(newest)).scalars())
            if len(sent) >= a_day:
                return sent[-1] + timedelta(days=1)
            await connection.execute(insert(ReportRow).values(new))
        return None

    async def disputed(self, guild_id: int, claim_ids: Collection[int], readers: int) -> set[int]:
        """Return those of the claims that at least this many readers of the server reported.

        Nobody reports a claim twice. Reports from before a claim was found right do not count.
        """
        reports: defaultdict[int, list[datetime]] = defaultdict(list)
        kept: dict[int, datetime] = {}
        async with self._database.reading() as connection:
            for some in chunks(sorted(set(claim_ids))):
                query = select(ReportRow.claim_id, ReportRow.reported_at).where(
                    ReportRow.guild_id == guild_id, ReportRow.claim_id.in_(some)
                )
                for row in await connection.execute(query):
                    reports[row.claim_id].append(row.reported_at)
            if reports:
                kept = await kept_since(connection, guild_id, list(reports))
        return {
            claim_id
            for claim_id, moments in reports.items()
            if sum(claim_id not in kept or at > kept[claim_id] for at in moments) >= readers
        }

    async def claim_of(self, report_id: int) -> int:
        """Return the claim of a report. Raises NotFound."""
        query = select(ReportRow.claim_id).where(ReportRow.id == known_id(report_id))
        async with self._database.reading() as connection:
            claim_id = (await connection.execute(query)).scalar()
        if claim_id is None:
            raise NotFound(_("There is no such report. `reports list` shows their numbers."))
        return int(claim_id)

    async def every(self) -> AsyncIterator[Report]:
        """Yield all reports of all servers, the oldest first."""
        after = 0
        while True:
            query = select(ReportRow.__table__).where(ReportRow.id > after).order_by(ReportRow.id).limit(BATCH)
            async with self._database.reading() as connection:
                rows = (await connection.execute(query)).all()
            for row in rows:
                yield value_of(Report, row)
            if len(rows) < BATCH:
                return
            after = rows[-1].id


async def purge_reports(connection: AsyncConnection, now: datetime, kept: timedelta) -> None:
    """Delete reports older than `kept`, and the senders of younger ones once they are no longer needed."""
    await connection.execute(delete(ReportRow).where(ReportRow.reported_at < now - kept))
    late = (ReportRow.reported_at < now - REPORTERS_KEPT) & (ReportRow.reported_by != NOBODY)
    await connection.execute(update(ReportRow).where(late).values(reported_by=NOBODY))
