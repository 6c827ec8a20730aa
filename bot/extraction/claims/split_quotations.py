"""One quotation has one speaker: what was split between the report before and the tag behind goes together.

"Reyes shrugged it off. “He let out his rage, and he praised Holm. He said she was great,” Reyes said." Verbs of
speech within the quotation are taken for reports, and its beginning goes to the sentence before.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.claims.evidence import evidence
from bot.model.claims import Claim, Span

OPENS = {"“": "”", '"': '"', "«": "»"}
MARKS = '“”"«»'
LONGEST = 2_000
"""Characters of a quotation."""
LEADS = re.compile(r"[:,]\s*$")
"""What stands before a quotation that the report before it leads on to."""
TAGGED = re.compile(r"[,?!—–-][”\"»]\s+$")
"""The end of a quotation whose sentence goes on with who said it."""


def with_quotations_together(claims: Sequence[Claim], text: str, sentences: Sequence[Span]) -> list[Claim]:
    """Return `claims`, a quotation of which two hold a part in the content of the one whose tag is behind it."""
    found = list(claims)
    for place in range(len(found) - 1):
        here, behind = found[place], found[place + 1]
        quotation = _shared(here, behind, text)
        if quotation is None:
            continue
        kept = tuple(span for span in here.content if span[1] <= quotation[0])
        rest = tuple(span for span in behind.content if span[0] >= quotation[1])
        every = (*behind.source, *behind.cue, quotation, *rest)
        around = evidence(min(every)[0], max(end for _, end in every), sentences, text)
        found[place] = replace(here, content=kept)
        found[place + 1] = replace(behind, content=(quotation, *rest), evidence=around)
    return [claim for claim in found if claim.content]


def _shared(here: Claim, behind: Claim, text: str) -> Span | None:
    """Return the quotation in which one claim's content ends and that of the next one begins, if it has a tag."""
    if not here.cue or not behind.cue or not behind.source or not here.content or not behind.content:
        return None
    first, second = here.content[-1], behind.content[0]
    tag = min(behind.source[0][0], behind.cue[0][0])
    if not here.cue[-1][1] <= first[0] < first[1] <= second[0] < second[1] <= tag or tag - first[0] > LONGEST:
        return None
    start = first[0] if text[first[0]] in OPENS else first[0] - 1
    if start < 0 or text[start] not in OPENS or any(mark in MARKS for mark in text[start + 1 : second[1] - 2]):
        return None
    if "\n" in text[start:tag] or LEADS.search(text, max(0, start - 3), start):
        return None
    return (start, second[1]) if TAGGED.search(text, second[1] - 3, tag) else None
