"""What a source says about who speaks: the words of a noun phrase taken apart, without looking at the article.

"Gen Ali Abdullah Ayyoub, the Syrian army chief of staff" has the name "Ali Abdullah Ayyoub" and the role "Syrian
army chief of staff"; "a senior military official" is a description; "he" is a pronoun. Capital letters carry most
of it, so that text without punctuation reads nearly as well.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from bot.extraction.lexicon import (
    AUTHORED,
    DEFINITE,
    HONORIFICS,
    MODIFIER_ENDINGS,
    NAME_CONNECTORS,
    ORGANISATIONS,
    PLURAL_PEOPLE,
    POSSESSIVES,
    PRONOUNS,
    ROLE_MODIFIERS,
    ROLES,
    TITLES,
)

WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[-.'’&@][^\W_]+)*|&")
EDGES = " \t\r\n\xa0,;:.!?\"“”‘’'`«»()[]{}–—―-…"
RELATIVE = re.compile(r",?\s+\b(?:who|which|whose|whom|where|when)\b.*", re.DOTALL)
BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
PREPOSITIONS = frozenset(
    [
        "of",
        "for",
        "at",
        "in",
        "from",
        "on",
        "with",
        "to",
        "inside",
        "within",
        "by",
        "near",
        "behind",
        "about",
        "under",
        "over",
        "into",
        "close",
    ]
)
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])(?=\s|$)")
SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|phd|md|mp|obe|qc|kc)\b", re.IGNORECASE)
NOUNS = ROLES | ORGANISATIONS | PLURAL_PEOPLE | AUTHORED | {"reports", "sources"}
DETERMINERS = frozenset(("a", "an", "the", "both"))
AND = re.compile(r"\s+(?:and|&)\s+")
PARTY = re.compile(
    r"(?<=\w)\s+[RDI]-?(?:A[lrkz]|Ala|Alaska|Ariz|Ark|Calif|C[AOT]|Colo|Conn|D[CE]|Del|Fla|FL|G[Aa]|Hawaii|Idaho|I[LNAD]|Ill|Ind|Iowa|"
    r"Kan|K[SYy]|L[Aa]|Maine|Mass|Mich|Minn|Miss|Mont|M[ADEINOSTdo]|Neb|Nev|N[CDEHJMVY]|Ohio|O[HKR]|Okla|Ore|P[Aa]|RI|S[CD]|"
    r"Tenn|Tex|Texas|T[NX]|Utah|UT|V[ATat]|Wash|WVa|Wis|W[AIVY]|Wyo)\b"
)
"""A senator's party and state that lost their brackets: "Perdue RGa"."""


class Form(Enum):
    """How a source refers to whoever speaks."""

    PRONOUN = "pronoun"
    NAME = "name"
    DESCRIPTION = "description"
    JOINT = "joint"
    NONE = "none"


Names = Sequence[tuple[str, str]]
"""Names with their labels: PERSON, ORG or LOC."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a source says.

    `text` is the name, the description without article, or the pronoun in lower case. `label` is the
    kind of name (PERSON, ORG, LOC) where that is seen. `head` is a description's noun in lower case, `owner`
    whoever owns it ("Clinton" of "Clinton's aides", or a possessive pronoun), `parts` the phrases that are joined.
    """

    form: Form
    text: str
    label: str | None = None
    role: str | None = None
    title: str | None = None
    head: str = ""
    owner: str | None = None
    definite: bool = False
    plural: bool = False
    parts: tuple["Phrase", ...] = ()


NOTHING = Phrase(Form.NONE, "")


def words_of(text: str) -> list[str]:
    """Return the words of `text` without punctuation around them."""
    return WORD.findall(text)


def folded(word: str) -> str:
    """Return a word as it is looked up: lower case, no full stops."""
    return word.casefold().replace(".", "")


def trimmed(text: str) -> str:
    """Return `text` on one line without spaces and punctuation around it, full stops of abbreviations kept."""
    stripped = " ".join(text.split()).strip(EDGES)
    return (
        stripped + "."
        if re.search(r"\b(?:[A-Z]\.)+[A-Z]$|\b[JS]r$", stripped) and stripped + "." in text
        else stripped
    )


def without_possessive(text: str) -> str:
    """Return `text` without a possessive ending: "Russia's" is "Russia"."""
    return re.sub(r"['’]s?$", "", text) if re.search(r"(?:['’]s|s['’])$", text) else text


def without_article(text: str) -> str:
    """Return `text` without the article in front."""
    return re.sub(r"^(?:both\s+)?(?:a|an|the)\s+", "", text, flags=re.IGNORECASE)


def bare_person(name: str) -> tuple[str, str | None]:
    """Return a person's name without titles and roles in front of it, and those, if any.

    What stands before the last title or role noun goes too: "Turkish Prime Minister Ahmet Davutoglu".
    """
    words = name.split()
    cut = 0
    for index, word in enumerate(words[:-1]):
        if folded(word) in TITLES or (folded(word) in ROLES and index + 2 < len(words)):
            cut = index + 1
    while cut < len(words) - 1 and folded(words[cut]) in NAME_CONNECTORS and words[cut].islower():
        cut += 1
    return " ".join(words[cut:]), " ".join(words[:cut]) or None


def read_phrase(text: str, names: Names = (), *, opens_sentence: bool = False) -> Phrase:
    """Take a source apart.

    `names` are those that the name finder saw in it, with their labels, in order; `opens_sentence` says that its
    first capital means nothing.
    """
    bare = trimmed(text)
    if not words_of(bare):
        return NOTHING
    pronoun = _pronoun(bare)
    if pronoun is not None:
        return pronoun
    bare = PARTY.sub("", RELATIVE.sub("", BRACKETS.sub("", bare))).strip(EDGES) or bare
    clean = [(PARTY.sub("", without_possessive(trimmed(name))), label) for name, label in names]
    return _segments(bare, [(name, label) for name, label in clean if name], opens_sentence=opens_sentence)


def _pronoun(text: str) -> Phrase | None:
    words = [folded(word) for word in words_of(text)]
    if words[0] in PRONOUNS and (
        len(words) == 1 or words[1] in ("also", "both", "all", "himself", "herself", "themselves")
    ):
        return Phrase(Form.PRONOUN, words[0])
    return None


def _segments(text: str, names: Names, *, opens_sentence: bool) -> Phrase:
    """Read a phrase that may hold an apposition after a comma or dash."""
    parts = [part.strip(EDGES) for part in re.split(r"\s*[,;:]\s+|\s+[–—―-]+\s+", text)]
    parts = [part for part in parts if words_of(part)]
    suffixed = [f"{parts[0]}, {parts[1]}"] if len(parts) > 1 and SUFFIX.match(parts[1]) else []
    if len(parts) > 1 and re.search(r"(?:^|\s)and\s", parts[-1]):
        listed = _joint([p for part in parts for p in AND.split(re.sub(r"^and\s+", "", part))], names)
        if listed is not None:
            return listed
    first = _simple(parts[0], names, opens_sentence=opens_sentence)
    if len(parts) == 1 or suffixed:
        return first
    second = _simple(parts[1], names, opens_sentence=False)
    if first.form is Form.NAME:
        role = without_article(", ".join(parts[1:])) if second.form is Form.DESCRIPTION else None
        return _with_role(first, role)
    if (
        first.form is Form.DESCRIPTION
        and second.form is Form.NAME
        and second.label == "PERSON"
        and not first.plural
    ):
        return _with_role(second, first.text)
    return first


def _with_role(phrase: Phrase, role: str | None) -> Phrase:
    return Phrase(phrase.form, phrase.text, phrase.label, role or phrase.role, phrase.title)


def _joint(pieces: list[str], names: Names) -> Phrase | None:
    """Return the phrases joined by "and", if each is a person's name, or each has an article or known name."""
    read = [_simple(piece, names, opens_sentence=False, split=False) for piece in pieces]
    persons = all(phrase.form is Form.NAME and phrase.label == "PERSON" for phrase in read)
    known = {without_article(name) for name, _ in names}
    own = all(
        phrase.form is Form.NAME
        and (phrase.text in known or re.match(r"(?:both\s+)?(?:the|a|an)\s", piece, re.IGNORECASE))
        for phrase, piece in zip(read, pieces, strict=True)
    )
    described = all(re.match(r"(?:both\s+)?(?:the|a|an)\s", piece, re.IGNORECASE) for piece in pieces)
    if len(read) < 2 or not (persons or own or described):
        return None
    texts = [phrase.text for phrase in read]
    joined = f"{', '.join(texts[:-1])} and {texts[-1]}"
    return Phrase(Form.JOINT, joined, plural=True, parts=tuple(read))


def _simple(text: str, names: Names, *, opens_sentence: bool, split: bool = True) -> Phrase:
    """Read a phrase without appositions behind commas."""
    if split and AND.search(text) and not any(AND.search(name) and name in text for name, _ in names):
        joint = _joint(AND.split(text), names)
        if joint is not None:
            return joint
    for name, label in names:
        found = _person(text, name) if label == "PERSON" and name in text else None
        if found is not None:
            return found
    return _name_or_description(text, names, opens_sentence=opens_sentence)


def _person(text: str, name: str) -> Phrase | None:
    """Read a phrase around a person's name: a role before or after it, or None if another noun is the head."""
    at = text.rfind(name)
    before, after = without_article(text[:at].strip()), text[at + len(name) :].strip()
    clean, title = bare_person(name)
    if folded(words_of(clean)[-1] if words_of(clean) else "") in ROLES | TITLES:
        return None
    rest = words_of(after)
    following = re.match(r"^[A-Z][\w'’.-]*$", after)
    if following and not POSSESSIVE.match(after) and folded(after) not in ROLES | ORGANISATIONS:
        clean, after, rest = f"{clean} {after}", "", []  # the name finder stopped short
    if rest and POSSESSIVE.sub("", after, count=1).strip() and (POSSESSIVE.match(after) or not _apposition(rest)):
        return None
    role = " ".join(part for part in (before, title) if part) or None
    if rest and _apposition(rest) and folded(rest[0]) not in PREPOSITIONS:
        role = without_article(after)
    short = [word for word in words_of(role or "") if folded(word) in HONORIFICS]
    return Phrase(Form.NAME, clean, "PERSON", _clean_role(role), short[-1] if short else title)


def _apposition(rest: list[str]) -> bool:
    """Tell whether the words after a name are said of it ("the army chief of staff"), or are no part of it."""
    first = folded(rest[0])
    if (
        first in ("the", "a", "an", "his", "her", "their", "former", "who", "also", "all", "both")
        or rest[0] in PREPOSITIONS
    ):
        return True
    return first in ROLES and len(rest) > 1 and rest[1] in PREPOSITIONS and not first.endswith("s")


def _is_role(text: str) -> bool:
    return any(folded(word) in ROLES or folded(word) in ROLE_MODIFIERS for word in words_of(text))


def _clean_role(role: str | None) -> str | None:
    """Return a role as it is shown: no honorifics alone, no possessive or article around it."""
    if role is None:
        return None
    words = [word for word in role.split() if folded(word.strip(EDGES)) not in HONORIFICS]
    text = without_article(" ".join(words)).strip(EDGES)
    return text if text and re.search(r"[^\W\d_]{2}", text) else None


def _name_or_description(text: str, names: Names, *, opens_sentence: bool) -> Phrase:
    """Read a phrase without a person's name that the name finder saw."""
    bare = without_possessive(text)
    words = words_of(bare)
    first = folded(words[0])
    determined = len(words) > 1 and (first in DETERMINERS or first in POSSESSIVES)
    content = words[1:] if determined else words
    end = next((index for index, word in enumerate(content) if index and word in PREPOSITIONS), len(content))
    head = content[end - 1]
    owner = _owner(text, first)
    alone = opens_sentence and end == 1 and not determined
    if owner is None and _is_name(head, names, alone=alone):
        named = _named(content, names)
        if named is not None:
            return named
    described = " ".join(bare.split()[1:] if determined else bare.split())
    if opens_sentence and not determined:
        described = _with_small_start(described, names)
    noun = folded(head)
    return Phrase(
        Form.DESCRIPTION,
        described.strip(EDGES),
        head=noun,
        owner=owner,
        definite=first in DEFINITE or first in POSSESSIVES or owner is not None,
        plural=(noun.endswith("s") and not noun.endswith("ss")) or noun in PLURAL_PEOPLE,
    )


def _owner(text: str, first: str) -> str | None:
    """Return who owns what a phrase describes: "Clinton" of "Clinton's aides", "his" of "his aides"."""
    possessive = re.search(r"^(.*?)(?:['’]s|(?<=s)['’])\s+(.*)$", text)
    if first in POSSESSIVES:
        return first
    return without_article(possessive.group(1)) if possessive and words_of(possessive.group(2)) else None


def _is_name(head: str, names: Names, *, alone: bool) -> bool:
    """Tell whether a head is capitalised as names are; `alone` it opens a sentence, which proves nothing."""
    if not (head[:1].isupper() or head.isdigit()):
        return False
    if not alone or any(head == name for name, _ in names):
        return not (alone and folded(head) in NOUNS)
    return not (folded(head) in NOUNS or (folded(head).endswith("s") and len(head) > 3))


def _with_small_start(described: str, names: Names) -> str:
    """Return a description that opens a sentence as it would stand within one."""
    first = described.split(maxsplit=1)[0]
    named = any(first in name.split() for name, _ in names)
    return described if named or first.isupper() else described[0].lower() + described[1:]


def _named(content: list[str], names: Names) -> Phrase | None:
    """Read words whose head is capitalised: a role alone, a role and a person, or the name of anything else."""
    start = _run_start(content)
    before, run = content[:start], content[start:]
    roles = [index for index, word in enumerate(run) if folded(word) in ROLES]
    if not run or (roles and roles[-1] == len(run) - 1):
        return None  # a role alone: "Prime Minister"
    label = next((label for name, label in names if name == " ".join(run)), None)
    if roles:
        person = _after_role(before, run, roles[-1], known=label is not None)
        if person is not None:
            return person
        if roles[-1] == 0 and folded(run[1]) in NAME_CONNECTORS:
            return None  # "Minister of Education": a role
    role = " ".join(before)
    if len(run) == 1 and before and before[-1].islower() and folded(before[-1]) in ROLES:
        label = label or "PERSON"
    return Phrase(Form.NAME, " ".join(run), label, _clean_role(role) if _is_role(role) else None)


def _run_start(content: list[str]) -> int:
    """Return where the capitalised words that end a phrase start; connectors ("of", "for the") may be within."""
    start = len(content)
    for index in range(len(content) - 1, -1, -1):
        word = content[index]
        if word[:1].isupper() or word[:1].isdigit():
            if folded(word).endswith(MODIFIER_ENDINGS) and index + 1 < len(content) and not word.isupper():
                break  # "UKbased", whose hyphen was lost
            start = index
        elif folded(word) not in NAME_CONNECTORS:
            break
    return start


def _after_role(before: list[str], run: list[str], last: int, *, known: bool) -> Phrase | None:
    """Read "Turkish Prime Minister Ahmet Davutoglu": a person after the role noun at `last`, or None."""
    role, person = run[: last + 1], run[last + 1 :]
    if folded(person[-1]) in ORGANISATIONS or len(person) > 4 or not all(word[:1].isupper() for word in person):
        return None
    if known and any(folded(word) in NAME_CONNECTORS and word.islower() for word in role):
        return None
    return Phrase(Form.NAME, " ".join(person), "PERSON", _clean_role(" ".join(before + role)), role[-1])
