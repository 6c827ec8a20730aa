"""The words and pairs of words in headlines, as topics. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from bot.text.content_words import content_words

Topic = tuple[str, ...]
"""One word or two adjacent ones, in the form in which they are compared."""
SHORTEST = 3
"""Shorter words are seldom topics."""
COVERS = 0.75
"""A word gives way to a pair that has at least this share of its articles: "water levy", not "levy"."""
_TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_BREAK = re.compile(r"[:;,.!?–—|“”\"()]")


class Headlines:
    """Articles by the topics of their headlines, and the spelling of each topic."""

    def __init__(self) -> None:
        self.articles: defaultdict[Topic, set[int]] = defaultdict(set)
        self._written: defaultdict[Topic, Counter[str]] = defaultdict(Counter)

    def add(self, article_id: int, headline: str) -> None:
        """Count a headline; each topic counts once."""
        for topic, written in topics_in(headline):
            self.articles[topic].add(article_id)
            self._written[topic][written] += 1

    def written(self, topic: Topic) -> str:
        """Return a topic as most headlines write it, in lower case if any does."""
        forms = self._written[topic]
        lower = [form for form in forms if form.islower()]
        ((form, _),) = Counter({form: forms[form] for form in lower or forms}).most_common(1)
        return form


def topics_in(headline: str) -> Iterator[tuple[Topic, str]]:
    """Yield the topics of a headline (words, and pairs of adjacent words), each with its spelling there."""
    for part in _BREAK.split(headline):
        words = [(_POSSESSIVE.sub("", token), content_words(token)) for token in _TOKEN.findall(part)]
        telling = [(token, found[0]) if _is_topic(found) else None for token, found in words]
        yield from (((one[1],), one[0]) for one in telling if one)
        for first, second in pairwise(telling):
            if first and second:
                yield (first[1], second[1]), f"{first[0]} {second[0]}"


def without_parts(topics: Iterable[Topic], recent: Mapping[Topic, int], names: Collection[str]) -> list[Topic]:
    """Return topics in their order, without words of `names` and without words already covered by a listed pair.

    `recent` is the number of articles of each topic.
    """
    listed = [topic for topic in topics if not set(topic) & set(names)]
    pairs = [topic for topic in listed if len(topic) > 1]
    return [
        topic
        for topic in listed
        if len(topic) > 1 or not any(topic[0] in pair and recent[pair] >= COVERS * recent[topic] for pair in pairs)
    ]


def _is_topic(found: list[str]) -> bool:
    return len(found) == 1 and len(found[0]) >= SHORTEST and not found[0].isdigit()
