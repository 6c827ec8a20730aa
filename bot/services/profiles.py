"""Who an actor is, according to the articles that a server sees."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.digests.merging import groups_of
from bot.errors import BadInput
from bot.languages.translations import _
from bot.model.claims import ClaimRecord, Kind
from bot.model.digests import DigestClaim
from bot.model.queries import ClaimQuery, Form, Profile, RoleHeld
from bot.services.claims import claim_query
from bot.services.engine import Services
from bot.services.one_actor import DRAWN_FROM, claims_of_one
from bot.services.reports import with_disputes
from bot.text.folding import fold, words_of

LATEST = 3
REPEATED = 2
PROMISES = 3


async def profile_query(services: Services, guild_id: int | None, name: str) -> ClaimQuery:
    """Return the query for the profile of an actor by any of its names; see `claim_query`. Raises BadInput."""
    if not words_of(name):
        raise BadInput(
            _("There is no word in this name that could be looked for. Write a name, or a part of one.")
        )
    return replace(await claim_query(services, guild_id, actor=name), form=Form.PROFILE)


async def actor_profile(services: Services, query: ClaimQuery) -> Profile | None:
    """Return the profile of the actor of a query, or None if the server sees no claim by anybody of that name."""
    one = await claims_of_one(services, query)
    if one is None:
        return None
    claims = one.claims
    promised = await services.store.claims.search(
        replace(query, actor=one.asked, kind=Kind.PROMISE), limit=DRAWN_FROM
    )
    # each claim is compared with all others
    repeated = await asyncio.to_thread(repeated_among, claims)
    called = dict.fromkeys(claim.actor for claim in claims if claim.actor)
    return Profile(
        speaker=one.speaker,
        called=tuple(called),
        roles=tuple(roles_held(claims)),
        outlets=tuple(Counter(outlet for claim in claims for outlet in _outlets_of(claim)).most_common()),
        latest=tuple(claims[:LATEST]),
        repeated=tuple(repeated[:REPEATED]),
        promises=tuple(claim for claim in promised.claims if claim.actor_id == one.speaker.actor_id)[:PROMISES],
        namesakes=tuple(name for name in one.namesakes if name not in called),
        among=len(claims),
        more=one.more,
    )


async def disputes_in_profile(services: Services, guild_id: int, profile: Profile) -> Profile:
    """Return the profile with claims marked that readers of this server dispute."""
    claims = (*profile.latest, *(claim for claim, _ in profile.repeated), *profile.promises)
    marked = {claim.id: claim for claim in await with_disputes(services, guild_id, claims)}
    return replace(
        profile,
        latest=tuple(marked[claim.id] for claim in profile.latest),
        repeated=tuple((marked[claim.id], articles) for claim, articles in profile.repeated),
        promises=tuple(marked[claim.id] for claim in profile.promises),
    )


def roles_held(claims: Sequence[ClaimRecord]) -> list[RoleHeld]:
    """Return the roles in which claims, the newest first, show their speaker; the most recent role first."""
    held: dict[str, RoleHeld] = {}
    for claim in claims:
        if claim.role:
            at, known = claim.published_at, held.get(fold(claim.role))
            held[fold(claim.role)] = (
                replace(known, first=min(known.first, at)) if known else RoleHeld(claim.role, at, at)
            )
    return list(held.values())


def repeated_among(claims: Sequence[ClaimRecord]) -> list[tuple[ClaimRecord, int]]:
    """Return claims of one actor that are in several articles or copies, with their number, the most frequent
    first.

    Of equal claims, the first one given is returned.
    """
    by_id = {claim.id: claim for claim in claims}
    groups = [[by_id[one.claim_id] for one in group] for group in groups_of(map(DigestClaim.of, claims))]
    counted = [
        (group[0], sum({claim.article_id: 1 + len(claim.also_in) for claim in group}.values())) for group in groups
    ]
    return sorted((one for one in counted if one[1] > 1), key=lambda one: one[1], reverse=True)


def _outlets_of(claim: ClaimRecord) -> list[str]:
    return list(dict.fromkeys((claim.outlet, *(copy.outlet for copy in claim.also_in))))
