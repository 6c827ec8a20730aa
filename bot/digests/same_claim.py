"""Whether two claims say the same, so that one can stand for both. Pure.

Merged claims are attributed to outlets, so precision comes first: two contents are one only if all words that
affect their truth align (`bot.digests.asserted`), or if one content contains the other word for word.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.digests.asserted import Asserted, aligned, asserted, without_first
from bot.digests.plain_form import TIMES, PlainForm, plain_form
from bot.model.claims import Kind, Wording
from bot.model.digests import DigestClaim
from bot.text.content_words import folded
from bot.text.likeness import ratio_of

FEWEST_WORDS = 2
"""With fewer words that affect the truth, the texts are compared as well."""
ALIKE = 82.0
"""Two contents of few words are one if the ratio of their texts (0 to 100) is at least this."""
ALIKE_UNKNOWN = 92.0
"""The same if one or both speakers are unknown."""
FEWEST_HELD = 4
"""A content with at least this many words is one with a content that contains it word for word."""
WORDS_OF_A_RELEASE = 6
"""A firm and its spokesman say the same if at least this many words are all the same."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _set(
    "president vice prime minister chancellor senator sen rep representative governor gov mayor judge justice "
    "general gen colonel col captain capt sergeant sgt dr doctor prof professor sir lord pope bishop "
    "archbishop cardinal ambassador secretary speaker congressman congresswoman king prince sheikh"
)
"""Titles before a name. Mr, Mrs and Ms are missing on purpose: two people with one surname may differ in them."""
_FORMS = _set(
    "bank group inc plc ltd limited llc corp corporation company co holdings holding ag sa nv se gmbh "
    "industries airlines airways motors"
)
"""Legal forms that follow the name of a firm and are often left out."""
_LEADS_ON = _set("of to than from by not nor or")
"""Words after which a content is only a part of the statement: "tried to", "half of"."""
_OTHERS_SAY = _set(
    "say says said saying claim claims claimed accuse accuses accused suggest suggests suggested allege "
    "alleges alleged tell told pretend pretends deny denies denied doubt doubts doubted fear fears feared "
    "hope hopes hoped wonder argue argues argued assume imagine wish rumour rumor wrong nonsense lie "
    "accusation allegation"
)
"""Words before a content that attribute it to others, or make it a fear rather than the speaker's view."""
_NARROWS = _set(
    "when after before because while without unless only except as who whom whose which where until or for"
)
"""Words that narrow the words before them."""
SHARED = "?"
"""The mark at the end of a surname that two speakers share."""
_SPOKESMEN = _set("spokesman spokeswoman spokesperson spokespeople spokesmen press")
_SPEAKERS = _set("i we he she it they our my its his her their")
_OPENING = re.compile(r"^(?:(?:i|he|she) (?:am|was|is|have|has|had)|(?:we|they) (?:are|were|have|had)) ")
_OF_MANY = _set("we it they our its their")
_COLLECTIVE = _set(
    "government company firm ministry department bank party club union council country agency army committee team "
    "court commission group organisation organization charity airline university hospital"
)
"""Bodies that somebody who says "we" speaks for."""
_STATES = _set("us uk eu un")
_SMALL = _set("the of for and a an on")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim, ready to be compared."""

    claim: DigestClaim
    actor: str
    form: PlainForm
    asserted: Asserted

    @classmethod
    def of(cls, claim: DigestClaim) -> "Said":
        """Return `claim` ready to be compared."""
        return cls(claim, folded(claim.actor or ""), plain_form(claim.content), asserted(claim.content))


@lru_cache(maxsize=16_384)
def same_actor(first: str, second: str) -> bool:
    """Return whether two folded names mean one actor: equal, or one is the end of the other ("carter").

    Titles do not count, nor does a middle name or the legal form of a firm that only one has.

    Spaces do not count, because folding turns hyphens into spaces and scraping loses both. What follows "of" is
    not a short name: England is not the Bank of England.
    """
    if first.replace(" ", "") == second.replace(" ", ""):
        return bool(first)
    shorter, longer = sorted((_without_title(first), _without_title(second)), key=len)
    turned = (" of " in first or " of " in second) and _without_small(first) == _without_small(second) != []
    if turned or _is_short_name(shorter, longer):
        return True
    if not shorter or "of" in longer:
        return False
    if longer[-len(shorter) :] == shorter:
        return True
    middle_left_out = len(shorter) == 2 and len(longer) == 3 and shorter == [longer[0], longer[-1]]
    return middle_left_out or (longer[: len(shorter)] == shorter and _FORMS.issuperset(longer[len(shorter) :]))


def _is_short_name(shorter: list[str], longer: list[str]) -> bool:
    """Return whether one name has the initials of the other: WHO, the World Health Organization."""
    if len(shorter) != 1 or len(longer) < 2 or len(shorter[0]) < 2:
        return False
    large = "".join(word[0] for word in longer if word not in _SMALL)
    return shorter[0] in (large, "".join(word[0] for word in longer if word != "the"))


def _without_small(name: str) -> list[str]:
    """Return the words of a name without small ones, sorted if "of" turned them round: Ministry of Defence."""
    words = [word for word in name.split() if word not in _SMALL]
    return sorted(words) if not {"ministry", "department", "office"}.isdisjoint(words) else words


def _without_title(name: str) -> list[str]:
    words = name.split()
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return words


def same_claim(one: Said, other: Said) -> bool:
    """Return whether two claims are one."""
    kinds = one.claim.kind, other.claim.kind
    if any((kinds[0] is kind) != (kinds[1] is kind) for kind in (Kind.DENIAL, Kind.QUESTION)) or (
        _of_others(one, other) or _of_others(other, one)
    ):
        return False
    known = bool(one.actor and other.actor)
    if known and not same_actor(one.actor, other.actor):
        return _one_release(one, other)
    if known and _holds(one, other):
        return True
    if not (aligned(one.asserted, other.asserted) or (known and _one_subject(one, other))):
        return False
    if known and len(one.asserted.words) >= FEWEST_WORDS:
        return True
    # too few words to go by: the words themselves must be nearly equal, in order
    first, second = one.asserted.text, other.asserted.text
    if one.claim.verbatim is not other.claim.verbatim:
        first, second = _without_speaker(first), _without_speaker(second)
    return bool(first) and ratio_of(first, second) >= (ALIKE if known else ALIKE_UNKNOWN)


def _of_others(quoted: Said, reported: Said) -> bool:
    """Return whether a quotation is about "him", and a report opens with a "he" that may be the speaker."""
    if quoted.claim.verbatim is not Wording.VERBATIM or reported.claim.verbatim is not Wording.PARAPHRASED:
        return False
    opens = reported.asserted.text.partition(" ")[0]
    return opens in ("he", "she") and quoted.asserted.text.partition(" ")[0] == opens


def _without_speaker(text: str) -> str:
    """Return a text without the pronoun for the speaker that opens it, and the verb that changes with it."""
    return _OPENING.sub("", text)


def _one_subject(one: Said, other: Said) -> bool:
    """Return whether the contents align except for the speaker, a pronoun in one and a name in the other."""
    for short, full in ((one, other), (other, one)):
        first = short.asserted.text.partition(" ")[0]
        if first not in _SPEAKERS or len(full.asserted.words) <= len(short.asserted.words):
            continue
        words = [word for word in full.asserted.text.split() if word not in ("the", "a")]
        name = full.actor.split()
        spoken = (
            name
            if words[: len(name)] == name
            else words[:1]
            if first in _OF_MANY and words[0] in _COLLECTIVE
            else []
        )
        if spoken and aligned(short.asserted, without_first(full.asserted, len(spoken))):
            return True
    return False


def same_content(one: str, other: str) -> bool:
    """Return whether two contents say the same, whoever said them: their words align one by one."""
    first, second = asserted(one), asserted(other)
    return len(first.words) > FEWEST_WORDS and aligned(first, second)


def _holds(one: Said, other: Said) -> bool:
    """Return whether one content contains the other word for word, and nothing around it changes the meaning."""
    longer, shorter = (one, other) if len(one.form.text) >= len(other.form.text) else (other, one)
    before, found, after = f" {longer.form.text} ".partition(f" {shorter.form.text} ")
    if not found or len(shorter.form.text.split()) < FEWEST_HELD or len(shorter.form.words) < FEWEST_WORDS:
        return False
    head, tail = plain_form(before), plain_form(after)
    if head.negated or head.possible or head.conditions or tail.conditions or tail.amounts:
        return False
    if not _OTHERS_SAY.isdisjoint(before.split()[-3:]):
        return False
    around = before.split()[-1:], after.split()[:1]
    if (around[0] and around[0][0] in _LEADS_ON) or (around[1] and around[1][0] in _NARROWS):
        return False
    quoted = shorter.claim.verbatim is not Wording.PARAPHRASED or longer.claim.verbatim is not Wording.PARAPHRASED
    # "the eastern part of the dam collapsed" is not "the dam collapsed", but an added day changes nothing
    if not quoted and (asserted(before).words or not _adds_little(after.split())):
        return False
    near = (head.quantities if len(head.words) < FEWEST_HELD else frozenset()) | (
        tail.quantities if len(tail.words) < FEWEST_HELD else frozenset()
    )
    return not near


def _adds_little(after: list[str]) -> bool:
    """Return whether the words after a content only add a day, a position reached, or a source."""
    told = after[:2] == ["according", "to"] or after[:1] == ["into"]
    return told or all(word in TIMES or word in ("on", "in", "the", "at") or word[0] == "@" for word in after)


def _one_release(one: Said, other: Said) -> bool:
    """Return whether an organisation and its spokesman say the same.

    The spokesman is described as such beside the organisation's name. Where only names are known, one name must be
    a single word, and all of many words must be the same.
    """
    if one.asserted.words != other.asserted.words or not aligned(one.asserted, other.asserted):
        return False
    if _speaks_for(one, other) or _speaks_for(other, one):
        return True
    names = set(one.actor.split()), set(other.actor.split())
    one_word_only = min(map(len, names)) == 1 < max(map(len, names))
    named = not (one.claim.actor or "").islower() and not (other.claim.actor or "").islower()
    apart = (
        named and not names[0] & names[1] and not any(actor.endswith(SHARED) for actor in (one.actor, other.actor))
    )
    return apart and one_word_only and len(one.asserted.words) >= WORDS_OF_A_RELEASE


def _speaks_for(spokesman: Said, organisation: Said) -> bool:
    called = set(folded(f"{spokesman.claim.actor} {spokesman.claim.role or ''}").split())
    name = {word for word in organisation.actor.split() if word not in _SMALL | _STATES}
    return bool(name) and not called.isdisjoint(_SPOKESMEN) and name <= called
