"""Who speaks if somebody else stands in between: "The left, says Holm, wants to leave", "— polls show — citing".

The tagger takes the subject of what is said for the source, and whoever stands next to "adding" for who adds.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.model.claims import Claim, Span

REACH = 24
LONGEST = 1_000
"""Characters of a sentence that are looked at."""
MOST_CLAIMS = 10
"""Claims of one sentence that are looked at."""
PARTED = re.compile(
    r"(?P<before>[A-ZÀ-Þ][^,.;:!?“”\"\n]{1,60}),\s(?P<cue>says|said|argues|argued|writes|wrote|adds|added|explains|"
    r"explained|insists|insisted)\s(?P<who>[A-ZÀ-Þ][\w.’'-]*(?:\s[A-ZÀ-Þ][\w.’'-]*){0,3}),\s"
)
"""A sentence with its tag behind the subject."""
ACCORDING = re.compile(r",\saccording\sto\s(?:the\s)?$", re.IGNORECASE)
SAID_BY = re.compile(r"[,”\"]\s(?P<who>[^,“”\"\n]{2,60}?)\s(?:said|says|told|wrote|added)\b[^“”\"\n]{0,60}$")
"""Who said it, behind a quotation that others pass on: "“It is shut,” the mayor said on Monday, according to"."""
GOES_ON = re.compile(r"\w+ing$")
"""A cue that goes on with a sentence: "adding"."""
DASH = re.compile(r"\s?(?:—|\s–|\s--)\s?")


def with_sources_apart(claim: Claim, before: Sequence[Claim], text: str, sentences: Sequence[Span]) -> Claim:
    """Return a claim with who speaks as its source; `before` are the claims before it, in order.

    The source is empty if whoever was found does not speak, and nobody else is found.
    """
    if not claim.cue or not claim.source or not claim.content or claim.source[0][1] > claim.cue[0][0]:
        return claim
    low = max(_start_of_sentence(claim.cue[0][0], sentences), claim.cue[0][0] - LONGEST)
    parted = _parted(claim, text, low)
    if parted is not None:
        return parted
    source = _main_speaker(claim, before, text, low)
    if source is None:
        return claim
    start = min([claim.evidence[0], *(start for start, _ in source)])
    return replace(claim, source=source, evidence=(start, claim.evidence[1]))


def _start_of_sentence(position: int, sentences: Sequence[Span]) -> int:
    number = bisect_right(sentences, position, key=lambda span: span[0]) - 1
    return sentences[max(number, 0)][0] if sentences else 0


def _parted(claim: Claim, text: str, low: int) -> Claim | None:
    """Return a claim with its tag in the middle, if the subject of what is said was taken for the source."""
    (start, end), cue = claim.content[0], claim.cue[0]
    found = PARTED.match(text, low, end)
    if found is None or found.span("cue") != cue or found.start("who") != start:
        return None
    content = (found.span("before"), (found.end(), end), *claim.content[1:])
    return replace(claim, source=(found.span("who"),), content=content)


def _main_speaker(claim: Claim, before: Sequence[Claim], text: str, low: int) -> tuple[Span, ...] | None:
    """Return the source of what goes on with a sentence, if the one found only stands in between; else None.

    Whoever passes a report on did not add to it: "the mayor said, according to the Post, adding that". Nor did
    what stands between dashes: "Holm sounded calm — polls showed her ahead — citing".
    """
    (start, end), cue = claim.source[0], claim.cue[0]
    if not GOES_ON.fullmatch(text, *cue):
        return None
    passed_on = ACCORDING.search(text, max(low, start - REACH), start)
    if passed_on and text[end : cue[0]] == ", ":
        said = SAID_BY.search(text, low, passed_on.start())
        return (said.span("who"),) if said else ()
    opened = [found.span() for found in DASH.finditer(text, low, start)]
    closed = [found.end() for found in DASH.finditer(text, end, cue[0])]
    if len(opened) % 2 == 1 and opened[-1][1] == start and closed[-1:] == [cue[0]]:
        return _speaker_before(opened[-1][0], low, before)
    return None


def _speaker_before(position: int, low: int, before: Sequence[Claim]) -> tuple[Span, ...]:
    """Return the source of the last claim between `low` and `position`."""
    for claim in reversed(before[-MOST_CLAIMS:]):
        if claim.source and low <= claim.source[0][0] < position:
            return claim.source
    return ()
