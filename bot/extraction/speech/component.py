"""The component that reads what a claim's wording says of the speech itself: hedged, to whom, when, or nothing."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.encoder.doc_state import (
    claims_of,
    pieces_of,
    sentences_of,
    set_claims,
    set_silences,
    text_of,
)
from bot.extraction.speech.addressees import addressee
from bot.extraction.speech.around_the_cue import Edges, surroundings
from bot.extraction.speech.hedges import is_hedged
from bot.extraction.speech.hypothetical import is_hypothetical
from bot.extraction.speech.no_comment import is_silence
from bot.extraction.speech.taken_back import with_what_was_taken_back
from bot.extraction.speech.times import time_of_speech
from bot.model.claims import Claim, Span

_PASSIVE = 4
"""Characters on either side of a cue in which the rest of "is said to" stands, where the cue is only "said"."""


def described(
    text: str, claims: Sequence[Claim], sentences: Sequence[Span], seams: Sequence[int] = ()
) -> list[Claim]:
    """Return `claims` with `hedged`, `addressee` and `time` set.

    `sentences` are those of `text`, in order; `seams` the places where a word was cut in two by the tokenizer.
    """
    edges = Edges(claims, seams)
    found: list[Claim] = []
    for claim in claims:
        if not claim.cue:
            found.append(replace(claim, hedged=is_hedged(text, (), claim.content)))
            continue
        sentence = sentence_of(claim.cue[0], sentences)
        around = surroundings(claim, sentence, edges)
        passive = (max(sentence[0], claim.cue[0][0] - _PASSIVE), min(sentence[1], claim.cue[0][1] + _PASSIVE))
        report = (*claim.cue, passive, *around.between, *around.after)
        found.append(
            replace(
                claim,
                hedged=is_hedged(text, report, claim.content),
                addressee=addressee(text, claim, around),
                time=time_of_speech(text, claim, around),
            )
        )
    return found


def sentence_of(cue: Span, sentences: Sequence[Span]) -> Span:
    """Return the sentence that the cue starts in, up to the end of the cue at least."""
    index = bisect_right(sentences, cue[0], key=lambda sentence: sentence[0]) - 1
    start, end = sentences[max(index, 0)]
    return min(start, cue[0]), max(end, cue[1])


def seams_of(doc: Doc) -> list[int]:
    """Return the offsets at which two words of `doc` stand without anything between them."""
    text, pieces = text_of(doc), pieces_of(doc)
    glued = pieces.starts[1:][pieces.starts[1:] == pieces.ends[:-1]].tolist()
    return [start for start in glued if text[start - 1].isalnum() and text[start].isalnum()]


class SpeechReader:
    """Sets `hedged`, `addressee` and `time` of the claims of the Doc, and sets apart what was not said."""

    def __call__(self, doc: Doc) -> Doc:
        """Read the wording of the claims of `doc`."""
        sentences = sentences_of(doc)
        if sentences:
            text = text_of(doc)
            claims: list[Claim] = []
            silences: list[Claim] = []
            for claim in claims_of(doc):
                sentence = sentence_of(claim.cue[0], sentences) if claim.cue else (0, 0)
                none = is_silence(text, claim, sentence) or is_hypothetical(text, claim, sentence)
                (silences if none else claims).append(claim)
            said = with_what_was_taken_back(text, claims, sentences)
            set_claims(doc, described(text, said, sentences, seams_of(doc)))
            set_silences(doc, silences)
        return doc


@Language.factory("hearsay_speech", requires=["token.is_sent_start"])
def create_speech_reader(nlp: Language, name: str) -> SpeechReader:  # noqa: ARG001
    """Make the component that reads the wording of claims."""
    return SpeechReader()
