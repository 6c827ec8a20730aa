"""What the pipeline's components leave on a Doc for each other, and what they leave for good.

Arrays of the encoder live in `doc.user_data` under the keys here until `hearsay_release` drops them. Results are
kept there as plain lists and dicts, so that a Doc can be serialised, and read through the extensions
`doc._.claims`, `doc._.actors` and `doc._.extraction`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from bot.extraction.pieces import Pieces
from bot.extraction.values import Actor, ActorType, Claim, Extraction, Kind, Span, Wording

PIECES = "hearsay.pieces"
SCORES = "hearsay.scores"
TOKENS = "hearsay.tokens"
CLAIMS = "hearsay.claims"
ACTORS = "hearsay.actors"
TITLE = "hearsay.title"


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder says about each word of a text.

    `tag` (words × 7) scores outside, then begin and inside of source, cue and content; `sentence` (words) whether
    a sentence starts; `name` (words × 7) outside, then begin and inside of person, organisation and place.
    `queries` (sums over the word's pieces) and `keys` (of its first piece), half for sources and half for content,
    score which words belong to which cue.
    """

    tag: NDArray[np.float32]
    sentence: NDArray[np.float32]
    name: NDArray[np.float32]
    queries: NDArray[np.float16]
    keys: NDArray[np.float16]


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


def _spans(value: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    return tuple((int(start), int(end)) for start, end in value)


def _claim(row: Mapping[str, Any]) -> Claim:
    return Claim(
        source=_spans(row["source"]),
        cue=_spans(row["cue"]),
        content=_spans(row["content"]),
        actor=row["actor"],
        kind=Kind(row["kind"]),
        verbatim=Wording(row["verbatim"]),
        confidence=row["confidence"],
        evidence=(row["evidence"][0], row["evidence"][1]),
    )


def claims_of(doc: Doc) -> tuple[Claim, ...]:
    """Return the claims found so far in `doc`."""
    return tuple(_claim(row) for row in doc.user_data.get(CLAIMS, ()))


def set_claims(doc: Doc, claims: Iterable[Claim]) -> None:
    """Keep `claims` on `doc`."""
    doc.user_data[CLAIMS] = [
        {
            "source": [list(span) for span in claim.source],
            "cue": [list(span) for span in claim.cue],
            "content": [list(span) for span in claim.content],
            "actor": claim.actor,
            "kind": claim.kind.value,
            "verbatim": claim.verbatim.value,
            "confidence": claim.confidence,
            "evidence": list(claim.evidence),
        }
        for claim in claims
    ]


def actors_of(doc: Doc) -> tuple[Actor, ...]:
    """Return the actors found in `doc`, the key actor first."""
    return tuple(
        Actor(row["name"], ActorType(row["type"]), row["role"], tuple(row["aliases"]), row["salience"])
        for row in doc.user_data.get(ACTORS, ())
    )


def set_actors(doc: Doc, actors: Iterable[Actor]) -> None:
    """Keep `actors` on `doc`."""
    doc.user_data[ACTORS] = [
        {
            "name": actor.name,
            "type": actor.type.value,
            "role": actor.role,
            "aliases": list(actor.aliases),
            "salience": actor.salience,
        }
        for actor in actors
    ]


def extraction_of(doc: Doc) -> Extraction:
    """Return the actors and claims of `doc` as plain values."""
    return Extraction(actors_of(doc), claims_of(doc))


def release(doc: Doc) -> None:
    """Drop the arrays that only the components needed."""
    for key in (PIECES, SCORES, TOKENS):
        doc.user_data.pop(key, None)


def register_extensions() -> None:
    """Make `claims`, `actors` and `extraction` known to spaCy; a second call changes nothing."""
    Doc.set_extension("claims", getter=claims_of, setter=set_claims, force=True)
    Doc.set_extension("actors", getter=actors_of, setter=set_actors, force=True)
    Doc.set_extension("extraction", getter=extraction_of, force=True)


register_extensions()
