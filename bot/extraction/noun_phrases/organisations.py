"""How a phrase names what is no person: "the militant group al-Fajr", "the BRS union", "Carmaker Norr & Lark"."""

import re

from bot.extraction.noun_phrases.phrase import Form, Names, Phrase
from bot.extraction.noun_phrases.spelling import folded, without_article, words_of
from bot.extraction.wordlists.countries import COUNTRIES
from bot.extraction.wordlists.lexicon import (
    AUTHORED,
    NAMED_THINGS,
    ORGANISATIONS,
    PLACES,
    PLURAL_PEOPLE,
    PREPOSITIONS,
    ROLES,
)

NOUNS = ROLES | ORGANISATIONS | PLURAL_PEOPLE | AUTHORED | {"reports", "sources"}
NAME_WORD = re.compile(r"[A-ZÀ-Þ0-9]|(?:al|el|an|ash|as)-[A-Z]")
SORT = re.compile(
    r"\s+(?:(?:official|state|state-run|daily|weekly|trade|private|satellite|television|radio|research)\s+)*"
    r"(?:union|newspaper|magazine|news\s+agency|website|broadcaster|network|channel|charity|airline|pressure\s+group)$"
)
"""What an organisation is, right behind its name."""
ACRONYM = re.compile(r"[A-Z]{3,6}")
MANY_OWNERS = re.compile(r"[A-ZÀ-Þ]\w+(?:s['’]|(?:men|People|Children)['’]s)\s[A-ZÀ-Þ]")
SEATED = re.compile(r"\sof\s[A-ZÀ-Þ][\w’'-]*$")
"""Where a firm has its seat, behind its name."""
SORTS_OF_FIRMS = frozenset(("manufacturer", "brokerage", "retailer", "developer", "publisher", "lender", "brewer"))
"""What opens a sentence before the name of a firm."""
MAKER = re.compile(r"(?:[a-z]maker|[a-z]builder|[a-z]seller|[a-z]brewer)$")


def organisation_named(text: str, content: list[str], names: Names) -> Phrase | None:
    """Return the organisation that a phrase names beside a noun for it; `content` has no article."""
    return (
        _introduced(content, names)
        or _owned(text)
        or _sorted(content, names)
        or _opened(content, names)
        or _of_many(text, names)
    )


def _introduced(content: list[str], names: Names) -> Phrase | None:
    """Read a name that a noun for it stands before: "the militant group al-Fajr"."""
    start = len(content)
    while start > 1 and (
        (NAME_WORD.match(content[start - 1]) and (folded(content[start - 1]) not in NOUNS or start < len(content)))
        or _is_within_name(content, start - 1)
    ):
        start -= 1
    if start == len(content) or not content[start - 1].islower() or folded(content[start - 1]) not in NAMED_THINGS:
        return None
    if any(word in PREPOSITIONS for word in content[:start]):
        return None
    name = " ".join(content[start:])
    label = next((label for known, label in names if known == name and label != "PERSON"), "ORG")
    return Phrase(Form.NAME, name, label, " ".join(content[:start]))


def _is_within_name(content: list[str], place: int) -> bool:
    """Return whether a small word joins two of a name: "the aid group Doctors for Access"."""
    return (
        content[place] in ("for", "of", "and", "&")
        and place + 1 < len(content)
        and place > 1
        and all(NAME_WORD.match(content[near]) for near in (place - 1, place + 1))
        and content[place - 2].islower()
        and folded(content[place - 2]) in NAMED_THINGS
    )


def _owned(text: str) -> Phrase | None:
    """Read an organisation's name behind its country: "Saudi Arabia's Civil Defense Authority"."""
    found = re.match(r"(?:the\s+)?([\w\s.]+)['’]s?\s+(.+)$", text, re.IGNORECASE)
    if not found or (folded(found.group(1)) not in COUNTRIES and folded(found.group(1)) not in PLACES):
        return None
    words = words_of(found.group(2))
    capitals = [word for word in words if word[:1].isupper()]
    if len(words) < 2 or not words[0][:1].isupper() or not words[-1][:1].isupper():
        return None
    if not any(folded(word) in ORGANISATIONS for word in capitals) or any(folded(word) in ROLES for word in words):
        return None
    return Phrase(Form.NAME, " ".join(found.group(2).split()), "ORG")


def _of_many(text: str, names: Names) -> Phrase | None:
    """Read a name that has several owners in it: "the National Teachers' Union" is no union of somebody's."""
    name = without_article(text)
    return Phrase(Form.NAME, name, "ORG") if (name, "ORG") in names and MANY_OWNERS.search(name) else None


def _sorted(content: list[str], names: Names) -> Phrase | None:
    """Read a name that a noun for it stands behind: "the BRS union", "the Norrpress news agency"."""
    words = " ".join(content)
    sort = SORT.search(words)
    name = words[: sort.start()] if sort else ""
    if not sort or not (ACRONYM.fullmatch(name) or (name, "ORG") in names):
        return None
    return Phrase(Form.NAME, name, "ORG", sort.group().strip())


def _opened(content: list[str], names: Names) -> Phrase | None:
    """Read a name behind a noun that opens the sentence, and so has a capital: "Carmaker Norr & Lark"."""
    first, name = content[0], SEATED.sub("", " ".join(content[1:]))
    known = any(other in (name, f"{first} {name}") and label != "PERSON" for other, label in names)
    if not known or not (
        folded(first) in SORTS_OF_FIRMS or MAKER.search(first) or folded(first) in NAMED_THINGS - ORGANISATIONS
    ):
        return None
    return Phrase(Form.NAME, name, "ORG", first.lower())
