"""What the pipeline makes of one sentence of a text: for tests of who speaks."""

from spacy.language import Language

from bot.extraction.pipeline import extract
from bot.model.claims import Claim

SHOWN = 0.8
"""The confidence from which on digests show a claim."""
MOST = 0.6
"""Share of the words looked for that a claim has to hold."""


def claims_with(nlp: Language, text: str, part: str) -> list[Claim]:
    """Return the claims whose contents hold most of `part`, words that stand once in `text`."""
    assert text.count(part) == 1, f"{part!r} stands {text.count(part)} times in the text"
    low = text.index(part)
    high = low + len(part)
    return [
        claim
        for claim in extract(nlp, text).claims
        if sum(max(0, min(end, high) - max(start, low)) for start, end in claim.content) >= MOST * len(part)
    ]


def speaker_of(nlp: Language, text: str, part: str) -> str | None:
    """Return the actor of the surest claim with `part` in it; None if nobody is named or nothing is found."""
    found = claims_with(nlp, text, part)
    return max(found, key=lambda claim: claim.confidence).actor if found else None


def is_shown(nlp: Language, text: str, part: str) -> bool:
    """Return whether a claim with `part` in it is sure enough to be shown."""
    return any(claim.confidence >= SHOWN for claim in claims_with(nlp, text, part))
