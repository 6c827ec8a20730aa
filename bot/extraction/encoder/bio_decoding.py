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

    Nearly everywhere the best label of each word by itself makes an allowed sequence already, and only stretches
    where it does not are searched. They are searched from the right to the left (Viterbi), so that a stretch whose
    best sequence would continue what stands before it is extended and not searched anew: time is linear.
    """
    if not len(scores):
        return []
    best = scores.argmax(axis=1)
    inside = (best > 0) & (best % 2 == 0)
    wrong = np.zeros(len(best), dtype=bool)
    wrong[1:] = inside[1:] & (best[:-1] != best[1:]) & (best[:-1] != best[1:] - 1)
    labels: list[int] = best.tolist()
    # A stretch starts at each word that continues nothing, and ends where the next one starts.
    starts = [0, *(np.nonzero(~inside[1:])[0] + 1).tolist()]
    ends = [*starts[1:], len(labels)]
    done = len(starts)
    for index in np.unique(np.searchsorted(starts, np.nonzero(wrong)[0], side="right") - 1)[::-1].tolist():
        if index >= done:
            continue
        search = _Search(scores.shape[1])
        done = index + 1
        while done == index + 1 or (done and search.continues()):
            done -= 1
            search.extend(scores[starts[done] : ends[done]])
        labels[starts[done] : ends[index]] = search.labels()
    return labels


class _Search:
    """The search for the best sequence over words that are given from the last to the first."""

    def __init__(self, labels: int) -> None:
        self._best: list[float] = []
        """For each label of the first word so far, the highest sum of a sequence that starts with it."""
        self._next: list[list[int]] = []
        """For each word but the last, from the right, the best label after each of its own."""
        self._free = [label for label in range(labels) if not _continues(label)]

    def extend(self, scores: Scores) -> None:
        """Take the words before those that were given."""
        free = self._free
        for row in reversed(scores.tolist()):
            best = self._best
            if not best:
                self._best = row
                continue
            start = max(free, key=best.__getitem__)
            follow = [start] * len(row)
            for begin in free[1:]:
                if best[begin + 1] > best[start]:
                    follow[begin] = follow[begin + 1] = begin + 1
            self._best = [score + best[after] for score, after in zip(row, follow, strict=True)]
            self._next.append(follow)

    def continues(self) -> bool:
        """Return whether the best sequence would continue what stands before the words."""
        return _continues(self._best.index(max(self._best)))

    def labels(self) -> list[int]:
        """Return the best sequence."""
        labels = [self._best.index(max(self._best))]
        for follow in reversed(self._next):
            labels.append(follow[labels[-1]])
        return labels


def _continues(label: int) -> bool:
    return label > 0 and label % 2 == 0


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
