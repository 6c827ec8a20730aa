"""What is in more stories now than usual: a test for small counts. Pure.

Of the stories with an actor or a word, some are recent and some are from before. If nothing had changed, each
would be recent with the same probability as any other story. Whether there are too many recent ones is decided by
the conditional test of two Poisson rates (Przyborowski and Wilenski, Biometrika 31, 1940), which is exact for any
counts. As many subjects are tested at once, the share of wrong ones among those found is kept at 5 percent
(Benjamini and Hochberg, J. R. Stat. Soc. B 57, 1995). Trends are ordered by the smallest plausible factor, the
lower end of the exact interval (Clopper and Pearson, Biometrika 26, 1934): one more story about something rare
does not come first.

The test assumes that the counted things are independent. Articles on one event are not, so stories are counted.
Stories may still be connected in ways that nobody sees, so the result is an order in which to look at things, not
a proof.
"""

from collections.abc import Iterable, Mapping
from math import exp, lgamma, log
from typing import TypeVar

Key = TypeVar("Key")
FALSE_SHARE = 0.05
"""The share of wrong trends among those found."""
CONFIDENCE = 0.95
FEWEST = 3
"""With fewer recent stories, nothing is a trend."""
AT_LEAST = 1.5
"""By which factor a trend has at least risen: less is not worth telling."""
_STEPS = 50


def surprise(recent: int, before: int, share: float) -> float:
    """Return the probability of at least `recent` recent stories out of `recent + before`, if nothing had changed.

    `share` is the share of recent ones among all stories.
    """
    total = recent + before
    if recent <= 0 or share >= 1:
        return 1.0
    if share <= 0:
        return 0.0
    return min(1.0, sum(_binomial(total, k, share) for k in range(recent, total + 1)))


def times_at_least(recent: int, before: int, recent_all: int, before_all: int) -> float:
    """Return by which factor it has at least become more frequent, with `CONFIDENCE`. 0 if nothing is known."""
    if recent <= 0 or not recent_all or not before_all:
        return 0.0
    low, high = 0.0, recent / (recent + before)
    for _ in range(_STEPS):  # the share at which so many would be only just too surprising
        middle = (low + high) / 2
        if surprise(recent, before, middle) < 1 - CONFIDENCE:
            low = middle
        else:
            high = middle
    return low / (1 - low) * before_all / recent_all


def rising(counts: Mapping[Key, tuple[int, int]], recent_all: int, before_all: int) -> list[tuple[Key, float]]:
    """Return what is in more stories than usual, with the least factor, the largest first.

    `counts` are the recent and the earlier stories of each subject.
    """
    if not recent_all or not before_all:
        return []
    share = recent_all / (recent_all + before_all)
    tested = {key: surprise(*pair, share) for key, pair in counts.items() if pair[0] >= FEWEST}
    found = [(key, times_at_least(*counts[key], recent_all, before_all)) for key in _discoveries(tested)]
    # a stable order for equal factors: more stories first
    found = [(key, times) for key, times in found if times >= AT_LEAST]
    return sorted(found, key=lambda one: (-one[1], -counts[one[0]][0], str(one[0])))


def _discoveries(surprises: Mapping[Key, float]) -> Iterable[Key]:
    """Return those that are surprising even though so many were tested (Benjamini and Hochberg)."""
    ordered = sorted(surprises, key=lambda key: surprises[key])
    passed = [
        place for place, key in enumerate(ordered, 1) if surprises[key] <= FALSE_SHARE * place / len(ordered)
    ]
    return ordered[: max(passed, default=0)]


def _binomial(total: int, k: int, share: float) -> float:
    ways = lgamma(total + 1) - lgamma(k + 1) - lgamma(total - k + 1)
    return exp(ways + k * log(share) + (total - k) * (log(1 - share) if share < 1 else 0.0))
