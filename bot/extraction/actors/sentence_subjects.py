"""What the sentences of an article open with, where that is a description: "The label beneath the mask"."""

import re
from collections.abc import Iterator, Sequence

from bot.extraction.noun_phrases.spelling import folded
from bot.extraction.wordlists.lexicon import DOCUMENTS, OFFICIALS, ORGANISATIONS, PLURAL_PEOPLE, ROLES, SMALL_WORDS
from bot.model.claims import Span

KNOWN = ROLES | OFFICIALS | ORGANISATIONS | DOCUMENTS | PLURAL_PEOPLE
DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "some",
        "several",
        "many",
        "two",
        "three",
        "four",
        "five",
        "one",
        "another",
        "his",
        "her",
        "its",
        "their",
    ]
)
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
CLAUSE = re.compile(r",\s(?:and\s|but\s|while\s|as\s|when\s)?")
WORDS, REACH = 6, 90
"""Words and characters from the start of a sentence within which its subject ends."""


def subjects(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Return the descriptions that open sentences of `text`, the last one first."""
    found = {span for start, end in _clauses(text, sentences) if (span := _subject(text, start, end))}
    return sorted(found, reverse=True)


def _clauses(text: str, sentences: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences, and what follows the first comma of each: "On Monday, officials"."""
    for start, end in sentences:
        yield start, end
        clause = CLAUSE.search(text, start, end)
        if clause:
            yield clause.end(), end


def _subject(text: str, start: int, end: int) -> Span | None:
    first: int | None = None
    last: int | None = None
    for number, match in enumerate(WORD.finditer(text, start, min(end, start + REACH))):
        word, low = match.group(), folded(match.group())
        if number >= WORDS or (number and word[:1].isupper()):
            break
        if first is None:
            first = match.start()
        elif last is not None and (low in SMALL_WORDS or low not in KNOWN):
            break
        if number == 0 and low in DETERMINERS:
            continue
        if low in SMALL_WORDS or not text[first : match.start()].replace("\n", " ").isprintable():
            break
        if low in KNOWN or low.removesuffix("s") in KNOWN:
            last = match.end()
            if low.endswith("s") and low.removesuffix("s") in KNOWN:
                break
        if text[match.end() : match.end() + 1] in (",", ".", ":", ";", "(", "”", '"'):
            break
    return (first, last) if first is not None and last is not None else None
