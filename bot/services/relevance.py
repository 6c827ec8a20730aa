"""Which of the claims found matter most for a topic. Pure."""

from collections.abc import Sequence

from bot.model.claims import ClaimRecord, Kind, Wording
from bot.text.folding import words_of

_SENTENCE = 6
"""Contents with fewer words ("yes, of course") say little by themselves."""


def most_relevant(claims: Sequence[ClaimRecord], topic: str) -> list[ClaimRecord]:
    """Return the claims in order of relevance; equal ones stay in the order given, the newest first.

    The criteria, most important first: how many words of the topic the claim itself contains, rather than its
    speaker or headline; whether they are adjacent; whether the headline has them, too; whether the claim is a
    whole sentence, takes a stand or is in the speaker's own words; and its confidence.
    """
    wanted = words_of(topic)

    def worth(claim: ClaimRecord) -> tuple[float, ...]:
        words = words_of(claim.content_text)
        held, title = set(words), set(words_of(claim.title))
        told = f" {' '.join(words)} "
        return (
            _share(wanted, held),
            float(len(wanted) > 1 and f" {' '.join(wanted)} " in told),
            _share(wanted, title),
            (len(words) >= _SENTENCE)
            + 0.5 * (claim.kind not in (Kind.STATEMENT, Kind.QUESTION))
            + 0.5 * (claim.verbatim is Wording.VERBATIM)
            + 0.5 * (claim.actor is not None),
            claim.confidence,
        )

    return sorted(claims, key=worth, reverse=True)


def _share(wanted: Sequence[str], words: set[str]) -> float:
    """Return the share of the wanted words that are there; the last one may be a prefix."""
    if not wanted:
        return 0.0
    found = sum(word in words for word in wanted[:-1])
    return (found + any(word.startswith(wanted[-1]) for word in words)) / len(wanted)
