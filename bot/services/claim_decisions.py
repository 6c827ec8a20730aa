"""Decisions about claims, by managers for their server and by the host for all servers."""

from bot.errors import NotFound
from bot.model.claims import Evidence
from bot.model.reports import EVERYWHERE, Decision, ReviewedClaim, ReviewPage
from bot.services.engine import Services


async def review_page(services: Services, scope: int, decision: Decision, number: int) -> ReviewPage:
    """Return one of the open, withdrawn or kept claims of a server or, for the host, of EVERYWHERE."""
    return await services.store.claim_decisions.page(scope, decision, number)


async def reviewed_claim(services: Services, scope: int, claim_id: int) -> ReviewedClaim:
    """Return a claim with its reports and the decision about it. Raises NotFound."""
    return await services.store.claim_decisions.reviewed(scope, claim_id)


async def evidence_to_review(services: Services, scope: int, claim_id: int) -> Evidence | None:
    """Return a claim in its context even if it was withdrawn; None if its article no longer has such a claim."""
    guild_id = None if scope == EVERYWHERE else scope
    try:
        return await services.store.claims.evidence(claim_id, guild_id, withdrawn=True)
    except NotFound:
        return None


async def decide(services: Services, scope: int, claim_id: int, decision: Decision, user_id: int) -> None:
    """Withdraw a claim, keep it, or undo a decision. Posted messages are edited in the next round.

    Raises NotFound if the server sees no such claim, and LimitReached.
    """
    await services.store.claim_decisions.decide(scope, claim_id, decision, user_id)
    services.suggestions.forget()
    services.runner.wake()


async def claim_of_report(services: Services, report_id: int) -> int:
    """Return the claim that a report is about. Raises NotFound."""
    return await services.store.reports.claim_of(report_id)
