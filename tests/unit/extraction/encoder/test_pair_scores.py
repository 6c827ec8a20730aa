import numpy as np
import pytest

from bot.extraction.encoder.pair_scores import SPAN, PairCollector
from bot.extraction.encoder.word_pieces import Pieces

WIDTH = 8


def pieces_of_words(count: int) -> Pieces:
    order = np.arange(count)
    return Pieces(order, order, order, order * 2, order * 2 + 1)


@pytest.mark.parametrize("steps", [[60], [7, 20, 33], [1] * 60])
def test_scores_are_the_products_of_queries_and_keys_however_they_come(steps: list[int]) -> None:
    rng = np.random.default_rng(0)
    keys, queries = rng.normal(size=(2, 60, WIDTH)).astype(np.float32)
    cues = np.array([3, 4, 30, 59])
    collector = PairCollector(pieces_of_words(60), reach=10)
    start = 0
    for step in steps:
        own = cues[(cues >= start) & (cues < start + step)]
        collector.add(keys[start : start + step], own, queries[own])
        start += step
    pairs = collector.pairs()
    assert pairs.words.tolist() == cues.tolist()
    half = WIDTH // 2
    for role in (0, 1):
        part = slice(role * half, (role + 1) * half)
        expected = (queries[3] + queries[4])[part] @ keys[:15, part].T / np.sqrt(half)
        assert np.allclose(pairs.between(3, 5, 0, 15)[role], expected, atol=0.01)


def test_words_out_of_reach_have_no_score() -> None:
    ones = np.ones((60, WIDTH), np.float32)
    collector = PairCollector(pieces_of_words(60), reach=10)
    collector.add(ones, np.array([30]), ones[:1])
    scores = collector.pairs().between(30, 31, 0, 60)
    reached = np.nonzero(scores[0])[0]
    assert (reached.min(), reached.max()) == (30 - 10 - SPAN, 30 + 10 + SPAN)
    assert not collector.pairs().between(10, 11, 0, 60).any()
