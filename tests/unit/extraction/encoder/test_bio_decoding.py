import itertools
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.encoder.bio_decoding import (
    LabelledSpan,
    _Search,
    best_labels,
    log_odds,
    log_probabilities,
    spans_of,
)


def allowed(labels: Iterable[int]) -> bool:
    return all(b % 2 or b == 0 or a in (b - 1, b) for a, b in itertools.pairwise(labels))


@given(st.lists(st.lists(st.integers(-9, 9), min_size=5, max_size=5), min_size=1, max_size=5))
def test_the_best_labels_are_the_best_of_all_allowed_sequences(rows: list[list[int]]) -> None:
    scores = np.array(rows, dtype=np.float32)
    found = best_labels(scores)
    sequences = filter(allowed, itertools.product(range(5), repeat=len(rows)))
    best = max(sum(row[label] for row, label in zip(rows, labels, strict=True)) for labels in sequences)
    assert allowed(found)
    assert sum(row[label] for row, label in zip(rows, found, strict=True)) == best


def hostile_scores(words: int) -> np.ndarray:
    """Scores under which nearly every word would continue what never began."""
    scores = np.random.default_rng(0).normal(size=(words, 7)).astype(np.float32)
    scores[:, 2] += 3
    return scores


def test_long_stretches_are_decoded_as_well_as_all_words_at_once() -> None:
    scores = hostile_scores(400)
    search = _Search(scores.shape[1])
    search.extend(scores)
    found, whole = best_labels(scores), search.labels()
    assert allowed(found)
    rows = range(len(scores))
    assert np.isclose(scores[rows, found].sum(), scores[rows, whole].sum())


def test_no_word_is_searched_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[int] = []
    extend = _Search.extend

    def counted(self: _Search, rows: np.ndarray) -> None:
        searched.append(len(rows))
        extend(self, rows)

    monkeypatch.setattr(_Search, "extend", counted)
    best_labels(hostile_scores(2_000))
    assert 1_000 < sum(searched) <= 2_000


def test_no_words_have_no_labels() -> None:
    assert best_labels(np.zeros((0, 7), dtype=np.float32)) == []


def test_spans_begin_anew_at_a_begin_label_and_where_the_label_changes() -> None:
    assert spans_of([0, 1, 2, 1, 3, 4, 0, 6]) == [
        LabelledSpan(0, 1, 3),
        LabelledSpan(0, 3, 4),
        LabelledSpan(1, 4, 6),
        LabelledSpan(2, 7, 8),
    ]


def test_probabilities_sum_to_one_and_odds_stay_finite() -> None:
    probabilities = np.exp(log_probabilities(np.array([[1000.0, 0.0, -1000.0]], dtype=np.float32)))
    assert np.isclose(probabilities.sum(), 1)
    assert np.isfinite(log_odds(probabilities)).all()
