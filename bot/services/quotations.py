"""Whether words are those of a claim: exactly, changed, or not at all. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.text.folding import words_of
from bot.text.likeness import equal_runs

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcode

ALIKE = 0.6
"""How similar changed words must be to count as the same quotation: the share of equal words in order, in both
texts together. Three of five words, or nine of fifteen.
"""
FEWEST = 3
"""Fewer equal words are a coincidence."""
_AROUND = 5
"""How many words before and after the quotation are shown, since a negation may be there."""
ELLIPSIS = "…"
_NEGATIONS = frozenset(
    words_of(
        "not no never none nothing nobody cannot neither nor without don't doesn't didn't won't wouldn't can't "
        "couldn't shouldn't isn't aren't wasn't weren't haven't hasn't hadn't ain't"
    )
)


class Change(StrEnum):
    """What happened to a run of words."""

    SAME = "same"
    ADDED = "added"
    """Only in the checked words."""
    LEFT_OUT = "left out"
    """Only in the claim."""
    AROUND = "around"
    """In the claim, before or after."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, as written, and what happened to it."""

    change: Change
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing words with a claim. `alike` is 1 for exactly these words in this order, without
    gaps.
    """

    alike: float
    pieces: tuple[Piece, ...]

    @property
    def exact(self) -> bool:
        """Whether there are no differences except in case, accents and punctuation."""
        return all(piece.change in (Change.SAME, Change.AROUND) for piece in self.pieces)

    @property
    def turned(self) -> bool:
        """Whether a negation was added or left out, which reverses the meaning."""
        changed = (piece.words for piece in self.pieces if piece.change in (Change.ADDED, Change.LEFT_OUT))
        return any(word in _NEGATIONS for words in changed for word in words_of(words))


def compared(checked: str, content: str) -> Comparison | None:
    """Return how the checked words compare with the content of a claim, or None if they are different words.

    They are compared with the most similar part of the content, because a claim may say more.
    """
    wanted, held = _tokens(checked), _tokens(content)
    ours, theirs = [folded for folded, _ in wanted], [folded for folded, _ in held]
    if len(ours) < FEWEST:
        return None
    if start := _run_at(ours, theirs):
        begin, end = start - 1, start - 1 + len(ours)
        return Comparison(
            1.0, tuple(_in_context([Piece(Change.SAME, _written(held[begin:end]))], held, begin, end))
        )
    blocks = equal_runs(ours, theirs)
    equal = sum(block.src_end - block.src_start for block in blocks)
    if equal < FEWEST:
        return None
    first, last = _tightest(blocks, equal)
    kept = blocks[first : last + 1]
    equal = sum(block.src_end - block.src_start for block in kept)
    window = kept[-1].dest_end - kept[0].dest_start
    alike = 2 * equal / (len(ours) + window)
    if equal < FEWEST or alike < ALIKE:
        return None
    pieces = _pieces(wanted, held, kept)
    return Comparison(alike, tuple(_in_context(pieces, held, kept[0].dest_start, kept[-1].dest_end)))


def _in_context(pieces: Sequence[Piece], held: Sequence[tuple[str, str]], start: int, end: int) -> list[Piece]:
    """Return the pieces with the words of the claim before and after them; an ellipsis marks a cut."""
    before, after = _written(held[max(0, start - _AROUND) : start]), _written(held[end : end + _AROUND])
    before = f"{ELLIPSIS} {before}" if start > _AROUND else before
    after = f"{after} {ELLIPSIS}" if end + _AROUND < len(held) else after
    around = Piece(Change.AROUND, before), Piece(Change.AROUND, after)
    return [piece for piece in (around[0], *pieces, around[1]) if piece.words]


def _written(tokens: Sequence[tuple[str, str]]) -> str:
    return " ".join(word for _, word in tokens)


def _tokens(text: str) -> list[tuple[str, str]]:
    """Return each word of a text, folded and as written.

    A written word that folds to several stays whole. A sign by itself ("&", "–") goes with the word before it.
    """
    tokens: list[tuple[str, str]] = []
    for word in text.split():
        if words_of(word):
            tokens.append(("".join(words_of(word)), word))
        elif tokens:
            folded, written = tokens[-1]
            tokens[-1] = folded, f"{written} {word}"
    return tokens


def _run_at(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Return the position, from 1, of one list of words within another without gaps, or 0."""
    size = len(ours)
    return next((at + 1 for at in range(len(theirs) - size + 1) if list(theirs[at : at + size]) == list(ours)), 0)


def _tightest(blocks: Sequence["Opcode"], equal: int) -> tuple[int, int]:
    """Return the first and last block to keep: stray equal words far from the others are dropped."""
    best, kept = 0.0, (0, len(blocks) - 1)
    for first in range(len(blocks)):
        for last in range(first, len(blocks)):
            some = blocks[first : last + 1]
            count = sum(block.src_end - block.src_start for block in some)
            score = 2 * count / (equal + some[-1].dest_end - some[0].dest_start)
            if score > best:
                best, kept = score, (first, last)
    return kept


def _pieces(
    wanted: Sequence[tuple[str, str]], held: Sequence[tuple[str, str]], blocks: Sequence["Opcode"]
) -> list[Piece]:
    pieces: list[Piece] = []

    def put(change: Change, tokens: Sequence[tuple[str, str]]) -> None:
        if tokens:
            pieces.append(Piece(change, _written(tokens)))

    ours, theirs = 0, blocks[0].dest_start
    for block in blocks:
        put(Change.LEFT_OUT, held[theirs : block.dest_start])
        put(Change.ADDED, wanted[ours : block.src_start])
        put(Change.SAME, held[block.dest_start : block.dest_end])
        ours, theirs = block.src_end, block.dest_end
    put(Change.ADDED, wanted[ours:])
    return pieces
