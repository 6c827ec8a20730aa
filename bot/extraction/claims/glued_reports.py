"""Reports at the end of a paragraph that scraping has glued to the next: "The dam held the mayor saidHouses can".

What follows "said" without a space is the next paragraph, and not what the mayor said. That stands before the
report, from where the paragraph begins.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.model.claims import Claim, Span

SEAM = re.compile(r"(?<=[a-zß-ÿ0-9])(?=[A-ZÀ-Þ])")
LONGEST, FEWEST = 400, 4
"""Characters before a report in which its paragraph begins, and words that say something."""


def with_glued_reports(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return `claims`, those whose content was taken from the next paragraph with the one before their report."""
    moved: list[Span] = []
    found: list[Claim] = []
    taken = sorted(span for claim in claims for span in (*claim.source, *claim.cue))
    for claim in claims:
        if not _is_glued(claim, text):
            found.append(claim)
            continue
        said = _before(claim.source[0][0], text, taken)
        if said is not None:
            moved.append(said)
            found.append(replace(claim, content=(said,), evidence=(said[0], claim.cue[-1][1])))
    if not moved:
        return found
    return [claim if len(claim.content) == 1 else _without(claim, moved) for claim in found]


def _is_glued(claim: Claim, text: str) -> bool:
    """Return whether all of a content stands behind a cue at the end of its paragraph."""
    if not claim.source or not claim.cue or not claim.content or claim.source[0][1] > claim.cue[0][0]:
        return False
    start = claim.content[0][0]
    return start == claim.cue[-1][1] and SEAM.match(text, start) is not None


def _before(end: int, text: str, taken: Sequence[Span]) -> Span | None:
    """Return the words from the start of a paragraph to the report at `end`, if nobody else speaks there."""
    low = max(0, end - LONGEST)
    start = max((seam.start() for seam in SEAM.finditer(text, low + 1, end)), default=0 if not low else None)
    if start is None:
        return None
    said = start, start + len(text[start:end].rstrip())
    if len(text[slice(*said)].split()) < FEWEST or any(a < said[1] and said[0] < b for a, b in taken):
        return None
    return said


def _without(claim: Claim, moved: Sequence[Span]) -> Claim:
    """Return a claim without the parts of its content that others say."""
    kept = tuple(span for span in claim.content if not any(a < span[1] and span[0] < b for a, b in moved))
    others = kept and kept != claim.content and claim.content[0] == kept[0]
    return replace(claim, content=kept) if others else claim
