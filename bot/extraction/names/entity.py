"""A name that the name finder saw, and what is only around it."""

from dataclasses import dataclass

from bot.extraction.noun_phrases.spelling import trimmed, without_article, without_possessive

PERSON, ORG, LOC = "PERSON", "ORG", "LOC"


@dataclass(frozen=True, slots=True)
class Entity:
    """A name that the name finder saw, by its place in the article: PERSON, ORG or LOC."""

    start: int
    end: int
    label: str


def name_of(words: str) -> str:
    """Return a name without article, possessive ending and punctuation around it."""
    return without_article(without_possessive(trimmed(words)))
