"""Readers' reports that a claim is wrong."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from bot.delivery.claims import timestamp
from bot.errors import BadInput, ClaimGone, LimitReached, NotFound
from bot.languages.translations import _
from bot.model.claims import ClaimRecord
from bot.model.reports import Fault, Report
from bot.services.engine import Services

REPORTS_A_DAY = 10
"""Further reports by one reader within 24 hours are not stored: somebody who finds that much wrong should open an
issue.
"""
LONGEST_REMARK = 500
DISPUTED_FROM = 2
"""How many readers have to report a claim before it is shown as disputed. One alone may be mistaken, or dislike
what is said; with two, nobody can mark a claim for everybody single-handedly.
"""


async def report_claim(
    services: Services, guild_id: int, claim_id: int, fault: str, remark: str, user_id: int
) -> None:
    """Store a reader's report that a claim is wrong. `fault` is the value of a Fault.

    Raises BadInput, NotFound if the server does not see the claim, AlreadyThere, and LimitReached.
    """
    if fault not in set(Fault):
        raise BadInput(_("Choose what is wrong with the claim."))
    remark = remark.strip()
    if len(remark) > LONGEST_REMARK:
        raise BadInput(
            _("That is too long. Write at most {longest_remark} characters.", longest_remark=LONGEST_REMARK)
        )
    store = services.store
    try:
        evidence = await store.claims.evidence(claim_id, guild_id, context=0)
    except NotFound:
        raise ClaimGone from None
    again_at = await store.reports.add(guild_id, evidence, Fault(fault), remark, user_id, a_day=REPORTS_A_DAY)
    if again_at is not None:
        raise LimitReached(
            _(
                "You have reported {reports_a_day} claims within a day, which is the limit. You can "
                "report again {again_at}.",
                reports_a_day=REPORTS_A_DAY,
                again_at=timestamp(again_at, "R"),
            )
        )


async def with_disputes(
    services: Services, guild_id: int | None, claims: Sequence[ClaimRecord]
) -> tuple[ClaimRecord, ...]:
    """Return `claims` with those marked as disputed that enough readers of this server reported."""
    if guild_id is None or not claims:
        return tuple(claims)
    disputed = await services.store.reports.disputed(guild_id, [claim.id for claim in claims], DISPUTED_FROM)
    return tuple(replace(claim, disputed=True) if claim.id in disputed else claim for claim in claims)


def all_reports(services: Services) -> AsyncIterator[Report]:
    """Yield all reports of all servers, the oldest first."""
    return services.store.reports.every()
