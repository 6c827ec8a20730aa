"""How likely an actor is who is meant, and what is shown of one who is not likely enough."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from bot.extraction.actors.actor_confidence import ActorConfidence, from_json, to_json
from bot.extraction.actors.component import ActorResolver
from bot.extraction.pipeline import extract
from config.settings import default_model

SURE = (
    "Anna Kovacs, the transport minister, said the bridge would close. She added that repairs would take a year."
)
PAIR = "The mayor praised Anna Kovacs and Lena Voigt. She said the bridge would close."
RIVALS = (
    "Anna Kovacs walked out of the meeting. Lena Voigt stayed for an hour with Clara Weiss, who wept. In the "
    "lobby Jutta Baum waited for Ruth Vane. She said the bridge would close."
)


@pytest.fixture
def weights() -> ActorConfidence:
    return from_json((default_model() / "hearsay_actors" / "actor_confidence.json").read_bytes())


@pytest.fixture
def resolver(nlp: Language) -> Iterator[ActorResolver]:
    """The component, set back after the test."""
    component = nlp.get_pipe("hearsay_actors")
    assert isinstance(component, ActorResolver)
    kept = dict(vars(component))
    yield component
    vars(component).update(kept)


def test_confidence_is_the_product_of_claim_and_actor(nlp: Language) -> None:
    for claim in extract(nlp, SURE).claims:
        assert claim.actor == "Anna Kovacs"
        assert claim.claim_confidence is not None
        assert claim.actor_confidence is not None
        assert claim.confidence == pytest.approx(claim.claim_confidence * claim.actor_confidence, abs=1e-3)
        assert claim.actor_confidence > 0.9


def test_a_pronoun_behind_two_people_of_its_gender_means_nobody(nlp: Language) -> None:
    claim = extract(nlp, PAIR).claims[-1]
    assert claim.actor is None
    assert claim.actor_confidence is None
    assert claim.confidence == claim.claim_confidence


def test_an_actor_is_named_from_the_least_probability_on(nlp: Language, resolver: ActorResolver) -> None:
    resolver.minimum_actor_confidence = 0.0
    guessed = extract(nlp, RIVALS).claims[-1]
    assert guessed.actor is not None
    assert guessed.claim_confidence is not None
    assert guessed.actor_confidence is not None
    assert guessed.confidence < guessed.claim_confidence
    resolver.minimum_actor_confidence = guessed.actor_confidence + 0.01
    assert extract(nlp, RIVALS).claims[-1].actor is None


def test_a_described_actor_is_given_at_less_since_nobody_is_misnamed(
    nlp: Language, resolver: ActorResolver
) -> None:
    text = "The UN envoy refused to be drawn on whether the talks had failed. He described the mood as sombre."
    resolver.minimum_actor_confidence = 1.0
    assert extract(nlp, text).claims[-1].actor == "UN envoy"
    resolver.minimum_description_confidence = 1.0
    assert extract(nlp, text).claims[-1].actor is None


def test_an_unsure_description_keeps_its_own_words(nlp: Language, resolver: ActorResolver) -> None:
    text = "Anna Kovacs, the transport minister, met reporters in Brno. The minister said the bridge would close."
    assert extract(nlp, text).claims[-1].actor == "Anna Kovacs"
    resolver.minimum_actor_confidence = 1.0
    found = extract(nlp, text)
    assert found.claims[-1].actor == "minister"
    assert found.claims[-1].confidence == found.claims[-1].claim_confidence
    assert "minister" in [actor.name for actor in found.actors]


def test_without_weights_every_actor_is_named_as_older_models_did(nlp: Language, resolver: ActorResolver) -> None:
    resolver.confidence = None
    claim = extract(nlp, RIVALS).claims[-1]
    assert claim.actor is not None
    assert claim.actor_confidence is None
    assert claim.confidence == claim.claim_confidence


def test_who_was_asked_and_answers_is_sure(nlp: Language) -> None:
    text = "Detective Paul Renn questioned the cashier, Igor Blau, about the keys. “I never had them,” he said."
    claim = extract(nlp, text).claims[-1]
    assert claim.actor == "Igor Blau"
    assert claim.actor_confidence is not None
    assert claim.actor_confidence > 0.9


def test_weights_are_written_and_read(weights: ActorConfidence, tmp_path: Path) -> None:
    component = ActorResolver()
    component.confidence = weights
    component.to_disk(tmp_path)
    read = ActorResolver().from_disk(tmp_path).confidence
    assert read is not None
    assert read.probability({"he or she": 1.0}) == pytest.approx(weights.probability({"he or she": 1.0}), abs=1e-3)
    assert ActorResolver().from_disk(tmp_path / "nowhere").confidence is None
    assert ActorResolver().from_bytes(component.to_bytes()).confidence is not None


def test_damaged_weights_are_refused(weights: ActorConfidence) -> None:
    data = json.loads(to_json(weights))
    data["output"] = data["output"][1:]
    with pytest.raises(ValueError, match="fit them again"):
        from_json(json.dumps(data).encode())


@given(
    st.dictionaries(
        st.text(max_size=5) | st.sampled_from(["he or she", "claim", "it: lead"]), st.floats(-1e9, 1e9)
    )
)
def test_whatever_the_signs_the_outcome_is_a_probability(signs: dict[str, float]) -> None:
    weights = from_json((default_model() / "hearsay_actors" / "actor_confidence.json").read_bytes())
    assert 0 <= weights.probability(signs) <= 1
