"""Which story an article belongs to: one pass over the stream, sparse vectors, time decay.

After Miranda et al. 2018 (Multilingual Clustering of Streaming News): a story is the sum of its articles' term
vectors. The cosine between an article and a story, damped by the days between them, decides. Pure.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.stories import ArticleToGroup, StoryProfile
from bot.text.content_words import content_words

TITLE_WEIGHT = 3.0
"""The weight of a word in the title, relative to the text."""
ACTOR_WEIGHT = 2.0
"""The weight of a word in an actor's name."""
TEXT_READ = 2_500
"""How many characters of the text count: news says in its first paragraphs what it is about."""
TERMS_KEPT = 120
"""How many terms of an article are kept, those with the highest weights."""
PROFILE_TERMS_KEPT = 300
"""How many terms of a story are kept, those with the highest weights."""
THRESHOLD = 0.22
"""The damped similarity from which an article joins a story.

Evidence: in the sample newsroom, articles reach at least 0.26 with their own story and at most 0.09 with any
other. Unrelated news of one field and day (in an election year, say) mostly stays below 0.2.
"""
DECAY_DAYS = 3.0
"""Standard deviation, in days, of the Gaussian over the time between an article and the newest one of a story."""
_COMPARED = 20
"""How many stories an article is compared with exactly."""
_PRIOR_STORIES = 20
"""IDF is computed as if this many more stories existed without the term, which tames it while there are few."""


def terms_of(article: ArticleToGroup) -> dict[str, float]:
    """Return the term vector of `article`, of length one: logarithmic counts in title, opening and actors."""
    counts: defaultdict[str, float] = defaultdict(float)
    for text, weight in (
        (article.title, TITLE_WEIGHT),
        (article.text[:TEXT_READ], 1.0),
        (" ".join(article.actors[:8]), ACTOR_WEIGHT),
    ):
        for word, count in Counter(content_words(text)).items():
            counts[word] += weight * count
    logs = {word: 1.0 + math.log(count) if count >= 1 else count for word, count in counts.items()}
    return _of_length_one(_weightiest(logs, TERMS_KEPT))


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
        dots: defaultdict[int, float] = defaultdict(float)
        for term, weight in terms.items():
            for story_id in self._with_term.get(term, ()):
                dots[story_id] += weight * rare[term] ** 2 * self._stories[story_id].terms[term]
        # The exact length of a story's vector is expensive: only the likeliest stories get it.
        likely = {s: dot / self._plain_lengths[s] * decay(self._stories[s].last_at, at) for s, dot in dots.items()}
        found: dict[int, float] = {}
        for story_id in sorted(likely, key=lambda s: (-likely[s], s))[:_COMPARED]:
            story = self._stories[story_id]
            other = math.sqrt(sum((weight * self._idf(term)) ** 2 for term, weight in story.terms.items()))
            if length and other:
                found[story_id] = dots[story_id] / (length * other) * decay(story.last_at, at)
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


def _of_length_one(terms: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in terms.values()))
    return {term: weight / length for term, weight in terms.items()} if length else {}
