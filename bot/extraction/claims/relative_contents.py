"""Contents that open with "which": "the Dale Act, which he called archaic" says what is archaic right before.

Only if a noun phrase stands there: behind a clause "which" may mean all of it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.model.claims import Claim, Span

REACH = 80
"""Characters before a content in which a noun phrase is sought."""
WHICH = re.compile(r"which$")
MEANT = re.compile(
    r"(?<![\w’'-])(?P<meant>(?:the|an?|his|her|its|their|this|that|these|those|[A-ZÀ-Þ][\w-]*[’']s?)\s"
    r"(?:(?!(?:is|are|was|were|had|has|have|will|would|that|who|which|and|or|but|to|in|on|at|by|for|from|with|about|after|before|"
    r"as|than|into|over)\b)[\w’'-]+\s){0,4}?(?!(?:not|it|them|him|her|day|week|month|year|time|morning|night)\b)[\w’'-]+),\s$",
    re.IGNORECASE,
)
"""A noun phrase without a verb or a preposition in it, right before the comma."""
DONE = re.compile(r"\w+(?:ing|ly)$")


def with_what_which_means(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return `claims`, `refers_to` of those whose content opens with "which" set to what that means."""
    found: list[Claim] = []
    for claim in claims:
        if len(claim.content) > 1 and WHICH.fullmatch(text, *claim.content[0]):
            claim = replace(claim, refers_to=_meant(text, claim.content[0][0]))  # noqa: PLW2901
        found.append(claim)
    return found


def _meant(text: str, start: int) -> Span | None:
    found = MEANT.search(text[max(0, start - REACH) : start])
    if found is None or DONE.search(found["meant"]):
        return None
    low = max(0, start - REACH)
    return low + found.start("meant"), low + found.end("meant")
