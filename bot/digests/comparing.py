"""What two actors have in common: claims that both made. Pure.

Only claims that mean the same whoever makes them count: "I will resign" said by two people is not one claim.
"""

from collections.abc import Sequence

from bot.digests.plain_form import plain_form
from bot.digests.same_claim import same_content
from bot.model.claims import Kind
from bot.model.digests import DigestClaim
from bot.text.folding import words_of

FEWEST_EQUAL = 2
"""Contents that are equal word for word need at least this many meaningful words."""
_OF_THE_SPEAKER = frozenset({"i", "im", "ive", "me", "my", "mine", "myself", "we", "weve", "us", "our", "ours"})
"""Words that mean a different person for each speaker, folded; I'm is one of them."""
_POINTING = frozenset({"he", "she", "it", "they", "this", "that", "these", "those", "his", "her", "its", "their"})
"""First words that refer to something said earlier; "that" only before a verb."""
_VERBS = frozenset({"is", "was", "will", "would", "has", "had", "can", "could", "may", "might", "should", "must"})


def said_by_both(
    first: Sequence[DigestClaim], second: Sequence[DigestClaim]
) -> list[tuple[DigestClaim, DigestClaim]]:
    """Return pairs of claims, one of each actor, that say the same, in the order of the first actor's claims.

    Each claim is in at most one pair, and no two pairs say the same.
    """
    theirs = [claim for claim in second if _means_the_same_by_anyone(claim)]
    found: list[tuple[DigestClaim, DigestClaim]] = []
    for claim in first:
        if not _means_the_same_by_anyone(claim) or any(_say_the_same(claim, known) for known, _ in found):
            continue
        match = next((other for other in theirs if _say_the_same(claim, other)), None)
        if match is not None:
            found.append((claim, match))
            theirs = [other for other in theirs if other is not match]
    return found


def _means_the_same_by_anyone(claim: DigestClaim) -> bool:
    words = words_of(claim.content)
    pointing = bool(words) and words[0] in _POINTING and claim.refers_to is None
    if pointing and words[0] == "that":
        pointing = len(words) < 2 or words[1] in _VERBS
    return bool(words) and not pointing and not _OF_THE_SPEAKER.intersection(words)


def _say_the_same(one: DigestClaim, other: DigestClaim) -> bool:
    if (one.kind is Kind.DENIAL) != (other.kind is Kind.DENIAL) or one.refers_to != other.refers_to:
        return False
    first, second = plain_form(one.content), plain_form(other.content)
    equal = first.text == second.text and len(first.words) >= FEWEST_EQUAL
    return equal or same_content(one.content, other.content)
