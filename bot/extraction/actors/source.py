"""A source to be resolved: its words, its place, and the sort that decides which rules are tried."""

from dataclasses import dataclass
from enum import Enum

from bot.extraction.actors.ages import years_of
from bot.extraction.actors.description_words import counted
from bot.extraction.actors.known_actors import Member
from bot.extraction.actors.one_of_two import is_one_of_two
from bot.extraction.actors.pronouns import FIRST_PERSON, FIRST_PERSON_PLURAL
from bot.extraction.noun_phrases.phrase import Phrase
from bot.extraction.noun_phrases.spelling import folded
from bot.extraction.wordlists.lexicon import AUTHORED, HEADLESS

ANOTHER = "another"
"""A source that leaves its noun out: "Another said"."""


class Sort(Enum):
    """What a source looks like."""

    NOTHING = "not readable"
    NAME = "Kovacs"
    SHARED_SURNAME = "Kovacs, where two people of the article are called so"
    JOINT = "Kovacs and Ray"
    FIRST_PERSON = "I"
    FIRST_PERSON_PLURAL = "we"
    PRONOUN = "she"
    RELATIVE_PRONOUN = "who"
    ONE = "one"
    ANOTHER = "another"
    SOME_OF_THEM = "two of them"
    DESCRIPTION = "the minister; her aides"
    ONE_OF_TWO = "the latter"
    AGE = "the 34-year-old"
    HEADLINE = "minister, in the headline"
    STATEMENT = "a statement from the ministry"
    OWN_STATEMENT = "the ministry's statement"
    OWNER = "Kovacs of Kovacs's aides"


@dataclass(frozen=True, slots=True)
class Source:
    """The words of a source that start at `position`, as the source of the claim number `claim`.

    `resolved` holds who is meant by the sources that had to be resolved first: the owner of a description, the
    group of "one of them", each part of "Kovacs and Ray".
    """

    sort: Sort
    phrase: Phrase
    position: int
    claim: int
    resolved: tuple[Member | None, ...] = ()

    @property
    def first(self) -> Member | None:
        """Who is meant by the first source that had to be resolved before this one."""
        return self.resolved[0] if self.resolved else None


def sort_of_description(phrase: Phrase) -> Sort:
    """Return the sort of a source that describes somebody."""
    if counted(phrase):
        return Sort.SOME_OF_THEM
    if is_one_of_two(phrase):
        return Sort.ONE_OF_TWO
    if years_of(phrase) is not None:
        return Sort.AGE
    if phrase.head not in AUTHORED:
        return Sort.DESCRIPTION
    return Sort.STATEMENT if phrase.owner is None else Sort.OWN_STATEMENT


def sort_of_pronoun(word: str) -> Sort:
    """Return the sort of a source that is the pronoun `word`."""
    if folded(word) == "one":
        return Sort.ONE
    if folded(word) == ANOTHER:
        return Sort.ANOTHER
    if word in HEADLESS:
        return Sort.RELATIVE_PRONOUN
    if word in FIRST_PERSON:
        return Sort.FIRST_PERSON
    return Sort.FIRST_PERSON_PLURAL if word in FIRST_PERSON_PLURAL else Sort.PRONOUN
