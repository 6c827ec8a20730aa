"""Whether two claims say the same, so that one can stand for both. Pure.

What is merged is claimed of an outlet, so precision comes first: two contents are one only if their plain forms
(`bot.digests.plain_form`) agree in everything that changes what was said, and their words, in order, nearly so.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from bot.digests.plain_form import PlainForm, plain_form
from bot.model.claims import Kind
from bot.model.digests import DigestClaim
from bot.text.content_words import folded

IN_ORDER = 0.75
"""Two contents are one from this share of words that both have in the same order (2 · common / all).

Evidence: 80 written pairs (gold/merging/pairs.jsonl), of which none is merged or missed wrongly.
"""
COMPLETE = 0.6
"""The share of the longer content's words that the shorter one needs: a fragment is not the same claim."""
ALIKE = 82.0
"""Two contents of few words are one from this ratio of their texts (0 to 100)."""
ALIKE_UNKNOWN = 92.0
"""The same if one or both speakers are unknown."""
SPELLED_ALIKE = 84.0
"""Two words are spellings of one from this ratio of their letters."""
FEWEST_WORDS = 3
"""With fewer words, the texts are compared instead."""
FEWEST_HELD = 4
"""A content with this many words is one with a content that contains it word for word."""
WORDS_OF_A_RELEASE = 6
"""A firm and its spokesman say the same if this many words are all the same."""
_SYNONYMS = (
    "company firm business compani",
    "faulty defectiv defective faulti",
    "talk negotiation discussion",
    "job post position",
    "car vehicle vehicl",
    "person civilian resident",
    "child kid",
    "big large huge",
    "murder kill slay",
    "doctor physician",
    "film movie movi",
    "attorney lawyer",
    "cop police polic officer",
    "blast explosion",
    "quit resign",
    "buy purchase purchas acquir acquire",
    "help aid assist assistanc",
    "plan intend",
    "hurt injur injure wound",
    "probe investigat investigate investigation inquiry",
    "happen occur",
    "speak talk",
    "answer reply respons response",
    "building premise",
    "house home household",
    "break broke violat violate breach",
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _set(
    "president vice prime minister chancellor senator sen rep representative governor gov mayor judge justice "
    "general gen colonel col captain capt sergeant sgt dr doctor prof professor sir lord pope bishop "
    "archbishop cardinal ambassador secretary speaker congressman congresswoman king prince sheikh"
)
"""Titles before a name. Mr, Mrs and Ms are none: two people of one surname differ in them."""
_FORMS = _set(
    "bank group inc plc ltd limited llc corp corporation company co holdings holding ag sa nv se gmbh "
    "industries airlines airways motors"
)
"""What follows the name of a firm and is often left out."""
_GROUP = {word: number for number, words in enumerate(_SYNONYMS) for word in words.split()}


@dataclass(frozen=True, slots=True)
class Said:
    """A claim, ready to be compared."""

    claim: DigestClaim
    actor: str
    form: PlainForm

    @classmethod
    def of(cls, claim: DigestClaim) -> "Said":
        """Return `claim` ready to be compared."""
        return cls(claim, folded(claim.actor or ""), plain_form(claim.content))


def same_actor(first: str, second: str) -> bool:
    """Return whether two folded names mean one actor: equal, or one is the end of the other ("carter").

    Titles do not count, nor does a middle name or the form of a firm that only one has.

    Spaces do not count, because folding turns hyphens into spaces and scraping loses both. What follows "of" is
    not a short name: England is not the Bank of England.
    """
    if first.replace(" ", "") == second.replace(" ", ""):
        return bool(first)
    shorter, longer = sorted((_without_title(first), _without_title(second)), key=len)
    if not shorter or "of" in longer:
        return False
    if longer[-len(shorter) :] == shorter:
        return True
    middle_left_out = len(shorter) == 2 and len(longer) == 3 and shorter == [longer[0], longer[-1]]
    return middle_left_out or (longer[: len(shorter)] == shorter and _FORMS.issuperset(longer[len(shorter) :]))


def _without_title(name: str) -> list[str]:
    words = name.split()
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return words


def same_claim(one: Said, other: Said) -> bool:
    """Return whether two claims are one."""
    if (one.claim.kind is Kind.DENIAL) != (other.claim.kind is Kind.DENIAL):
        return False
    shorter, longer = sorted((one.form, other.form), key=lambda form: len(form.words))
    known = bool(one.actor and other.actor)
    if known and not same_actor(one.actor, other.actor):
        return _one_release(one.actor, other.actor) and _is_release(shorter, longer)
    if known and _holds(longer, shorter):
        return True
    if not _agree(shorter, longer):
        return False
    if known and len(shorter.words) >= FEWEST_WORDS:
        return _same_words(shorter, longer)
    # too few words to go by: the words themselves, in their order, have to be nearly equal
    alike = fuzz.ratio(shorter.text, longer.text) >= (ALIKE if known else ALIKE_UNKNOWN)
    return bool(shorter.text) and alike and _same_words(shorter, longer)


def same_content(one: PlainForm, other: PlainForm) -> bool:
    """Return whether two contents say the same, whoever said them: nothing that changes a statement differs."""
    shorter, longer = sorted((one, other), key=lambda form: len(form.words))
    return len(shorter.words) >= FEWEST_WORDS and _agree(shorter, longer) and _same_words(shorter, longer)


def _agree(one: PlainForm, other: PlainForm) -> bool:
    """Return whether nothing that changes a statement differs."""
    return (
        one.amounts == other.amounts
        and one.negated == other.negated
        and one.possible == other.possible
        and one.conditions == other.conditions
        and one.quantities == other.quantities
        and one.senses == other.senses
        and one.names <= other.names | _words(other)
        and other.names <= one.names | _words(one)
        and (one.times <= other.times or other.times <= one.times)
    )


def _words(form: PlainForm) -> frozenset[str]:
    return frozenset(form.text.split())


def _same_words(shorter: PlainForm, longer: PlainForm) -> bool:
    """Return whether two contents have the same words in the same order, but for a few that only one has."""
    first = [_GROUP.get(word, word) for word in shorter.words]
    second = [_GROUP.get(word, word) for word in longer.words]
    common = 0
    for operation, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if operation == "equal":
            common += j - i
        elif operation == "insert" and k and str(second[k - 1]).startswith("#") and m < len(second):
            return False  # "400 temporary jobs" are not "400 jobs"
        elif operation == "replace":
            if j - i != m - k or not all(map(_spelled_alike, first[i:j], second[k:m])):
                return False
            common += j - i
    return 2 * common >= IN_ORDER * (len(first) + len(second)) and common >= COMPLETE * len(second)


def _spelled_alike(one: str | int, other: str | int) -> bool:
    if isinstance(one, int) or isinstance(other, int) or one.startswith("#") or other.startswith("#"):
        return one == other
    return one[:1] == other[:1] and fuzz.ratio(one, other) >= SPELLED_ALIKE


def _holds(longer: PlainForm, shorter: PlainForm) -> bool:
    """Return whether the longer content holds the shorter one word for word, and nothing around changes it."""
    if len(shorter.text) > len(longer.text):
        longer, shorter = shorter, longer
    before, found, after = f" {longer.text} ".partition(f" {shorter.text} ")
    if not found or len(shorter.text.split()) < FEWEST_HELD or len(shorter.words) < FEWEST_WORDS - 1:
        return False
    head, tail = plain_form(before), plain_form(after)
    if head.negated or head.possible or head.conditions or tail.conditions:
        return False
    near = (head.quantities if len(head.words) < FEWEST_HELD else frozenset()) | (
        tail.quantities if len(tail.words) < FEWEST_HELD else frozenset()
    )
    return not near


def _one_release(first: str, second: str) -> bool:
    """Return whether one name may be an organisation and the other its spokesman: one is a single word."""
    return not set(first.split()) & set(second.split()) and min(len(first.split()), len(second.split())) == 1


def _is_release(shorter: PlainForm, longer: PlainForm) -> bool:
    return shorter.words == longer.words and len(shorter.words) >= WORDS_OF_A_RELEASE and _agree(shorter, longer)
