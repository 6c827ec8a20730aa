"""Nicknames within names: "Piotr “Bear” Malik" and "Robert (Bob) Stahl" are one person's name each."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from bot.extraction.noun_phrases.spelling import folded
from bot.extraction.wordlists.countries import CAPITALS, COUNTRIES
from bot.extraction.wordlists.first_names import gender_of
from bot.extraction.wordlists.lexicon import ORGANISATIONS, PARTIES, ROLES, SMALL_WORDS

_WORD = r"(?:[A-ZÀ-Þ][’'])?[A-ZÀ-Þ][^\W\d_]+(?:[’'-][^\W\d_]+)*"
NICKNAMED = re.compile(
    rf"(?<![\w’'-])(?P<given>{_WORD}(?:\s(?:{_WORD}|[A-Z]\.)){{0,2}})\s"
    rf"(?:[“\"‘'](?P<marked>(?:The\s)?[^\W\d_][\w’'.-]*(?:\s(?:(?:of|the|from|in|de|el|la|and)\s){{0,2}}{_WORD}){{0,2}})[”\"’']|\((?P<bracketed>{_WORD})\))"
    rf"\s(?P<surname>{_WORD}(?:\s(?!(?:Jr|Sr)\b){_WORD})?(?:,?\s(?:Jr|Sr|II|III|IV)\b\.?)?)"
)
WITH_SAID = re.compile(rf"(?<![\w’'-])(?P<given>{_WORD})\sSaid\s(?P<surname>{_WORD})(?=,)")
"""The name Said between two others, which looks like a verb: "Omar Said Nasr, 44,"."""
SUFFIXES = frozenset(("Jr", "Sr", "II", "III", "IV"))
PERSON = "PERSON"
LONGEST = 100
"""Characters of a name."""
IN_BRACKETS = re.compile(r"(?<=\w)\s\([^()]*\)(?=\s\w)")


def without_brackets(name: str) -> str:
    """Return a name without a nickname in brackets: "Robert Stahl" of "Robert (Bob) Stahl"."""
    return IN_BRACKETS.sub("", name)


class _Name(Protocol):
    """A name in a text by its place, with a label."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def label(self) -> str: ...


Name = TypeVar("Name", bound=_Name)


def with_nicknames(text: str, names: Sequence[Name]) -> list[Name]:
    """Return `names` (in order), those around a nickname made one: from the given name to the surname."""
    starts = [name.start for name in names]
    found: list[Name | None] = list(names)
    for pattern in (NICKNAMED, WITH_SAID):
        for match in pattern.finditer(text):
            low = bisect_left(starts, match.start() - LONGEST)
            inside = [
                number
                for number in range(low, bisect_left(starts, match.end()))
                if (name := found[number]) is not None and name.end > match.start()
            ]
            whole = _whole(match, [name for number in inside if (name := found[number]) is not None])
            if whole is not None:
                for number in inside[1:]:
                    found[number] = None
                found[inside[0]] = whole
    return [name for name in found if name is not None]


def _whole(match: re.Match[str], inside: Sequence[Name]) -> Name | None:
    """Return the name that `match` makes of those `inside` it; None if it is no person's."""
    if match.re is WITH_SAID:
        if not any(name.label == PERSON and name.start == match.start() for name in inside):
            return None
        start, end = match.start(), match.end("surname")
    else:
        if not _is_person(match, inside):
            return None
        start = match.start() + _role_words(match["given"])
        surname = match["surname"].split()
        end = max([match.start("surname") + len(surname[0]), *(name.end for name in inside)])
        end = match.end("surname") if surname[-1].strip(".") in SUFFIXES else end
    whole: Name = replace(inside[0], start=start, end=end, label=PERSON)  # type: ignore[type-var]
    return whole


def _is_person(match: re.Match[str], inside: Sequence[_Name]) -> bool:
    """Return whether what looks like a nickname stands in the name of a person, and is no party or place."""
    nickname = folded(match["marked"] or match["bracketed"])
    if nickname in PARTIES | COUNTRIES | CAPITALS | ORGANISATIONS | SMALL_WORDS:
        return False
    given = match["given"].split()[_role_count(match["given"]) :]
    person = any(name.label == PERSON for name in inside) or bool(given and gender_of(given[-1]))
    return bool(inside) and bool(given) and person and match.end("surname") >= max(name.end for name in inside)


def _role_count(given: str) -> int:
    """Return how many words of a role stand before a given name: "Mayor Piotr"."""
    words = given.split()
    return max((number + 1 for number, word in enumerate(words) if folded(word) in ROLES | SMALL_WORDS), default=0)


def _role_words(given: str) -> int:
    words = given.split()[: _role_count(given)]
    return sum(len(word) + 1 for word in words)
