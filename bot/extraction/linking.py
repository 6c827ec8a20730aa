"""Which source and which content belong to which cue.

The tagger says which words are cues, sources and content. For each cue the encoder's queries and keys then score
every word nearby as part of its source and of its content. A run of content goes to the cue that scores it
highest, less a penalty for the words between them; a cue takes the source that scores highest in the same way.
"""

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.extraction.annotations import Scores
from bot.extraction.pieces import Pieces
from bot.extraction.tagging import best_labels, log_odds, log_probabilities, spans_of

Floats = NDArray[np.float32]
Words = tuple[int, int]
SOURCE, CUE, CONTENT = range(3)
NEVER = -30.0
NEAR_BUCKETS, FAR_BUCKETS = 8, 16


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """Learned biases: by signed distance (2 × 33, source and content), and one for each of the two."""

    distance: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """How links are decoded; all scores are logits.

    `outside_penalty` is taken off "outside any span" before the best labels are found. A cue looks `reach` pieces
    to either side. `gap_penalty` times log(1 + words between) is taken off each link. A run of content is dropped
    below `minimum_content`, a source below `minimum_source`; a cue then left without source takes the words around
    its best one, if that scores above `minimum_untagged_source`, untagged though they are. A link whose cue score
    plus half its best content score lies below `minimum_score` is left out.
    """

    outside_penalty: float = 0.3
    reach: int = 220
    gap_penalty: float = 2.0
    minimum_content: float = -8.0
    minimum_source: float = -4.0
    minimum_untagged_source: float = 1.0
    minimum_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """One cue with its content and, maybe, its source, as ranges of words, and the scores that led there."""

    source: Words | None
    cue: Words
    content: tuple[Words, ...]
    cue_score: float
    content_score: float
    source_score: float


@dataclass(slots=True)
class _Reach:
    """One cue and the scores, as source and as content, of the words from `low` to `high` around it."""

    cue: Words
    low: int
    high: int
    source: Floats
    content: Floats
    runs: list[Words] = field(default_factory=list)
    run_scores: list[float] = field(default_factory=list)


def distance_bucket(distance: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the row (0 to 32) of a signed distance in pieces: exact below 8, then two to each doubling."""
    size = np.abs(distance)
    far = (NEAR_BUCKETS + np.log2(np.maximum(size, 1) / NEAR_BUCKETS) * 2).astype(np.int64)
    bucket = np.where(size < NEAR_BUCKETS, size, np.minimum(FAR_BUCKETS, far))
    signed: NDArray[np.int64] = np.where(distance < 0, FAR_BUCKETS - bucket, FAR_BUCKETS + bucket)
    return np.clip(signed, 0, 2 * FAR_BUCKETS)


def gap(left: Words, right: Words) -> int:
    """Return the number of words between two ranges, 0 where they touch or overlap."""
    return max(left[0] - right[1], right[0] - left[1], 0)


def links(pieces: Pieces, scores: Scores, weights: LinkWeights, options: LinkOptions) -> list[Link]:
    """Return the links found, in the order of their cues."""
    if not len(pieces):
        return []
    log_tags = log_probabilities(scores.tag)
    probabilities = np.exp(log_tags)
    log_tags[:, 0] -= options.outside_penalty
    tagged: dict[int, list[Words]] = {SOURCE: [], CUE: [], CONTENT: []}
    for span in spans_of(best_labels(log_tags)):
        tagged[span.label].append((span.start, span.end))
    reaches = [_reach(cue, pieces, scores, weights, options) for cue in tagged[CUE]]
    _give_content(tagged[CONTENT], reaches, options)
    source_odds = log_odds(probabilities[:, 1] + probabilities[:, 2])
    cue_odds = log_odds(probabilities[:, 3] + probabilities[:, 4])
    found: list[Link] = []
    for reach in reaches:
        cue_score = float(cue_odds[reach.cue[0] : reach.cue[1]].mean())
        if not reach.runs or cue_score + max(reach.run_scores) / 2 < options.minimum_score:
            continue
        source, score = _best_source(reach, tagged[SOURCE], options)
        if source is None:
            source = _untagged_source(reach, source_odds, options)
        found.append(
            Link(
                source=source,
                cue=reach.cue,
                content=tuple(sorted(reach.runs)),
                cue_score=cue_score,
                content_score=max(reach.run_scores),
                source_score=score,
            )
        )
    return found


def _reach(cue: Words, pieces: Pieces, scores: Scores, weights: LinkWeights, options: LinkOptions) -> _Reach:
    total = len(pieces.ids)
    start = int(pieces.first[cue[0]])
    end = int(pieces.first[cue[1]]) if cue[1] < len(pieces) else total
    low, high = np.searchsorted(pieces.first, (max(0, start - options.reach), min(total, end + options.reach)))
    keys = scores.keys[low:high].astype(np.float32)
    query = scores.queries[cue[0] : cue[1]].astype(np.float32).sum(axis=0) / (end - start)
    width = len(query) // 2
    bucket = distance_bucket(pieces.first[low:high] - start)
    both: list[Floats] = []
    for role, part in enumerate((slice(None, width), slice(width, None))):
        score = (
            keys[:, part] @ query[part] / math.sqrt(width) + weights.distance[role][bucket] + weights.bias[role]
        )
        score[cue[0] - low : cue[1] - low] = NEVER
        both.append(score)
    return _Reach(cue, int(low), int(high), both[0], both[1])


def _give_content(runs: list[Words], reaches: list[_Reach], options: LinkOptions) -> None:
    """Give each run of content to the cue that scores it highest, if any scores it high enough."""
    lows, highs = [reach.low for reach in reaches], [reach.high for reach in reaches]
    for run in runs:
        best: _Reach | None = None
        best_score = options.minimum_content
        # Cues stand in order, so those whose reach overlaps the run stand together.
        for reach in reaches[bisect_right(highs, run[0]) : bisect_left(lows, run[1])]:
            part = reach.content[max(run[0] - reach.low, 0) : run[1] - reach.low]
            score = float(part.mean()) - options.gap_penalty * math.log1p(gap(run, reach.cue))
            if score > best_score:
                best, best_score = reach, score
        if best is not None:
            best.runs.append(run)
            best.run_scores.append(best_score)


def _best_source(reach: _Reach, sources: list[Words], options: LinkOptions) -> tuple[Words | None, float]:
    """Return the tagged source that scores highest, and its score (the minimum where there is none)."""
    best: Words | None = None
    best_score = options.minimum_source
    index = bisect_right(sources, reach.low, key=lambda source: source[1])
    while index < len(sources) and sources[index][0] < reach.high:
        source = sources[index]
        index += 1
        part = reach.source[max(source[0] - reach.low, 0) : source[1] - reach.low]
        score = float(np.logaddexp.reduce(part)) - options.gap_penalty * math.log1p(gap(source, reach.cue))
        if score >= best_score:
            best, best_score = source, score
    return best, best_score


def _untagged_source(reach: _Reach, source_odds: Floats, options: LinkOptions) -> Words | None:
    score = reach.source + 0.5 * source_odds[reach.low : reach.high]
    start = end = int(score.argmax())
    if score[start] <= options.minimum_untagged_source:
        return None
    while start > 0 and score[start - 1] > 0:
        start -= 1
    while end + 1 < len(score) and score[end + 1] > 0:
        end += 1
    return reach.low + start, reach.low + end + 1
