"""Which story an article belongs to: one pass over the stream, sparse vectors, time decay.

After Miranda et al. 2018 (Multilingual Clustering of Streaming News): a story is the sum of its articles' term
vectors. The cosine between an article and a story, damped by the days between them, decides. Pure.
"""

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.stories import ArticleToGroup, StoryProfile
from bot.text.content_words import content_words, opened_seams

TITLE_WEIGHT = 3.0
"""The weight of a word in the title, relative to the text."""
ACTOR_WEIGHT = 2.0
"""The weight of a word in an actor's name."""
TEXT_READ = 2_500
"""How many characters of the text count: news says in its first paragraphs what it is about."""
NAMES_SHARE = 0.5
"""How much of an article's vector its names are, the rest being all of its words.

Look-alike events differ in names. Evidence: on ECB+ topics 1 to 22 in three orders, B-cubed F1 is 88.0 on average
without, 90.3 with a half and 88.2 with four fifths.
"""
TERMS_KEPT = 120
"""How many words, and how many names, of an article are kept, those with the highest weights."""
PROFILE_TERMS_KEPT = 160
"""How many terms of a story are kept, those with the highest weights."""
THRESHOLD = 0.28
"""The damped similarity from which an article joins a story.

Evidence: between 0.26 and 0.30 B-cubed F1 on ECB+ topics 1 to 22 is within two points of the best. In the sample
newsroom, articles reach at least 0.37 with their own story and at most 0.09 with any other.
"""
DECAY_DAYS = 7.0
"""Standard deviation, in days, of the Gaussian over the time between an article and the newest one of a story.

Evidence: B-cubed F1 of .876 with three days and .909 with seven, on dated articles, with the vectors before names
counted twice; not measured again since.
"""
CANDIDATE_TERMS = 16
"""Stories are looked up by this many of an article's weightiest terms."""
_COMPARED = 20
"""How many stories an article is compared with exactly."""
_PRIOR_STORIES = 60
"""IDF is computed as if this many more stories existed without the term, which tames it while there are few."""
_NAME_MARK = "="
"""What a term that counts as a name begins with."""
_CAPITALISED = re.compile(r"[^\W\d_a-z][\w'’-]*[^\W\d_]")
_SMALL = re.compile(r"\b[a-zß-öø-ÿ][\w'’-]+")


def terms_of(article: ArticleToGroup) -> dict[str, float]:
    """Return the term vector of `article`, of length one: its words, and its names once more, marked as such.

    A word weighs the logarithm of its count in title, opening and actors. Names are the actors' words, the words
    that are mostly capitalised, and numbers.
    """
    opening = article.text[:TEXT_READ]
    actors = " ".join(article.actors[:8])
    counts: defaultdict[str, float] = defaultdict(float)
    for text, weight in ((article.title, TITLE_WEIGHT), (opening, 1.0), (actors, ACTOR_WEIGHT)):
        for word, count in Counter(content_words(text)).items():
            counts[word] += weight * count
    logs = {word: 1.0 + math.log(count) if count >= 1 else count for word, count in counts.items()}
    named = _names_in(f"{article.title}\n{opening}") | frozenset(content_words(actors))
    names = {_NAME_MARK + word: weight for word, weight in logs.items() if word in named or word[0].isdigit()}
    words = _of_length(_weightiest(logs, TERMS_KEPT), 1 - NAMES_SHARE if names else 1.0)
    return words | _of_length(_weightiest(names, TERMS_KEPT), NAMES_SHARE)


def _names_in(text: str) -> frozenset[str]:
    """Return the folded words of `text` that are capitalised more often than not."""
    opened = opened_seams(text)
    capitalised = Counter(word for found in _CAPITALISED.findall(opened) for word in content_words(found))
    small = Counter(word for found in _SMALL.findall(opened) for word in content_words(found))
    return frozenset(word for word, count in capitalised.items() if count > small[word])


def summed(profile: Mapping[str, float], terms: Mapping[str, float]) -> dict[str, float]:
    """Return the terms of a story after an article with `terms` has joined it: only those with the highest
    weights."""
    total = dict(profile)
    for term, weight in terms.items():
        total[term] = total.get(term, 0.0) + weight
    return _weightiest(total, PROFILE_TERMS_KEPT)


@dataclass(slots=True)
class StoryIndex:
    """Stories by their terms, so that an article is compared only with stories that share a word with it."""

    _stories: dict[int, StoryProfile] = field(default_factory=dict)
    _plain_lengths: dict[int, float] = field(default_factory=dict)
    _with_term: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, stories: Iterable[StoryProfile]) -> "StoryIndex":
        """Return an index of `stories`."""
        index = cls()
        for story in stories:
            index.put(story)
        return index

    def put(self, story: StoryProfile) -> None:
        """Add `story`, or replace it if it is known."""
        if (old := self._stories.get(story.story_id)) is not None:
            for term in old.terms:
                self._with_term[term].discard(story.story_id)
        self._stories[story.story_id] = story
        self._plain_lengths[story.story_id] = math.sqrt(sum(w * w for w in story.terms.values())) or 1.0
        for term in story.terms:
            self._with_term[term].add(story.story_id)

    def forget(self, before: datetime) -> None:
        """Drop the stories that had their newest article before a moment."""
        for story_id in [s for s, story in self._stories.items() if story.last_at < before]:
            self.drop(story_id)

    def drop(self, story_id: int) -> None:
        """Drop a story, if it is known."""
        old = self._stories.pop(story_id, None)
        if old is None:
            return
        del self._plain_lengths[story_id]
        for term in old.terms:
            holders = self._with_term[term]
            holders.discard(story_id)
            if not holders:
                del self._with_term[term]

    def joined(self, story_id: int, terms: Mapping[str, float], at: datetime) -> None:
        """Note that an article with `terms`, published `at`, joined or opened the story `story_id`."""
        old = self._stories.get(story_id)
        if old is None:
            self.put(StoryProfile(story_id, dict(terms), 1, at))
        else:
            self.put(StoryProfile(story_id, summed(old.terms, terms), old.size + 1, max(old.last_at, at)))

    def similarities(self, terms: Mapping[str, float], at: datetime) -> dict[int, float]:
        """Return how similar an article with `terms`, published `at`, is to the likeliest stories."""
        rare = {term: self._idf(term) for term in terms}
        length = math.sqrt(sum((weight * rare[term]) ** 2 for term, weight in terms.items()))
        by_weight = sorted(terms, key=lambda term: (-terms[term] * rare[term], term))
        dots: defaultdict[int, float] = defaultdict(float)
        for term in by_weight[:CANDIDATE_TERMS]:
            for story_id in self._with_term.get(term, ()):
                dots[story_id] += terms[term] * rare[term] ** 2 * self._stories[story_id].terms[term]
        # The exact similarity is expensive: only the likeliest stories get it.
        likely = {s: dot / self._plain_lengths[s] * decay(self._stories[s].last_at, at) for s, dot in dots.items()}
        found: dict[int, float] = {}
        for story_id in heapq.nsmallest(_COMPARED, likely, key=lambda s: (-likely[s], s)):
            story = self._stories[story_id]
            dot = sum(weight * rare[term] ** 2 * story.terms.get(term, 0.0) for term, weight in terms.items())
            other = math.sqrt(sum((weight * self._idf(term)) ** 2 for term, weight in story.terms.items()))
            if length and other:
                found[story_id] = dot / (length * other) * decay(story.last_at, at)
        return found

    def assign(self, article: ArticleToGroup, terms: Mapping[str, float]) -> int | None:
        """Return the story that `article` joins, or None if it opens a new one. Of equals, the older wins."""
        best = max(
            self.similarities(terms, article.published_at).items(),
            key=lambda pair: (pair[1], -pair[0]),
            default=None,
        )
        return best[0] if best is not None and best[1] >= THRESHOLD else None

    def _idf(self, term: str) -> float:
        stories = len(self._stories) + _PRIOR_STORIES
        return math.log((stories + 1) / (len(self._with_term.get(term, ())) + 1))


def assign(article: ArticleToGroup, terms: Mapping[str, float], stories: Sequence[StoryProfile]) -> int | None:
    """Return which of `stories` `article` (with `terms`) joins, or None if it opens a new one.

    To assign many articles at once, use a `StoryIndex`.
    """
    return StoryIndex.of(stories).assign(article, terms)


def decay(last_at: datetime, at: datetime) -> float:
    """Return the factor by which the time between two moments damps similarity: 1 for none, 0.6 for three days."""
    days = abs((at - last_at).total_seconds()) / 86_400
    return math.exp(-((days / DECAY_DAYS) ** 2) / 2)


def _weightiest(terms: Mapping[str, float], kept: int) -> dict[str, float]:
    return dict(sorted(terms.items(), key=lambda pair: (-pair[1], pair[0]))[:kept])


def _of_length(terms: Mapping[str, float], square: float) -> dict[str, float]:
    """Return `terms` scaled so that the sum of their squares is `square`."""
    length = math.sqrt(sum(weight * weight for weight in terms.values()) / square) if square else 0.0
    return {term: weight / length for term, weight in terms.items()} if length else {}
