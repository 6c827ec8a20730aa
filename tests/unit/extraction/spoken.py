"""Claims for tests, their parts marked in a text: [source] {cue} <content>."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bot.model.claims import Claim, Kind, Span, Wording

_MARKS = {"[": ("source", "]"), "{": ("cue", "}"), "<": ("content", ">")}


def marked(marked_text: str) -> tuple[str, Claim, list[Span]]:
    """Return the text without its marks, the claim that they mark, and the sentences of the text."""
    text = ""
    spans: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
    opened: dict[str, int] = {}
    for char in marked_text:
        if char in _MARKS:
            opened[_MARKS[char][1]] = len(text)
        elif char in opened:
            name = next(name for name, closer in _MARKS.values() if closer == char)
            spans[name].append((opened.pop(char), len(text)))
        else:
            text += char
    ends = [0, *(found.end() for found in re.finditer(r"[.!?][”\"]?\s+(?=[A-Z“])", text)), len(text)]
    parts: dict[str, Any] = {name: tuple(found) for name, found in spans.items()}
    claim = Claim((), (), (), None, Kind.STATEMENT, Wording.PARAPHRASED, 0.9, (0, len(text)))
    return text, replace(claim, **parts), list(pairwise(ends))


def slice_of(text: str, span: Span | None) -> str | None:
    """Return the words of a span, or None."""
    return None if span is None else text[span[0] : span[1]]
