"""Actors and claims are the same after a Doc was serialised, to the type of each field."""

import pytest
import srsly
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.extraction.encoder.doc_state import (
    actors_of,
    claims_of,
    extraction_of,
    set_actors,
    set_claims,
    set_left_out,
)
from bot.model.claims import Actor, ActorType, Claim, Kind, LeftOut, Wording

ANNA = Actor("Anna Kovacs", ActorType.PERSON, "mayor", ("Kovacs", "Ms Kovacs"), 0.5)
CLAIM = Claim(
    ((0, 6),), ((7, 11),), ((12, 20), (25, 30)), "Anna Kovacs", Kind.DENIAL, Wording.MIXED, 0.8, (0, 31),
    hedged=True, addressee=(21, 24), claim_confidence=0.9, actor_confidence=0.85, kind_confidence=0.7,
)  # fmt: skip


def travelled(doc: Doc) -> Doc:
    return Doc(doc.vocab).from_bytes(doc.to_bytes())


def test_actors_claims_and_what_was_left_out_travel_with_the_doc() -> None:
    doc = Doc(Vocab())
    set_actors(doc, [ANNA])
    set_claims(doc, [CLAIM])
    set_left_out(doc, [LeftOut(40, 60, "de")])
    assert extraction_of(travelled(doc)) == extraction_of(doc)


def test_enumerations_are_enumerations_again() -> None:
    doc = Doc(Vocab())
    set_actors(doc, [ANNA])
    set_claims(doc, [CLAIM])
    copy = travelled(doc)
    assert actors_of(copy)[0].type is ActorType.PERSON
    assert claims_of(copy)[0].kind is Kind.DENIAL
    assert claims_of(copy)[0].verbatim is Wording.MIXED


def test_what_others_keep_on_a_doc_is_left_alone() -> None:
    doc = Doc(Vocab())
    doc.user_data["other"] = {"hearsay.value": "Nobody", "list": [1, 2]}
    assert travelled(doc).user_data["other"] == {"hearsay.value": "Nobody", "list": [1, 2]}


def test_what_nobody_can_write_is_refused_as_ever() -> None:
    with pytest.raises(TypeError):
        srsly.msgpack_dumps({"other": object()})
