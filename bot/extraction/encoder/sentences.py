"""Sentence starts, from the encoder's scores and the paragraph breaks of the text."""

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.encoder.doc_state import SENTENCES, pieces_of, scores_of, text_of, tokens_of_words
from bot.extraction.encoder.word_pieces import GAPS, NEWLINE, Pieces
from bot.model.claims import Span


def sentences(pieces: Pieces, starts: NDArray[np.bool_], text: str) -> list[Span]:
    """Return the sentences of `text` that start at the words marked in `starts`, and at its beginning.

    As spaCy has them: white space belongs to the sentence before it, but for a single space at its end.
    """
    words = np.nonzero(starts)[0]
    words = words[words > 0]
    firsts, ends = pieces.starts[words].tolist(), pieces.ends[words - 1].tolist()
    begins = [0, *firsts]
    ends = [first - (text[end:first] == " ") for first, end in zip(firsts, ends, strict=True)]
    last = int(pieces.ends[-1]) if len(pieces) else 0
    ends.append(len(text) - (text[last:] == " "))
    return list(zip(begins, ends, strict=True))


class SentenceMarker:
    """Sets where sentences start: where the encoder's score is above `threshold`, and after each line break."""

    def __init__(self, threshold: float = 0.0) -> None:
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Find the sentences of `doc`, and mark its tokens where it has any."""
        text = text_of(doc)
        if not text:
            return doc
        pieces = pieces_of(doc)
        starts = scores_of(doc).sentence > self.threshold
        starts |= pieces.features[pieces.first] % GAPS == NEWLINE
        doc.user_data[SENTENCES] = sentences(pieces, starts, text)
        if not len(doc):
            return doc
        flags = np.full((len(doc), 1), -1, dtype=np.int64)
        flags[tokens_of_words(doc)[starts]] = 1
        flags[0] = 1
        doc.from_array(["SENT_START"], flags.astype(np.uint64))  # type: ignore[arg-type]
        return doc


@Language.factory("hearsay_sentences", assigns=["token.is_sent_start"], default_config={"threshold": 0.0})
def create_sentence_marker(nlp: Language, name: str, threshold: float) -> SentenceMarker:  # noqa: ARG001
    """Make the component that marks sentences."""
    return SentenceMarker(threshold)
