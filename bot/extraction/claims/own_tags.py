"""Quotations with a tag of their own stay with it: "“Don’t sell it, Dale,” she called down." is what she calls.

So do sentences without marks that end in their tag. The tagger knows the verbs that report. If another verb stands
behind a quotation, the linker gives the quotation to the speaker of the paragraph before.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.claims.evidence import evidence
from bot.model.claims import Claim, Span

TAG = re.compile(
    r"[,?!—–-](?P<close>[”\"»])\s+(?P<source>he|she|they|"
    r"(?:(?:the|an?|his|her|one|another)\s)?(?:[a-z-]+\s){0,3}(?:[A-ZÀ-Þ][\w.’'-]*\s){0,2}[A-ZÀ-Þ][\w’'-]+|"
    r"(?:the|an?|his|her|one|another)\s(?:[\w’'-]+\s){0,2}?[a-z][\w’'-]+)"
    r"\s(?:\w+ly\s)?(?P<cue>[a-z]{2,}(?:ed|s)|sang|wept|swore|spat|began|shot\sback|hit\sback|went\son)"
    r"(?:\s(?:down|out|back|up|over|in|on|across|after))?(?=[.;,\n]|\s(?:as|with|from|to|at|in|on|over|across|through|before|after|when|while|and)\b|$)"
)
"""What stands behind a quotation whose sentence goes on: who spoke, and how."""
OWN_REPORT = re.compile(
    r",\s+(?P<source>(?:he|she|they|it|(?:[Tt]he|[Aa]n?|[Oo]ne|[Tt]wo|[Aa]nother|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|officials|police|"
    r"prosecutors|[A-ZÀ-Þ][\w.’'-]*)(?:\s[\w.’'&-]+){0,11}?))"
    r"\s(?P<cue>(?:said|says|added|adds|noted|explained|recalled|warned|conceded|claimed|insisted|estimated|reported|predicted))[.!]?\s*$"
)
"""What ends a sentence that somebody else says: "The pump will stay shut, a person close to the matter said."."""
OPENS = '“"«'
QUOTES = '“”"«»'
SURE = 0.95
"""How likely such a claim is right if the one that it was taken from is."""
REACH = 160
"""Characters behind a quotation in which its tag ends."""


def with_own_tags(claims: Sequence[Claim], text: str, sentences: Sequence[Span]) -> list[Claim]:
    """Return `claims` in order; quotations that have another tag than the claim's become claims of their own."""
    cues = {start for claim in claims for start, _ in claim.cue}
    found: list[Claim] = []
    for claim in claims:
        own: list[Claim] = []
        kept = list(claim.content)
        for span in claim.content[1:] if claim.cue and claim.source else ():
            tag = _tag(text, span) or _report_behind(text, span, claim.cue[0], sentences)
            if tag is None or tag.start("cue") in cues or span[0] < claim.cue[0][1]:
                continue
            source, cue = tag.span("source"), tag.span("cue")
            kept.remove(span)
            around = evidence(span[0], cue[1], sentences, text)
            own.append(
                replace(
                    claim,
                    source=(source,),
                    cue=(cue,),
                    content=(span,),
                    confidence=round(claim.confidence * SURE, 4),
                    evidence=around,
                )
            )
        found += [replace(claim, content=tuple(kept)) if own else claim, *own]
    return sorted(found, key=lambda claim: claim.cue[0] if claim.cue else claim.content[0])


def _report_behind(text: str, span: Span, cue: Span, sentences: Sequence[Span]) -> re.Match[str] | None:
    """Return who ends a later sentence that `span` opens as its speaker; None if nobody does, or it is quoted."""
    number = bisect_right(sentences, span[0], key=lambda sentence: sentence[0]) - 1
    start, end = sentences[max(number, 0)]
    if start < cue[1] or text[start : span[0]].strip() or any(mark in text[start:end] for mark in QUOTES):
        return None
    return OWN_REPORT.match(text, span[1], end)


def _tag(text: str, span: Span) -> re.Match[str] | None:
    """Return the tag right behind a quotation that a paragraph or sentence opens with."""
    start, end = span
    if text[start] not in OPENS:
        return None
    for close in (end - 2, end - 1):
        tag = TAG.match(text, max(start, close), end + REACH)
        if tag is not None and tag.start("close") in (end - 1, end):
            return tag
    return None
