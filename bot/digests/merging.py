"""Merges equal claims from several outlets. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.digests.same_claim import SHARED, Said, same_actor, same_claim
from bot.model.claims import Wording
from bot.model.digests import DigestClaim, MergedClaim
from bot.text.content_words import content_words, folded

_WORDING_RANK = {Wording.VERBATIM: 0, Wording.MIXED: 1, Wording.PARAPHRASED: 2}


def merged(claims: Iterable[DigestClaim]) -> list[MergedClaim]:
    """Return `claims` with equal ones merged, in order of first appearance. See `as_one`."""
    return [as_one(group) for group in groups_of(claims)]


def as_one(claims: Sequence[DigestClaim]) -> MergedClaim:
    """Return claims that say the same as one.

    A known speaker wins over an unknown one, a direct report over a second-hand one, verbatim over mixed over
    paraphrased, and then the most complete content. The others are in `also_in`, one per other outlet.
    """
    shown = min(claims, key=_preference)
    if shown.actor is not None:
        shown = _fully_named(shown, claims)
    others: dict[str, DigestClaim] = {}
    for claim in claims:
        if claim.outlet != shown.outlet:
            others.setdefault(claim.outlet, claim)
    taken_back = next((claim.taken_back for claim in claims if claim.taken_back), None)
    return MergedClaim(replace(shown, taken_back=taken_back), tuple(others.values()))


def groups_of(claims: Iterable[DigestClaim]) -> list[list[DigestClaim]]:
    """Return `claims` in groups that each say the same, in order of first appearance."""
    groups: list[list[Said]] = []
    for one in _with_clear_names([Said.of(claim) for claim in claims]):
        for group in groups:
            if any(same_claim(one, other) for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    return [[member.claim for member in group] for group in groups]


def new_groups(claims: Iterable[DigestClaim], known: Sequence[DigestClaim]) -> list[list[DigestClaim]]:
    """Return `claims` in groups that each say the same, without groups that repeat one of `known`."""
    told = {claim.claim_id for claim in known}
    return [group for group in groups_of([*known, *claims]) if not any(c.claim_id in told for c in group)]


def _with_clear_names(claims: Sequence[Said]) -> list[Said]:
    """Return `claims` with surnames that two of their speakers share marked as names of their own: "Voss" is
    neither.
    """
    names = {one.actor for one in claims}
    shared = {
        name
        for name in names
        if name and len({other for other in names if other != name and same_actor(name, other)}) > 1
    }
    return [replace(one, actor=one.actor + SHARED) if one.actor in shared else one for one in claims]


def _fully_named(shown: DigestClaim, claims: Sequence[DigestClaim]) -> DigestClaim:
    """Return `shown` with the fullest name of its actor, and with a role if another outlet gave one."""
    name = folded(shown.actor or "")
    same = [claim for claim in claims if claim.actor and same_actor(folded(claim.actor), name)]
    fullest = max([shown, *same], key=lambda claim: len((claim.actor or "").split()))
    roles = [claim.role for claim in (fullest, shown, *same) if claim.role]
    return replace(shown, actor=fullest.actor, role=roles[0] if roles else None)


def _preference(claim: DigestClaim) -> tuple[bool, bool, int, int, int, float, int]:
    return (
        claim.actor is None,
        bool(claim.told_by),
        _WORDING_RANK[claim.verbatim],
        -len(content_words(claim.content)),
        -len((claim.actor or "").split()),
        -claim.confidence,
        claim.claim_id,
    )
