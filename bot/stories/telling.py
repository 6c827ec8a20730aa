"""How to present a story: its best headline, its lead, and its course by days. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby

from bot.text.clipping import clip
from bot.text.content_words import content_words

LEAD_LENGTH = 300
"""The greatest length of a lead, in characters."""
FEWEST_WORDS, MOST_WORDS = 4, 16
"""A headline with fewer words says too little, and one with more is a sentence."""
_KICKER = re.compile(
    r"^(?:live|breaking|opinion|comment|analysis|explainer|watch|video|quiz|in pictures)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?][”\"’')]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Told:
    """An article as part of a presented story."""

    article_id: int
    title: str
    text: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """What appeared on one day: the article with the best headline, and all articles, oldest first."""

    day: date
    headline: Told
    articles: tuple[Told, ...]


def best_headline(articles: Sequence[Told], terms: Mapping[str, float]) -> Told:
    """Return the article whose headline best says what a story with `terms` is about; the oldest of equals.

    It has the story's weightiest words, is a statement of usual length, and is no live blog or comment. Raises
    ValueError if there are no articles.
    """
    return max(articles, key=lambda article: (_worth(article.title, terms), -article.published_at.timestamp()))


def lead_of(article: Told) -> str:
    """Return the first sentences of an article, up to about 300 characters."""
    text = " ".join(article.text.split())
    if len(text) <= LEAD_LENGTH:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text[: LEAD_LENGTH + 1])]
    whole = [end for end in ends if end >= LEAD_LENGTH // 4]
    return text[: whole[-1]] if whole else clip(text, LEAD_LENGTH)


def course_of(articles: Sequence[Told], terms: Mapping[str, float], zone: tzinfo) -> tuple[Day, ...]:
    """Return what appeared on each day in `zone`, the first day first."""
    ordered = sorted(articles, key=lambda article: (article.published_at, article.article_id))
    days = groupby(ordered, key=lambda article: article.published_at.astimezone(zone).date())
    found = ((day, tuple(members)) for day, members in days)
    return tuple(Day(day, best_headline(members, terms), members) for day, members in found)


def _worth(title: str, terms: Mapping[str, float]) -> float:
    words = set(content_words(title))
    heaviest = max(terms.values(), default=0.0) or 1.0
    said: float = sum(terms.get(word, 0.0) for word in words) / heaviest / max(len(words), 4) ** 0.5
    count = len(title.split())
    said -= 0.5 * (title.rstrip(" ”\"'").endswith("?") or bool(_KICKER.match(title)))
    said -= 0.3 * (count < FEWEST_WORDS or count > MOST_WORDS or title.isupper())
    return said
