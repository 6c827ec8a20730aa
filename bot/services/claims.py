"""Who said what, and the evidence for it."""

from datetime import datetime

from bot.delivery.render import CLAIMS_A_PAGE
from bot.errors import BadInput, NotFound
from bot.model.claims import Evidence
from bot.model.queries import ClaimPage, ClaimQuery
from bot.services.engine import Services
from bot.services.feeds import SUGGESTIONS
from bot.services.impossible_wishes import refuse_certainty
from bot.services.server_settings import confidence_of, timezone_of
from bot.services.typed_times import moment_since

LONGEST_QUERY = 200


async def claim_query(
    services: Services,
    guild_id: int | None,
    *,
    actor: str | None = None,
    topic: str | None = None,
    since: str | None = None,
    minimum_confidence: float | None = None,
) -> ClaimQuery:
    """Return the query for what a user typed. Raises BadInput.

    Days begin at midnight in the time zone of the server's digests.
    """
    for words in (actor, topic):
        if words and len(words) > LONGEST_QUERY:
            raise BadInput(f"That is too long. Write at most {LONGEST_QUERY} characters.")
    refuse_certainty(minimum_confidence)
    moment: datetime | None = None
    if since and since.strip():
        moment = moment_since(since, services.clock(), await timezone_of(services, guild_id))
    if minimum_confidence is None:
        minimum_confidence = await confidence_of(services, guild_id)
    return ClaimQuery(
        guild_id=guild_id,
        actor=(actor or "").strip() or None,
        topic=(topic or "").strip() or None,
        since=moment,
        minimum_confidence=minimum_confidence,
    )


async def claim_page(services: Services, query: ClaimQuery, page: int = 0) -> ClaimPage:
    """Return page `page` (from 0) of the claims that match a query."""
    return await services.store.claims.search(query, limit=CLAIMS_A_PAGE, offset=page * CLAIMS_A_PAGE)


async def some_claims(services: Services, query: ClaimQuery, *, limit: int, offset: int) -> ClaimPage:
    """Return at most `limit` of the claims that a query finds, after the first `offset`."""
    return await services.store.claims.search(query, limit=limit, offset=offset)


async def has_claims(services: Services) -> bool:
    """Return whether any claim is stored."""
    return (await services.store.claims.search(ClaimQuery(), limit=1)).total > 0


async def kept_query(services: Services, guild_id: int, user_id: int, query: ClaimQuery) -> int:
    """Store a query so that its buttons keep working. Return its id."""
    return await services.store.queries.add(guild_id, user_id, query)


async def known_query(services: Services, guild_id: int, query_id: int) -> ClaimQuery:
    """Return a stored query of this server. Raises NotFound if it has been deleted."""
    try:
        return await services.store.queries.get(query_id, guild_id)
    except NotFound:
        raise NotFound("This answer is too old to turn its pages. Ask again with /said.") from None


async def matching_actors(services: Services, guild_id: int, typed: str) -> list[str]:
    """Return names of actors that a server can ask for, those with the most claims first."""
    return await services.store.claims.actor_names(typed.strip(), guild_id, SUGGESTIONS)


async def evidence_of(services: Services, guild_id: int | None, claim_id: int) -> Evidence:
    """Return a claim in its context. Raises NotFound if the server does not have the feed that it came from."""
    try:
        return await services.store.claims.evidence(claim_id, guild_id)
    except NotFound:
        raise NotFound("This claim is gone: its feed was removed, or its article was corrected.") from None
