"""Kinds that plain reports only seem to have: the label shown is right, or there is none."""

import pytest
from spacy.language import Language

from bot.extraction.claims.claim_kind import kind_of
from bot.model.claims import Kind
from tests.unit.extraction.said import claims_with

PLAIN = [
    ("Police refused to deny that a second man was held.", "a second man was held"),
    ("The ministry declined to rule out that the road would close.", "the road would close"),
    ("The minister did not rule out that taxes would rise.", "taxes would rise"),
    ("The mayor was asked about the bridge and said it was closed.", "it was closed"),
    ("The firm said it had dismissed 40 workers.", "it had dismissed 40 workers"),
    ("Jan Kort insisted the bridge was safe.", "the bridge was safe"),
    ("Doctors were asked to come to the square, a witness said.", "Doctors were asked to come to the square"),
    ("The police said a man had demanded money from the driver.", "a man had demanded money from the driver"),
    ("The agency said the government had broken its promise to build homes.", "broken its promise to build homes"),
    ("The law says drivers must carry a licence.", "drivers must carry a licence"),
    ("“We feel the ground shake every night,” said a farmer.", "We feel the ground shake every night"),
    ("Mr Crane pleaded guilty to fraud.", "guilty to fraud"),
    ("Voters in the county rejected a plan to sell the lake.", "a plan to sell the lake"),
    ("The Supreme Court declined to review the ban on eels.", "to review the ban on eels"),
    ("Officials insisted they wouldn’t be cowed.", "they wouldn’t be cowed"),
    ("Nils Roth, who lost his stall, called the firm’s lawsuit a stunt.", "the firm’s lawsuit a stunt"),
    ("The agency has considered many sides of each applicant.", "many sides of each applicant"),
    ("Senators rejected twelve amendments on Tuesday night.", "twelve amendments"),
]
SHOWN = [
    ("The union called on the council to keep the pool open.", "to keep the pool open", Kind.DEMAND),
    ("The opposition leader urged the government to publish the letter.", "to publish the letter", Kind.DEMAND),
    ("The company denied that data was stolen.", "data was stolen", Kind.DENIAL),
    ("Ms Lund asked whether the council would pay.", "whether the council would pay", Kind.QUESTION),
    (
        "Harlow Foods has committed to cutting its emissions by half.",
        "to cutting its emissions by half",
        Kind.PROMISE,
    ),
    (
        "“We will rebuild every house, I promise,” said the governor.",
        "We will rebuild every house",
        Kind.PROMISE,
    ),
    ("The senator criticised the plan as reckless.", "the plan as reckless", Kind.OPINION),
]


@pytest.mark.parametrize(("text", "part"), PLAIN)
def test_a_plain_report_has_no_label(nlp: Language, text: str, part: str) -> None:
    assert {claim.shown_kind for claim in claims_with(nlp, text, part)} == {Kind.STATEMENT}


@pytest.mark.parametrize(("text", "part", "kind"), SHOWN)
def test_a_sure_kind_has_its_label(nlp: Language, text: str, part: str, kind: Kind) -> None:
    assert {claim.shown_kind for claim in claims_with(nlp, text, part)} == {kind}


@pytest.mark.parametrize(
    ("cue", "content", "kind"),
    [
        ("refused", "to deny that he was held", Kind.STATEMENT),
        ("would not rule out", "a strike", Kind.STATEMENT),
        ("rejected", "the appeal", Kind.STATEMENT),
        ("dismissed", "40 workers", Kind.STATEMENT),
        ("dismissed", "the report as fiction", Kind.DENIAL),
        ("refused", "to resign", Kind.DENIAL),
        ("has committed", "to cutting its emissions", Kind.PROMISE),
    ],
)
def test_what_denies_nothing_is_no_denial(cue: str, content: str, kind: Kind) -> None:
    assert kind_of(cue, content) is kind
