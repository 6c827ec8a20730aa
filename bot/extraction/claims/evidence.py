"""The sentences in which a claim stands: what is shown as its evidence."""

from bisect import bisect_right
from collections.abc import Sequence

from bot.model.claims import Span


def evidence(start: int, end: int, sentences: Sequence[Span], text: str) -> Span:
    """Return the span of the sentences that hold the characters from `start` to `end`, white space cut off."""
    first = max(bisect_right(sentences, start, key=lambda sentence: sentence[0]) - 1, 0)
    last = max(bisect_right(sentences, end - 1, key=lambda sentence: sentence[0]) - 1, first)
    low, high = sentences[first][0], sentences[last][1]
    while low < start and text[low].isspace():
        low += 1
    while high > end and text[high - 1].isspace():
        high -= 1
    return low, high
