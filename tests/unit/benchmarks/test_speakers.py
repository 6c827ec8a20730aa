"""Who is shown as the speaker: how a claim compares with gold, and how shares and their intervals are made."""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType
from typing import cast

import numpy as np
import pytest
from spacy.language import Language

from benchmarks.speakers import (
    Judged,
    Outcome,
    Result,
    error_by_chance,
    form_of,
    judged,
    kind_table,
    names_meant,
    outcome_of,
    reliability,
    share,
)
from bot.model.claims import Kind


class Score:
    """What the benchmark takes of score_claims.py."""

    @staticmethod
    def bare(name: str | None) -> tuple[str, ...]:
        return tuple(re.findall(r"\w+", (name or "").casefold()))

    @staticmethod
    def chars(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
        return {place for start, end in spans for place in range(start, end) if text[place].isalnum()}

    @staticmethod
    def match(
        gold: Sequence[Mapping[str, set[int]]], found: Sequence[Mapping[str, set[int]]]
    ) -> list[tuple[int, int, float, float]]:
        return [
            (i, j, 1.0, len(g["source"] & f["source"]) / max(len(g["source"] | f["source"]), 1))
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g["content"] == f["content"]
        ]


SCORE = cast("ModuleType", Score)


def claim(
    outcome: Outcome | None,
    confidence: float = 0.9,
    article: str = "one",
    *,
    right: bool = True,
    kind: Kind = Kind.STATEMENT,
    kind_right: bool | None = None,
) -> Judged:
    return Judged(article, outcome, confidence, "name", right, kind, kind_right)


@pytest.mark.parametrize(
    ("actor", "source", "names", "named", "outcome"),
    [
        ("Anna Kovacs", "Kovacs", ["Anna Kovacs", "Kovacs"], True, Outcome.RIGHT),
        ("Kovacs", "Kovacs", ["Anna Kovacs", "Kovacs"], True, Outcome.VAGUE),
        ("UN", "UN", ["United Nations", "UN"], True, Outcome.RIGHT),
        ("minister", "the minister", ["Anna Kovacs"], False, Outcome.VAGUE),
        ("voter", "he", ["Anna Kovacs"], False, Outcome.MISNAMED),
        ("Bo Ray", "he", ["Anna Kovacs"], True, Outcome.MISNAMED),
        ("Bo Ray", "reportedly", [], True, Outcome.MISNAMED),
        (None, "he", ["Anna Kovacs"], False, Outcome.UNKNOWN),
        (None, "", [], False, Outcome.RIGHT),
        ("Anna Kovacs and Bo Ray", "they", ["Ms. Kovacs and Senator Bo Ray"], True, Outcome.RIGHT),
        ("Kovacs’s office", "her office", ["Her office"], False, None),
        ("Anna Kovacs and Bo Ray", "they", ["Ray and Kovacs"], True, Outcome.RIGHT),
        ("Anna Kovacs and Bo Ray", "they", ["Ray and Voigt"], True, Outcome.MISNAMED),
        ("both", "both", ["Anna Kovacs and Bo Ray"], False, Outcome.VAGUE),
    ],
)
def test_an_actor_beside_gold(
    actor: str | None, source: str, names: list[str], named: bool, outcome: Outcome | None
) -> None:
    assert outcome_of(SCORE, actor, source, names, named=named) is outcome


@pytest.mark.parametrize(
    ("source", "named", "form"),
    [
        ("", False, "none"),
        ("She", True, "pronoun"),
        ("the minister", True, "description"),
        ("Anna Kovacs", True, "name"),
    ],
)
def test_forms_of_sources(source: str, named: bool, form: str) -> None:
    assert form_of(source, named=named) == form


def test_marked_names_come_first_else_those_of_the_actors() -> None:
    row = {"attributions": [{"actor": "Anna Kovacs"}, {"actor": None}], "actors": [{"name": "Anna Kovacs"}]}
    assert names_meant(row) == [("Anna Kovacs",), ()]
    assert names_meant(row | {"marks": [["A"], None]}) == [["A"], None]


def test_shares_and_their_intervals_over_articles() -> None:
    claims = [claim(Outcome.RIGHT, article=str(n)) for n in range(9)] + [claim(Outcome.MISNAMED, article="9")]
    middle, low, high = share(claims, Outcome.MISNAMED)
    assert middle == 10
    assert 0 <= low < middle < high <= 50
    assert share([], Outcome.RIGHT) == (0.0, 0.0, 0.0)


def test_the_calibration_error_is_how_far_confidence_and_right_claims_are_apart() -> None:
    claims = [claim(Outcome.RIGHT)] * 9 + [claim(Outcome.MISNAMED)]
    table, error = reliability(claims)
    assert error == pytest.approx(0.0)
    assert table.row_count == 1
    _, apart = reliability([claim(None, right=False)])
    assert apart == pytest.approx(0.9)


def test_chance_alone_makes_a_calibration_error_in_a_small_set() -> None:
    small, large = (error_by_chance(np.full(size, 0.9)) for size in (20, 2_000))
    assert 0.02 < small < 0.1
    assert large < 0.01


def test_each_kind_shown_has_its_share_of_wrong_speakers_and_wrong_kinds() -> None:
    denials = [claim(Outcome.RIGHT, article=str(n), kind=Kind.DENIAL, kind_right=n > 0) for n in range(4)]
    unsure = claim(Outcome.MISNAMED, 0.5, kind=Kind.DENIAL, kind_right=False)
    table = kind_table({"set": Result([*denials, unsure], 5)})
    cells = {column.header: list(column.cells) for column in table.columns}
    row = cells["kind"].index("denial")
    assert cells["shown"][row] == "4"
    assert str(cells["misnamed"][row]).startswith("0.0 ")
    assert str(cells["kind right"][row]).startswith("75.0 ")


def test_found_claims_are_held_against_gold(nlp: Language) -> None:
    text = "“The bridge will close,” said Anna Kovacs, the transport minister."
    gold = {"source": [[30, 41]], "cue": [[25, 29]], "content": [[0, 24]], "actor": "Anna Kovacs"}
    row = {"id": "one", "text": text, "attributions": [gold], "actors": [{"name": "Anna Kovacs"}]}
    result = judged(nlp, SCORE, [row])
    assert [found.outcome for found in result.judged] == [Outcome.RIGHT]
    assert result.gold == 1
