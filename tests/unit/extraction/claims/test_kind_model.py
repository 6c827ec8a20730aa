"""The kind of a claim with a probability: sure kinds are shown, others are plain statements."""

import pytest
from spacy.language import Language

from bot.extraction.claims.kind_features import features_of, ruled_in
from bot.extraction.claims.kind_model import KindModel, from_json, to_json
from bot.model.claims import SURE_KIND, Kind
from tests.unit.extraction.said import claims_with

KINDS = tuple(Kind)
EVEN = [0.0] * len(KINDS)


def model(**weights: tuple[Kind, float]) -> KindModel:
    """Return a model in which each feature named speaks for one kind with a weight."""
    rows = {name: [weight if each is kind else 0.0 for each in KINDS] for name, (kind, weight) in weights.items()}
    return KindModel(KINDS, EVEN, rows, [1.0] * len(KINDS), EVEN, EVEN)


def test_the_likeliest_kind_comes_with_its_probability() -> None:
    kind, sure = model(asks=(Kind.QUESTION, 5.0)).likeliest(["asks"])
    assert kind is Kind.QUESTION
    assert 0.95 < sure < 0.97


def test_a_kind_that_is_not_sure_gives_way_to_the_rules() -> None:
    kind, sure = model(hopes=(Kind.OPINION, 1.0)).told(["hopes"], Kind.STATEMENT)
    assert kind is Kind.STATEMENT
    assert sure < SURE_KIND
    assert model(hopes=(Kind.OPINION, 6.0)).told(["hopes"], Kind.STATEMENT)[0] is Kind.OPINION


def test_a_model_is_read_as_it_was_written() -> None:
    first = model(asks=(Kind.QUESTION, 5.0), hopes=(Kind.OPINION, 1.25))
    assert to_json(from_json(to_json(first))) == to_json(first)


@pytest.mark.parametrize(
    "data", [b"{}", b"[]", b'{"kinds":["rumour"],"bias":[0],"slopes":[1],"shifts":[0],"agreed":[0],"weights":{}}']
)
def test_a_damaged_model_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_json(data)


def test_features_hold_what_the_rules_say() -> None:
    assert ruled_in(features_of("Norr Steel", "denied", "the charge")) is Kind.DENIAL
    assert ruled_in(features_of("", "", "")) is Kind.STATEMENT


@pytest.mark.parametrize(
    ("sentence", "part", "kind"),
    [
        ("The governor pledged to rebuild the bridge by May 2027.", "rebuild the bridge", Kind.PROMISE),
        (
            "“I promise that the pool will open in June,” the mayor said.",
            "the pool will open in June",
            Kind.PROMISE,
        ),
        ("The union vowed to fight the closure.", "fight the closure", Kind.PROMISE),
        ("The mayor refused to promise that the pool would open.", "the pool would open", Kind.DENIAL),
        ("The minister denied that he had taken money.", "he had taken money", Kind.DENIAL),
        ("“Who pays for the wall?” the senator asked.", "Who pays for the wall?", Kind.QUESTION),
        ("The court ordered the firm to pay the workers.", "pay the workers", Kind.DEMAND),
        (
            "“My boss called to say that I have to work on Sunday,” the driver said.",
            "I have to work on Sunday",
            Kind.STATEMENT,
        ),
        (
            "“I am sad that we need to leave this house,” the baker said.",
            "we need to leave this house",
            Kind.STATEMENT,
        ),
    ],
)
def test_a_shown_kind_is_right_or_plain(nlp: Language, sentence: str, part: str, kind: Kind) -> None:
    shown = {claim.shown_kind for claim in claims_with(nlp, sentence, part)}
    assert shown
    assert shown <= {kind, Kind.STATEMENT, *((Kind.OPINION,) if kind is Kind.STATEMENT else ())}


@pytest.mark.parametrize(
    ("sentence", "part", "kind"),
    [
        ("The governor pledged to rebuild the bridge by May 2027.", "rebuild the bridge", Kind.PROMISE),
        ("“Who pays for the wall?” the senator asked.", "Who pays for the wall?", Kind.QUESTION),
        ("The minister denied that he had taken money.", "he had taken money", Kind.DENIAL),
        ("The farmer swore to burn the barn himself.", "burn the barn", Kind.PROMISE),
        (
            "The union’s treasurer gave her word that nobody would lose a day’s pay.",
            "nobody would lose",
            Kind.PROMISE,
        ),
        ("The central bank forecasts growth of 1.5 percent next year.", "growth of 1.5 percent", Kind.PREDICTION),
    ],
)
def test_plain_cases_are_shown(nlp: Language, sentence: str, part: str, kind: Kind) -> None:
    assert {claim.shown_kind for claim in claims_with(nlp, sentence, part)} == {kind}
