"""Which articles are copies: the same text of a news agency in ten outlets. Pure.

Two texts are compared by their shingles (`bot.text.shingles`). A text is a copy if nearly all of its shingles are
in the other, and most of the other's in it. A longer text has content of its own, and a much shorter one must not
be shown as having printed what it cut. Both count as separate articles. The smallest hashes of an original are
kept as its prints; a text that shares much of it has some of them.
"""

from collections.abc import Collection

PRINTS = 16
"""How many hashes of an original are kept to find it by; a copy has most of them."""
CONTAINED = 0.9
"""Minimum share of a copy's shingles that its original has."""
COVERED = 0.8
"""Minimum share of the original's shingles that a copy has."""


def prints_of(shingles: Collection[int]) -> tuple[int, ...]:
    """Return the numbers by which a text with these shingles is found."""
    return tuple(sorted(shingles)[:PRINTS])


def is_copy(shingles: frozenset[int], original: frozenset[int]) -> bool:
    """Return whether a text with `shingles` is a copy of one with those of `original`."""
    common = len(shingles & original)
    return bool(shingles) and common >= CONTAINED * len(shingles) and common >= COVERED * len(original)
