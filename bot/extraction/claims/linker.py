"""Which source and which content belong to which cue.

The tagger says which words are cues, sources and content. For each cue the encoder's pair scores then rate
every word nearby as part of its source and of its content. A run of content goes to the cue that scores it
highest, less a penalty for the words between them; a cue takes the source that scores highest in the same way.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.extraction.encoder.bio_decoding import best_labels, log_odds, log_probabilities, spans_of
from bot.extraction.encoder.doc_state import Scores
from bot.extraction.encoder.pair_scores import REACH
from bot.extraction.encoder.word_pieces import Pieces

Floats = NDArray[np.float32]
Words = tuple[int, int]
TaggedBy = Callable[[Words, Sequence[Words], Sequence[Words]], Words | None]
"""Says which of the cues (second) is the tag of a run of content (first), given the sources (third)."""
PartedAt = Callable[[Words], Sequence[Words]]
"""Says into which parts a run of content falls, where a heading stands before a quotation."""
SOURCE, CUE, CONTENT = range(3)
NEVER = -30.0
NEAR_BUCKETS, FAR_BUCKETS = 8, 16
FARTHEST = 256
"""From here on distances are all one."""


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """Learned biases: by signed distance (2 × 33, source and content), and one for each of the two."""

    distance: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """How links are decoded; all scores are logits.

    `outside_penalty` is taken off "outside any span" before the best labels are found. A cue looks `reach` pieces
    to either side, at most the encoder's `reach`. `gap_penalty` times log(1 + words between) is taken off each
    link. A run of content is dropped below `minimum_content`, a source below `minimum_source`; a cue then left
    without source takes the words around its best one, if that scores above `minimum_untagged_source`, untagged
    though they are. A link whose cue score plus half its best content score lies below `minimum_score` is left
    out.
    """

    outside_penalty: float = 0.3
    reach: int = REACH
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
    """One cue and the words from `low` to `high` around it: what it was given of them, and with what scores.

    `sums` are the sums of the scores as content up to each word, there only while they are needed.
    """

    cue: Words
    low: int
    high: int
    sums: list[float] = field(default_factory=list)
    source: Words | None = None
    source_score: float = 0.0
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


def links(
    pieces: Pieces,
    scores: Scores,
    weights: LinkWeights,
    options: LinkOptions,
    tagged_by: TaggedBy | None = None,
    parted: PartedAt | None = None,
) -> list[Link]:
    """Return the links found, in the order of their cues.

    `parted` says where runs of content fall into parts, which may belong to different cues.
    `tagged_by` says which of the cues, if any, is the tag of a quotation ("“Who?” Reyer asked."): it is its cue.
    """
    if not len(pieces):
        return []
    log_tags = log_probabilities(scores.tag)
    probabilities = np.exp(log_tags)
    source_odds = log_odds(probabilities[:, 1] + probabilities[:, 2])
    cue_odds = log_odds(probabilities[:, 3] + probabilities[:, 4])
    log_tags[:, 0] -= options.outside_penalty
    tagged: dict[int, list[Words]] = {SOURCE: [], CUE: [], CONTENT: []}
    for span in spans_of(best_labels(log_tags)):
        tagged[span.label].append((span.start, span.end))
    if parted is not None:
        tagged[CONTENT] = [part for run in tagged[CONTENT] for part in parted(run)]
    linker = _Linker(pieces, scores, weights, options, tagged[SOURCE], source_odds)
    own = {
        run: cue
        for run in (tagged[CONTENT] if tagged_by else ())
        if tagged_by and (cue := tagged_by(run, tagged[CUE], tagged[SOURCE])) is not None
    }
    found: list[Link] = []
    for reach in linker.given(tagged[CUE], tagged[CONTENT], own):
        cue_score = float(cue_odds[reach.cue[0] : reach.cue[1]].mean())
        if not reach.runs or cue_score + max(reach.run_scores) / 2 < options.minimum_score:
            continue
        found.append(
            Link(
                source=reach.source,
                cue=reach.cue,
                content=tuple(sorted(reach.runs)),
                cue_score=cue_score,
                content_score=max(reach.run_scores),
                source_score=reach.source_score,
            )
        )
    return found


class _Linker:
    """Gives cues their sources and contents, from the start of the text to its end."""

    def __init__(
        self,
        pieces: Pieces,
        scores: Scores,
        weights: LinkWeights,
        options: LinkOptions,
        sources: list[Words],
        source_odds: Floats,
    ) -> None:
        self._first = pieces.first
        self._edges = np.append(pieces.first, len(pieces.ids))
        self._pairs = scores.pairs
        self._options = options
        self._sources = sources
        self._source_odds = source_odds
        buckets = distance_bucket(np.arange(-FARTHEST, FARTHEST + 1))
        self._biases: Floats = weights.distance[:, buckets] + weights.bias[:, None]

    def given(self, cues: list[Words], runs: list[Words], own: Mapping[Words, Words]) -> list[_Reach]:
        """Give each run of content to its `own` cue, or the one that scores it highest, if any does so enough."""
        if not cues:
            return []
        starts, ends = self._edges[np.array(cues)].T
        lows = np.searchsorted(self._first, starts - self._options.reach).tolist()
        highs = np.searchsorted(self._first, ends + self._options.reach).tolist()
        reaches = [_Reach(*row) for row in zip(cues, lows, highs, strict=True)]
        done = 0
        for run in runs:
            best: _Reach | None = None
            best_score = self._options.minimum_content
            # Cues stand in order, so those whose reach overlaps the run stand together.
            first, behind = run
            near = slice(bisect_right(highs, first), bisect_left(lows, behind))
            for reach in reaches[done : near.start]:
                reach.sums = []
            done = near.start
            for reach in reaches[near]:
                if own.get(run, reach.cue) != reach.cue:
                    continue
                if not reach.sums:
                    self._look_around(reach)
                start, end = max(first - reach.low, 0), min(behind, reach.high) - reach.low
                score = (reach.sums[end] - reach.sums[start]) / (end - start)
                # The penalty only takes off: what scores too low without it needs none.
                if score > best_score:
                    score -= self._options.gap_penalty * math.log1p(gap(run, reach.cue))
                if score > best_score:
                    best, best_score = reach, score
            if best is not None:
                best.runs.append(run)
                best.run_scores.append(best_score)
        return reaches

    def _look_around(self, reach: _Reach) -> None:
        """Score the words around a cue, and find its source among them."""
        low, high = reach.low, reach.high
        start, end = self._edges[list(reach.cue)].tolist()
        both = self._pairs.between(*reach.cue, low, high) / np.float32(end - start)
        distances = np.minimum(np.maximum(self._first[low:high] - (start - FARTHEST), 0), 2 * FARTHEST)
        both += self._biases[:, distances]
        both[:, reach.cue[0] - low : reach.cue[1] - low] = NEVER
        reach.sums = [0.0, *both[1].cumsum(dtype=np.float64).tolist()]
        chances = np.exp(both[0], dtype=np.float64).tolist()
        reach.source, reach.source_score = _best_source(reach, chances, self._sources, self._options)
        if reach.source is None:
            score = both[0] + 0.5 * self._source_odds[low:high]
            found = _untagged_source(score, self._options)
            reach.source = (low + found[0], low + found[1]) if found else None


def _best_source(
    reach: _Reach, chances: list[float], sources: list[Words], options: LinkOptions
) -> tuple[Words | None, float]:
    """Return the tagged source that scores highest, and its score (the minimum where there is none).

    `chances` are the exponentials of the scores of the words within reach.
    """
    best: Words | None = None
    best_score = options.minimum_source
    index = bisect_right(sources, reach.low, key=lambda source: source[1])
    while index < len(sources) and sources[index][0] < reach.high:
        source = sources[index]
        index += 1
        part = chances[max(source[0] - reach.low, 0) : source[1] - reach.low]
        score = math.log(sum(part)) - options.gap_penalty * math.log1p(gap(source, reach.cue))
        if score >= best_score:
            best, best_score = source, score
    return best, best_score


def _untagged_source(score: Floats, options: LinkOptions) -> Words | None:
    start = end = int(np.argmax(score))
    if score[start] <= options.minimum_untagged_source:
        return None
    while start > 0 and score[start - 1] > 0:
        start -= 1
    while end + 1 < len(score) and score[end + 1] > 0:
        end += 1
    return start, end + 1
