"""Quotations that follow each other without a word between them have one speaker.

Badly scraped paragraphs run together, and each sentence of a long quotation opens with a mark of its own: "Adler
said only: “I told you so. “He talks. “He does what he likes.”" The linker may give one of these to a speaker of
another paragraph, or to the sentence behind: "“It was a sad time.” Morton Chase said it was setting up a fund."
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.extraction.claims.evidence import evidence
from bot.model.claims import Claim, Span

MARKS = '“”"«»„'
BETWEEN = re.compile(rf"[ \t{MARKS}]{{0,4}}")
"""What may stand between two such quotations: marks, and no end of a paragraph."""
ENDED = re.compile(r"[.!?…][”\"»]?$")
"""The end of a sentence: what comes behind it is a report of its own."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the content of the claim with this number, and what its cue is."""

    span: Span
    owner: int
    cue: Span


def with_adjoining_quotations(claims: Sequence[Claim], text: str, sentences: Sequence[Span]) -> list[Claim]:
    """Return `claims` with each of such quotations in the content of the claim whose cue is beside them."""
    parts = sorted(
        (
            _Part(span, number, claim.cue[0])
            for number, claim in enumerate(claims)
            if claim.cue
            for span in claim.content
        ),
        key=lambda part: part.span,
    )
    cues = sorted(part.cue for part in parts)
    moved: dict[tuple[int, Span], int] = {}
    for here, behind in pairwise(parts):
        owner = moved.get((here.owner, here.span), here.owner)
        if owner == behind.owner or not _adjoin(here.span, behind.span, text):
            continue
        claim = claims[behind.owner]
        near = claims[owner].cue[0]
        if len(claim.content) > 1 and (
            (behind.cue < near < behind.span and _is_last(cues, near, behind.span))
            or (_is_apart(claim, behind.span, text) and _is_last(cues, near, behind.span))
        ):
            moved[behind.owner, behind.span] = owner
    return _rearranged(claims, moved, text, sentences) if moved else list(claims)


def _adjoin(here: Span, behind: Span, text: str) -> bool:
    """Return whether two parts are quotations of one paragraph, with nothing but marks between them."""
    if behind[0] < here[1] or not BETWEEN.fullmatch(text, here[1], behind[0]):
        return False
    return any(mark in MARKS for mark in text[max(0, behind[0] - 1) : behind[0] + 1])


def _is_last(cues: Sequence[Span], near: Span, behind: Span) -> bool:
    """Return whether no other cue stands between `near` and what comes behind it."""
    number = bisect_right(cues, near)
    return near < behind and (number == len(cues) or cues[number] >= behind)


def _is_apart(claim: Claim, span: Span, text: str) -> bool:
    """Return whether the sentence of a quotation is over before the report that says something else starts."""
    starts = min([claim.cue[0][0], *(start for start, _ in claim.source)])
    says_more = any(start >= claim.cue[0][1] for start, _ in claim.content)
    return says_more and span[1] <= starts and ENDED.search(text[max(0, span[1] - 2) : span[1]]) is not None


def _rearranged(
    claims: Sequence[Claim], moved: dict[tuple[int, Span], int], text: str, sentences: Sequence[Span]
) -> list[Claim]:
    """Return `claims` after parts of contents went to other claims: by owner and span, to a number."""
    contents = [
        [span for span in claim.content if (number, span) not in moved] for number, claim in enumerate(claims)
    ]
    for (_, span), to in moved.items():
        contents[to].append(span)
    found: list[Claim] = []
    for claim, content in zip(claims, contents, strict=True):
        spans = tuple(sorted(content))
        if spans != claim.content:
            every = (*claim.source, *claim.cue, *spans)
            around = evidence(min(every)[0], max(end for _, end in every), sentences, text)
            claim = replace(claim, content=spans, evidence=around)  # noqa: PLW2901
        found.append(claim)
    return found
