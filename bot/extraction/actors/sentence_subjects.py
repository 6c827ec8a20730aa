"""What the sentences of an article open with, where that is a description: "The label beneath the mask"."""

import re
from collections.abc import Iterator, Sequence

from bot.extraction.noun_phrases.spelling import folded
from bot.extraction.wordlists.lexicon import (
    DOCUMENTS,
    FEMALE_ROLES,
    KIN,
    MALE_ROLES,
    OFFICIALS,
    ORGANISATIONS,
    PLURAL_PEOPLE,
    ROLES,
    SMALL_WORDS,
)
from bot.extraction.wordlists.person_nouns import PERSON_NOUNS
from bot.model.claims import Span

KNOWN = PERSON_NOUNS | ROLES | OFFICIALS | ORGANISATIONS | DOCUMENTS | PLURAL_PEOPLE
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
LEADING = re.compile(
    r"(?:[Oo]n|[Ii]n|[Aa]t|[Bb]y|[Ll]ast|[Ll]ate|[Ee]arly|[Tt]his|[Aa]fter|[Ss]ince|[Yy]esterday|[Tt]oday)\s"
    r"(?:(?:[A-Z\d][\w’'-]*|week|month|night|year|on|in|of|morning|afternoon|evening|noon|midnight|dawn)\s){0,4}"
    r"(?=(?:the|an?|his|her|its|their|one|another)\s)"
)
"""When or where, without a comma behind it: "On Monday the harbour master"."""
OWNED = re.compile(
    r"(?:[A-ZÀ-Þ][\w.-]*\s){0,3}[A-ZÀ-Þ][\w.-]*['’]s?\s(?:[a-z-]+\s){0,2}?(?P<noun>[a-z]+)\b(?=\s[a-z])"
)
"""Somebody's relative: "Ama Mensah's mother was"."""
INTRODUCES = re.compile(
    r"(?<![,—–-]\s)(?<!\b[Aa]s\s)(?<!\bis\s)(?<!\bwas\s)(?<!\bbe\s)(?<!\bbeen\s)(?<!\blike\s)(?<!\bnot\s)"
    r"(?<!\bfor\s)(?<!\bbecame\s)(?<!\bbecome\s)\b"
    r"(?P<who>(?:[Aa]n?|[Oo]ne|[Aa]nother)\s(?:[\w’'-]+\s){0,4}?(?P<noun>[a-z][a-z-]+))(?=\s(?!of\b|for\b)|[,.])"
)
SPOKEN_TO = re.compile(
    r"\b(?:told|tells|asked|asks|warned|reminded|assured|promised|thanked|telephoned|phoned|called)\s"
    r"(?P<who>the\s(?:[\w’'-]+\s)??(?P<noun>[a-z][a-z-]+))(?=\s(?:that|to|he|she|they|it|if|whether|about|not|for|why|what|how|when)\b|[,.])"
)
"""Somebody without a name who is spoken to: "he told the mother that"."""
WORDS, REACH = 6, 90
"""Words and characters from the start of a sentence within which its subject ends."""


def subjects(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Return the descriptions that open sentences of `text`, the last one first."""
    clauses = _clauses(text, sentences)
    found = {span for start, end in clauses if (span := _relative(text, start, end) or _subject(text, start, end))}
    return sorted(found, reverse=True)


def introduced_people(text: str) -> list[Span]:
    """Return the descriptions of one person, anywhere in `text`, that are neither said of a name nor of another.

    "All but begging a woman to vote for him", not "Donna Lages, 39, a waitress" nor "he is a waiter"; also those
    of a gender who are spoken to: "told the mother that".
    """
    met = [
        found.span("who")
        for found in INTRODUCES.finditer(text)
        if found["noun"] in PERSON_NOUNS and not found["noun"].endswith("s")
    ]
    told = [found.span("who") for found in SPOKEN_TO.finditer(text) if found["noun"] in FEMALE_ROLES | MALE_ROLES]
    return sorted({*met, *told})


def _clauses(text: str, sentences: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences, and what follows when and where, or the first comma: "On Monday, officials"."""
    for start, end in sentences:
        yield start, end
        leading = LEADING.match(text, start, end)
        if leading:
            yield leading.end(), end
        clause = CLAUSE.search(text, start, end)
        if clause:
            yield clause.end(), end


def _is_known(word: str) -> bool:
    return word in KNOWN or word.removesuffix("s") in KNOWN


def _relative(text: str, start: int, end: int) -> Span | None:
    """Return the span of "Ama Mensah's mother", if that opens a clause."""
    found = OWNED.match(text, start, min(end, start + REACH))
    return found.span() if found and folded(found["noun"]) in KIN else None


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
        owns = text[match.end() : match.end() + 1] in ("'", "’")  # "the miners' union"
        if (number == 0 and low in DETERMINERS) or owns:
            continue
        if low in SMALL_WORDS or not text[first : match.start()].replace("\n", " ").isprintable():
            break
        if _is_known(low):
            last = match.end()
            if low.endswith("s") and low.removesuffix("s") in KNOWN:
                break
        if text[match.end() : match.end() + 1] in (",", ".", ":", ";", "(", "”", '"'):
            break
    return (first, last) if first is not None and last is not None else None
