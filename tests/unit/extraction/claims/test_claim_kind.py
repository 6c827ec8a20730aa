import pytest

from bot.extraction.claims.claim_kind import kind_of
from bot.model.claims import Kind


@pytest.mark.parametrize(
    ("cue", "content", "kind"),
    [
        ("said", "the bridge is open", Kind.STATEMENT),
        ("according to", "12 people were hurt", Kind.STATEMENT),
        ("has denied", "any part in it", Kind.DENIAL),
        ("ruled out", "an early election", Kind.DENIAL),
        ("refused", "to sign", Kind.DENIAL),
        ("asked", "whether the bridge was safe", Kind.QUESTION),
        ("said", "“Who pays for this?”", Kind.QUESTION),
        ("wondered", "why nobody had come", Kind.QUESTION),
        ("told", "The aide to Dale has been working at home", Kind.STATEMENT),
        ("denied", "a bid from the traders", Kind.STATEMENT),
        ("denied", "Holm’s request for papers", Kind.STATEMENT),
        ("asked", "“Who gave them the job?” “It is shady, and very suspect.”", Kind.QUESTION),
        ("questioned", "the targets", Kind.OPINION),
        ("asked", "the council to act", Kind.DEMAND),
        ("called for", "a ceasefire", Kind.DEMAND),
        ("told", "to leave the building", Kind.DEMAND),
        ("said", "the minister must resign", Kind.DEMAND),
        ("called", "the plan a fundamental mistake", Kind.OPINION),
        ("expressed concern over", "the delay", Kind.OPINION),
        ("said", "“I think it is wrong”", Kind.OPINION),
        ("warned", "prices could rise", Kind.PREDICTION),
        ("forecast", "growth of 2 per cent", Kind.PREDICTION),
        ("said", "prices are likely to rise", Kind.PREDICTION),
        ("estimated", "by 2040 the lake would be dry", Kind.PREDICTION),
        (
            "estimated",
            "the lake held 4 billion litres after the rain, more than all of the towns could store",
            Kind.STATEMENT,
        ),
        ("said", "it is time for the mayor to go", Kind.DEMAND),
        ("said", "it took him some time to go", Kind.STATEMENT),
        ("chanted", "“Open the gate!”", Kind.DEMAND),
        ("called", "the allegation ridiculous", Kind.DENIAL),
        ("called", "the plan ridiculous, and the charge for it too high", Kind.OPINION),
        ("brushed aside", "the report", Kind.DENIAL),
        ("dubbed", "the bridge “the ladder”", Kind.OPINION),
        ("said", "the plan is laughable", Kind.OPINION),
    ],
)
def test_cue_and_content_tell_the_kind(cue: str, content: str, kind: Kind) -> None:
    assert kind_of(cue, content) is kind
