"""The words around a cue that are no part of any claim: where addressee and time of what was said stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from bot.model.claims import Claim, Span

REACH = 200
"""Characters before and after a claim's cue and source that are looked at."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The gaps around a cue, all within its sentence and outside source and content.

    `before` leads to the first of source and cue; `between` are the gaps from there on to the cue, or to and from
    another claim's words. The first of `after` starts where the cue ends.
    """

    before: Span
    between: tuple[Span, ...]
    after: tuple[Span, ...]
    behind: Span
    """What follows the content where that follows the cue in the same sentence; else empty."""


class Edges:
    """Where the words of the claims of a text start and end, for finding what lies between them.

    `seams` are the places where scraping glued two sentences: nothing lies between words on both sides of one.
    """

    def __init__(self, claims: Iterable[Claim], seams: Iterable[int] = ()) -> None:
        spans = [span for claim in claims for span in (*claim.source, *claim.cue, *claim.content)]
        spans += [(seam, seam) for seam in seams]
        self._starts = sorted(start for start, _ in spans)
        self._ends = sorted(end for _, end in spans)

    def next_start(self, position: int, limit: int) -> int:
        """Return where the first span starts at `position` or after, `limit` at the latest."""
        index = bisect_left(self._starts, position)
        return min(self._starts[index], limit) if index < len(self._starts) else limit

    def last_end(self, position: int, limit: int) -> int:
        """Return where the last span ends at `position` or before, `limit` at the earliest."""
        index = bisect_right(self._ends, position)
        return max(self._ends[index - 1], limit) if index else limit


def surroundings(claim: Claim, sentence: Span, edges: Edges) -> Surroundings:
    """Return the gaps around the cue of `claim`, which has one; `sentence` holds it."""
    cue = claim.cue[0]
    source = claim.source[0] if claim.source and _near(claim.source[0], cue, sentence) else cue
    first, last = min(cue, source), max(cue, source)
    low, high = max(sentence[0], first[0] - REACH), min(sentence[1], max(cue[1], last[1]) + REACH)
    before = (min(edges.last_end(first[0], low), first[0]), first[0])
    between = [(first[1], edges.next_start(first[1], high))] if source < cue and first[1] < last[0] else []
    if source < cue and (own := (edges.last_end(cue[0], first[1]), cue[0])) not in between:
        between.append(own)
    after = [(cue[1], edges.next_start(cue[1], max(high, cue[1])))]
    if source > cue and after[0][1] == source[0]:
        after.append((source[1], edges.next_start(source[1], max(high, source[1]))))
    ends = [end for start, end in claim.content if start >= cue[1] and end <= high]
    behind = (ends[-1], edges.next_start(ends[-1], high)) if ends else (cue[1], cue[1])
    return Surroundings(before, tuple(between), tuple(after), behind)


def _near(source: Span, cue: Span, sentence: Span) -> bool:
    within = source[0] >= sentence[0] and source[1] <= sentence[1]
    return within and (source[1] <= cue[0] or source[0] >= cue[1])
