"""Texts cut to a length between words.

Lengths are counted in UTF-16 units, the larger of what Discord may count (code points or UTF-16 units).
"""

import re
import unicodedata

ELLIPSIS = "…"
WORD_FROM = 0.5
"""A cut goes back to the last space unless that loses more than half of the text."""

_SENTENCE_KEPT = 60
"""A shortened text keeps at least this much."""
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3}[.!])[”\"]? (?=[^\W\d_a-z])")
"""Between two sentences: a full stop after a word that is no initial, and a capital. Questions are kept whole."""
_TAKES_BACK = re.compile(
    r"(?:But|However|Yet|Still|Only|Unless|Although|Though|Except|Instead|Rather|Nevertheless|Nonetheless|Otherwise|"
    r"Even so|That said|Not|No|If|Until|Provided|Then again|On the other hand|At least|Or)\b"
)
"""How a sentence begins that may limit the one before it."""


def length(text: str) -> int:
    """Return the length of `text` in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(text: str, limit: int) -> str:
    """Return `text`, plain or escaped, in at most `limit` UTF-16 units: cut between words, with an ellipsis.

    Never cuts an escape, or a character made of several code points, in half.
    """
    if length(text) <= limit:
        return text
    if limit < 1:
        return ""
    kept: list[str] = []
    room = limit - 1
    for unit in _units(text[: limit * 2 + 64]):
        if (room := room - length(unit)) < 0:
            break
        kept.append(unit)
    cut = "".join(kept)
    space = cut.rfind(" ")
    if space >= len(cut) * WORD_FROM:
        cut = cut[:space]
    cut = cut.rstrip(" ,;:–—-")
    if (len(cut) - len(cut.rstrip("\\"))) % 2:  # the characters it escaped were stripped
        cut = cut[:-1].rstrip()
    return cut + ELLIPSIS


def whole_sentences(text: str, limit: int) -> str:
    """Return a longer text than `limit` only up to the last of its sentences within it, with an ellipsis.

    The text is whole if no sentence ends there, or if the next one may limit what was said ("But only if …").
    Quotation marks that are open there are closed.
    """
    if length(text) <= limit:
        return text
    ends = [end.end() - 1 for end in _SENTENCE_END.finditer(text) if not _TAKES_BACK.match(text, end.end())]
    end = max((end for end in ends if _SENTENCE_KEPT <= length(text[:end]) <= limit), default=None)
    if end is None:
        return text
    kept = text[:end]
    return f"{kept} {ELLIPSIS}" + "”" * (kept.count("“") > kept.count("”"))


def _units(text: str) -> list[str]:
    """Return the parts of `text` that must not be cut: an escape with its character, a letter with its marks."""
    units: list[str] = []
    glue = False
    flags = 0
    for char in text:
        flag = "\U0001f1e6" <= char <= "\U0001f1ff"
        second_flag = flag and flags % 2 == 1
        flags = flags + 1 if flag else 0
        if units and (glue or second_flag or _continues(char)):
            units[-1] += char
        else:
            units.append(char)
        glue = char == "\u200d" or (char == "\\" and units[-1] == "\\")
    return units


def _continues(char: str) -> bool:
    """Return whether `char` belongs to the character before it: a mark, a joiner, a variation or a skin tone."""
    return (
        unicodedata.category(char) in {"Mn", "Mc", "Me"}
        or char in "\u200b\u200c\u200d"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\u1160" <= char <= "\u11ff"
    )
