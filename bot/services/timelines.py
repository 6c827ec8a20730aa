"""An actor's claims on a topic over time."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.delivery.timelines import POSITIONS_A_PAGE, timeline_pages_of
from bot.digests.merging import groups_of
from bot.digests.reversals import reversals_of
from bot.errors import BadInput
from bot.languages.translations import _
from bot.model.claims import ClaimRecord
from bot.model.digests import DigestClaim
from bot.model.queries import ClaimQuery, Form
from bot.model.timelines import Position, Timeline
from bot.services.claims import claim_query
from bot.services.engine import Services
from bot.services.one_actor import claims_of_one
from bot.services.reports import with_disputes
from bot.text.folding import words_of


async def timeline_query(
    services: Services,
    guild_id: int | None,
    actor: str,
    topic: str | None = None,
    *,
    since: str | None = None,
    until: str | None = None,
    locale: str = "",
) -> ClaimQuery:
    """Return the query for an actor's claims over time; see `claim_query`. Raises BadInput."""
    if not words_of(actor):
        raise BadInput(
            _("There is no word in this name that could be looked for. Write a name, or a part of one.")
        )
    query = await claim_query(
        services, guild_id, actor=actor, topic=topic, since=since, until=until, locale=locale
    )
    return replace(query, form=Form.TIMELINE)


async def timeline_page(services: Services, query: ClaimQuery, number: int = 0) -> tuple[Timeline | None, int]:
    """Return page `number` (from 0) of a timeline, or the last one, and the number of that page.

    The timeline is None if the server sees no claim by anybody of that name. The newest hundred claims are
    examined, so the work does not grow with the archive.
    """
    one = await claims_of_one(services, query)
    if one is None:
        return None, 0
    claims = sorted(one.claims, key=lambda claim: (claim.published_at, claim.id))
    # each claim is compared with all others
    positions = await asyncio.to_thread(positions_of, claims)
    number = min(number, timeline_pages_of(len(positions)) - 1)
    shown = positions[number * POSITIONS_A_PAGE : (number + 1) * POSITIONS_A_PAGE]
    moments = tuple(claim.published_at for claim in claims)
    return Timeline(one.speaker, tuple(shown), len(positions), moments, one.namesakes, one.more), number


async def disputes_in_timeline(services: Services, guild_id: int, found: Timeline) -> Timeline:
    """Return the timeline with claims marked that readers of this server dispute."""
    claims = [claim for one in found.positions for claim in (*one.said, one.contrary) if claim is not None]
    marked = {claim.id: claim for claim in await with_disputes(services, guild_id, claims)}
    positions = (
        replace(
            one,
            said=tuple(marked[claim.id] for claim in one.said),
            reversed_by=marked[one.reversed_by.id] if one.reversed_by else None,
            contrary=marked[one.contrary.id] if one.contrary else None,
        )
        for one in found.positions
    )
    return replace(found, positions=tuple(positions))


def positions_of(claims: Sequence[ClaimRecord]) -> list[Position]:
    """Return claims of one actor, the oldest first, as positions: claims that say the same are one position."""
    records = {claim.id: claim for claim in claims}
    comparable = [DigestClaim.of(claim) for claim in claims]
    groups = groups_of(comparable)
    place = {claim.claim_id: number for number, group in enumerate(groups, 1) for claim in group}
    reversals = reversals_of(comparable)
    positions = []
    for number, group in enumerate(groups, 1):
        position = Position(number, tuple(records[one.claim_id] for one in group))
        later = next((one.claim_id for one in group if one.claim_id in reversals), None)
        if later is not None:
            earlier = reversals[later].claim_id
            position = replace(
                position, reversed_by=records[later], contrary=records[earlier], contrary_number=place[earlier]
            )
        positions.append(position)
    return positions
