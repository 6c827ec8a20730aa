import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.corpus import Article, GoldClaim, Opinion
from training.degradation import Damage, damaged
from training.features import TAGS, example_of, reader_of
from training.opinions import fold_of, opinions_on, save, split, with_opinions

MODEL = Path(__file__).parents[3] / "models" / "hearsay"
TOKENIZER = MODEL / "tokenizer" / "tokenizer.json"
TEXT = "“It is safe,” said Tove Halvorsrud. The port stays open."
ARTICLE = Article("a", TEXT, (GoldClaim(((19, 34),), ((14, 18),), ((0, 13),)),), ((0, 35), (36, 56)), None)


def a_name(spread: float) -> tuple[float, ...]:
    return (1 - spread, spread, 0.0, 0.0, 0.0, 0.0, 0.0)


def test_each_article_is_in_one_fold_and_unseen_by_the_run_that_has_an_opinion_on_it() -> None:
    articles = [replace(ARTICLE, id=str(i)) for i in range(21)]
    folds = [split(articles, (k, 3)) for k in range(3)]
    assert sorted(x.id for _, kept in folds for x in kept) == sorted(x.id for x in articles)
    assert all(not {x.id for x in learnt} & {x.id for x in kept} for learnt, kept in folds)


@pytest.mark.parametrize("text", ["", "2", "2/2", "-1/2", "a/b"])
def test_what_is_no_fold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no fold"):
        fold_of(text)


def test_an_opinion_on_a_word_goes_on_in_its_further_pieces_as_inside() -> None:
    told = replace(ARTICLE, opinions=(Opinion(24, 34, a_name(0.75)),))
    opinions = example_of(told, reader_of(TOKENIZER)).opinions
    assert opinions is not None
    rows = opinions[opinions.sum(axis=1) > 0]
    assert len(rows) > 1, "the name is cut into several pieces"
    assert rows[0].tolist() == list(a_name(0.75))
    assert all(row[TAGS.index("I-SOURCE")] == 0.75 and row[TAGS.index("B-SOURCE")] == 0 for row in rows[1:])


def test_opinions_stay_with_their_words_when_the_article_is_damaged() -> None:
    told = replace(ARTICLE, opinions=(Opinion(24, 34, a_name(0.5)), Opinion(34, 35, a_name(0.1))))
    worse = damaged(told, Damage(punctuation=True, glued=1.0, flat=True), random.Random(0))
    assert [worse.text[x.start : x.end] for x in worse.opinions] == ["Halvorsrud"]


def test_a_models_opinions_are_kept_and_given_back(tmp_path: Path) -> None:
    (weights,) = MODEL.rglob("claims_int8.onnx")
    table = opinions_on([ARTICLE], weights.read_bytes(), reader_of(TOKENIZER))
    save(table, tmp_path / "opinions.npz")
    told, other = with_opinions([ARTICLE, replace(ARTICLE, id="b")], tmp_path / "opinions.npz")
    said = next(x for x in told.opinions if TEXT[x.start : x.end] == "said")
    assert np.argmax(said.tags) == TAGS.index("B-CUE")
    assert sum(said.tags) == pytest.approx(1, abs=1e-5)
    assert other.opinions == ()
