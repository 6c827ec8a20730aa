"""The component that leaves out what is not in English: claims are sought in English only.

A text that is clearly in another language is left out as a whole, and so are paragraphs of an English text, where
they are long enough to tell. Claims found there are dropped, and what was left out is said.
"""

import re

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.encoder.doc_state import claims_of, set_claims, set_left_out, text_of
from bot.model.claims import LeftOut
from bot.text.language import is_english, language_of

PARAGRAPH = re.compile(r"\S[^\n]*")
NEARLY_ALL = 0.8
"""Share of a text from which on the rest goes with it."""


def foreign_parts(text: str) -> list[LeftOut]:
    """Return the parts of `text` in other languages, in order: paragraphs side by side in one are one part.

    Paragraphs too short to tell go with the whole text where nearly all of it is in another language.
    """
    parts: list[LeftOut] = []
    joins = False
    for match in PARAGRAPH.finditer(text):
        found = language_of(match.group())
        if found is None or is_english(found):
            joins = False
        elif joins and parts[-1].language == found:
            parts[-1] = LeftOut(parts[-1].start, match.end(), found)
        else:
            parts.append(LeftOut(match.start(), match.end(), found))
            joins = True
    whole = language_of(text)
    if whole is None or is_english(whole):
        return parts
    if not parts or sum(part.end - part.start for part in parts) >= NEARLY_ALL * len(text.strip()):
        return [LeftOut(0, len(text), whole)]
    return parts


@Language.component("hearsay_languages")
def leave_out_languages(doc: Doc) -> Doc:
    """Drop the claims of `doc` that stand in another language, and note where that is."""
    parts = foreign_parts(text_of(doc))
    if parts:
        set_left_out(doc, parts)
        claims = claims_of(doc)
        set_claims(
            doc,
            [
                claim
                for claim in claims
                if not any(part.start < end and start < part.end for part in parts for start, end in claim.content)
            ],
        )
    return doc
