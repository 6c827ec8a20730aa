"""Decides which of the likeliest stories an article belongs to: sparse vectors, time, learned weights. Pure.

After Miranda et al. 2018 (Multilingual Clustering of Streaming News): a story is the sum of its articles' term
vectors, and a linear function of its likeness to an article, with learned weights, decides.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from bot.stories.index import Likeness


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights that decide whether an article belongs to a story, in log-odds."""

    words: float
    """Weight of the cosine of words; `names` and `numbers` are the same for these."""
    names: float
    numbers: float
    lead: float
    """Weight of the share of the lead's names that the story has."""
    length: float
    """Weight of each e-fold of the article's words: long texts share words by chance, teasers hardly any."""
    size: float
    """Weight of each e-fold of the story's articles: many articles together have many words."""
    strangers: float = 0.0
    """Weight if the story has hardly any of the lead's names: look-alikes share words."""
    bias: float = 0.0


FULL = Weights(words=5.18, names=6.43, numbers=3.38, lead=1.68, length=-0.74, size=-0.59)
"""The weights for articles with a text.

These weights and those below are a logistic regression on the candidates of ECB+ topics 1 to 22 in three orders
and spread over weeks, of gold/stories/dated.jsonl, of Wikinews of 2019 and 2020 and of the sample newsroom
(docs/decisions/stories-in-one-pass.md).
"""
SHORT = Weights(
    words=12.44, names=4.95, numbers=2.93, lead=4.38, length=-0.60, size=-0.40, strangers=-3.0, bias=-1.90
)
"""The weights for headlines and teasers, which share few words, and hardly a name by chance.

Found by a random search for B-cubed F1 on gold/stories/dated.jsonl and on ECB+ topics 1 to 22 cut to 160
characters; `strangers` was added so that look-alikes of a sentence stay apart. On the same cut to 100 characters,
not used for that, F1 rises from 83.8 to 85.4.
"""
STRANGERS_BELOW = 0.25
"""A story with a smaller share of the lead's names has hardly any of them."""
SHORT_UP_TO, FULL_FROM = 16, 28
"""Articles with at most the first number of different words are short, those with at least the second have a text.
Weights in between are mixed.
"""
DECAY = 4.03
"""Weight if an article appears at the same moment as the newest one of the story."""
DECAY_DAYS = 7.0
"""Standard deviation, in days, of the Gaussian over the time between an article and the newest one of a story."""
LASTS_DAYS = 14.0
"""How many days after its newest article a story accepts no further ones."""
JOINS = 5.32
"""The score from which an article joins a story.

Evidence: 0.3 below the result of the regression. B-cubed F1 on ECB+ topics 1 to 22 and on dated articles changes
by less than a point up to 0.1 either way.
"""
JOINS_AGAIN = 4.8
"""The same for an article with a text that is placed again, once the others of its pass are known.

Look-alikes have stories of their own by then, so a lower score is enough. Evidence: B-cubed F1 on ECB+ topics 1 to
22 is 91.3 with it, 90.7 with `JOINS`, and 91.5 with 4.52, which costs 1.4 points on articles spread over weeks.
"""
ABSORBS = 0.8
"""By how much the score must exceed that for joining for a second story to be absorbed by the one joined."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where an article belongs: a story, or None for a new one; and a second one that turns out to be the same."""

    story_id: int | None
    also: int | None = None


def chosen(likely: Iterable[Likeness], words: int, *, again: bool = False) -> Placing:
    """Return which of the `likely` stories an article of `words` belongs to; the older of equally likely ones.

    If the article is just as clearly about a second story, the two are one, provided that one of them has a single
    article: it was too short, or too early, to be recognised. `again` says that the article was placed before.
    """
    joins = JOINS + (JOINS_AGAIN - JOINS) * (1.0 - _shortness(words)) * again
    likeliest = sorted(
        ((score(found, words), found) for found in likely if found.days <= LASTS_DAYS),
        key=lambda pair: (-pair[0], pair[1].story_id),
    )
    if not likeliest or likeliest[0][0] < joins:
        return Placing(None)
    best = likeliest[0][1]
    for worth, other in likeliest[1:]:
        if worth >= joins + ABSORBS and min(best.size, other.size) == 1:
            return Placing(best.story_id, other.story_id)
    return Placing(best.story_id)


def score(likeness: Likeness, words: int) -> float:
    """Return how likely it is (log-odds, up to a constant) that an article of `words` belongs to a story."""
    worth = DECAY * decay(likeness.days)
    short = _shortness(words)
    for share, weights in ((short, SHORT), (1.0 - short, FULL)):
        if not share:
            continue
        worth += share * (
            weights.words * likeness.words
            + weights.names * likeness.names
            + weights.numbers * likeness.numbers
            + weights.lead * likeness.lead
            + weights.length * math.log(max(words, 1))
            + weights.size * math.log(max(likeness.size, 1))
            + weights.strangers * (likeness.lead < STRANGERS_BELOW)
            + weights.bias
        )
    return worth


def _shortness(words: int) -> float:
    """Return how far an article of so many words is treated as a teaser: 1 for a teaser, 0 for a text."""
    if words <= SHORT_UP_TO:
        return 1.0
    return max(0.0, math.log(FULL_FROM / words) / math.log(FULL_FROM / SHORT_UP_TO))


def decay(days: float) -> float:
    """Return the factor by which a number of days reduces likeness: 1 for none, 0.6 for seven."""
    return math.exp(-((days / DECAY_DAYS) ** 2) / 2)
