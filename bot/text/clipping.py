"""Texts cut to a length between words.

Lengths are counted in UTF-16 units, the larger of what Discord may count (code points or UTF-16 units).
"""

import unicodedata

ELLIPSIS = "…"
WORD_FROM = 0.5
"""A cut goes back to the last space unless that loses more than half of the text."""


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
    if (len(cut) - len(cut.rstrip("\\"))) % 2:  # what it escaped was stripped
        cut = cut[:-1].rstrip()
    return cut + ELLIPSIS


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
