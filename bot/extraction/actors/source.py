"""A source to be resolved: its words, its place, and the sort that decides which rules are tried."""

from dataclasses import dataclass
from enum import Enum

from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.phrase import Phrase


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
