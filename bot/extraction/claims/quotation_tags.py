"""The tag of a quotation: the words right behind it that say who spoke, as in "“Who tested it?” Reyer asked."."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from bot.extraction.claims.linker import PartedAt, TaggedBy, Words
from bot.extraction.encoder.word_pieces import Pieces

CLOSES = "”\"’'“»"
OPENS = "“\"‘'«„"
ENDINGS = (".", "!", "?", "…", "”", '"', "’", "")
ENDS_SPEECH = re.compile(r"[,?!—–-]\s*$")
"""What stands before the closing mark where the sentence goes on; a full stop would end it."""
BETWEEN = re.compile(r"[\s”\"’'“»,]*")
ENDS_TAG = re.compile(r"\s*(?:[.,;:\n]|$)")
REACH = 60
"""Characters that a tag may have."""


def tags_in(text: str, pieces: Pieces) -> TaggedBy:
    """Return what says which cue is the tag of a quotation in `text`, all given as ranges of words."""

    def tagged_by(run: Words, cues: Sequence[Words], sources: Sequence[Words]) -> Words | None:
        close = _closing_mark(text, int(pieces.ends[run[1] - 1]))
        if close is None:
            return None
        if not ENDS_SPEECH.search(text, max(0, close - 3), close) or not _opens(text, int(pieces.starts[run[0]])):
            return None
        after = run[1]
        last = close + REACH
        while (
            after < len(pieces)
            and int(pieces.starts[after]) < last
            and BETWEEN.fullmatch(text, int(pieces.starts[after]), int(pieces.ends[after]))
        ):
            after += 1
        parts = sorted([*_from(after, cues), *_from(after, sources)])[:2]
        for cue in _from(after, cues):
            source = next((part for part in parts if part in sources), None)
            if cue not in parts or source is None or parts[0][0] != after or parts[1][0] != parts[0][1]:
                return None
            end = int(pieces.ends[parts[1][1] - 1])
            return cue if ENDS_TAG.match(text, end) and end - close < REACH else None
        return None

    return tagged_by


def parts_at_headings(text: str, pieces: Pieces) -> PartedAt:
    """Return what takes a heading of `text` apart from the quotation that opens the next paragraph."""

    def parted(run: Words) -> Sequence[Words]:
        first, last = int(pieces.starts[run[0]]), int(pieces.ends[run[1] - 1])
        if text.find("\n", first, last) < 0:
            return [run]
        parts: list[Words] = []
        start = run[0]
        for word in range(run[0] + 1, run[1]):
            end, begin = int(pieces.ends[word - 1]), int(pieces.starts[word])
            gap = text[end:begin]
            if "\n" in gap and text[end - 1].isalnum() and text[begin] in OPENS and not gap.strip():
                parts.append((start, word))
                start = word
        return [*parts, (start, run[1])]

    return parted


def _from(word: int, spans: Sequence[Words]) -> Sequence[Words]:
    """Return the first of `spans` that starts at or after `word`, if there is one."""
    index = bisect_left(spans, (word, 0))
    return spans[index : index + 1]


def _opens(text: str, start: int) -> bool:
    """Return whether the words from `start` open a sentence in quotation marks."""
    marked = text[start : start + 1] in OPENS or text[max(0, start - 1) : start] in OPENS
    before = text[max(0, start - 4) : start].rstrip(OPENS)
    return marked and (start < len(OPENS) or "\n" in before or before.rstrip()[-1:] in ENDINGS)


def _closing_mark(text: str, end: int) -> int | None:
    """Return where the mark stands that closes a quotation which ends at `end`, with or without the mark."""
    if text[end - 1 : end] in CLOSES:
        return end - 1
    return end if text[end : end + 1] and text[end] in CLOSES else None
