"""Contents in whole paragraphs: quotations over several paragraphs complete, headings left out.

Newspapers open each paragraph of a long quotation with a mark and close only the last. A heading between two
paragraphs belongs to nobody, even if it quotes.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.model.claims import Claim, Span

OPENS = {"“": "”", "«": "»", "„": "“", '"': '"'}
"""Marks that open the paragraphs of a quotation, and what closes the last of them."""
LINE = re.compile(r"\S[^\n]*")
LONGEST_HEADING = 120
"""Characters of a heading."""
ENDS_SENTENCE = re.compile(r"[.!?…,;:—–-][”’\"'»)\]]*\s*$")
ASKS = re.compile(r"\?[”\"»]$")
ENDS_QUOTED = re.compile(r"[.!?…][”\"»]\s+$")
"""The end of a quotation that ends its sentence, right before what follows."""
INTRODUCED = re.compile(r":\s*$")
LETTERS = re.compile(r"[^\W\d_]{2}")
LABEL = re.compile(r"[\"“]?[A-Z][A-Z .’'-]{2,40}:")
"""What opens the turns of a quoted transcript."""
MOST = 12
"""Paragraphs that one quotation can have."""


class Paragraphs:
    """The paragraphs of a text: its lines with anything on them, white space at their ends cut off."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [
            (found.start(), found.start() + len(found.group().rstrip())) for found in LINE.finditer(text)
        ]
        self._starts = [start for start, _ in self.spans]

    def at(self, position: int) -> int:
        """Return the number of the paragraph that holds `position`, or of the last one before it."""
        return max(bisect_right(self._starts, position) - 1, 0)

    def is_heading(self, number: int) -> bool:
        """Return whether a paragraph is a heading: short, and without the end of a sentence."""
        start, end = self.spans[number]
        if end - start > LONGEST_HEADING or ENDS_SENTENCE.search(self.text, max(start, end - 4), end):
            return False
        listed = number > 0 and self.text[self.spans[number - 1][1] - 1] == ":"
        return not listed and LETTERS.search(self.text, start, end) is not None

    def goes_on(self, number: int) -> bool:
        """Return whether a quotation is open at the end of this paragraph and goes on in the next one."""
        if not 0 <= number < len(self.spans) - 1:
            return False
        opens = self.text[self.spans[number + 1][0]]
        if opens not in OPENS:
            return False
        here = self.text[slice(*self.spans[number])]
        if LABEL.match(here) or LABEL.match(self.text, self.spans[number + 1][0]):
            return False
        if opens == OPENS[opens]:
            return here.count(opens) % 2 == 1
        return here.rfind(opens) > here.rfind(OPENS[opens])

    def is_quoted(self, position: int) -> bool:
        """Return whether a quotation that opens the paragraph is still open at `position`.

        Only of marks that tell opening from closing: straight ones also set off excerpts of another article.
        """
        start, _ = self.spans[self.at(position)]
        opens = self.text[start]
        if OPENS.get(opens, opens) == opens or start >= position:
            return False
        here = self.text[start:position]
        return here.rfind(opens) > here.rfind(OPENS[opens])

    def is_within_marks(self, position: int) -> bool:
        """Return whether a quotation that opens the paragraph is still open at `position`, whatever its marks."""
        start, _ = self.spans[self.at(position)]
        opens = self.text[start]
        here = self.text[start:position]
        if OPENS.get(opens) == opens:
            return here.count(opens) % 2 == 1
        return here.rfind(opens) > here.rfind(OPENS.get(opens, opens))

    def is_all_quoted(self, number: int) -> bool:
        """Return whether a paragraph opens with a quotation that goes on beyond its end."""
        here = self.text[slice(*self.spans[number])]
        return here[0] in OPENS and here.count(here[0]) == 1 and OPENS[here[0]] not in here[1:]


def with_quotations_apart(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return `claims`, those that hold a quotation and what is reported in the next sentence taken apart.

    "“We wait.” He added that the road was closed" are two claims of one speaker; the first has no cue.
    """
    found: list[Claim] = []
    for claim in claims:
        before, behind = _before_the_report(claim, text)
        if not before:
            found.append(claim)
            continue
        if not INTRODUCED.search(text, max(0, before[0][0] - 3), before[0][0]):  # else somebody else was quoted
            found.append(replace(claim, cue=(), content=before, evidence=(before[0][0], claim.evidence[1])))
        low = min(claim.source[0][0], claim.cue[0][0])
        found.append(replace(claim, content=behind, evidence=(low, claim.evidence[1])))
    return found


def _before_the_report(claim: Claim, text: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the quotations of a claim that are over before its report begins, and what that reports."""
    if not claim.cue or not claim.source or len(claim.content) < 2:
        return (), ()
    opens = min(claim.source[0][0], claim.cue[0][0])
    before = tuple(span for span in claim.content if span[1] <= opens)
    behind = claim.content[len(before) :]
    if not before or not behind or behind[0][0] < claim.cue[-1][1] or text[behind[0][0]] in OPENS:
        return (), ()
    over = ENDS_QUOTED.search(text, max(before[-1][0], before[-1][1] - 3), opens) and text[opens].isupper()
    quoted = all(text[start] in OPENS for start, _ in before)
    return (before, behind) if over and quoted else ((), ())


def with_whole_quotations(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return `claims` with whole quotations and without headings; claims inside what was added are left out."""
    paragraphs = Paragraphs(text)
    if len(paragraphs.spans) < 2:
        return list(claims)
    found: list[Claim] = []
    added: list[Span] = []
    told: set[Span] = set()  # two claims of one speaker may both lead to a paragraph between them
    tagged = _with_tags(claims, paragraphs)
    for claim in claims:
        content = _without_answers(claim, _without_headings(claim, paragraphs), paragraphs)
        more = [span for span in _missing(claim, content, paragraphs, tagged) if span not in told]
        told.update(more)
        added += more
        if more or content != claim.content:
            content = _joined(sorted({*content, *more}), text)
            low, high = min(claim.evidence[0], content[0][0]), max(claim.evidence[1], content[-1][1])
            claim = replace(claim, content=content, evidence=(low, high))  # noqa: PLW2901
        found.append(claim)
    added = sorted(set(added))
    return [claim for claim in found if not _is_within(claim, added)]


def _with_tags(claims: Sequence[Claim], paragraphs: Paragraphs) -> dict[int, int]:
    """Return the quoted paragraphs that claims hold already, with where the cues of those stand.

    A cue within a quotation is none: what it seems to report is a part of what is said there.
    """
    found: dict[int, int] = {}
    for claim in claims:
        if not claim.cue or paragraphs.is_within_marks(claim.cue[0][0]):
            continue
        for start, end in claim.content:
            for number in range(paragraphs.at(start), paragraphs.at(end - 1) + 1):
                opens = paragraphs.spans[number][0]
                if paragraphs.text[opens] in OPENS and start <= opens + 1 < end:
                    found.setdefault(number, claim.cue[0][0])
    return found


def _without_headings(claim: Claim, paragraphs: Paragraphs) -> tuple[Span, ...]:
    """Return the content of a claim without headings, unless nothing else is left or the claim is one itself."""
    if not claim.cue:
        return claim.content
    home = paragraphs.at(claim.cue[0][0])
    low, high = paragraphs.spans[home]
    if paragraphs.is_heading(home) and (within := tuple(span for span in claim.content if low <= span[0] < high)):
        return tuple((start, min(end, high)) for start, end in within)
    if not ENDS_SENTENCE.search(paragraphs.text, paragraphs.spans[home][0], paragraphs.spans[home][1]):
        return claim.content
    kept: list[Span] = []
    for start, end in claim.content:
        for number in range(paragraphs.at(start), paragraphs.at(end - 1) + 1):
            low, high = paragraphs.spans[number]
            piece = max(start, low), min(end, high)
            if piece[0] < piece[1] and (number == home or not paragraphs.is_heading(number)):
                kept.append(piece)
    return _joined(kept, paragraphs.text) if kept else claim.content


def _without_answers(claim: Claim, content: tuple[Span, ...], paragraphs: Paragraphs) -> tuple[Span, ...]:
    """Return a content up to a question that the next paragraph answers: whoever asks is answered by another."""
    if not claim.cue:
        return content
    home = paragraphs.at(claim.cue[0][0])
    pieces = [
        (number, max(start, paragraphs.spans[number][0]), min(end, paragraphs.spans[number][1]))
        for start, end in content
        for number in range(paragraphs.at(start), paragraphs.at(end - 1) + 1)
    ]
    for place, (here, there) in enumerate(pairwise(pieces)):
        asks = home <= here[0] < there[0] and ASKS.search(paragraphs.text, max(here[1], here[2] - 4), here[2])
        if asks and paragraphs.text[there[1]] in OPENS:
            kept = [(start, end) for _, start, end in pieces[: place + (here[0] == home)] if start < end]
            return _joined(kept, paragraphs.text) if kept else content
    return content


def _missing(
    claim: Claim, content: Sequence[Span], paragraphs: Paragraphs, tagged: Mapping[int, int]
) -> list[Span]:
    """Return the paragraphs that belong to the quotations of a claim and are not in its content yet.

    One that another claim holds stays there: `tagged` says where the cues of those stand.
    """
    if not claim.cue or not content or paragraphs.is_quoted(claim.cue[0][0]):
        return []
    more: list[Span] = []
    first = paragraphs.at(content[0][0])
    low = paragraphs.spans[first][0]
    if content[0][0] <= low + 1 and paragraphs.text[low] in OPENS:
        for number in range(first - 1, max(first - MOST, -1), -1):
            if not paragraphs.goes_on(number) or not paragraphs.is_all_quoted(number):
                break
            more.append(paragraphs.spans[number])
    last = paragraphs.at(content[-1][1] - 1)
    whole = paragraphs.spans[last]
    if content[-1][1] < whole[1] and paragraphs.is_all_quoted(last) and paragraphs.is_quoted(content[-1][1]):
        more.append(whole)  # it was cut at what is told within it: "He said women don't repay."
    if more[-1:] == [whole] or content[-1][1] >= whole[1]:
        for number in range(last, min(last + MOST, len(paragraphs.spans) - 1)):
            if not paragraphs.goes_on(number) or tagged.get(number + 1, claim.cue[0][0]) != claim.cue[0][0]:
                break
            start, end = paragraphs.spans[number + 1]
            opens = paragraphs.text[start]
            close = paragraphs.text.find(OPENS[opens], start + 1, end)
            if close >= 0 and not paragraphs.goes_on(number + 1):
                more.append((start, close + 1))
                break
            more.append((start, end))
    return more


def _joined(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Return spans in order, those one between which only white space stands."""
    found: list[Span] = []
    for span in spans:
        if found and (span[0] <= found[-1][1] or not text[found[-1][1] : span[0]].strip()):
            found[-1] = found[-1][0], max(found[-1][1], span[1])
        else:
            found.append(span)
    return tuple(found)


def _is_within(claim: Claim, spans: Sequence[Span]) -> bool:
    """Return whether all of a claim stands in one of `spans` (in order): it is part of what is said there."""
    every = (*claim.source, *claim.cue, *claim.content)
    low, high = min(every)[0], max(end for _, end in every)
    number = bisect_right(spans, low, key=lambda span: span[0]) - 1
    return bool(claim.cue) and number >= 0 and high <= spans[number][1]
