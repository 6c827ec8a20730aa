"""Sentence starts, from the encoder's scores and the paragraph breaks of the text."""

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.annotations import pieces_of, scores_of, tokens_of_words
from bot.extraction.pieces import GAPS, NEWLINE


class SentenceMarker:
    """Sets where sentences start: where the encoder's score is above `threshold`, and after each line break."""

    def __init__(self, threshold: float = 0.0) -> None:
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Mark each token of `doc`."""
        if not len(doc):
            return doc
        pieces = pieces_of(doc)
        starts = scores_of(doc).sentence > self.threshold
        starts |= pieces.features[pieces.first] % GAPS == NEWLINE
        flags = np.full((len(doc), 1), -1, dtype=np.int64)
        flags[tokens_of_words(doc)[starts]] = 1
        flags[0] = 1
        doc.from_array(["SENT_START"], flags.astype(np.uint64))  # type: ignore[arg-type]
        return doc


@Language.factory("hearsay_sentences", assigns=["token.is_sent_start"], default_config={"threshold": 0.0})
def create_sentence_marker(nlp: Language, name: str, threshold: float) -> SentenceMarker:  # noqa: ARG001
    """Make the component that marks sentences."""
    return SentenceMarker(threshold)
