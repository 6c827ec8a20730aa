"""Merges equal claims from several outlets. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from bot.model.claims import Kind, Wording
from bot.model.digests import DigestClaim, MergedClaim
from bot.text.content_words import content_words, folded

OVERLAP = 82.0
"""Two contents of one actor are equal from this token-set ratio (0 to 100) of their content words."""
ALIKE = 82.0
"""Two short contents of one actor are equal from this ratio of their texts."""
ALIKE_UNKNOWN = 92.0
"""The same if one or both speakers are unknown."""
_FEWEST_WORDS = 3
"""With fewer content words, the texts are compared instead: a few words are a subset of too much."""
_FEWEST_WORDS_HELD = 5
"""A content with this many words is equal to one that contains it word for word."""
_COMPLETE_FROM = 0.55
"""The share of the longer content's words that the shorter one needs: a fragment is not the same claim."""
_NEGATION_WORDS = """
    not no never nobody nothing none neither nor cannot without arent cant couldnt didnt doesnt dont
    hadnt hasnt havent isnt mustnt shouldnt wasnt werent wont wouldnt false untrue deny denies denied
"""
_NEGATIONS = frozenset(_NEGATION_WORDS.split())
_WORDING_RANK = {Wording.VERBATIM: 0, Wording.MIXED: 1, Wording.PARAPHRASED: 2}


@dataclass(frozen=True, slots=True)
class _Comparable:
    claim: DigestClaim
    actor: str
    text: str
    words: tuple[str, ...]
    numbers: frozenset[str]
    negated: bool

    @classmethod
    def of(cls, claim: DigestClaim) -> "_Comparable":
        words = tuple(content_words(claim.content))
        numbers = frozenset(word for word in words if word[0].isdigit())
        return cls(
            claim, folded(claim.actor or ""), folded(claim.content), words, numbers, _negated(claim.content)
        )


def merged(claims: Iterable[DigestClaim]) -> list[MergedClaim]:
    """Return `claims` with equal ones merged, in order of first appearance.

    A known speaker wins over an unknown one, then verbatim over mixed over paraphrased, then the most complete
    content. The others are in `also_in`, one per other outlet.
    """
    groups: list[list[_Comparable]] = []
    for claim in claims:
        one = _Comparable.of(claim)
        for group in groups:
            if any(_same(one, other) for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    return [_as_one([member.claim for member in group]) for group in groups]


def same_actor(first: str, second: str) -> bool:
    """Return whether two folded names mean one actor: equal, or one is the end of the other ("carter").

    Spaces do not count, because folding turns hyphens into spaces and scraping loses both. What follows "of" is
    not a short name: England is not the Bank of England.
    """
    if first.replace(" ", "") == second.replace(" ", ""):
        return bool(first)
    shorter, longer = sorted((first.split(), second.split()), key=len)
    return bool(shorter) and longer[-len(shorter) :] == shorter and "of" not in longer


def _same(one: _Comparable, other: _Comparable) -> bool:
    if not _compatible(one, other):
        return False
    known = bool(one.actor and other.actor)
    if known and _holds(one.text, other.text):
        return True
    if one.negated != other.negated:
        return False
    if not known or min(len(one.words), len(other.words)) < _FEWEST_WORDS:
        # too few words to go by: the words themselves, in their order, have to be nearly equal
        return bool(one.text) and fuzz.ratio(one.text, other.text) >= (ALIKE if known else ALIKE_UNKNOWN)
    shorter, longer = sorted((set(one.words), set(other.words)), key=len)
    if len(shorter & longer) < _COMPLETE_FROM * len(longer):
        return False
    return fuzz.token_set_ratio(" ".join(one.words), " ".join(other.words)) >= OVERLAP


def _holds(one: str, other: str) -> bool:
    """Return whether the longer of two folded contents contains the shorter word for word, not negated."""
    shorter, longer = sorted((one, other), key=len)
    before, found, _ = f" {longer} ".partition(f" {shorter} ")
    return (
        len(shorter.split()) >= _FEWEST_WORDS_HELD and bool(found) and not _NEGATIONS.intersection(before.split())
    )


def _compatible(one: _Comparable, other: _Comparable) -> bool:
    """Return whether speaker, kind and numbers allow two claims to be the same."""
    if one.actor and other.actor and not same_actor(one.actor, other.actor):
        return False
    if (one.claim.kind is Kind.DENIAL) != (other.claim.kind is Kind.DENIAL):
        return False
    return one.numbers <= other.numbers or other.numbers <= one.numbers


def _as_one(claims: Sequence[DigestClaim]) -> MergedClaim:
    shown = min(claims, key=_preference)
    if shown.actor is not None:
        shown = _fully_named(shown, claims)
    others: dict[str, DigestClaim] = {}
    for claim in claims:
        if claim.outlet != shown.outlet:
            others.setdefault(claim.outlet, claim)
    return MergedClaim(shown, tuple(others.values()))


def _fully_named(shown: DigestClaim, claims: Sequence[DigestClaim]) -> DigestClaim:
    """Return `shown` with the fullest name of its actor, and with a role if another outlet gave one."""
    name = folded(shown.actor or "")
    same = [claim for claim in claims if claim.actor and same_actor(folded(claim.actor), name)]
    fullest = max([shown, *same], key=lambda claim: len((claim.actor or "").split()))
    roles = [claim.role for claim in (fullest, shown, *same) if claim.role]
    return replace(shown, actor=fullest.actor, role=roles[0] if roles else None)


def _preference(claim: DigestClaim) -> tuple[bool, int, int, int, float, int]:
    return (
        claim.actor is None,
        _WORDING_RANK[claim.verbatim],
        -len(content_words(claim.content)),
        -len((claim.actor or "").split()),
        -claim.confidence,
        claim.claim_id,
    )


def _negated(content: str) -> bool:
    """Return whether `content` contains an odd number of negations: it must not be merged with its opposite."""
    return sum(word in _NEGATIONS for word in folded(content).split()) % 2 == 1
