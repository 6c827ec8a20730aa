"""Where an actor contradicts an earlier statement of their own. Pure.

It is shown with both quotations and no verdict, and only if it is certain: the two contents are the same except
for a negation, or for words on opposite sides ("support" and "oppose"). Anything that might explain the difference
rules it out: conditions, possibilities, other days or amounts, "no longer", second-hand reports.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.digests.plain_form import PlainForm, plain_form
from bot.model.claims import Kind
from bot.model.digests import DigestClaim
from bot.text.folding import words_of

IN_ORDER = 0.9
"""The share of words that two contents of many words have in common, in the same order (2 · common / all).

Evidence: written pairs, and the quotations of novels (gold/reversals).
"""
FEWEST_WORDS = 3
"""Contents with fewer meaningful words must have exactly the same ones."""
_SIDES = ({"for", "against"}, {"guilty", "innocent"})
_ALL_SIDES: frozenset[str] = frozenset().union(*_SIDES)
_NEGATIONS = frozenset({"not", "no", "never", "neither", "nor", "nothing", "nobody", "none"})
_AUXILIARIES = frozenset({"do", "does", "did", "a", "an", "the", "any", "that"})
_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying))\b", re.IGNORECASE)
_EXPLAINED = re.compile(
    r"\b(?:yet|still|already|now|anymore|any more|no longer|until|till|once|used to|not only|so far|for now|"
    r"at this (?:time|point|stage)|currently|at the moment|not just|not all|not always|not every\w*|because|"
    r"due to|in order to|so that|only)\b|\?|^\W*(?:oh|ah|yes|well|no,)",
    re.IGNORECASE,
)
"""Words that allow both to be true: at different times, of some only, or for a reason; and mere answers."""
_NOT_SAID = re.compile(
    r"\b(?:not|cannot|never|neither|nor|without|refus\w+|declin\w+|avoid\w*|fail\w*|stopp\w+ short)\b|n[’']t\b",
    re.IGNORECASE,
)
"""Cues that report nothing said ("would not say that"), or that undo a denial ("did not deny that")."""
_PRONOUNS = frozenset({"i", "me", "my", "we", "us", "our", "you", "your", "him", "them"}).union(
    {"he", "she", "it", "they", "his", "her", "its", "their"}
)
_POINTING = frozenset({"he", "she", "it", "they", "this", "these", "those", "his", "her", "its", "their"})
"""First words that could mean anybody or anything."""


@dataclass(frozen=True, slots=True)
class _Position:
    claim: DigestClaim
    form: PlainForm
    negated: bool
    bare: tuple[str, ...]
    """The words without negations and the words that go with them."""
    words: tuple[str, ...]
    """The stems of the meaningful words, without words that take a side."""
    pronouns: tuple[str, ...]
    side: frozenset[str]

    @classmethod
    def of(cls, claim: DigestClaim) -> "_Position | None":
        """Return the claim ready to be compared, or None if its meaning is not clear enough."""
        form = plain_form(claim.content)
        words = words_of(claim.content)
        words = words[1:] if words[:1] == ["that"] else words
        pointing = bool(words) and words[0] in _POINTING and claim.refers_to is None
        unsure = (
            claim.kind is Kind.QUESTION
            or claim.told_by
            or claim.taken_back
            or _NOT_SAID.search(claim.cue)
            or _EXPLAINED.search(claim.content)
        )
        if pointing or unsure or form.conditions or "may" in form.possible or not _tells(form, words):
            return None
        bare = tuple(word for word in form.text.split() if word not in _NEGATIONS | _AUXILIARIES)
        rest = tuple(word for word in form.words if not plain_form(word).senses & _ALL_SIDES)
        pronouns = tuple(word for word in words if word in _PRONOUNS)
        negated = form.negated ^ bool(_DENIES.search(claim.cue))
        return cls(claim, form, negated, bare, rest, pronouns, form.senses & _ALL_SIDES)


def reversals_of(claims: Sequence[DigestClaim]) -> dict[int, DigestClaim]:
    """Return, by the ids of claims of one actor, the latest earlier claim that says the opposite.

    `claims` are in order, the oldest first. Claims that contradict nothing said before are not in the result.
    """
    before: list[_Position] = []
    found: dict[int, DigestClaim] = {}
    for claim in claims:
        position = _Position.of(claim)
        if position is None:
            continue
        contrary = next((one for one in reversed(before) if _contrary(one, position)), None)
        if contrary is not None:
            found[claim.claim_id] = contrary.claim
        before.append(position)
    return found


def _tells(form: PlainForm, words: Sequence[str]) -> bool:
    """Return whether a content is more than an answer ("no, sir")."""
    return len(form.words) > 1 or (bool(form.words) and bool(_PRONOUNS.intersection(words)))


def _contrary(one: _Position, other: _Position) -> bool:
    if one.claim.refers_to != other.claim.refers_to or not _alike_but_for_the_side(one.form, other.form):
        return False
    if one.side != other.side:
        opposite = len(one.side) == len(other.side) == 1 and (one.side | other.side) in _SIDES
        return opposite and one.negated == other.negated and _same(one, other)
    return one.negated != other.negated and _same(one, other)


def _alike_but_for_the_side(one: PlainForm, other: PlainForm) -> bool:
    return (
        one.amounts == other.amounts
        and one.possible == other.possible
        and one.quantities == other.quantities
        and one.times == other.times
        and one.names == other.names
        and one.senses - _ALL_SIDES == other.senses - _ALL_SIDES
    )


def _same(one: _Position, other: _Position) -> bool:
    """Return whether the words are the same, regardless of negation and side."""
    if one.bare == other.bare or (one.words == other.words and one.pronouns == other.pronouns):
        return True
    if min(len(one.words), len(other.words)) < FEWEST_WORDS or one.pronouns != other.pronouns:
        return False
    blocks = SequenceMatcher(None, one.words, other.words, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) >= IN_ORDER * (len(one.words) + len(other.words))
