"""What tells a right claim from a wrong one: its scores, its form, and the words at its joints."""

import math
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.extraction.claims.linker import Link, Words, gap
from bot.extraction.encoder.word_pieces import Ints, Pieces

Floats = NDArray[np.float32]
NUMBERS = (
    "cue score",
    "content score",
    "source score",
    "no source",
    "runs of content",
    "words of content",
    "words of content from the usual",
    "gap to the content",
    "gap to the source",
    "content before cue",
    "source after cue",
    "content tagged",
    "content tagged at its worst",
    "content begins",
    "content ends",
    "cue begins",
    "words of cue",
    "source tagged",
    "source begins",
    "source ends",
    "words of source",
    "content has quotation marks",
    "content opens with a quotation mark",
    "content opens a sentence",
    "content behind 'that'",
    "content closes a sentence",
    "cue score, squared",
    "content score, cut off",
    "content score without source",
    "content before cue without source",
    "content before cue in quotation marks",
)
WORDS = (
    "cue",
    "last of cue",
    "first of cue",
    "first of source",
    "last of source",
    "first of content",
    "after cue",
)
QUOTES = '"“”‘'
ENDS = ".?!"
USUAL = 2.5
"""Logarithm of the words that a content usually has."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Of one link: `numbers` in the order of `NUMBERS`, `words` (lower case) in the order of `WORDS`."""

    numbers: tuple[float, ...]
    words: tuple[str, ...]


def _log(probability: float) -> float:
    return math.log(float(probability) + 1e-6)


def _source_numbers(source: Words | None, tags: Floats) -> tuple[float, float, float, float]:
    """How surely a source is tagged, begins and ends, and the logarithm of its words; zeros for none."""
    if source is None:
        return 0.0, 0.0, 0.0, 0.0
    start, end = source
    tagged = float(np.log(tags[start:end, 1] + tags[start:end, 2] + 1e-6).mean())
    ends = _log(1 - tags[end, 2]) if end < len(tags) else 0.0
    return tagged, _log(tags[start, 1]), ends, math.log(end - start)


def signs_of(link: Link, pieces: Pieces, tags: Floats, text: str) -> Signs:
    """Return the signs of a link; `tags` (words × 7) are the probabilities that the tagger gives."""
    starts, ends = pieces.starts, pieces.ends

    def words(span: Words) -> str:
        return text[int(starts[span[0]]) : int(ends[span[1] - 1])]

    contents = [words(run) for run in link.content]
    first, last = link.content[0][0], link.content[-1][1]
    count = math.log(sum(end - start for start, end in link.content))
    tagged = np.concatenate([tags[start:end, 5] + tags[start:end, 6] for start, end in link.content])
    source, cue = link.source, link.cue
    none = float(source is None)
    begin, end = int(starts[first]), int(ends[last - 1])
    before = text[max(0, begin - 40) : begin].rstrip()
    content_first = float(first < cue[0])
    opens_quoted = float(contents[0][:1] in QUOTES or contents[0][:1] == "'")
    closing = text[end - 1 : end + 1]
    numbers = (
        link.cue_score,
        link.content_score,
        0.0 if source is None else link.source_score,
        none,
        float(len(link.content)),
        count,
        abs(count - USUAL),
        math.log1p(min(gap(run, cue) for run in link.content)),
        0.0 if source is None else math.log1p(gap(source, cue)),
        content_first,
        0.0 if source is None else float(source[0] > cue[0]),
        float(np.log(tagged + 1e-6).mean()),
        _log(float(tagged.min())),
        _log(tags[first, 5]),
        _log(tags[last, [0, 1, 3, 5]].sum()) if last < len(tags) else 0.0,
        _log(tags[cue[0], 3]),
        float(cue[1] - cue[0]),
        *_source_numbers(source, tags),
        float(any(mark in content for content in contents for mark in QUOTES)),
        opens_quoted,
        float(not before or before[-1] in ENDS + '"”’\n'),
        float(before.lower().endswith(" that")),
        float(any(mark in closing for mark in ENDS) or closing[1:] == "\n"),
        link.cue_score**2 / 10,
        min(link.content_score, 2.0),
        link.content_score * none,
        content_first * none,
        content_first * opens_quoted,
    )
    return Signs(
        numbers, _joints(words(cue), "" if source is None else words(source), contents[0], text, link, ends)
    )


def _joints(cue: str, source: str, content: str, text: str, link: Link, ends: Ints) -> tuple[str, ...]:
    of_cue = cue.lower().split()
    of_source = source.lower().split() or ["-"]
    behind = text[int(ends[link.cue[1] - 1]) :][:20].lower().split()
    return (
        " ".join(of_cue),
        of_cue[-1],
        of_cue[0],
        of_source[0],
        of_source[-1],
        re.sub(r"\W", "", content.lower().split()[0]),
        behind[0] if behind else "",
    )
