"""A claim's sentence in its context, cut between sentences. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model.claims import Span
from bot.store.claims.sentence_case import in_usual_case, is_in_capitals, usual_forms

CONTEXT = 300
"""The maximum number of characters shown before and after the evidence."""
GAP = " … "
"""The separator between the pieces of a content that was printed in several."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n\s*\n\s*")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a text, with its start in the text."""

    text: str
    start: int
    cut_before: bool
    cut_after: bool


def excerpt(text: str, evidence: Span, spans: Sequence[Span], context: int = CONTEXT) -> Excerpt:
    """Return the evidence and all of `spans`, with up to `context` characters around them, in whole sentences."""
    low = min([evidence[0], *(start for start, _ in spans)])
    high = max([evidence[1], *(end for _, end in spans)])
    start, end = max(0, low - context), min(len(text), high + context)
    if start > 0:
        start = _first_end(text, start, low)
    if end < len(text):
        end = _last_start(text, high, end)
    while start < low and text[start].isspace():
        start += 1
    while end > high and text[end - 1].isspace():
        end -= 1
    return Excerpt(text[start:end], start, bool(text[:start].strip()), bool(text[end:].strip()))


def _first_end(text: str, start: int, low: int) -> int:
    """Return where the first sentence begins between `start` and `low`, else the first word, else `low`."""
    for pattern in (_SENTENCE_END, _SPACE):
        found = pattern.search(text, start, low)
        if found:
            return found.end()
    return low


def _last_start(text: str, high: int, end: int) -> int:
    """Return where the last sentence ends between `high` and `end`, else the last word, else `high`."""
    for pattern in (_SENTENCE_END, _SPACE):
        ends = [found.end() for found in pattern.finditer(text, high, end)]
        if ends:
            return ends[-1]
    return high


def pieces(text: str, spans: Sequence[Span]) -> str:
    """Return the words that `spans` cover, in one line."""
    return GAP.join(" ".join(text[start:end].split()) for start, end in spans)


class Reader:
    """Reads the words of spans from a text, in one line. Capitals are replaced by the usual case of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._forms: dict[str, str] | None = None

    def words(self, spans: Sequence[Span]) -> str:
        """Return the words that `spans` cover."""
        found = pieces(self._text, spans)
        if not is_in_capitals(found):
            return found
        if self._forms is None:
            self._forms = usual_forms(self._text)
        return in_usual_case(found, self._forms)


def moved(spans: Sequence[Span], by: int) -> tuple[Span, ...]:
    """Return `spans` as offsets into a part of the text that starts at `by`."""
    return tuple((start - by, end - by) for start, end in spans)
