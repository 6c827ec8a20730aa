"""Who said what, and the evidence for it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import structlog

from bot.delivery.answers import CLAIMS_A_PAGE
from bot.errors import AnswerGone, BadInput, ClaimGone, NotFound, StoreError
from bot.languages.translations import _
from bot.model.claims import ClaimRecord, Evidence, Kind, Wording
from bot.model.queries import NOT_KEPT, ClaimPage, ClaimQuery, Sort
from bot.services.engine import Services
from bot.services.feeds import SUGGESTIONS
from bot.services.impossible_wishes import refuse_certainty
from bot.services.outlets import outlet_named
from bot.services.relevance import most_relevant
from bot.services.reports import with_disputes
from bot.services.server_settings import confidence_of, timezone_of
from bot.services.typed_periods import moments_between

log = structlog.get_logger(__name__)

LONGEST_QUERY = 200
SORTED = 100
"""How many of the newest claims are sorted by relevance: older ones rarely matter more."""


async def claim_query(
    services: Services,
    guild_id: int | None,
    *,
    actor: str | None = None,
    topic: str | None = None,
    since: str | None = None,
    until: str | None = None,
    outlet: str | None = None,
    kind: Kind | None = None,
    wording: Wording | None = None,
    sort: Sort = Sort.NEWEST,
    minimum_confidence: float | None = None,
    locale: str = "",
) -> ClaimQuery:
    """Return the query for what a user typed. A misspelt actor or outlet is corrected.

    Days begin at midnight in the time zone of the server. `locale` is Discord's tag for the user's language, which
    decides how numeric dates are read. Raises BadInput.
    """
    for words in (actor, topic):
        if words and len(words) > LONGEST_QUERY:
            raise BadInput(
                _("That is too long. Write at most {longest_query} characters.", longest_query=LONGEST_QUERY)
            )
    refuse_certainty(minimum_confidence)
    now = services.clock()
    timezone = await timezone_of(services, guild_id)
    first, last = moments_between(since, until, now, timezone, locale)
    if minimum_confidence is None:
        minimum_confidence = await confidence_of(services, guild_id)
    typed = (actor or "").strip() or None
    meant = await actor_meant(services, guild_id, typed) if typed else None
    return ClaimQuery(
        guild_id=guild_id,
        actor=meant,
        topic=(topic or "").strip() or None,
        since=first,
        until=last,
        minimum_confidence=minimum_confidence,
        outlet=await outlet_named(services, guild_id, outlet) if outlet and outlet.strip() else None,
        kind=kind,
        wording=wording,
        sort=sort,
        misspelt=typed if meant != typed else None,
    )


async def actor_meant(services: Services, guild_id: int | None, typed: str) -> str:
    """Return the name to look for: what was typed, or the most similar name if nobody has that one."""
    known = await services.store.claims.actor_names(typed, guild_id, 1)
    if not known:
        known = await services.store.claims.similar_actors(typed, guild_id, 1)
        return known[0] if known else typed
    return typed


async def claim_page(services: Services, query: ClaimQuery, page: int = 0) -> ClaimPage:
    """Return page `page` (from 0) of the claims that match a query."""
    first = page * CLAIMS_A_PAGE
    if query.sort is not Sort.RELEVANT:
        return await services.store.claims.search(query, limit=CLAIMS_A_PAGE, offset=first)
    found = await services.store.claims.search(query, limit=SORTED)
    best = most_relevant(found.claims, query.topic or "")
    return ClaimPage(tuple(best[first : first + CLAIMS_A_PAGE]), min(found.total, SORTED))


async def some_claims(services: Services, query: ClaimQuery, *, limit: int, offset: int) -> ClaimPage:
    """Return at most `limit` of the claims that match a query, after the first `offset`."""
    return await services.store.claims.search(query, limit=limit, offset=offset)


async def has_claims(services: Services) -> bool:
    """Return whether any claim is stored."""
    return (await services.store.claims.search(ClaimQuery(), limit=1)).total > 0


async def claims_still_seen(
    services: Services, guild_id: int | None, claim_ids: Iterable[int]
) -> list[ClaimRecord]:
    """Return the claims that a server still sees, in the given order."""
    found = []
    for claim_id in claim_ids:
        try:
            found.append(await services.store.claims.get(claim_id, guild_id))
        except NotFound:  # it was corrected or withdrawn
            continue
    return found


async def kept_query(services: Services, guild_id: int, query: ClaimQuery) -> int:
    """Store a query so that the controls of its answer keep working. Return its id.

    If nothing can be stored, for example on a full disk, return NOT_KEPT: the answer then has no such controls.
    """
    try:
        return await services.store.queries.add(guild_id, query)
    except StoreError as error:
        log.warning("question not stored, so its answer has no buttons", error=error.message)
        return NOT_KEPT


async def known_query(services: Services, guild_id: int, query_id: int) -> ClaimQuery:
    """Return a stored query of this server. Raises NotFound if it has been deleted."""
    try:
        return await services.store.queries.get(query_id, guild_id)
    except NotFound:
        raise AnswerGone(_("This answer is too old to turn its pages. Ask again.")) from None


async def matching_actors(services: Services, guild_id: int, typed: str) -> list[str]:
    """Return names of actors that a server can ask about, those with the most claims first.

    If no name begins with the typed text, return the most similar ones.
    """
    typed = typed.strip()
    claims = services.store.claims

    async def look_up() -> Sequence[str]:
        names = await claims.actor_names(typed, guild_id, SUGGESTIONS)
        return names or await claims.similar_actors(typed, guild_id, SUGGESTIONS)

    return await services.suggestions.names(guild_id, typed, services.clock(), look_up)


async def evidence_of(services: Services, guild_id: int | None, claim_id: int) -> Evidence:
    """Return a claim in its context, marked as disputed if enough readers of the server reported it.

    Raises NotFound if the server does not have the feed that it came from.
    """
    try:
        found = await services.store.claims.evidence(claim_id, guild_id)
    except NotFound:
        raise ClaimGone from None
    (claim,) = await with_disputes(services, guild_id, [found.claim])
    return replace(found, claim=claim)
