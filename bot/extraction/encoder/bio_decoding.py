"""From scores of labels to labelled spans: the best sequence in which nothing is inside what never began."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
OUTSIDE = 0


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """Words `start` to `end` (exclusive); `label` counts from 0 in the order of the begin labels."""

    label: int
    start: int
    end: int


def log_probabilities(scores: Scores) -> Scores:
    """Return the logarithms of the softmax of each row."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    normal: Scores = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return normal


def log_odds(probability: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return log(p / (1 − p)), finite at 0 and 1."""
    odds: NDArray[np.float32] = np.log(probability + 1e-6) - np.log(1 - probability + 1e-6)
    return odds


def best_labels(scores: Scores) -> list[int]:
    """Return the label of each word in the sequence with the highest sum of scores.

    Column 0 is outside; columns 2k+1 and 2k+2 begin and continue label k. A word continues a label only right
    after a word that begins or continues the same one. A sequence may start with an inside label.

    Nearly everywhere the best label of each word by itself makes an allowed sequence already. Only stretches where
    it does not are searched; a stretch whose own best would continue what stands before is searched together with
    that, so the whole is the best of all.
    """
    if not len(scores):
        return []
    best = scores.argmax(axis=1)
    inside = (best > 0) & (best % 2 == 0)
    wrong = np.zeros(len(best), dtype=bool)
    wrong[1:] = inside[1:] & (best[:-1] != best[1:]) & (best[:-1] != best[1:] - 1)
    labels: list[int] = best.tolist()
    # A stretch starts at each word that continues nothing, and may be searched by itself.
    starts = [0, *(np.nonzero(~inside[1:])[0] + 1).tolist()]
    ends = [*starts[1:], len(labels)]
    searched = 0
    for index in sorted(set((np.searchsorted(starts, np.nonzero(wrong)[0], side="right") - 1).tolist())):
        if starts[index] < searched:
            continue
        first, last = index, index
        while True:
            found = _searched(scores[starts[first] : ends[last]])
            if not _continues(found[0]) or first == 0:
                break
            first -= 1
        labels[starts[first] : ends[last]] = found
        searched = ends[last]
    return labels


def _continues(label: int) -> bool:
    return label > 0 and label % 2 == 0


def _searched(scores: Scores) -> list[int]:
    """Return the best labels (Viterbi)."""
    rows: list[list[float]] = scores.tolist()
    insides = range(2, scores.shape[1], 2)
    best = rows[0]
    back: list[list[int]] = []
    for row in rows[1:]:
        top = max(best)
        origin = best.index(top)
        current = [top + score for score in row]
        origins = [origin] * len(row)
        for inside in insides:
            previous = inside if best[inside] > best[inside - 1] else inside - 1
            current[inside] = best[previous] + row[inside]
            origins[inside] = previous
        back.append(origins)
        best = current
    label = best.index(max(best))
    labels = [label]
    for origins in reversed(back):
        label = origins[label]
        labels.append(label)
    labels.reverse()
    return labels


def spans_of(labels: list[int]) -> list[LabelledSpan]:
    """Return the spans that `labels` spell, in order."""
    spans: list[LabelledSpan] = []
    position = 0
    length = len(labels)
    while position < length:
        label = labels[position]
        start = position
        position += 1
        if label == OUTSIDE:
            continue
        inside = label + label % 2
        while position < length and labels[position] == inside:
            position += 1
        spans.append(LabelledSpan(inside // 2 - 1, start, position))
    return spans
