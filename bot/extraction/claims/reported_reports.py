"""What a tag at the end reports is all of its sentence: "Holm maintains that it fell, the Post reports".

The tagger leaves "Holm maintains" out if it takes it for no report of its own, and then the newspaper says what
Holm maintains. With these words in place Holm's claim is found within the content (see `retold.py`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.model.claims import Claim, Span

LONGEST = 120
"""Characters of a report that was left out."""
LEADS = re.compile(r"(?:But|And|Yet|So|Still|However|Meanwhile|Also|In\saddition|Now|Then),?\s+")
REPORT = re.compile(
    r"(?:[A-ZÀ-Þ]|(?:he|she|they)\b)[^“”\"\n;:]*\b(?:say|maintain|claim|insist|believe|estimate|argue|allege|report|warn|suggest|find|"
    r"found|contend|think|thought|fear|told|tells|deni|deny|note|add|conclude|calculate|assert)(?:s|ed|d|es|ied)?"
    r"(?:\s(?:police|investigators|reporters|officers|the\s\w+|him|her|them))?\s$|"
    r"(?:[A-ZÀ-Þ]|(?:he|she|they)\b)[^“”\"\n;:]*\bsaid\s$",
)
"""Somebody and a verb of speech, right before what is said."""
CLAUSE = re.compile(
    r"(?:Though|Although|While|If|When|Because|Since|Unless|Even\s(?:if|though)|Once|Whether|Whenever|Where)\s[^“”\"\n;:]*\s$"
)
"""The beginning of a clause that the rest belongs to: "Though the college allows"."""
BETWEEN = re.compile(r",?[”\"’]?,?\s+")


def with_reported_reports(claims: Sequence[Claim], text: str, sentences: Sequence[Span]) -> list[Claim]:
    """Return `claims` with what a tag at the end of a sentence reports from the start of that sentence on."""
    taken = sorted(span for claim in claims for span in (*claim.source, *claim.cue))
    return [_whole(claim, text, sentences, taken) for claim in claims]


def _whole(claim: Claim, text: str, sentences: Sequence[Span], taken: Sequence[Span]) -> Claim:
    if not claim.cue or not claim.source or len(claim.content) != 1 or not sentences:
        return claim
    start, end = claim.content[0]
    tag = min(claim.source[0][0], claim.cue[0][0])
    if end > tag or not BETWEEN.fullmatch(text, end, tag):
        return claim
    number = max(bisect_right(sentences, start, key=lambda span: span[0]) - 1, 0)
    low = sentences[number][0]
    lead = LEADS.match(text, low, start)
    low = lead.end() if lead else low
    if not 0 < start - low <= LONGEST or text[start].isupper():
        return claim
    if not REPORT.fullmatch(text, low, start) and not CLAUSE.fullmatch(text, low, start):
        return claim
    place = bisect_left(taken, (low, low))
    if place < len(taken) and taken[place][0] < start:
        return claim
    return replace(claim, content=((low, end),), evidence=(min(claim.evidence[0], low), claim.evidence[1]))
