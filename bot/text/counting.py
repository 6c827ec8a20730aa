"""How many: numbers with their nouns, lists of things, and the words of a text."""

import re
from collections.abc import Sequence

_DENSE = re.compile("[\u3040-\u9fff\u0e00-\u0eff]")
"""Characters of scripts that put no spaces between words."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: "1 feed", "3 feeds", "2 stories" (`many`, if it is not `one` with an s)."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """Return names in a row, in English: "A", "A and B", "A, B and C". Empty if there are none."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def word_count(text: str) -> int:
    """Return how many words `text` has; in scripts without spaces two characters count as one."""
    words = len(text.split())
    return words if text.isascii() else max(words, len(_DENSE.findall(text)) // 2)
