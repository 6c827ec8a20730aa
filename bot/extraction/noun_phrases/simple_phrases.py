"""A phrase without appositions behind commas: a name, several joined by "and", or a description."""

import re
from itertools import pairwise

from bot.extraction.noun_phrases.clauses import COUNTED_OF, core_and_tail, uncounted
from bot.extraction.noun_phrases.organisations import NOUNS, organisation_named
from bot.extraction.noun_phrases.persons import POSSESSIVE, after_role, clean_role, party_member, person_named
from bot.extraction.noun_phrases.phrase import Form, Names, Phrase
from bot.extraction.noun_phrases.spelling import folded, trimmed, without_article, without_possessive, words_of
from bot.extraction.wordlists.countries import CAPITALS, COUNTRIES
from bot.extraction.wordlists.institutions_by_place import OTHER_NAMES
from bot.extraction.wordlists.lexicon import (
    DEFINITE,
    HONORIFICS,
    MODIFIER_ENDINGS,
    NAME_CONNECTORS,
    PEOPLES,
    PLURAL_PEOPLE,
    POSSESSIVES,
    PREPOSITIONS,
    PROPER_ADJECTIVES,
    ROLE_MODIFIERS,
    ROLES,
)
from bot.text.counting import listed

DETERMINERS = frozenset(("a", "an", "the", "both", "this", "these", "those"))
DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?")
AND = re.compile(r"\s+and\s+")
OF_PLACE = re.compile(
    r"(?:[Tt]he\s)?(?P<office>(?:[\w’'-]+\s){0,3}?[\w’'-]+)\s(?:in|of|at|for)\s(?:the|this)\s(?P<place>[a-z]+)\s"
    r"(?P<name>[A-ZÀ-Þ][\w’'-]+\s[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+)?)"
)
"""An office, what it is of in small letters, and a name."""


def joint_phrase(pieces: list[str], names: Names) -> Phrase | None:
    """Return the phrases joined by "and", if each is a person's name, or each has an article or known name."""
    read = [simple_phrase(piece, names, opens_sentence=False, split=False) for piece in pieces]
    persons = all(phrase.form is Form.NAME and phrase.label == "PERSON" for phrase in read)
    known = {without_article(name) for name, _ in names}
    own = all(
        phrase.form is Form.NAME
        and (phrase.text in known or re.match(r"(?:both\s+)?(?:the|a|an)\s", piece, re.IGNORECASE))
        for phrase, piece in zip(read, pieces, strict=True)
    )
    described = all(re.match(r"(?:both\s+)?(?:the|a|an)\s", piece, re.IGNORECASE) for piece in pieces)
    if any(phrase.label == "PERSON" for phrase in read) and any(
        re.match(r"the\s+\S+$", piece) and phrase.form is Form.NAME and phrase.text not in known
        for phrase, piece in zip(read, pieces, strict=True)
    ):
        return None  # "Jens Holm, the Anders and Bo Ray Chair in Law"
    if len(read) < 2 or not (persons or own or described):
        return None
    return Phrase(Form.JOINT, listed([phrase.text for phrase in read]), plural=True, parts=tuple(read))


def simple_phrase(text: str, names: Names, *, opens_sentence: bool, split: bool = True) -> Phrase:
    """Read a phrase without appositions behind commas."""
    if split and AND.search(text) and not any(AND.search(name) and name in text for name, _ in names):
        joint = joint_phrase(AND.split(text), names)
        if joint is not None:
            return joint
    for name, label in names:
        if any(name != other and name in other and other in text for other, _ in names):
            continue  # the "Dean" of "Taylor Dean", behind "Dean's sister"
        found = person_named(text, name) if label == "PERSON" and name in text else None
        if found is not None:
            return found
    return _holder_behind_place(text) or _name_or_description(text, names, opens_sentence=opens_sentence)


def is_role(text: str) -> bool:
    """Return whether a word of `text` is one for what somebody is or does."""
    return any(folded(word) in ROLES or folded(word) in ROLE_MODIFIERS for word in words_of(text))


def _name_or_description(text: str, names: Names, *, opens_sentence: bool) -> Phrase:
    """Read a phrase without a person's name that the name finder saw."""
    bare, tail = core_and_tail(uncounted(without_possessive(text)))
    if folded(without_article(bare)) in OTHER_NAMES:
        return Phrase(Form.NAME, without_article(bare), "ORG")
    words = words_of(bare) or [bare]
    first = folded(words[0])
    determined = len(words) > 1 and (first in DETERMINERS or first in POSSESSIVES)
    content = words[1:] if determined else words
    organisation = organisation_named(bare, content, names)
    if organisation is not None:
        return organisation
    owner = _owner(text, first)
    if owner is not None and PREPOSITIONS & set(owner.split()) and not COUNTED_OF.match(bare):
        content = (
            words_of(POSSESSIVE.split(bare, maxsplit=1)[-1]) or content
        )  # "Bookkeepers of Norrland's economist"
    end = next((index for index, word in enumerate(content) if index and word in PREPOSITIONS), len(content))
    head = content[end - 1]
    member = party_member(owner, text)
    if member is not None:
        return member
    firm = _of_country(bare, owner, names)
    if firm is not None:
        return firm
    alone = opens_sentence and end == 1 and not determined
    if owner is None and _is_name(head, names, alone=alone):
        named = _named(content, names) if _run_start(content) < end else None
        if named is not None:
            return named
    described = " ".join(bare.split()[1:] if determined else bare.split())
    if opens_sentence and not determined:
        described = _with_small_start(described, names)
    noun = folded(head)
    return Phrase(
        Form.DESCRIPTION,
        trimmed(described),
        head=noun,
        owner=owner,
        definite=first in DEFINITE or first in POSSESSIVES or owner is not None,
        plural=(noun.endswith("s") and not noun.endswith(("ss", "'s", "’s"))) or noun in PLURAL_PEOPLE,
        tail=tail,
    )


def _holder_behind_place(text: str) -> Phrase | None:
    """Read a name behind an office of some place: "Opposition leader in the district Ravi Mane"."""
    found = OF_PLACE.fullmatch(text)
    if found is None or folded(found["office"].split()[-1]) not in ROLES:
        return None
    if folded(found["name"].split()[0]) in PEOPLES | ROLES | COUNTRIES or folded(found["place"]) in ROLES:
        return None
    return Phrase(Form.NAME, found["name"], "PERSON", clean_role(text[: found.start("name")].strip()))


def _of_country(text: str, owner: str | None, names: Names) -> Phrase | None:
    """Return the organisation in "Germany's Siemens" under its own name, None for anything else."""
    if owner is None or folded(owner) not in COUNTRIES:
        return None
    name = POSSESSIVE.split(text, maxsplit=1)[-1].strip()
    return Phrase(Form.NAME, name, "ORG") if (name, "ORG") in names else None


def _owner(text: str, first: str) -> str | None:
    """Return who owns what a phrase describes: "Clinton" of "Clinton's aides", "his" of "his aides"."""
    possessive = re.search(r"^(.*?)(?:['’]s|(?<=s)['’])\s+(.*)$", text)
    if possessive and PREPOSITIONS & set(possessive.group(1).split()[1:]) - {"of"}:
        return None  # "posts on the company's page"
    if first in POSSESSIVES:
        return first
    return without_article(possessive.group(1)) if possessive and words_of(possessive.group(2)) else None


def _is_name(head: str, names: Names, *, alone: bool) -> bool:
    """Return whether a head is capitalised as names are; `alone` it opens a sentence, which proves nothing."""
    if not (head[:1].isupper() or head.isdigit()):
        return False
    if folded(head) in PEOPLES | CAPITALS or (alone and DOTTED.fullmatch(head)):
        return True
    if not alone or any(head == name for name, _ in names):
        return not (alone and folded(head) in NOUNS)
    return not (folded(head) in NOUNS or (folded(head).endswith("s") and len(head) > 3))


def _with_small_start(described: str, names: Names) -> str:
    """Return a description that opens a sentence as it would stand within one."""
    first = described.split(maxsplit=1)[0]
    owner = without_possessive(first)  # a capital with a possessive is a name: "Verdant's chief executive"
    named = owner != first or any(first in name.split() for name, _ in names)
    proper = f"{folded(first)}s" in PEOPLES or folded(first) in PROPER_ADJECTIVES
    kept = (
        proper
        or folded(first) in HONORIFICS
        or (named and folded(owner) not in ROLES)
        or re.search(r"\w[A-Z]", first)
    )
    return described if kept else described[0].lower() + described[1:]


def _named(content: list[str], names: Names) -> Phrase | None:
    """Read words whose head is capitalised: a role alone, a role and a person, or the name of anything else."""
    start = _run_start(content)
    before, run = content[:start], content[start:]
    if any(folded(word) in PEOPLES and behind in PREPOSITIONS for word, behind in pairwise(run)):
        return None  # "Democrats on Capitol Hill"
    if folded(run[-1] if run else "") in PEOPLES:
        # "nervous Democrats" are not all of them
        return None if before else Phrase(Form.NAME, " ".join(run), "", plural=True)
    roles = [index for index, word in enumerate(run) if folded(word) in ROLES]
    if len(roles) == 1 and PREPOSITIONS & set(run[: roles[0]]) and (" ".join(run), "ORG") in names:
        roles = []  # "Norr Center for Justice"
    if not run or (roles and roles[-1] == len(run) - 1):
        return None  # a role alone: "Prime Minister"
    label = next((label for name, label in names if name == " ".join(run)), None)
    if roles:
        person = after_role(before, run, roles[-1], known=label is not None)
        if person is not None:
            return person
        if roles[-1] == 0 and folded(run[1]) in NAME_CONNECTORS:
            return None  # "Minister of Education": a role
    role = " ".join(before)
    seat = next((number for number, word in enumerate(run) if number and word == "in"), None)
    if seat is not None and folded(" ".join(run[seat + 1 :])) in CAPITALS | COUNTRIES:
        run = run[:seat]  # "the Foreign Office in London"
    if len(run) == 1 and before and before[-1].islower() and folded(before[-1]) in ROLES:
        label = label or "PERSON"
    return Phrase(Form.NAME, " ".join(run), label, clean_role(role) if is_role(role) else None)


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
