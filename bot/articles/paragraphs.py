"""Paragraphs of plain text: spaces folded, one empty line between them."""

import re
from collections.abc import Iterable

from bot.text.counting import word_count
from bot.text.legal_characters import legal

QUOTED = re.compile('["“”„«»]')
"""A quotation mark: a paragraph with one may report the words of an appeal or a notice."""
LONGEST_TEXT = 100_000
"""The most characters of an article that are kept; anything longer is a live blog or a book."""
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟۔][\"'”’»)\]」』\s]*$")
_SHORT_SENTENCE = 8
_LONG_PARAGRAPH = 25


def joined(paragraphs: Iterable[str]) -> str:
    """Return `paragraphs` as one cleaned text, without empty and repeated ones."""
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


def word_runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Return the runs of `length` words of a text, by which it is compared; a shorter text is one run."""
    words = _WORD.findall(text.lower())
    return {tuple(words[place : place + length]) for place in range(max(1, len(words) - length + 1))}


def is_sentence(text: str, words: int) -> bool:
    """Return whether a paragraph with this many `words` reads as prose: it ends like a sentence, or is long."""
    return words >= _LONG_PARAGRAPH or (words >= _SHORT_SENTENCE and ends_as_sentence(text))


def ends_as_sentence(text: str) -> bool:
    """Return whether `text` ends with a full stop or the like, quotation marks and brackets aside."""
    return _SENTENCE_END.search(text[-10:]) is not None


def is_prose(text: str) -> bool:
    """Return whether any paragraph of `text` is a sentence, rather than a headline or a menu item.

    If an article is missing, its page only has links to others. Text that lost its punctuation is recognised by
    its length.
    """
    return any(is_sentence(paragraph, word_count(paragraph)) for paragraph in text.split("\n\n"))
