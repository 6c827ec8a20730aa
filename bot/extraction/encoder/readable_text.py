"""The text that is read in place of one that would stall: runs that no article has are shortened.

Patterns and searches over words take time with the square of a run of white space, or of characters without any.
No run is longer than a few hundred characters in what they are given, whatever a page holds. Nearly every text is
read as it is.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from bot.model.claims import Extraction, Span

LONGEST_GAP = 8
"""Characters of white space in a row that are read as they are."""
LONGEST_WORD = 300
"""Characters in a row without white space that are read as they are: addresses of pages have up to 250 or so."""
_RUN = re.compile(rf"\s{{{LONGEST_GAP + 1},}}|\S{{{LONGEST_WORD + 1},}}")


@dataclass(frozen=True, slots=True)
class ReadableText:
    """What is read of a text: `text`, where each of `cuts` left out characters before it.

    `left_out` has for each cut how many characters were left out up to and with it.
    """

    text: str
    cuts: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()

    def original(self, found: Extraction) -> Extraction:
        """Return what was found in `text`, with the offsets of the text that it was made from."""
        if not self.cuts:
            return found
        left_out = tuple(
            replace(part, start=self._start(part.start), end=self._end(part.end)) for part in found.left_out
        )
        claims = tuple(claim.with_spans(self._span) for claim in found.claims)
        return replace(found, claims=claims, left_out=left_out)

    def _span(self, span: Span) -> Span:
        return self._start(span[0]), self._end(span[1])

    def _start(self, offset: int) -> int:
        passed = bisect_right(self.cuts, offset)
        return offset + (self.left_out[passed - 1] if passed else 0)

    def _end(self, offset: int) -> int:
        passed = bisect_left(self.cuts, offset)
        return offset + (self.left_out[passed - 1] if passed else 0)


def readable(text: str) -> ReadableText:
    """Return what is read of `text`.

    A long run of white space becomes a paragraph break, a line break or a space, by what is in it; of a long run
    without white space the beginning is read.
    """
    parts: list[str] = []
    cuts: list[int] = []
    left_out: list[int] = []
    start = length = gone = 0
    for run in _RUN.finditer(text):
        kept = _shortened(run.group())
        parts += [text[start : run.start()], kept]
        length += run.start() - start + len(kept)
        gone += run.end() - run.start() - len(kept)
        cuts.append(length)
        left_out.append(gone)
        start = run.end()
    if not cuts:
        return ReadableText(text)
    parts.append(text[start:])
    return ReadableText("".join(parts), tuple(cuts), tuple(left_out))


def _shortened(run: str) -> str:
    if not run[0].isspace():
        return run[:LONGEST_WORD]
    breaks = run.count("\n")
    return "\n\n" if breaks > 1 else "\n" if breaks else " "
