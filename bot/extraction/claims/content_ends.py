"""Contents without what is no part of them at their ends: another verb's object, the start of the next sentence.

"A ship met the men after a keeper {reported} a light": the keeper reported a light, and not the men. What stands
behind a quotation in the next paragraph and stops in the middle of its sentence belongs to that sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.model.claims import Claim, Span

QUOTES = "“\"«„‘'"
SUBORDINATE = re.compile(
    r"\s+(?:as|while|after|when|before|because|since|until|although|though|where|whereupon|once|if)\s+$",
    re.IGNORECASE,
)
"""Between the object of a verb and the subject of a clause that depends on it."""
UNSAID = re.compile(
    r"\b(?:did|does|do|has|had|have|would|will|could|can|was|were)(?:\s+not|n['’]t)\b|\b(?:declin|refus)(?:ed|es|ing)\b"
)
"""What somebody did not say: "but did not say when"."""
FEW = 3
"""Words that say nothing by themselves behind what was not said."""
DANGLING = re.compile(
    r"(?:[\s,;]+(?:and|but|or|nor|which|who)?)+$|\s+(?:and|but|or|nor)$|"
    r",\s+(?:despite|although|though|because|while|with|after|before|as|since|if|unless|until|when|where)$",
    re.IGNORECASE,
)
"""A comma, or what would lead on to another clause."""
HALF_CLAUSE = re.compile(
    r",\s+(?:[\w-]+\s+){0,4}(?:after|before|when|since|as|if)$|[\s,]+(?:while|because|until|although|though|whether)$"
)
"""What leads on to a clause that is not there: "in April, a week after"."""
HALF_END = re.compile(r"\s\w")
ENDED = re.compile(r"\s*[.!?…;:”\"’»)\]]")
WHAT = re.compile(r"what", re.IGNORECASE)
AS = re.compile(
    r"(?:(?:as|is|are|was|were|(?:will|would|to)\s+be|(?:has|have|had)\s+been)\s+)?(?=\S)", re.IGNORECASE
)
OBJECTS = re.compile(
    r"(?P<object>(?:an?|the|its|his|her|their|our|some|any|one|two|three|several|many|\d[\d,.]*)\s+"
    r"(?:[\w’'-]+\s+){0,5}?[\w’'-]+),?\s+(?:that|which|who)\s+$",
    re.IGNORECASE,
)
DETERMINER = re.compile(
    r"\b(?:an?|the|its|his|her|their|our|some|any|one|two|three|several|many|\d[\d,.]*)\s", re.IGNORECASE
)
FINITE = re.compile(
    r"(?:will|would|can|could|may|might|must|should|is|are|was|were|has|have|had|does|did|do)(?:n['’]t)?\s"
)
"""A verb whose subject stands before the report: "an airport that the state says will bring jobs"."""
REACH = 100


def with_clean_ends(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return `claims` with contents that begin and end where what was said does."""
    return [_cleaned(claim, text) for claim in claims]


def _cleaned(claim: Claim, text: str) -> Claim:
    if not claim.cue or not claim.content:
        return claim
    content = _without_unsaid(_without_next(_without_other_object(claim, text), claim, text), claim.cue[-1], text)
    content = _with_subject(_without_what(content, text), claim, text)
    content = (*content[:-1], _without_link(content[-1], text))
    return claim if content == claim.content else replace(claim, content=content)


def _without_other_object(claim: Claim, text: str) -> tuple[Span, ...]:
    """Return a content without the object of the clause that the report depends on."""
    content = claim.content
    if len(content) < 2 or not claim.source or content[1][0] < claim.cue[0][1]:
        return content
    first, source = content[0], claim.source[0]
    if first[1] > source[0] or text[first[0]] in QUOTES:
        return content
    return content[1:] if SUBORDINATE.fullmatch(text, first[1], source[0]) else content


def _without_next(content: tuple[Span, ...], claim: Claim, text: str) -> tuple[Span, ...]:
    """Return a content without the first words of a later paragraph, whose sentence goes on without them."""
    kept = content
    while len(kept) > 1:
        start, end = kept[-1]
        home = max(claim.cue[0][1], kept[0][1], kept[-2][1])
        apart = start > claim.cue[0][1] and "\n" in text[home:start]
        if (
            not apart
            or text[start] in QUOTES
            or "\n" in text[start:end]
            or ENDED.match(text, end)
            or end >= len(text)
        ):
            break
        kept = kept[:-1]
    return kept


def _without_unsaid(content: tuple[Span, ...], cue: Span, text: str) -> tuple[Span, ...]:
    """Return a content without the "when" of "but did not say when"."""
    kept = list(content[:1])
    for span in content[1:]:
        few = len(text[slice(*span)].split()) <= FEW and text[span[0]] not in QUOTES
        if not (few and UNSAID.search(text, max(kept[-1][1], cue[1] if cue[1] <= span[0] else 0), span[0])):
            kept.append(span)
    return tuple(kept)


def _without_what(content: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Return "the worst loss" for "what … as the worst loss", of "in what he described as the worst loss"."""
    if len(content) < 2 or not WHAT.fullmatch(text, *content[0]):
        return content
    start = AS.match(text, *content[1])
    return ((start.end() if start else content[1][0], content[1][1]), *content[2:])


def _with_subject(content: tuple[Span, ...], claim: Claim, text: str) -> tuple[Span, ...]:
    """Return a content with its subject, if it opens with a verb: "a port that the state says will bring jobs"."""
    start = content[0][0]
    if not claim.source or not claim.source[0][1] <= claim.cue[0][0] < start or not FINITE.match(text, start):
        return content
    if text[claim.cue[0][1] : start].strip():
        return content
    low = max(0, claim.source[0][0] - REACH)
    places = [found.start() for found in DETERMINER.finditer(text, low, claim.source[0][0])]
    for place in reversed(places):
        found = OBJECTS.match(text[place : claim.source[0][0]])
        if found is not None:
            return ((place, place + found.end("object")), *content)
    return content


def _without_link(last: Span, text: str) -> Span:
    """Return the last part of a content without a comma or an "and" that led on to something else."""
    goes_on = HALF_END.match(text, last[1]) is not None
    found = HALF_CLAUSE.search(text, max(last[0] + 1, last[1] - 40), last[1]) if goes_on else None
    found = found or DANGLING.search(text, max(last[0] + 1, last[1] - 14), last[1])
    if found is None or found.start() <= last[0]:
        return last
    return last[0], found.start()
