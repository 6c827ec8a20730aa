"""What the pipeline's components leave on a Doc for each other, and what they leave for good.

Everything is kept in `doc.user_data` under the keys here, with offsets in characters, so that a Doc without tokens
is enough: `extract` makes no others, because tokens take time and 200 bytes per word. `hearsay_release` drops what
only the components need. Results stay, and are read through the extensions `doc._.claims`, `doc._.actors` and
`doc._.extraction`; `serialised_values` lets them travel with a serialised Doc.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from bot.extraction.encoder import serialised_values
from bot.extraction.encoder.pair_scores import Pairs
from bot.extraction.encoder.word_pieces import Pieces
from bot.model.claims import Actor, Claim, Extraction, LeftOut, Span

TEXT = "hearsay.text"
PIECES = "hearsay.pieces"
SCORES = "hearsay.scores"
TOKENS = "hearsay.tokens"
SENTENCES = "hearsay.sentences"
ENTITIES = "hearsay.entities"
CLAIMS = "hearsay.claims"
SILENCES = "hearsay.silences"
ACTORS = "hearsay.actors"
LEFT_OUT = "hearsay.left_out"
TITLE = "hearsay.title"

Name = tuple[int, int, str]
"""A name in the text: start, end (exclusive) and label."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder says about each word of a text.

    `tag` (words × 7) scores outside, then begin and inside of source, cue and content; `sentence` (words) whether
    a sentence starts; `name` (words × 7 or more) outside, then begin and inside of person, organisation, place,
    and other names.
    `pairs` scores which words belong to which cue.
    """

    tag: NDArray[np.float32]
    sentence: NDArray[np.float32]
    name: NDArray[np.float32]
    pairs: Pairs


def text_of(doc: Doc) -> str:
    """Return the text of `doc`, which spaCy puts together anew from its tokens whenever it is asked."""
    found: str = doc.user_data[TEXT]
    return found


def pieces_of(doc: Doc) -> Pieces:
    """Return the word pieces that the tokenizer left on `doc`."""
    found: Pieces = doc.user_data[PIECES]
    return found


def scores_of(doc: Doc) -> Scores:
    """Return what the encoder left on `doc`."""
    found: Scores = doc.user_data[SCORES]
    return found


def tokens_of_words(doc: Doc) -> NDArray[np.int64]:
    """Return, for each word of the pieces, the index of its token (gaps of white space are tokens too)."""
    found: NDArray[np.int64] = doc.user_data[TOKENS]
    return found


def sentences_of(doc: Doc) -> list[Span]:
    """Return the sentences of `doc` as characters, in order; asking spaCy for them walks over every token."""
    found: list[Span] = doc.user_data.get(SENTENCES, [])
    return found


def entities_of(doc: Doc) -> list[Name]:
    """Return the names found in `doc`, in order: start, end and label (PERSON, ORG or LOC) of each."""
    found: list[Name] = doc.user_data.get(ENTITIES, [])
    return found


def set_entities(doc: Doc, entities: list[Name]) -> None:
    """Keep names on `doc`, in order and none over another, and make them its entities where it has tokens."""
    doc.user_data[ENTITIES] = entities
    if len(doc):
        spans = (doc.char_span(start, end, label, alignment_mode="expand") for start, end, label in entities)
        doc.set_ents([span for span in spans if span is not None])


def claims_of(doc: Doc) -> tuple[Claim, ...]:
    """Return the claims found so far in `doc`."""
    return tuple(doc.user_data.get(CLAIMS, ()))


def set_claims(doc: Doc, claims: Iterable[Claim]) -> None:
    """Keep `claims` on `doc`."""
    doc.user_data[CLAIMS] = tuple(claims)


def silences_of(doc: Doc) -> tuple[Claim, ...]:
    """Return what looked like claims of `doc`, but only reports that somebody said nothing."""
    found: tuple[Claim, ...] = doc.user_data.get(SILENCES, ())
    return found


def set_silences(doc: Doc, silences: Iterable[Claim]) -> None:
    """Keep `silences` on `doc` until its release: they tell who was spoken of, for the pronouns that follow."""
    doc.user_data[SILENCES] = tuple(silences)


def actors_of(doc: Doc) -> tuple[Actor, ...]:
    """Return the actors found in `doc`, the key actor first."""
    return tuple(doc.user_data.get(ACTORS, ()))


def set_actors(doc: Doc, actors: Iterable[Actor]) -> None:
    """Keep `actors` on `doc`."""
    doc.user_data[ACTORS] = tuple(actors)


def extraction_of(doc: Doc) -> Extraction:
    """Return the actors and claims of `doc`, and which parts of it were left out."""
    return Extraction(actors_of(doc), claims_of(doc), tuple(doc.user_data.get(LEFT_OUT, ())))


def set_left_out(doc: Doc, parts: Iterable[LeftOut]) -> None:
    """Note on `doc` the parts in which no claims were looked for."""
    doc.user_data[LEFT_OUT] = tuple(parts)


def release(doc: Doc) -> None:
    """Drop what only the components needed."""
    for key in (TEXT, PIECES, SCORES, TOKENS, SENTENCES, ENTITIES, SILENCES):
        doc.user_data.pop(key, None)


def register_extensions() -> None:
    """Make `claims`, `actors` and `extraction` known to spaCy; a second call changes nothing."""
    serialised_values.register()
    Doc.set_extension("claims", getter=claims_of, setter=set_claims, force=True)
    Doc.set_extension("actors", getter=actors_of, setter=set_actors, force=True)
    Doc.set_extension("extraction", getter=extraction_of, force=True)


register_extensions()
