"""What is learned about actors: who is meant, which found claim is which, and weights that tell signs apart."""

from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from bot.extraction.actors.actor_confidence import from_json
from bot.extraction.actors.known_actors import Member
from bot.model.claims import ActorType
from training.actor_confidence import (
    FOLDS,
    Example,
    columns_of,
    crosswise,
    examples,
    fitted,
    is_meant,
    table_of,
    write_weights,
)

ROW = {
    "id": "one",
    "text": "Anna Kovacs, the minister, said the bridge would close. She said that repairs would take a year.",
    "attributions": [
        {"source": [[0, 11]], "cue": [[27, 31]], "content": [[32, 54]], "actor": "Anna Kovacs"},
        {"source": [[56, 59]], "cue": [[60, 64]], "content": [[70, 95]], "actor": "Bo Ray"},
    ],
    "actors": [{"name": "Anna Kovacs", "aliases": ["Kovacs"]}, {"name": "Bo Ray"}],
}


def signed(count: int) -> list[Example]:
    """Return examples of which those with the sign "lead" are right."""
    return [Example(f"article {n % 20}", {"lead" if n % 3 else "rival": 1.0}, bool(n % 3)) for n in range(count)]


@pytest.mark.parametrize(
    ("name", "head", "source", "names", "right"),
    [
        ("Anna Kovacs", "", "Kovacs", ["Anna Kovacs", "Kovacs"], True),
        ("Kovacs", "", "Kovacs", ["Anna Kovacs"], True),
        ("Bo Kovacs", "", "Kovacs", ["Anna Kovacs"], False),
        ("Anna Kovacs and Bo Ray", "", "they", ["Ms. Kovacs and Senator Bo Ray"], True),
        ("minister", "minister", "the minister", ["Anna Kovacs"], True),
        ("minister", "minister", "he", ["Anna Kovacs"], False),
        ("Anna Kovacs", "", "reportedly", [], False),
    ],
)
def test_an_actor_is_meant_if_it_bears_a_name_or_is_described_in_the_claims_own_words(
    name: str, head: str, source: str, names: list[str], right: bool
) -> None:
    member = Member(name, ActorType.UNNAMED if head else ActorType.PERSON, head=head)
    assert is_meant(member, source, names) is right


def test_signs_tell_right_from_wrong_and_rare_ones_get_no_weight() -> None:
    every = [*signed(1_500), Example("other", {"never": 1.0}, True)]
    columns = columns_of(every)
    assert columns == ["lead", "rival"]
    network = fitted(*table_of(every, columns), columns)
    assert network.probability({"lead": 1.0}) > 0.7 > 0.4 > network.probability({"rival": 1.0})
    right = np.array([example.right for example in every])
    likely = crosswise(every, columns, (1,))
    assert likely[right].mean() > likely[~right].mean()


def test_an_actor_is_less_likely_than_the_share_of_right_ones_because_wrong_names_weigh_more() -> None:
    every = [Example(f"article {n % 20}", {"met": 1.0, "even": float(n % 2)}, n % 5 > 0) for n in range(3_000)]
    columns = columns_of(every)
    network = fitted(*table_of(every, columns), columns)
    assert 0.7 < network.probability({"met": 1.0}) < 0.79


def test_marked_and_found_claims_are_learned_from(nlp: Language, tmp_path: Path) -> None:
    rows = [ROW | {"id": f"article {n}"} for n in range(6)]
    told = write_weights(nlp, rows, tmp_path / "weights" / "file.json")
    assert told.startswith("fitted to 24 claims, 12 of another actor")
    assert from_json((tmp_path / "weights" / "file.json").read_bytes()).signs


def test_each_article_is_resolved_with_weights_fitted_to_the_others(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitted_to: list[int] = []

    def fitted_weights(examples: list[object]) -> dict[str, float]:
        fitted_to.append(len(examples))
        return {}

    monkeypatch.setattr("training.actor_confidence.fitted_weights", fitted_weights)
    monkeypatch.setattr("training.actor_confidence.examples_of", lambda lessons, _: list(lessons))
    rows = [ROW | {"id": f"article {n}"} for n in range(6)]
    assert len(examples(nlp, rows)) == 24
    assert len(fitted_to) == FOLDS
    assert sum(len(rows) - count for count in fitted_to) == len(rows)
