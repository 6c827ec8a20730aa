"""How well words within reach of each other pair up: what links cues with their sources and contents.

The encoder gives a query and a key for each word. Kept for a whole text they would take 1 KB a word; so the
products are formed while it is read, for the words that may be part of a cue alone, and only as far as a cue
reaches. What is kept grows with the number of such words, some 60 bytes a word of news.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.extraction.encoder.word_pieces import Ints, Pieces

Floats = NDArray[np.float32]
REACH = 220
"""Pieces that a cue looks to either side."""
SPAN = 16
"""Pieces that a cue itself may have, for all its words to reach equally far."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Scores of the words in `words` (in order) with those around them, as source and as content.

    `rows` has for each of them an array of 2 × the words from `lows` on.
    """

    words: Ints
    lows: Ints
    rows: Sequence[NDArray[np.float16]]

    def between(self, start: int, end: int, low: int, high: int) -> Floats:
        """Return the sums of the scores of words `start` to `end` with each of `low` to `high`, 0 out of reach."""
        total = np.zeros((2, high - low), np.float32)
        for index in range(*np.searchsorted(self.words, (start, end)).tolist()):
            row, first = self.rows[index], int(self.lows[index])
            a, b = max(first, low), min(first + row.shape[1], high)
            if a < b:
                total[:, a - low : b - low] += row[:, a - first : b - first]
        return total


class PairCollector:
    """Forms the scores of a text from queries and keys as these come, and drops what is out of reach."""

    def __init__(self, pieces: Pieces, reach: int = REACH) -> None:
        self._first = pieces.first
        self._edges = np.append(pieces.first, len(pieces.ids))
        self._reach = reach + SPAN
        self._keys: Floats | None = None
        self._first_key = self._known = 0
        self._waiting: list[tuple[int, int, int, Floats]] = []
        self._done: list[tuple[int, int, NDArray[np.float16]]] = []

    def add(self, keys: Floats, cues: Ints, queries: Floats) -> None:
        """Take the keys of the next words, and the queries of those among them (`cues`) that may be cues.

        Half of each is for sources, half for contents.
        """
        first = self._first
        self._keys = keys if self._keys is None else np.concatenate((self._keys, keys))
        self._known += len(keys)
        ends = self._edges[cues + 1]
        lows = np.searchsorted(first, first[cues] - self._reach).tolist()
        highs = np.searchsorted(first, ends + self._reach).tolist()
        self._waiting += zip(cues.tolist(), lows, highs, queries, strict=True)
        self._form()

    def _form(self) -> None:
        """Form the scores of all words whose whole reach is known, and drop the keys that no other word needs."""
        assert self._keys is not None
        count = 0
        while count < len(self._waiting) and self._waiting[count][2] <= self._known:
            count += 1
        ready, self._waiting = self._waiting[:count], self._waiting[count:]
        if ready:
            low, high = min(row[1] for row in ready), max(row[2] for row in ready)
            width = self._keys.shape[1] // 2
            queries = np.stack([row[3] for row in ready]).reshape(len(ready), 2, width)
            keys = self._keys[low - self._first_key : high - self._first_key].reshape(high - low, 2, width)
            scores = queries.transpose(1, 0, 2) @ keys.transpose(1, 2, 0)
            scores /= np.float32(np.sqrt(width))
            halves = scores.astype(np.float16)
            self._done += [
                (word, start, halves[:, index, start - low : end - low].copy())
                for index, (word, start, end, _) in enumerate(ready)
            ]
        first = self._first
        needed = self._known
        if self._known < len(first):
            needed = int(np.searchsorted(first, first[self._known] - self._reach))
        needed = min([needed, *(row[1] for row in self._waiting)])
        if needed > self._first_key:
            self._keys = self._keys[needed - self._first_key :].copy()
            self._first_key = needed

    def pairs(self) -> Pairs:
        """Return the scores, once all words have been given."""
        return Pairs(
            np.array([word for word, _, _ in self._done], dtype=np.int64),
            np.array([low for _, low, _ in self._done], dtype=np.int64),
            [row for _, _, row in self._done],
        )
