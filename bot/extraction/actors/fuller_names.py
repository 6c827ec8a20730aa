"""People's names made whole by what else the article has: "Rosa and Emil Kranz", "Blue, born Anna Petrovic"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.extraction.actors.gathered_cast import PERSON, Named
from bot.extraction.noun_phrases.spelling import folded
from bot.extraction.wordlists.first_names import gender_of, gender_of_full_name
from bot.extraction.wordlists.lexicon import KIN

BORN = re.compile(
    r",?\s\(?(?:who\swas\s)?(?:born|née|real\sname|also\sknown\sas|whose\s(?:real|legal|birth|given)\sname\s(?:is|was))\s"
)
"""What stands between the name that somebody goes by and another one."""
FAMILY = re.compile(
    rf"\b(?:{'|'.join(sorted(KIN))}|couple|married|twins|siblings|brothers|sisters|parents|newlyweds)\b",
    re.IGNORECASE,
)
"""Words that tell of a family: without them, "Ryan and Ted Cruz" may be a Ryan of another one."""


def fuller_names(text: str, names: Sequence[Named]) -> list[Named]:
    """Return `names`, by position, with those of one word made whole where `text` tells the other half."""
    surnames = {folded(word) for named in names if named.label == PERSON for word in named.name.split()[1:]}
    found = list(names)
    family = FAMILY.search(text) is not None
    given: dict[str, str | None] = {}
    for number, named in enumerate(names):
        if named.label != PERSON or " " in named.name or folded(named.name) in surnames:
            continue
        if family and number + 1 < len(names) and (surname := _of_relative(text, named, names[number + 1])):
            found[number] = replace(named, name=f"{named.name} {surname}")
            continue
        if named.name not in given:
            given[named.name] = _given_name(text, named.name)
        if given[named.name]:
            found[number] = replace(named, name=f"{given[named.name]} {named.name}")
    return found


def other_names(text: str, names: Sequence[Named]) -> dict[str, str]:
    """Return whose other name each name is: "Anna Petrovic" is "Mira Blue, born Anna Petrovic"."""
    found: dict[str, str] = {}
    for first, second in pairwise(names):
        people = first.label == second.label == PERSON and " " in second.name
        if people and BORN.fullmatch(text, first.position + len(first.name), second.position):
            found[second.name] = first.name
    return found


def _of_relative(text: str, named: Named, following: Named) -> str | None:
    """Return the surname shared with the next name: "Kranz" for the Rosa of "Rosa and Emil Kranz"."""
    words = following.name.split()
    if following.label != PERSON or len(words) < 2 or named.title:
        return None
    beside = text[named.position : following.position] == f"{named.name} and "
    surname = _surname(words)
    return surname if beside and gender_of_full_name(f"{named.name} {surname}") else None


def _surname(words: Sequence[str]) -> str:
    """Return the surname at the end of a name: "van der Berg" of "Emil van der Berg"."""
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return " ".join(words[start:])


def _given_name(text: str, surname: str) -> str | None:
    """Return the one given name that stands before `surname`, as in the name of a programme; None for several."""
    if f" {surname}" not in text or gender_of(surname) is not None:
        return None
    before = {found[1] for found in re.finditer(rf"([A-ZÀ-Þ][\w’-]+)\s{re.escape(surname)}\b", text)}
    known = {word for word in before if gender_of_full_name(f"{word} {surname}") is not None}
    return known.pop() if len(known) == 1 else None
