"""Sentences with their tag in the middle: what stands on both sides of it was said, whole.

"Both dogs, she added with a smile, had eaten" is one content. The tagger often takes but a part of such a
sentence: "Both dogs", or "to get one" of "He had asked for a boat and expected to get one, he said".
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.model.claims import Claim, Span

LONGEST_TAG = 90
"""Characters from the comma before a tag to the one behind it."""
SURE = 0.5
"""Confidence from which on another claim in the sentence keeps its words to itself."""
QUOTES = '“”"«»„'
APART = re.compile(r"[;:()\n—–―“”\"«»„]|,\s+(?:but|while|whereas|although|though|and)\s")
"""What may set the beginning of a sentence apart from what was said."""
GOES_ON = re.compile(
    r",\s+(?=(?:(?:and|but|or|nor)\s+)?(?:\w+ly\s+|also\s+|never\s+|not\s+|both\s+)?"
    r"(?:had|has|have|is|are|was|were|will|would|can|could|may|might|must|should|did|does|do)(?:n['’]t)?\b)"
)
"""How a sentence goes on behind a tag, if what stands before the tag was its subject or an earlier verb."""
ENDS = re.compile(r"[.!?]+[”\"’')\]]*\s*$")
LINK = re.compile(r"\s*(?:(?:But|And|So|Yet|Or)\s+)?")
"""What leads from the sentence before."""
NO_VERB = frozenset(("in", "per", "by", "at", "for", "to"))
"""Cues behind which no sentence is over."""
RELATIVE = frozenset(("who", "which", "that", "whom"))
LISTS = re.compile(r"\b(?:including|such\s+as|like|as|of|by|to|with|what)[, ]*$")
"""Words before a tag behind which only a part of what was said comes."""
VERB = re.compile(r"\b(?:had|has|have|is|are|was|were|will|would|can|could|may|might|must|should|did|does|do)\b")

_Part = tuple[int, int, int]
"""Start and end of the source or cue of a claim, and where the claim's source begins, -1 without one."""


def with_whole_sentences(claims: Sequence[Claim], text: str, sentences: Sequence[Span]) -> list[Claim]:
    """Return `claims` with the whole of a sentence in whose middle or at whose end their tag stands.

    A less sure claim within what is added is left out: it is a part of what was said.
    """
    reports = sorted(
        (start, end, claim.source[0][0] if claim.source else -1)
        for claim in claims
        if claim.confidence >= SURE
        for start, end in (*claim.source, *claim.cue)
    )
    found: list[Claim] = []
    added: list[Span] = []
    for claim in claims:
        content = _whole(claim, text, sentences, reports)
        if content != claim.content:
            added += [span for span in content if span not in claim.content]
            low, high = min(claim.evidence[0], content[0][0]), max(claim.evidence[1], content[-1][1])
            claim = replace(claim, content=content, evidence=(low, high))  # noqa: PLW2901
        found.append(claim)
    return (
        [claim for claim in found if claim.confidence >= SURE or not _is_within(claim, added)] if added else found
    )


def _whole(claim: Claim, text: str, sentences: Sequence[Span], reports: Sequence[_Part]) -> tuple[Span, ...]:
    if not claim.source or not claim.cue or not claim.content:
        return claim.content
    low = min(claim.source[0][0], claim.cue[0][0])
    high = max(claim.source[0][1], claim.cue[0][1])
    number = bisect_right(sentences, low, key=lambda span: span[0]) - 1
    start, end = sentences[max(number, 0)]
    before = [span for span in claim.content if start <= span[0] and span[1] <= low]
    if before and text[slice(*before[0])].casefold() in RELATIVE:
        return claim.content  # "by the stadium, which, he said, is full": the stadium is the reporter's
    if not before or not _is_tag(claim, text, (start, low, high, end)):
        return claim.content
    opening, closing = before[0][0], before[-1][1]
    link = LINK.match(text, start, opening)
    start = link.end() if link else start
    if start < opening and not APART.search(text, start, opening) and not _holds(reports, start, opening):
        opening = start
    after = [span for span in claim.content if span[0] >= high]
    behind = _behind(text, (opening, low, high, end), reports)
    if behind is not None and not (after and after[0][0] < end):
        return ((opening, closing), behind, *after)
    return claim.content if opening == before[0][0] else ((opening, closing), *after)


def _is_tag(claim: Claim, text: str, places: tuple[int, int, int, int]) -> bool:
    """Return whether source and cue stand behind a comma, in the middle or at the end of what was said.

    `places` are where the sentence, source and cue start, and where these and the sentence end.
    """
    start, low, high, end = places
    if text[low - 2 : low] != ", " or text[high - 1 : high + 1].strip().endswith(":"):
        return False
    if any(mark in text[start:low] for mark in QUOTES) or LISTS.search(text, start, low):
        return False
    if text[slice(*claim.cue[0])].casefold() in NO_VERB or text[slice(*claim.source[0])].casefold() in RELATIVE:
        return False
    before = max(stop for _, stop in claim.content if stop <= low)
    after = next((span[0] for span in claim.content if span[0] >= high), end)
    # "Rather than lead, he prefers to follow" is no tag.
    return not text[before:low].strip(", ") and (after >= end or "," in text[high:after])


def _behind(text: str, places: tuple[int, int, int, int], reports: Sequence[_Part]) -> Span | None:
    """Return how the sentence goes on behind its tag; None if it does not, or somebody else speaks there.

    `places` are where the content opens, the tag begins and ends, and the sentence ends. Whoever the content opens
    with may speak: "Both men, she said, had denied it".
    """
    opening, low, high, end = places
    comma = GOES_ON.search(text, high, min(end, high + LONGEST_TAG))
    if comma is None or any(mark in text[high : comma.end()] for mark in QUOTES):
        return None
    between = text[high : comma.start()]
    if VERB.search(between) or "," in between:
        return None
    stop = end
    if closes := ENDS.search(text, comma.end(), end):
        stop = closes.start()
    if any(mark in text[comma.end() : stop] for mark in QUOTES) or _holds(
        [part for part in reports if part[2] >= 0 and not opening <= part[2] <= low], comma.end(), stop
    ):
        return None
    return (comma.end(), stop) if stop > comma.end() else None


def _holds(reports: Sequence[_Part], start: int, end: int) -> bool:
    """Return whether one of the `reports`, in order, stands between `start` and `end`."""
    place = bisect_right(reports, (start, 0, 0))
    return any(low < end and high > start for low, high, _ in reports[max(0, place - 1) : place + 1])


def _is_within(claim: Claim, spans: Sequence[Span]) -> bool:
    """Return whether source and cue of a claim stand in one of `spans`."""
    every = (*claim.source, *claim.cue)
    return bool(claim.cue) and any(
        low <= start and end <= high for low, high in spans for start, end in every[-1:]
    )
