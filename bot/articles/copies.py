"""Which articles are copies: the same text of a news agency in ten outlets. Pure.

Two texts are compared by their shingles, runs of five words (Broder, "On the resemblance and containment of
documents", 1997). A text is a copy if nearly all of its shingles are in the other, and most of the other's in it.
A longer text has content of its own, and a much shorter one must not be shown as having printed what it cut. Both
count as separate articles. The smallest hashes of an original are kept as its prints; a text that shares much of
it has some of them.
"""

import re
from collections.abc import Collection
from hashlib import blake2b

SHINGLE = 5
"""Words of a shingle."""
FEWEST_WORDS = 40
"""A text with fewer words is never a copy: it may be a stock phrase."""
MOST_WORDS = 4_000
"""Words at the beginning of a text that are compared."""
PRINTS = 16
"""How many hashes of an original are kept to find it by; a copy has most of them."""
CONTAINED = 0.9
"""Minimum share of a copy's shingles that its original has."""
COVERED = 0.8
"""Minimum share of the original's shingles that a copy has."""
_WORD = re.compile(r"[^\W_]+")


def shingles_of(text: str) -> frozenset[int]:
    """Return the shingles of `text` as signed 64-bit numbers; none if it is too short to compare."""
    words = _WORD.findall(text.replace("’", "'").casefold())[:MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset(
        int.from_bytes(blake2b(" ".join(run).encode(errors="replace"), digest_size=8).digest(), signed=True)
        for run in zip(*(words[start:] for start in range(SHINGLE)), strict=False)
    )


def prints_of(shingles: Collection[int]) -> tuple[int, ...]:
    """Return the numbers by which a text with these shingles is found."""
    return tuple(sorted(shingles)[:PRINTS])


def is_copy(shingles: frozenset[int], original: frozenset[int]) -> bool:
    """Return whether a text with `shingles` is a copy of one with those of `original`."""
    common = len(shingles & original)
    return bool(shingles) and common >= CONTAINED * len(shingles) and common >= COVERED * len(original)
