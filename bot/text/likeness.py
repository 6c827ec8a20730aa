"""How alike words are. rapidfuzz, which takes 3 MB, is loaded only when somebody asks."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcode

# ruff: noqa: PLC0415 - see above


def ratio_of(first: str, second: str) -> float:
    """Return how alike two texts are, from 0 to 100: by the letters that they share in the same order."""
    from rapidfuzz import fuzz

    return fuzz.ratio(first, second)


def most_alike(word: str, words: Mapping[str, str], *, at_least: float, limit: int) -> list[str]:
    """Return the keys of the texts that are alike by `ratio_of`, the most alike first."""
    from rapidfuzz import fuzz, process

    near = process.extract(word, words, scorer=fuzz.ratio, score_cutoff=at_least, limit=limit)
    return [key for _, _, key in near]


def nearest(word: str, words: Collection[str], *, at_least: float) -> str | None:
    """Return the word that is most alike, by the better of several ratios, or None if none is alike enough."""
    from rapidfuzz import process

    found = process.extractOne(word, list(words), score_cutoff=at_least)
    return None if found is None else found[0]


def within_errors(word: str, words: Sequence[str], *, errors: int, limit: int) -> list[str]:
    """Return the words that are `word` but for some typing errors, the most alike first.

    An error is a letter that is wrong, missing, superfluous, or swapped with the next.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = process.extract(word, words, scorer=OSA.distance, score_cutoff=errors, limit=limit)
    return [found for found, _, _ in near]


def equal_runs(first: Sequence[str], second: Sequence[str]) -> list["Opcode"]:
    """Return the runs of the longest sequence of words that both have, in order, with gaps between them."""
    from rapidfuzz.distance import LCSseq

    return [run for run in LCSseq.opcodes(first, second) if run.tag == "equal"]
