"""Quotations set apart with the speaker's name under them: "“We wait.”" and "— Anna Kovacs" on a line of its own.

Such a quotation is a claim without a cue, of whoever is named; what else was found in it gives way.
"""

import re
from collections.abc import Sequence

from bot.extraction.values import Claim, Kind, Span, Wording

NAME = r"[A-ZÀ-Þ][^\W\d_]*[\w.’'-]*(?:[ ](?:[a-z]{1,3}[ ])?[A-ZÀ-Þ][\w.’'-]*){0,4}"
QUOTE = re.compile(
    rf"^[ \t]*(?P<content>(?P<open>[“\"«])[^\n“\"«]{{3,600}}[”\"»])[ \t]*\n{{1,2}}"
    rf"[ \t]*[—–-]{{1,2}}[ \t]*(?P<name>{NAME})(?P<role>,[ ][^\n]{{2,80}})?[ \t]*$",
    re.MULTILINE,
)
CONFIDENCE = 0.9
"""As of the turn of an interview whose label names the speaker."""


def pull_quotes(text: str) -> list[tuple[Span, Span]]:
    """Return the pull quotes of `text`: the spans of what is quoted, and of the name with the role under it."""
    return [
        (
            match.span("content"),
            (match.start("name"), match.end("name") if match["role"] is None else match.end("role")),
        )
        for match in QUOTE.finditer(text)
    ]


def with_pull_quotes(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return the claims and, in place of those within them, the pull quotes of `text`, in order."""
    found = pull_quotes(text)
    if not found:
        return list(claims)
    kept = [
        claim
        for claim in claims
        if not any(start < high and low < end for (start, end), _ in found for low, high in claim.content)
    ]
    kept += [_claim(content, name, text) for content, name in found]
    return sorted(kept, key=lambda claim: min((*claim.source, *claim.cue, *claim.content)))


def _claim(content: Span, name: Span, text: str) -> Claim:
    asks = text[content[0] : content[1]].rstrip('”"» ').endswith("?")
    return Claim(
        source=(name,),
        cue=(),
        content=(content,),
        actor=None,
        kind=Kind.QUESTION if asks else Kind.STATEMENT,
        verbatim=Wording.VERBATIM,
        confidence=CONFIDENCE,
        evidence=(content[0], name[1]),
    )
