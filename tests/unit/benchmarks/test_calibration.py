"""How far confidence can be trusted: what annotators leave out, and how often claims are right."""

import numpy as np

from benchmarks.calibration import calibration_error, fitted, left_out, probability, reliability_table


def test_a_claim_that_gold_has_is_right_and_others_may_be_the_surer_the_likelier() -> None:
    right = left_out(np.array([3.0, 3.0, 1.5, 0.0]), np.array([1.0, 0.0, 0.0, 0.0]))
    assert right[0] == 1.0
    assert 1.0 > right[1] > right[2] > right[3] > 0.0


def test_claims_that_annotators_left_out_make_probabilities_higher() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(1.5, 1.0, 2_000)
    in_gold = (rng.random(2_000) < probability(scores, 1.0, 0.0)).astype(float)
    by_gold, as_read = fitted(scores, in_gold), fitted(scores, left_out(scores, in_gold))
    assert calibration_error(probability(scores, *by_gold), in_gold) < 0.05
    assert probability(np.array([2.0]), *as_read) > probability(np.array([2.0]), *by_gold)


def test_the_table_tells_both_errors() -> None:
    p = np.array([0.9, 0.9, 0.5])
    table = reliability_table("clean", p, np.array([1.0, 0.0, 0.0]), np.array([1.0, 0.7, 0.2]))
    assert "ECE 0.133 as read, 0.433 by gold alone" in str(table.title)
    assert list(table.columns[1].cells)[:2] == ["1", "2"]
    assert list(table.columns[3].cells)[:2] == ["0.20", "0.85"]
    assert list(table.columns[4].cells)[:2] == ["0.00", "0.50"]
