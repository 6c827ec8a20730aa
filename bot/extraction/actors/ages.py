"""Finds "the 34-year-old": the person to whom the article gives that age, and nobody of another age."""

import re

from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.phrase import Phrase
from bot.extraction.noun_phrases.spelling import without_article
from bot.model.claims import ActorType

OF_AGE = re.compile(r"(?P<years>\d{1,3})-?\s?year-?\s?old\b", re.IGNORECASE)
BEHIND = re.compile(r",?\s(?:\(|aged\s)?(?P<years>\d{1,3})(?=[,.)]|\s(?:who|from|and|of)\b)")
"""The age behind a name: "Jens Holm, 34,"."""
APPOSED = re.compile(r",\s(?:who\s(?:is|was)\s)?an?\s(?:[\w-]+\s){0,2}?(?P<years>\d{1,3})-?year-?old\b")
"""The same in more words: "Jens Holm, a 34-year-old miner"."""
BEFORE = re.compile(r"(?P<years>\d{1,3})-?year-?old(?:\s[\w-]+){0,5}\s$")
"""The age in front: "34-year-old miner Jens Holm"."""
LOOKED_AT, REACH = 6, 80
"""Mentions of somebody that are looked at, and characters before each."""


def years_of(phrase: Phrase) -> str | None:
    """Return the years of "the 34-year-old", if that is all that a description tells; None if not."""
    found = OF_AGE.fullmatch(without_article(phrase.text))
    return found["years"] if found else None


def of_age(state: ArticleState, years: str, position: int, supposed: Member | None) -> Member | None:
    """Return who is `years` old at `position`; None if the article does not tell.

    If somebody without a name was called so old, it is the one who is named after that. `supposed` is who it would
    be, if no age were told of anybody.
    """
    people = [member for member in state.cast.members if member.type is ActorType.PERSON and member.mentions]
    ages = {member: age for member in people if (age := _age_of(state, member)) is not None}
    told = [member for member, age in ages.items() if age == years]
    if told:
        return told[0] if len(told) == 1 else None
    said = OF_AGE.finditer(state.article.text, 0, position)
    first = next((found.start() for found in said if found["years"] == years), None)
    if first is None:
        return supposed if supposed not in ages else None
    later = [member for member in people if first < member.mentions[0] < position and member not in ages]
    return min(later, key=lambda member: member.mentions[0], default=None)


def _age_of(state: ArticleState, member: Member) -> str | None:
    """Return how old the words around the names of `member` say that he or she is."""
    text = state.article.text
    for place in member.mentions[:LOOKED_AT]:
        end = state.name_end(place, member.name)
        found = BEHIND.match(text, end) or APPOSED.match(text, end)
        found = found or BEFORE.search(text, max(0, place - REACH), place)
        if found is not None:
            return found["years"]
    return None
