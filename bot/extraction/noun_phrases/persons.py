"""A person's name in a noun phrase, with the titles and roles around it."""

import re

from bot.extraction.noun_phrases.phrase import Form, Phrase
from bot.extraction.noun_phrases.spelling import (
    EDGES,
    folded,
    without_article,
    without_possessive,
    words_of,
)
from bot.extraction.wordlists.first_names import gender_of
from bot.extraction.wordlists.lexicon import (
    AUTHORED,
    COMPANY_ENDINGS,
    DOCUMENTS,
    HONORIFICS,
    HONOURS,
    KIN,
    NAME_CONNECTORS,
    ORGANISATIONS,
    PARTIES,
    PREPOSITIONS,
    ROLES,
    TITLES,
)
from bot.extraction.wordlists.person_nouns import PERSON_NOUNS

POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])(?=\s|$)")
INITIALS = re.compile(r"(?<![^\W\d_])(?:[A-ZÀ-Þ]\.\s?){1,3}$")
SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|phd|md|mp|obe|qc|kc)\b", re.IGNORECASE)
BODY = re.compile(r"\s(?:of|for)\s(?:the\s)?[A-Z$\d]")
EXAMPLES = frozenset(("like", "including", "among", "against", "about"))
"""Prepositions of which a role never has one."""
PEERS = frozenset(("lord", "lady", "baroness", "baron", "viscount", "viscountess"))
"""Titles that are part of a name with a place behind it."""
LETTERS = re.compile(r"(?![IVX]+$)[A-Z]{2,4}")
"""What is written behind the names of barristers, officials and the honoured: "KC"."""


def bare_person(name: str) -> tuple[str, str | None]:
    """Return a person's name without titles and roles in front of it, and those, if any.

    What stands before the last title or role noun goes too: "Turkish Prime Minister Ahmet Davutoglu".
    """
    words = name.split()
    if len(words) > 3 and folded(words[0]) in PEERS and words[2] == "of":
        return name, None  # "Lord Rogers of Conwy"
    while len(words) > 2 and words[-1].strip(",.") in HONOURS:
        words.pop()
    cut = 0
    for index, word in enumerate(words[:-1]):
        calling = folded(word) in ROLES or (index == 0 and folded(word) in PERSON_NOUNS)  # "Grocer Bo Marlo"
        if folded(word) in TITLES or (calling and index + 2 < len(words)):
            cut = index + 1
    while cut < len(words) - 1 and folded(words[cut]) in NAME_CONNECTORS and words[cut].islower():
        cut += 1
    if folded(words[cut]) == "of" and cut < len(words) - 2:
        cut += 2  # "Chief Of Staff X", as headlines write it
    return " ".join(words[cut:]), " ".join(words[:cut]) or None


PLACING = frozenset(("off", "near", "outside", "aboard", "beside", "behind"))
"""What stands right before a place, or a name that only tells where."""


def person_named(text: str, name: str) -> Phrase | None:
    """Read a phrase around a person's name: a role before or after it, or None if another noun is the head."""
    at = text.rfind(name)
    initials = INITIALS.search(text[:at])
    if initials:  # "R. Velan Kumar", of whom the name finder saw "Velan Kumar"
        name = initials.group() + name
        at = initials.start()
    before, after = without_article(text[:at].strip()), text[at + len(name) :].strip()
    placed = folded(before.rsplit(maxsplit=1)[-1]) in PLACING if before else False  # "a man lost off Mull"
    if placed or _complement(before) or _of_several(before):
        return None  # "affidavit by the investigator X", "spokesman for X"
    clean, title = bare_person(name)
    if folded(words_of(clean)[-1] if words_of(clean) else "") in ROLES | TITLES:
        return None
    rest = words_of(after)
    following = re.match(r"^[A-Z][\w'’.-]*$", after)
    if following and LETTERS.fullmatch(after):
        after, rest = "", []
    elif following and not POSSESSIVE.match(after) and folded(after) not in ROLES | ORGANISATIONS:
        clean, after, rest = f"{clean} {after}", "", []  # the name finder stopped short
    if rest and POSSESSIVE.sub("", after, count=1).strip() and (POSSESSIVE.match(after) or not _apposition(rest)):
        return None
    if "," in before:  # "the vicar, the Rev", "Orr’s neighbour, retired judge"
        first, last = before.split(",", 1)
        titles = all(folded(word) in TITLES or folded(word) == "the" for word in words_of(last))
        before = first.strip() if titles else without_article(last.strip())
    role = " ".join(part for part in (before, title) if part) or None
    if rest and _apposition(rest) and folded(rest[0]) not in PREPOSITIONS:
        role = without_article(after)
    short = [word for word in words_of(role or "") if folded(word) in HONORIFICS]
    return Phrase(Form.NAME, clean, "PERSON", clean_role(role), short[-1] if short else title)


def _of_several(before: str) -> bool:
    """Return whether a name is the last of several that a noun belongs to: "supporters of Ann Lee and Bo Ray"."""
    words = before.split()
    first = next((number for number, word in enumerate(words) if word in PREPOSITIONS), 0)
    return first > 0 and words[-1] == "and" and folded(words[first - 1]).endswith("s")


def _complement(before: str) -> bool:
    """Return whether a name is part of what belongs to a noun before it, by the words `before` the name."""
    words = [folded(word) for word in words_of(before)]
    last = max((index for index, word in enumerate(words) if word in PREPOSITIONS), default=-1)
    if last < 0:
        return False
    first = next(index for index, word in enumerate(words) if word in PREPOSITIONS)
    head, behind = words[first - 1] if first else "", words[last + 1 :]
    if len(behind) > 1 and head in ORGANISATIONS and behind[-1] in ROLES:
        return False  # "Bank of Norrland president X"
    if len(behind) > 1 and behind[-1] in ROLES and _is_body(before, head):
        return False  # "Fight for $15 director X"
    if len(behind) > 1 and behind[-1] in HONORIFICS and behind[-2] not in ROLES:
        return False  # "Minister for Education Mr X"
    if words[last] in EXAMPLES:
        return True
    return not behind or head not in ROLES or (words[last] != "of" and any(word in ROLES for word in behind))


def _is_body(before: str, head: str) -> bool:
    """Return whether words open with the name of a body that holds a preposition, and whose noun is `head`."""
    noun = head in ROLES | DOCUMENTS | AUTHORED | KIN or head.endswith("s")
    return not noun and before[:1].isupper() and BODY.search(before) is not None


def _apposition(rest: list[str]) -> bool:
    """Return whether the words after a name are said of it ("the army chief of staff"), or are no part of it."""
    first = folded(rest[0])
    if (
        first in ("the", "a", "an", "his", "her", "their", "former", "who", "also", "all", "both")
        or rest[0] in PREPOSITIONS
    ):
        return True
    return first in ROLES and len(rest) > 1 and rest[1] in PREPOSITIONS and not first.endswith("s")


def party_member(owner: str | None, text: str) -> Phrase | None:
    """Read "Labour's Anna Kovacs": a person by name, and the party."""
    name = POSSESSIVE.split(text, maxsplit=1)[-1].split() if owner else []
    capital = 2 <= len(name) <= 3 and all(word[:1].isupper() for word in name)
    plain = capital and not any(folded(word) in ROLES | ORGANISATIONS for word in name)
    if owner is None or not plain or (folded(owner) not in PARTIES and gender_of(name[0]) is None):
        return None
    return Phrase(Form.NAME, " ".join(name), "PERSON", clean_role(owner))


def after_role(before: list[str], run: list[str], last: int, *, known: bool) -> Phrase | None:
    """Read "Turkish Prime Minister Ahmet Davutoglu": a person after the role noun at `last`, or None."""
    role, person = run[: last + 1], run[last + 1 :]
    if SUFFIX.match(person[0]):
        return None  # "Martin Luther King Jr."
    if (
        folded(person[-1]) in ORGANISATIONS | COMPANY_ENDINGS
        or len(person) > 4
        or not all(word[:1].isupper() for word in person)
    ):
        return None
    if known and any(folded(word) in NAME_CONNECTORS and word.islower() for word in role):
        return None
    return Phrase(Form.NAME, " ".join(person), "PERSON", clean_role(" ".join(before + role)), role[-1])


def clean_role(role: str | None) -> str | None:
    """Return a role as it is shown: no honorifics alone, no possessive or article around it."""
    if role is None:
        return None
    words = [word for word in role.split() if folded(word.strip(EDGES)) not in HONORIFICS]
    text = without_possessive(without_article(" ".join(words)).strip(EDGES))
    return text if text and re.search(r"[^\W\d_]{2}", text) else None
