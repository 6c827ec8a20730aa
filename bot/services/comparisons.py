"""Two actors side by side on a topic."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.delivery.comparisons import (
    CLAIMS_A_SIDE,
    SHOWN_DENIALS,
    SHOWN_SHARED,
    claims_in,
    comparison_pages_of,
)
from bot.digests.comparing import said_by_both
from bot.digests.disputes import disputes_of
from bot.errors import BadInput
from bot.languages.translations import _
from bot.model.claims import ClaimRecord
from bot.model.comparisons import Comparison, Denial, Side
from bot.model.digests import DigestClaim
from bot.model.queries import ClaimQuery, Form
from bot.services.claims import actor_meant, claim_query
from bot.services.engine import Services
from bot.services.one_actor import OneActor, claims_of_one
from bot.services.reports import with_disputes
from bot.text.folding import words_of


async def comparison_query(
    services: Services,
    guild_id: int | None,
    first: str,
    second: str,
    topic: str | None = None,
    *,
    since: str | None = None,
    until: str | None = None,
    locale: str = "",
) -> ClaimQuery:
    """Return the query that compares two actors, by any of their names; see `claim_query`. Raises BadInput."""
    if not words_of(first) or not words_of(second):
        raise BadInput(
            _("There is no word in this name that could be looked for. Write a name, or a part of one.")
        )
    query = await claim_query(
        services, guild_id, actor=first, topic=topic, since=since, until=until, locale=locale
    )
    typed = second.strip()
    other = await actor_meant(services, guild_id, typed)
    if words_of(other) == words_of(query.actor or ""):
        raise BadInput(_("Both names mean the same actor. Name two that differ."))
    return replace(query, form=Form.COMPARISON, other=other, other_misspelt=typed if other != typed else None)


async def comparison_page(services: Services, query: ClaimQuery, number: int = 0) -> tuple[Comparison, int]:
    """Return page `number` (from 0) of a comparison, or the last one, and the number of that page.

    The newest hundred claims of each actor are compared, so the work does not grow with the archive. Raises
    BadInput if both names turn out to mean the same actor.
    """
    first, second = await asyncio.gather(
        claims_of_one(services, query), claims_of_one(services, replace(query, actor=query.other))
    )
    if first and second and first.speaker.actor_id == second.speaker.actor_id:
        raise BadInput(_("Both names mean the same actor. Name two that differ."))
    # each claim is compared with all others
    shared, denials = await asyncio.to_thread(_relations, first, second)
    sides = [_different(one) for one in (first, second)]
    number = min(number, comparison_pages_of(max(map(len, sides))) - 1)
    some = slice(number * CLAIMS_A_SIDE, (number + 1) * CLAIMS_A_SIDE)
    shown = tuple(_side(one, claims, some) for one, claims in zip((first, second), sides, strict=True))
    if number:
        shared, denials = (), ()
    return Comparison((shown[0], shown[1]), shared[:SHOWN_SHARED], denials[:SHOWN_DENIALS]), number


async def disputes_in_comparison(services: Services, guild_id: int, found: Comparison) -> Comparison:
    """Return the comparison with claims marked that readers of this server dispute."""
    marked = {claim.id: claim for claim in await with_disputes(services, guild_id, claims_in(found))}
    first, second = (replace(side, claims=tuple(marked[c.id] for c in side.claims)) for side in found.sides)
    return Comparison(
        (first, second),
        tuple((marked[one.id], marked[other.id]) for one, other in found.shared),
        tuple(Denial(marked[one.claimed.id], marked[one.denied.id]) for one in found.denials),
    )


def _relations(
    first: OneActor | None, second: OneActor | None
) -> tuple[tuple[tuple[ClaimRecord, ClaimRecord], ...], tuple[Denial, ...]]:
    """Return what both said, and what one of them denies that the other said."""
    if first is None or second is None:
        return (), ()
    ours, theirs = ([DigestClaim.of(claim) for claim in one.claims] for one in (first, second))
    records = {claim.id: claim for one in (first, second) for claim in one.claims}
    shared = tuple((records[a.claim_id], records[b.claim_id]) for a, b in said_by_both(ours, theirs))
    denials = tuple(
        Denial(records[dispute.claimed[0].claim_id], records[dispute.denied[0].claim_id])
        for dispute in disputes_of([*ours, *theirs])
    )
    between = (one for one in denials if one.claimed.actor_id != one.denied.actor_id)
    return shared, tuple(between)


def _different(one: OneActor | None) -> Sequence[ClaimRecord]:
    """Return an actor's claims, repeated words only once, in the newest claim."""
    if one is None:
        return ()
    apart: dict[tuple[str, ...], ClaimRecord] = {}
    for claim in one.claims:
        apart.setdefault(tuple(words_of(claim.content_text)), claim)
    return tuple(apart.values())


def _side(one: OneActor | None, claims: Sequence[ClaimRecord], some: slice) -> Side:
    if one is None:
        return Side(None)
    return Side(one.speaker, tuple(claims[some]), len(claims), one.more, one.namesakes)
