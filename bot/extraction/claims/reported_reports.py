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
TWICE = re.compile(
    r"\s(?:[\w’'.-]+\s){1,8}?(?:said|told|wrote|added|testified|admitted|recalled|explained)(?:\s[^,.;:“”\"\n]{1,60})?(?P<tag>,\s)"
)
"""A tag between a quotation and the tag of its teller: "“I ran,” Holm told the court, the Post reports"."""
QUOTES = '“"«'
MORE = re.compile(r"(?:\s[^,.;:“”\"\n]{1,60})?,\s")
"""What a first tag may say more, up to the second one."""
ENDED = re.compile(r"(?:\s[^,.;:“”\"\n]{1,40})?[.,]\s")
CLOSED = re.compile(r"[,?!][”\"]$")
BETWEEN = re.compile(r",?[”\"’]?,?\s+")


def with_reported_reports(claims: Sequence[Claim], text: str, sentences: Sequence[Span]) -> list[Claim]:
    """Return `claims` with what a tag at the end of a sentence reports from the start of that sentence on."""
    taken = sorted(span for claim in claims for span in (*claim.source, *claim.cue))
    return [_whole(claim, text, sentences, taken) for claim in _with_first_speakers(claims, text)]


def _with_first_speakers(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return `claims`, what is quoted behind two tags in the content of whoever the first one names.

    "“I ran,” Holm told the court, the Post reports. “I was afraid.”": both are Holm's; the Post passes them on.
    """
    found = list(claims)
    for place in range(1, len(found)):
        first, second = found[place - 1], found[place]
        if _is_passed_on(first, second, text):
            tag = min(second.source[0][0], second.cue[0][0])
            end = max(first.source[0][1], first.cue[-1][1])
            whole = (first.content[0][0], end + len(text[end:tag].rstrip(", ")))
            low, high = first.content[0][0], second.content[-1][1]
            found[place - 1] = replace(
                first,
                content=(*first.content, *second.content),
                confidence=max(first.confidence, second.confidence),
                evidence=(min(first.evidence[0], low), high),
            )
            found[place] = replace(second, content=(whole,), evidence=(min(second.evidence[0], low), high))
    return found


def _is_passed_on(first: Claim, second: Claim, text: str) -> bool:
    """Return whether the second claim holds only quotations, and its tag stands behind that of the first."""
    if not all(part for claim in (first, second) for part in (claim.source, claim.cue, claim.content)):
        return False
    opens, closes = min(first.source[0][0], first.cue[0][0]), max(first.source[0][1], first.cue[-1][1])
    tag, behind = min(second.source[0][0], second.cue[0][0]), max(second.source[0][1], second.cue[-1][1])
    if not first.content[-1][1] <= opens < closes < tag < behind <= second.content[0][0]:
        return False
    quoted = all(text[start] in QUOTES for start, _ in (*first.content, *second.content))
    return (
        quoted
        and BETWEEN.fullmatch(text, first.content[-1][1], opens) is not None
        and MORE.fullmatch(text, closes, tag) is not None
        and ENDED.fullmatch(text, behind, second.content[0][0]) is not None
    )


def _whole(claim: Claim, text: str, sentences: Sequence[Span], taken: Sequence[Span]) -> Claim:
    claim = _with_first_tag(claim, text, taken)
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


def _with_first_tag(claim: Claim, text: str, taken: Sequence[Span]) -> Claim:
    """Return a claim with the tag of a quotation in its content, if its own only says who passes that on."""
    if not claim.cue or not claim.source or not claim.content:
        return claim
    (start, end), tag = claim.content[0], min(claim.source[0][0], claim.cue[0][0])
    found = TWICE.fullmatch(text, end, tag) if CLOSED.search(text, start, end) else None
    if found is None:
        return claim
    place = bisect_left(taken, (end, end))
    if place < len(taken) and taken[place][0] < tag:
        return claim
    return replace(claim, content=((start, found.start("tag")), *claim.content[1:]))
