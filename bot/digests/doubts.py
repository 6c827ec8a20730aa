"""Signs that readers may not understand a claim alone, or that it may be somebody else's. Pure.

One sign is no proof, so a claim with one stands half (`bot.digests.standing_alone`) and is not shown in a digest.
They were found by reading 488 claims of 167 articles, of which 22 % were unclear or misleading; most of the marks
are in gold/digests/alone.jsonl.
"""

import re
from collections.abc import Container

from bot.model.claims import Wording
from bot.model.digests import DigestClaim
from bot.text.clipping import ELLIPSIS
from bot.text.content_words import content_words, folded

EARLY = 4
"""Up to this place in its article, a claim leans on little. Chosen on the same claims."""
LATE = 15
"""From this place in its article on, no claim is shown: of 17 such ones, 11 were bad, most in interviews."""

GOES_ON = re.compile(rf"(?:(?<=\bthat)|(?<=\bwho)|(?<=\bwhich)) {ELLIPSIS} (?=[a-z])")
"""Where only the report was left out: "a change that [councillors say] would save a million"."""

_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "who"})
_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
_POSSESSIVE = re.compile(r"(?:his|her|its|their)\b", re.IGNORECASE)
_OWNER = re.compile(r"['’]s? ")
_PERCENT = re.compile(r"\b(?:percent|per cent)$|%$", re.IGNORECASE)
_VAGUE = frozenset(
    {"statement", "outcome", "figures", "group", "team", "one", "person", "paper", "headline", "document"}
)
"""Speakers of whom one word is left that tells nothing."""
_LIKE_WHAT = re.compile(
    r"\b(?:similar|comparable|equivalent)\s+(?!to\b)[a-z]+(?! (?:to|between|among)\b)", re.IGNORECASE
)
"""Something like another that is not named: "announced similar rules for three ports"."""
_HAPPENED = re.compile(r"\bwhat (?:had |has )?happened$", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:since|until|by|before) then\b|"
    r"\bafter that\b(?= (?:there|it|they|he|she|we|the)\b|,|$)|"
    r"\b(?:that|the same) (?:day|night|week|month|year|time)\b|\bat the time\b",
    re.IGNORECASE,
)
"""A time that was named before: "40 people have left since then"."""
_OWN_REMARKS = re.compile(
    r"(?:his|her|its|their) (?:\w+ ){0,4}?"
    r"(?:remarks?|comments?|statements?|words|views?|claims?|accusations?|calls?)\b",
    re.IGNORECASE,
)
"""What says nothing but that something was said: "repeating his remarks of January"."""
_BEHIND_A_PHRASE = re.compile(
    r"(?:[Ii]f|[Ww]ith|[Ww]ithout|[Ii]n|[Bb]y|[Ff]or|[Aa]fter|[Dd]espite|[Ww]hen|[Ww]hile|[Uu]nless) "
    r"[^,A-Z]{3,60}, (?:it|they|this|that)\b"
)
"""A pronoun behind a phrase that names nobody: "with more money, it will hold for years"."""
_SOMEBODY = re.compile(r"\b(?:they|them|their|he|him|his|she|her)\b", re.IGNORECASE)
_AFTER_A_GAP = re.compile(rf" {ELLIPSIS} [“\"'‘]*(?:they|he|she|it['’]s|that['’]s)\b", re.IGNORECASE)
_PLAINLY_SAID = re.compile(r"(?:\w+ )?(?:sa(?:id|ys?)|accord(?:s|ed|ing)(?: to)?)", re.IGNORECASE)
_DOING = re.compile(r"[A-Za-z]+ing\b")
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should|[a-z]+ed)\b|['’]"
)
_IN_OR_ON = re.compile(
    r"(?:^|\s)(?!(?:mov|go|went|carr|hold|held|rel[iy]|depend|com|came|turn|stay|liv|set|join|step|drag|catch|caught)"
    r"\w*\s)\S+ (?:in|on)$"
)
"""The end of a paraphrase that may go on: "naming its donors on"."""


def has_doubts(claim: DigestClaim, known: Container[str] = frozenset()) -> bool:
    """Return whether one of these signs speaks against showing a claim to readers who know the words `known`."""
    content = claim.content.strip(' .”"')
    own = claim.verbatim is Wording.VERBATIM
    return (
        described_elsewhere(claim, known)
        or is_somebodys(claim)
        or folded(claim.actor or "") in _VAGUE
        or _PERCENT.search(claim.actor or "") is not None
        or any(sign.search(content) is not None for sign in (_LIKE_WHAT, _HAPPENED, _THEN))
        or any(sign.match(content) is not None for sign in (_OWN_REMARKS, _BEHIND_A_PHRASE))
        or (_means_somebody(content) if own else _is_in_pieces(content))
        or (not own and _is_half_a_sentence(claim.cue, content))
    )


def described_elsewhere(claim: DigestClaim, known: Container[str] = frozenset()) -> bool:
    """Return whether the words that name the speaker are a description that has no word of the name.

    Not if all words of the name are `known`: "the company" is the one in the headline.

    "The former president said" is resolved to a name, which is right less often: of 17 such claims, 8 were bad.
    """
    actor, source = claim.actor or "", set(folded(claim.source).split())
    if not source or not actor or actor.islower() or source & _PRONOUNS or _ACRONYM.search(claim.source):
        return False
    if all(word in known for word in content_words(actor)):
        return False
    return not source & set(folded(actor).split())


def is_somebodys(claim: DigestClaim) -> bool:
    """Return whether the speaker is somebody's, and a pronoun said whose: 4 of 8 such speakers were wrong."""
    return _POSSESSIVE.match(claim.source) is not None and _OWNER.search(claim.actor or "") is not None


def _means_somebody(content: str) -> bool:
    """Return whether own words speak of somebody before they name anything, or where words were left out."""
    somebody = _SOMEBODY.search(content)
    unnamed = somebody is not None and not content_words(content[: somebody.start()])
    return unnamed or _AFTER_A_GAP.search(content) is not None


def _is_in_pieces(content: str) -> bool:
    """Return whether words were left out of a report, or its end is cut off."""
    return f" {ELLIPSIS} " in GOES_ON.sub(" ", content) or _IN_OR_ON.search(content) is not None


def _is_half_a_sentence(cue: str, content: str) -> bool:
    """Return whether a report has no clause: "taking bribes", which somebody was jailed for, as the court said."""
    return bool(_PLAINLY_SAID.fullmatch(cue) and _DOING.match(content)) and not _CLAUSE.search(content)
