"""Claims of a text that is not stored."""

from typing import Any

from bot.model.claims import ActorType, Claim, Teller
from bot.services.fresh_claims import evidence_in
from tests.factories import NOON, a_claim, an_actor, an_article, an_extraction, span_in

TEXT = (
    "The weather stayed fine. “The dam will hold,” Ada Quist said. Otto Kreis told reporters that Quist had lied. "
    "Somebody else said nothing would happen."
)


def quist(**given: Any) -> Claim:
    return a_claim(TEXT, content="The dam will hold", source="Ada Quist", actor="Ada Quist", **given)


KREIS = a_claim(TEXT, content="Quist had lied", source="Otto Kreis", cue="told", actor="Otto Kreis")
UNKNOWN = a_claim(TEXT, content="nothing would happen", source="Somebody else", actor=None)


def test_claims_come_actor_by_actor_with_their_sentences() -> None:
    actors = [an_actor("Otto Kreis", role="miner"), an_actor("Ada Quist")]
    extraction = an_extraction(UNKNOWN, quist(), KREIS, actors=actors)
    found = evidence_in(an_article(text=TEXT), extraction, NOON, 0.5)
    assert [one.claim.actor for one in found] == ["Otto Kreis", "Ada Quist", None]
    assert [one.claim.id for one in found] == [1, 2, 3]
    first = found[0]
    assert (first.claim.role, first.claim.actor_type) == ("miner", ActorType.PERSON)
    assert [first.text[start:end] for start, end in first.content] == ["Quist had lied"]
    assert [first.text[start:end] for start, end in first.source] == ["Otto Kreis"]
    assert found[2].claim.actor_id is None


def test_unsure_claims_and_those_that_only_pass_on_another_are_left_out() -> None:
    inner = a_claim(
        TEXT,
        content="Quist had lied",
        source="Ada Quist",
        cue="lied",
        actor="Ada Quist",
        told_by=(Teller((span_in(TEXT, "Otto Kreis"),), (span_in(TEXT, "told"),), "Otto Kreis"),),
    )
    extraction = an_extraction(KREIS, inner, quist(confidence=0.3))
    found = evidence_in(an_article(text=TEXT), extraction, NOON, 0.5)
    assert [(one.claim.actor, one.claim.told_by) for one in found] == [("Ada Quist", ("Otto Kreis",))]


def test_a_text_without_claims_has_none() -> None:
    assert evidence_in(an_article(text=TEXT), an_extraction(actors=[]), NOON, 0.99) == ()
