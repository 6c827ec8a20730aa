"""Firms that the name finder took for persons: "Sahyadri" beside Sahyadri Motors, "Corvane Maritime, which".

The text tells: a longer name that begins with the word is a firm's, or what follows the name calls it "which" or
"its".
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.names.entity import Entity
from bot.extraction.noun_phrases.spelling import folded, without_possessive
from bot.extraction.wordlists.first_names import gender_of
from bot.extraction.wordlists.lexicon import COMPANY_ENDINGS, HONORIFICS, ROLES

IT = re.compile(
    r"(?:,\s[^,.;:\n“”\"]{1,80},)?\s(?:said|says|announced|added|insisted|confirmed|denied|warned|argued|claimed|told\s\w+)\s"
    r"(?:in\s(?:a|its)\s(?:\w+\s){0,2}(?:statement|filing|letter|report)\s)?(?:that\s)?its\s|,\swhich\s"
)
"""What stands behind the name of no person."""
FIRMS = COMPANY_ENDINGS | frozenset(
    (
        *("wireless", "telecom", "media", "logistics", "shipping", "maritime", "ferries", "rail", "railways"),
        *("breweries", "oil", "gas", "pharma", "biologics", "cells"),
    )
)
"""Last words of firms' names: nothing that is called after a person, as administrations and campaigns are."""
BEFORE = re.compile(r"(?P<word>[\w’'-]+)\.?\s$")
ORG, PERSON = "ORG", "PERSON"


def with_firms(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Return `entities`, those of firms that were taken for persons as organisations."""
    named = [(entity, without_possessive(text[entity.start : entity.end])) for entity in entities]
    persons = {word for entity, name in named if entity.label == PERSON and " " in name for word in name.split()}
    opening = {
        name.split()[0]
        for entity, name in named
        if entity.label == ORG and " " in name and not _is_given(name) and folded(name.split()[-1]) in FIRMS
    }
    told = Counter(
        name
        for entity, name in named
        if entity.label == PERSON and " " in name and not _is_given(name) and IT.match(text, entity.end)
    )
    found = []
    for entity, name in named:
        if entity.label != PERSON or _is_given(name) or _is_titled(text, entity.start):
            found.append(entity)
            continue
        part = " " not in name and name in opening and name not in persons
        found.append(replace(entity, label=ORG) if part or told[name] else entity)
    return found


def _is_given(name: str) -> bool:
    """Return whether a name opens with one that people are given."""
    return gender_of(name.split(maxsplit=1)[0]) is not None if name.strip() else True


def _is_titled(text: str, start: int) -> bool:
    before = BEFORE.search(text, max(0, start - 30), start)
    return before is not None and folded(before["word"]) in HONORIFICS | ROLES
