"""Text as the encoder reads it: word pieces with features of case and spacing, aligned to words of the text."""

import re
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bot.extraction.encoder.scraping_seams import seams

Ints = NDArray[np.int64]

LOWER, TITLE, UPPER, MIXED, DIGITS, MARKS = range(6)
"""Classes of case of a piece."""
GLUED, SPACE, NEWLINE, SEAM = range(4)
"""What stands before a piece: nothing, white space, a line break (or the start of the text), a repaired seam."""
GAPS = 4
SPACES = re.compile(r"\s")
PART = 50_000
"""Characters that the tokenizer is given at a time, and what there is up to the next white space."""
NONE = np.zeros(0, dtype=np.int64)
BOUNDARY_FEATURE = 22
"""The feature row of the marks that open and close a window."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text, and its words.

    `ids` and `features` have one entry a piece; `first` (the index of its first piece), `starts` and `ends`
    (character offsets) one a word. Words are in order and do not overlap.
    """

    ids: Ints
    features: Ints
    first: Ints
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.first)


def case_class(piece: str) -> int:
    """Return the class of case of the characters of one piece."""
    if piece.isalpha():
        if piece.islower():
            return LOWER
        if len(piece) > 1 and piece.isupper():
            return UPPER
        return TITLE if piece[0].isupper() and (len(piece) == 1 or piece[1:].islower()) else MIXED
    return DIGITS if piece.isalnum() else MARKS


class PieceReader:
    """Cuts text into pieces with the vocabulary that the encoder was trained with."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self.tokenizer = tokenizer
        vocabulary = tokenizer.get_vocab()
        self._known = vocabulary.__contains__
        self._continuing = np.zeros(max(vocabulary.values(), default=0) + 1, dtype=bool)
        for piece, index in vocabulary.items():
            self._continuing[index] = piece.startswith("##")

    def read(self, text: str) -> Pieces:
        """Return the pieces of `text`, which holds no lone surrogates.

        A long text is read in parts: what the tokenizer says about a piece takes far more memory than is kept.
        """
        cuts = np.array(seams(text, self._known), dtype=np.int64)
        parts: list[tuple[Ints, Ints, Ints, Ints]] = []
        start = 0
        while start < len(text):
            space = SPACES.search(text, start + PART)
            end = space.start() if space else len(text)
            own = cuts[np.searchsorted(cuts, start) : np.searchsorted(cuts, end)] - start
            ids, features, starts, ends = self._read(text[start:end], own.tolist(), opens=not parts)
            parts.append((ids, features, starts + start, ends + start))
            start = end
        if not parts:
            parts = [(NONE, NONE, NONE, NONE)]
        ids, features, starts, ends = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        first, word_starts, word_ends = _words(starts, ends, self._continuing[ids])
        return Pieces(ids, features, first, word_starts, word_ends)

    def _read(self, text: str, cuts: list[int], *, opens: bool) -> tuple[Ints, Ints, Ints, Ints]:
        """Return ids, features, starts and ends of the pieces of a part of a text."""
        opened = " ".join(text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True))
        encoding = self.tokenizer.encode(opened, add_special_tokens=False)
        ids = np.array(encoding.ids, dtype=np.int64)
        offsets = np.fromiter(chain.from_iterable(encoding.offsets), dtype=np.int64).reshape(-1, 2)
        starts, ends = offsets[:, 0], offsets[:, 1]
        if cuts:
            # The n-th space put in stands at cuts[n] + n: whatever lies behind it is n + 1 too far right.
            inserted = np.array(cuts, dtype=np.int64) + np.arange(len(cuts))
            starts = starts - np.searchsorted(inserted, starts)
            ends = ends - np.searchsorted(inserted, ends)
        features = _features(text, starts.tolist(), ends.tolist(), set(cuts), opens=opens)
        return ids, features, starts, ends


def _features(text: str, starts: list[int], ends: list[int], cuts: set[int], *, opens: bool) -> Ints:
    features: list[int] = []
    classes: dict[str, int] = {}
    before = 0
    for start, end in zip(starts, ends, strict=True):
        gap = text[before:start]
        if "\n" in gap:
            spacing = NEWLINE
        elif gap:
            spacing = SPACE
        else:
            spacing = SEAM if start in cuts else GLUED
        piece = text[start:end]
        found = classes.get(piece)
        if found is None:
            found = classes[piece] = case_class(piece) * GAPS
        features.append(found + spacing)
        before = end
    if opens and features:
        features[0] += NEWLINE - features[0] % GAPS
    return np.array(features, dtype=np.int64)


def _words(starts: Ints, ends: Ints, continuing: NDArray[np.bool_]) -> tuple[Ints, Ints, Ints]:
    """Group pieces to words; a piece that shares characters with the word before it belongs to that word."""
    if not len(starts):
        return starts, starts, ends
    reached = np.maximum.accumulate(ends)
    opens = ~continuing
    opens[1:] &= starts[1:] >= reached[:-1]
    opens &= ends > starts
    opens[0] = True
    first = np.nonzero(opens)[0]
    last = np.append(first[1:], len(starts)) - 1
    return first, starts[first], reached[last]
