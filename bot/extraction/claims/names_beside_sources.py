"""Sources without the name that stands right beside them: all of a list, and who is described.

"Finland, [Estonia and Latvia] said" are three; "Halden Cells, [the battery maker once hailed as a hope], has
agreed" is Halden Cells; "according to [the restorer], Bea Lindqvist, the brushwork was fine" is Bea Lindqvist.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.noun_phrases.spelling import folded
from bot.extraction.wordlists.countries import CAPITALS, COUNTRIES
from bot.model.claims import Claim, Span

REACH = 120
_WORD = r"[A-ZÀ-Þ][\w.’'-]*"
_NAME = rf"{_WORD}(?:\s(?:of|for|the|and|&|de|van|von)\s{_WORD}|\s{_WORD}){{0,4}}"
PAIR = re.compile(rf"(?:the\s)?{_NAME}\s(?:and|&)\s(?:the\s)?{_WORD}(?:\s{_WORD}){{0,3}}")
LISTED = re.compile(
    rf"(?:(?P<lead>^|[.!?”\"\n]\s*|,\s|\b(?:and|but|while|as|that)\s))"
    rf"(?P<names>(?:(?:the\s)?{_WORD}(?:\s{_WORD}){{0,3}},\s){{1,6}})$"
)
"""The names of a list before its last two."""
ARTICLE = re.compile(r"(?:The|An?|His|Her|Its|Their|One|Two|Three)\b")
PLACING = re.compile(r"\b(?:off|of|in|at|near|from|for|with|by|outside|aboard|behind)\s$")
"""What stands before a name within a noun phrase."""
OPENING = re.compile(
    r"(?:^|\n|[.!?]\s)(?P<phrase>(?:The|An?|His|Her|One|Two|Three)\s(?:[a-z][\w’'-]*\s){1,8}?(?:off|near|outside|aboard|behind|of|in|at|"
    r"from|for|with|by)\s)$"
)
"""A noun phrase that opens a sentence and ends in a name: "The widow of a man lost off "."""
NO_PHRASE = re.compile(
    r"[,.;:“”\"()\n]|\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|and|but|that|said|says|told)\b"
)
"""What stands in no noun phrase."""
DESCRIBED = re.compile(r"(?:the|an?)\s[a-z]", re.IGNORECASE)
NAMED_BEFORE = re.compile(
    rf"(?:^|[.!?”\"\n]\s+|\n)(?P<name>(?:The\s)?{_WORD}(?:\s(?:of\s|for\s|&\s|and\s)?{_WORD}){{0,4}}),\s$"
)
"""A name that opens a sentence, before what is said of it."""
NO_NAME = frozenset(
    (
        *("on", "in", "at", "by", "for", "from", "with", "after", "before", "when", "while", "as", "if", "but"),
        *(
            "and",
            "however",
            "meanwhile",
            "yesterday",
            "today",
            "last",
            "this",
            "that",
            "earlier",
            "later",
            "still",
        ),
        *("still", "then", "also", "now", "instead", "indeed", "nevertheless", "tonight", "asked", "speaking"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("according", "no", "yes", "well", "even", "under"),
    )
)
"""Words with a capital that open a sentence, and no name."""
TITLE = r"(?:(?:Dr|Prof|Sir|Dame|Mr|Mrs|Ms|Rev|Judge|Capt|Col)\.?\s)?"
NAMED_BEHIND = re.compile(
    rf",\s(?P<name>{TITLE}{_WORD}(?:\s{_WORD}){{1,3}}),\s(?=[^,.;:“”\"\n]{{0,80}}?\b(?:is|are|was|were|has|have|had|will|would|can|"
    r"could|may|might|must|should|did|does|do)\b)"
)
"""The name of a described person, before a clause with a verb of its own."""
ACCORDING = re.compile(r"according\s+to$", re.IGNORECASE)


def with_names_beside(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return `claims` with the names that belong to their sources."""
    return [_named(claim, text) for claim in claims]


def _named(claim: Claim, text: str) -> Claim:
    if not claim.source or not claim.cue:
        return claim
    claim = _with_article(claim, text)
    span = _listed(claim.source[0], text) or _described(claim, text)
    if span is None:
        return claim
    content = tuple((max(start, span[1]) if start < span[1] < end else start, end) for start, end in claim.content)
    content = tuple(
        (start + len(text[start:end]) - len(text[start:end].lstrip(" ,")), end) for start, end in content
    )
    if any(start >= end or (start < span[1] and span[0] < end) for start, end in content):
        return claim
    return replace(
        claim,
        source=(span, *claim.source[1:]),
        content=content,
        evidence=(min(claim.evidence[0], span[0]), claim.evidence[1]),
    )


def _with_article(claim: Claim, text: str) -> Claim:
    """Return a claim whose source was cut to a name in it, with all of it: "The widow of a man lost off [Mull]".

    The content has taken the article that the source begins with.
    """
    low, high = claim.source[0]
    opening = OPENING.search(text[max(0, low - REACH) : low])
    if opening and text[low].isupper() and high <= claim.cue[0][0] and not text[high : claim.cue[0][0]].strip():
        start = max(0, low - REACH) + opening.start("phrase")
        if not NO_PHRASE.search(opening["phrase"]) and not any(a < low and start < b for a, b in claim.content):
            return replace(claim, source=((start, high), *claim.source[1:]))
    if len(claim.content) < 2 or claim.source[0][1] > claim.cue[0][0] or claim.content[1][0] < claim.cue[0][1]:
        return claim
    (start, end), (low, high) = claim.content[0], claim.source[0]
    phrase = text[start:low]
    if not text[low].isupper() or not PLACING.search(phrase):
        return claim
    if not ARTICLE.match(phrase) or not end - start < len(phrase) < REACH or NO_PHRASE.search(phrase):
        return claim
    return replace(claim, source=((start, high), *claim.source[1:]), content=claim.content[1:])


def _listed(source: Span, text: str) -> Span | None:
    """Return a source of two names with those that are listed before them."""
    start, end = source
    if PAIR.fullmatch(text, start, end) is None:
        return None
    found = LISTED.search(text[max(0, start - REACH) : start])
    if found is None:
        return None
    low = max(0, start - REACH) + found.start("names")
    first = folded(text[low:start].split(",", maxsplit=1)[0].split(maxsplit=1)[0])
    alone = " " not in text[low:start].split(",", maxsplit=1)[0]
    opens = not found["lead"].startswith(",")
    if first in NO_NAME or (
        opens and alone and first not in COUNTRIES | CAPITALS and found["names"].count(",") < 2
    ):
        return None  # "Meanwhile, Kovacs and Ray said"
    return low, end


def _described(claim: Claim, text: str) -> Span | None:
    """Return a description with the name that it is put behind, or before."""
    (start, end), cue = claim.source[0], claim.cue[0]
    if DESCRIBED.match(text, start, end) is None:
        return None
    if cue[1] <= start and ACCORDING.search(text, *cue):
        behind = NAMED_BEHIND.match(text, end, end + 2 * REACH)
        return (start, behind.end("name")) if behind else None
    before = NAMED_BEFORE.search(text[max(0, start - REACH) : start]) if end <= cue[0] else None
    if before is None or "," not in text[end : cue[0]] or "\n" in text[end : cue[0]]:
        return None
    low = max(0, start - REACH) + before.start("name")
    return None if folded(before["name"].split()[0]) in NO_NAME else (low, end)
