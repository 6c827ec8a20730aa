"""Paragraphs of plain text: spaces folded, one empty line between them."""

import re
from collections.abc import Iterable

from bot.text.legal_characters import legal

LONGEST_TEXT = 100_000
"""Characters of an article that are kept; what is longer is a live blog or a book."""
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]]*$")
_SHORT_SENTENCE = 8
_LONG_PARAGRAPH = 25


def joined(paragraphs: Iterable[str]) -> str:
    """Return `paragraphs` as one text, cleaned; empty and repeated ones dropped."""
    kept: list[str] = []
    length = 0
    for paragraph in paragraphs:
        clean = _SPACE.sub(" ", _INVISIBLE.sub("", legal(paragraph))).strip()
        if not clean or (kept and clean == kept[-1]):
            continue
        length += len(clean) + 2
        if length > LONGEST_TEXT:
            break
        kept.append(clean)
    return "\n\n".join(kept)


def word_count(text: str) -> int:
    """Return how many words `text` has; in scripts without spaces two characters count as one."""
    words = len(text.split())
    dense = sum(1 for character in text if "\u3040" <= character <= "\u9fff" or "\u0e00" <= character <= "\u0eff")
    return max(words, dense // 2)


def is_prose(text: str) -> bool:
    """Return whether some paragraph of `text` is a sentence, rather than a headline or an entry of a menu.

    Where an article is missing, what is found on its page are the links to others. Text that was scraped of its
    punctuation is known by its length.
    """
    for paragraph in text.split("\n\n"):
        words = word_count(paragraph)
        if words >= _LONG_PARAGRAPH or (words >= _SHORT_SENTENCE and _SENTENCE_END.search(paragraph)):
            return True
    return False
