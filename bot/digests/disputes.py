"""Who denies what somebody else claims, within one story. Pure.

A dispute is shown only if it is certain: a named actor denies something explicitly, and the claim of another named
actor shares most of the denied words and a name or a number. Neither side is said to be right.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.digests.plain_form import PlainForm, plain_form
from bot.digests.same_claim import same_actor
from bot.model.claims import Kind
from bot.model.digests import DigestClaim
from bot.model.disputes import Dispute
from bot.text.content_words import STOP_WORDS, folded

COVERED = 0.5
"""The share of the words of the shorter content that must be in the other one."""
FEWEST_SHARED = 2
"""The least number of words, names and numbers included, that two contents must share."""
_STEM = 3
"""The least number of letters that two stems must have in common at the start."""
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es?|ed|ing)|disput(?:es?|ed|ing)|"
    r"repudiat(?:es?|ed|ing)|ple(?:ad|ads|aded|d)|contradict(?:s|ed|ing)?|rebut(?:s|ted|ting)?)\b",
    re.IGNORECASE,
)
_PLEADS = re.compile(r"\bple(?:ad(?:s|ed|ing)?|d)\b", re.IGNORECASE)
_REFUSES = re.compile(r"\b(?:reject|dismiss)", re.IGNORECASE)
"""An offer can be rejected, too, so these verbs only count if their object is called an allegation."""
_ALLEGATION = re.compile(
    r"^\W*(?:that\b|(?:the|any|all|those|these|as|such|his|her|their|its)?\s*(?:[\w'’]+\s+){0,2}(?:allegations?|"
    r"accusations?|claims?|charges?|suggestions?|reports?|rumou?rs?|assertions?|notions?)\b)|\b(?:as|is|are|was|were)\s+"
    r"(?:\w+\s+)?(?:false|baseless|untrue|unfounded|nonsense|lies|a lie|fabricated|absurd)\b",
    re.IGNORECASE,
)
_AS_FALSE = re.compile(
    r"\bas\s+(?:\w+\s+)?(?:false|baseless|untrue|unfounded|nonsense|lies|a lie|fabricated|absurd)\b.*$"
)
_FALSE = r"(?:false|baseless|untrue|unfounded|nonsense|lies|a lie|fabricated|absurd)"
_CALLS_FALSE = re.compile(
    rf"\b(?:(?:is|are|was|were)|call(?:s|ed|ing)?|brand(?:s|ed|ing)?)\s+(?:\w+\s+)?{_FALSE}\b", re.IGNORECASE
)
_LEAD_IN = re.compile(
    r"^\W*(?:(?:[\w'’]+\s+){0,3}(?:allegations?|accusations?|claims?|charges?|suggestions?|reports?|rumou?rs?|assertions?|"
    r"notions?|statements?)\s+(?:that|of)\s+|that\s+)?",
    re.IGNORECASE,
)
_AUXILIARY = (
    r"(?:had|has|have|having|was|were|is|are|been|being|be|will|would|did|does|could|can|ever|not|never|\w+ly)"
)
_PREDICATE = re.compile(
    rf"^(?:(?:ever|having|been|being|\w+ly)\s+)*(?P<gerund>[a-z]+ing)\b(?!\s+(?:that|had|has|was|were)\b)"
    rf"|^(?:having\s+)(?:{_AUXILIARY}\s+)*(?P<having>[a-z]+)"
    rf"|\b{_AUXILIARY}(?:\s+{_AUXILIARY})*\s+(?P<after>[a-z]+)"
    r"|\b(?P<past>[a-z]{2,}ed)\b"
)
"""What a denied sentence says about its subject: its first verb, or what follows its first auxiliary."""
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being) (?:not )?"
    r"(?!(?:not|in|on|an|at|it|that|about|out|then|when|even|often|just|almost)\b)\w+(?:ed|en|n|t)\b"
)
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|as a result of|in order to|on purpose|deliberately|knowingly)\b"
)
"""Denying a cause or a purpose does not deny the deed."""
_NO_DENIAL = re.compile(
    r"(?:\b(?:could|can|would|will|neither|nor|not|never|without|(?:stop\w*|fell)\s+short\s+of)|n['’]t)\s+(?:\w+\s+)?"
    r"(?:den(?:y|ied|ying)|reject(?:ed|ing)?|dismiss(?:ed|ing)?|refut(?:e|ed|ing)|disput(?:e|ed|ing))\b"
    r"|\brefus\w+ to (?:deny|dismiss)",
    re.IGNORECASE,
)
_NOT_GUILTY = re.compile(r"\b(?:not guilty|innocent|innocence)\b", re.IGNORECASE)
_ACCUSER = re.compile(
    r"\b(?:prosecut\w+|police|attorney|authorit\w+|investigators?|detectives?|ministry|department|court|indictment|"
    r"charges?|complaint|lawsuit|plaintiffs?)\b",
    re.IGNORECASE,
)
_ACCUSES = re.compile(
    r"\b(?:accus\w+|charg\w+|guilty|brib\w+|fraud\w*|stole|stolen|murder\w*|kill\w*|conspir\w+|launder\w+|embezzl\w+|"
    r"abus\w+|assault\w*|corrupt\w*|lied|lying|forg\w+|rap(?:e|ed)|attack\w*|paid|took|hid|defraud\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Said:
    claim: DigestClaim
    actor: str
    form: PlainForm
    stems: frozenset[str]

    @classmethod
    def of(cls, claim: DigestClaim) -> "_Said":
        form = plain_form(_AS_FALSE.sub("", claim.content))
        stems = frozenset(word for word in form.words if word not in STOP_WORDS and len(word) > 2)
        return cls(claim, folded(claim.actor or ""), form, stems)


def disputes_of(claims: Sequence[DigestClaim]) -> list[Dispute]:
    """Return the disputes among the claims of one story, in order of the denials.

    Denials of the same claims are one dispute, with all their sources.
    """
    said = [_Said.of(claim) for claim in claims if claim.actor and not claim.actor.islower()]
    found: list[tuple[list[DigestClaim], list[DigestClaim]]] = []
    for denial in filter(_is_denial, said):
        claimed = [other.claim for other in said if _is_denied(denial, other)]
        if not claimed:
            continue
        for known, denied in found:
            same = any(one.claim_id in {c.claim_id for c in claimed} for one in known)
            if same and same_actor(folded(denied[0].actor or ""), denial.actor):
                denied.append(denial.claim)
                known += [claim for claim in claimed if claim not in known]
                break
        else:
            found.append((claimed, [denial.claim]))
    return [Dispute(tuple(claimed), tuple(denied)) for claimed, denied in found]


def parties_of(dispute: Dispute) -> tuple[str, str]:
    """Return those who claim something, and those who deny it."""
    return dispute.claimed[0].actor or "", dispute.denied[0].actor or ""


def _is_denial(said: _Said) -> bool:
    """Return whether a claim explicitly denies something."""
    cue = said.claim.cue
    if _NO_DENIAL.search(f"{cue} {said.claim.content}"):
        return False
    if _PLEADS.search(cue):
        return _pleads_not_guilty(said)
    if _REFUSES.search(cue):
        return bool(_ALLEGATION.search(said.claim.content))
    if _DENIES.search(cue):
        return True
    return said.claim.kind is Kind.DENIAL or _pleads_not_guilty(said)


def _pleads_not_guilty(said: _Said) -> bool:
    return bool(_NOT_GUILTY.search(said.claim.content)) and len(said.form.words) <= 8


def _is_denied(denial: _Said, other: _Said) -> bool:
    """Return whether `other` claims what `denial` denies."""
    name = denial.actor.split()
    if not name or not _asserts(other) or (set(name) & set(other.actor.split())) - STOP_WORDS:
        return False
    content = set(folded(other.claim.content).split())
    surname = name[-1]
    if _pleads_not_guilty(denial):  # there are no denied words to compare
        source = f"{other.claim.actor} {other.claim.role or ''}"
        accused = surname in content and _ACCUSES.search(other.claim.content) and not other.form.negated
        return bool(accused and _ACCUSER.search(source))
    # "denied that it was safe" and "it was safe" are opposite sides, as are "it was not safe" and "it was safe"
    restated = bool(_DENIES.search(denial.claim.cue) or _CALLS_FALSE.search(denial.claim.cue))
    if (other.form.negated == denial.form.negated) is not restated:
        return False
    if not _says_the_same_of_it(denial, other) or _is_turned_round(denial.form, other.form):
        return False
    if denial.form.amounts and not denial.form.amounts & other.form.amounts:
        return False
    named = (denial.form.names & other.form.names) | (denial.form.amounts & other.form.amounts)
    named |= {surname} & content
    shared = denial.stems & other.stems
    fewer = min(len(denial.stems), len(other.stems))
    enough = len(shared | named) >= FEWEST_SHARED and len(shared) >= COVERED * fewer
    return bool(named) and fewer > 1 and enough


def _says_the_same_of_it(denial: _Said, other: _Said) -> bool:
    """Return whether `other` has the verb of the denied sentence. Words about the same topic are not enough."""
    text = folded(_AS_FALSE.sub("", denial.claim.content))
    if _CAUSE.search(text) and not _CAUSE.search(folded(other.claim.content)):
        return False
    found = _PREDICATE.search(_LEAD_IN.sub("", text, count=1))
    verb = next(filter(None, found.groups()), None) if found else None
    stems = plain_form(verb).words if verb else ()
    words = [word for word in other.form.words if word not in other.form.names]
    return not stems or any(_alike(stem, word) for stem in stems for word in words)


def _is_turned_round(denied: PlainForm, claimed: PlainForm) -> bool:
    """Return whether agent and patient in one content are swapped in the other.

    A passive without an agent has a different word order anyway, which tells nothing.
    """
    if _PASSIVE.search(f"{denied.text} | {claimed.text}"):
        return False
    places = [claimed.words.index(word) for word in dict.fromkeys(denied.words) if word in claimed.words]
    return any(max(places[:verb]) > places[verb] > min(places[verb + 1 :]) for verb in range(1, len(places) - 1))


def _alike(stem: str, word: str) -> bool:
    """Return whether two stems start alike: "tak" and "take", "groped" and "grop"."""
    shorter = min(len(stem), len(word))
    length = max(min(_STEM, shorter), shorter - 1)
    return stem[:length] == word[:length]


def _asserts(said: _Said) -> bool:
    """Return whether a claim states that something is so, and is not itself about a denial."""
    claim = said.claim
    asked = claim.kind in (Kind.DENIAL, Kind.QUESTION, Kind.DEMAND) or claim.content.startswith("to ")
    return not (asked or said.form.conditions or _DENIES.search(f"{claim.cue} {claim.content}"))
