"""The rough topic of a story, for the colour at its edge. Pure.

A topic is recognised by words in headlines and claims that hardly occur elsewhere. A story without such words has
no topic and the neutral colour: a wrong colour would mislead, a neutral one does not.
"""

import re
from collections import Counter
from enum import StrEnum
from functools import lru_cache

from bot.model.digests import DigestStory

LEAST = 2
"""How many words of a topic a story needs. Words in a headline count twice."""


class Topic(StrEnum):
    """The topics."""

    DISASTERS = "disasters"
    CONFLICT = "conflict"
    POLITICS = "politics"
    JUSTICE = "justice"
    BUSINESS = "business"
    SCIENCE = "science and environment"
    HEALTH = "health"
    SPORT = "sport"
    CULTURE = "culture"


_WORDS = {
    Topic.DISASTERS: (
        r"earthquake cyclone hurricane typhoon flood flooding wildfire landslide tsunami storm drought "
        r"volcano evacuat\w+ rescuers? collapsed? derail\w+ crash explosion"
    ),
    Topic.CONFLICT: (
        r"war troops army soldiers? militar\w+ airstrikes? missiles? rebels? ceasefire invasion drones? "
        r"shelling militants? hostages?"
    ),
    Topic.POLITICS: (
        r"parliament minister president senat\w+ elections? voters? ballot cabinet coalition government "
        r"congress lawmakers? campaign mayor governor treaty sanctions? diplomat\w*"
    ),
    Topic.JUSTICE: (
        r"court judge trial jury prosecutors? verdict sentenced lawyers? lawsuit police arrested charged "
        r"murder fraud guilty inquiry tribunal"
    ),
    Topic.BUSINESS: (
        r"shares? profits? bank inflation economy market investors? merger takeover shareholders? revenue "
        r"layoffs tariffs? prices? wages? unions? strike company"
    ),
    Topic.SCIENCE: (
        r"scientists? researchers? study species climate emissions? satellite telescope spacecraft orbit "
        r"wildlife fossil\w* laboratory conservation"
    ),
    Topic.HEALTH: (
        r"hospitals? patients? vaccines? virus outbreak disease doctors? nurses? surgery cancer epidemic "
        r"medicines? clinic"
    ),
    Topic.SPORT: (
        r"match coach league championship tournament olympic\w* goals? striker season medal cricket "
        r"football tennis team"
    ),
    Topic.CULTURE: (
        r"film museum novel album concert theatre orchestra festival exhibition actor singer director "
        r"author"
    ),
}
STORIES_KEPT = 1_000
"""How many stories' topics are cached."""
_TOPICS = {
    topic: re.compile(rf"\b(?:{'|'.join(words.split())})\b", re.IGNORECASE) for topic, words in _WORDS.items()
}


@lru_cache(maxsize=STORIES_KEPT)  # servers with the same feeds get the same stories
def topic_of(story: DigestStory) -> Topic | None:
    """Return the topic of a story, or None if it is not clear."""
    titles = " ".join(article.title for article in (story.lead, *story.others))
    claims = " ".join(merged.claim.content for merged in story.claims)
    counts: Counter[Topic] = Counter()
    for topic, words in _TOPICS.items():
        in_titles = {found.lower() for found in words.findall(titles)}
        counts[topic] = 2 * len(in_titles) + len({found.lower() for found in words.findall(claims)} - in_titles)
    (first, most), (_, second) = counts.most_common(2)
    return first if most >= LEAST and most > second else None
