"""What sort of actor a name or a description means: person, organisation, country, group, document."""

from bot.extraction.noun_phrases.phrase import Phrase
from bot.extraction.noun_phrases.spelling import folded, words_of
from bot.extraction.wordlists.countries import CAPITALS, COUNTRIES
from bot.extraction.wordlists.first_names import gender_of_full_name
from bot.extraction.wordlists.institutions_by_place import OTHER_NAMES
from bot.extraction.wordlists.lexicon import (
    AUTHORED,
    DOCUMENTS,
    FEMALE_ROLES,
    FEMALE_TITLES,
    MALE_ROLES,
    MALE_TITLES,
    OFFICIALS,
    ORGANISATIONS,
    PEOPLES,
    PLACES,
    PLURAL_PEOPLE,
    PREPOSITIONS,
)
from bot.model.claims import ActorType

GROUP_ENDINGS = ("ans", "ats", "ists", "ese")
HELD_BY_WOMEN = frozenset(("spokesman", "chairman", "congressman", "councilman", "alderman", "ombudsman"))
"""Offices with one name for all holders: a clear first name says more."""


def gender_of_person(name: str, title: str | None, role: str | None, *, by_name: bool = True) -> str | None:
    """Return "m" or "f" from a title, a role noun, or (if `by_name`) the first name, in this order.

    "Spokesman" and the like tell a gender only if the name does not.
    """
    words = [folded(word) for word in words_of(f"{title or ''} {_own_words(role)}")]
    for word in words:
        if word in (MALE_TITLES | MALE_ROLES) - HELD_BY_WOMEN:
            return "m"
        if word in FEMALE_TITLES | FEMALE_ROLES:
            return "f"
    named = gender_of_full_name(name) if by_name and len(name.split()) > 1 else None
    return named or ("m" if by_name and HELD_BY_WOMEN.intersection(words) else None)


def _own_words(role: str | None) -> str:
    """Return a role without what it is of: nobody is a woman for being "strategist for Mrs Voss"."""
    found = role.split() if role else []
    end = next((number for number, word in enumerate(found) if number and word in PREPOSITIONS), len(found))
    return " ".join(found[:end])


def type_of_name(name: str, label: str | None) -> ActorType:
    """Return the type of a name that is no person's."""
    words = [folded(word) for word in words_of(name)]
    if folded(name) in OTHER_NAMES:
        return ActorType.ORG
    if folded(name) in COUNTRIES or folded(name) in CAPITALS:
        return ActorType.GPE
    if (
        words
        and (words[-1] in PEOPLES or (len(words) == 1 and words[0].endswith(GROUP_ENDINGS)))
        and not name.isupper()
    ):
        return ActorType.GROUP
    if label == "LOC" and not any(word in ORGANISATIONS for word in words):
        return ActorType.GPE
    if words and words[-1] in DOCUMENTS and len(words) > 1 and label is None:
        return ActorType.DOCUMENT
    return ActorType.ORG


def type_of_description(phrase: Phrase) -> ActorType:
    """Return the type of actor that a description means. Several with one spokesman are unnamed sources."""
    if phrase.head in DOCUMENTS or phrase.head in AUTHORED:
        return ActorType.DOCUMENT
    if phrase.head in OFFICIALS:
        return ActorType.UNNAMED
    if phrase.head in ORGANISATIONS and (not phrase.plural or phrase.head == "police"):
        return ActorType.ORG
    if phrase.head in PLACES:
        return ActorType.GPE
    return ActorType.GROUP if phrase.plural or phrase.head in PLURAL_PEOPLE else ActorType.UNNAMED
