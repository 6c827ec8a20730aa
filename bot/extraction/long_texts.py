"""Long texts in parts: where one is cut, and how what is found in the parts becomes what is found in the text.

What the encoder says about a word, and the claims it leads to, take some 100 bytes a character while they are
worked on. Read part by part that stays what one part takes. Who speaks is then told of the text as a whole.
"""

from spacy.tokens import Doc

from bot.extraction.encoder.doc_state import (
    ENTITIES,
    SENTENCES,
    claims_of,
    entities_of,
    sentences_of,
    set_claims,
    set_silences,
    silences_of,
)
from bot.model.claims import Claim, Span

LONGEST_PART = 100_000
"""Characters that are read at a time, some 17,000 words: hardly an article is longer."""
CUTS = ("\n\n", "\n", ". ", " ")
"""After which a text is cut, the best first."""


def parts(text: str, longest: int) -> list[Span]:
    """Return the parts of `text`, in order; together they are the text. None is longer than `longest` characters.

    A part ends after a paragraph, if one ends in its second half, else after a line, a sentence or a word.
    """
    found: list[Span] = []
    start = 0
    while len(text) - start > longest:
        places = ((text.rfind(mark, start + longest // 2, start + longest), len(mark)) for mark in CUTS)
        end = next((place + length for place, length in places if place >= 0), start + longest)
        found.append((start, end))
        start = end
    if start < len(text):
        found.append((start, len(text)))
    return found


def add(whole: Doc, part: Doc, start: int) -> None:
    """Add to `whole` what the components left on `part`, which starts at its character `start`."""
    sentences = [(first + start, end + start) for first, end in sentences_of(part)]
    entities = [(first + start, end + start, label) for first, end, label in entities_of(part)]
    whole.user_data[SENTENCES] = sentences_of(whole) + sentences
    whole.user_data[ENTITIES] = entities_of(whole) + entities
    set_claims(whole, (*claims_of(whole), *(moved(claim, start) for claim in claims_of(part))))
    set_silences(whole, (*silences_of(whole), *(moved(claim, start) for claim in silences_of(part))))


def moved(claim: Claim, by: int) -> Claim:
    """Return `claim` with all its places `by` characters further on."""
    return claim.with_spans(lambda span: (span[0] + by, span[1] + by)) if by else claim
