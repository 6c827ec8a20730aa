from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.claims.linker import Link
from bot.extraction.claims.verifier import Verifier, from_json, to_json
from bot.extraction.claims.verifier_features import NUMBERS, WORDS, Signs, signs_of
from bot.extraction.encoder.word_pieces import Pieces

TEXT = "“It is safe,” said Tove Lind."
STARTS = [0, 1, 4, 7, 11, 12, 14, 19, 24, 28]
ENDS = [1, 3, 6, 11, 12, 13, 18, 23, 28, 29]
PIECES = Pieces(*(np.array(x, dtype=np.int64) for x in (range(10), [0] * 10, range(10), STARTS, ENDS)))
TAGS = np.full((10, 7), 1 / 7, dtype=np.float32)
LINK = Link(source=(7, 9), cue=(6, 7), content=((0, 6),), cue_score=2.0, content_score=3.0, source_score=4.0)
FLAT = Verifier(
    bias=0.5,
    means=[0.0] * len(NUMBERS),
    scales=[1.0] * len(NUMBERS),
    numbers=[0.0] * len(NUMBERS),
    words=[1.0, *[0.0] * (len(WORDS) - 1)],
    lexicon=[{"said": 2.0}, *({} for _ in WORDS[1:])],
    unknown=-1.0,
)


def number(signs: Signs, name: str) -> float:
    return signs.numbers[NUMBERS.index(name)]


def test_the_signs_of_a_claim_are_its_scores_its_form_and_the_words_at_its_joints() -> None:
    signs = signs_of(LINK, PIECES, TAGS, TEXT)
    assert len(signs.numbers) == len(NUMBERS)
    assert dict(zip(WORDS, signs.words, strict=True)) == {
        "cue": "said",
        "last of cue": "said",
        "first of cue": "said",
        "first of source": "tove",
        "last of source": "lind",
        "first of content": "it",
        "after cue": "tove",
    }
    assert number(signs, "content opens with a quotation mark") == 1
    assert number(signs, "content before cue") == 1
    assert number(signs, "source after cue") == 1
    assert number(signs, "no source") == 0


def test_a_claim_without_a_source_says_so_and_has_no_signs_of_one() -> None:
    signs = signs_of(replace(LINK, source=None), PIECES, TAGS, TEXT)
    assert number(signs, "no source") == 1
    assert number(signs, "source score") == number(signs, "words of source") == 0
    assert signs.words[3:5] == ("-", "-")


def test_a_known_word_speaks_for_itself_and_an_unknown_one_for_all_unknown_ones() -> None:
    signs = signs_of(LINK, PIECES, TAGS, TEXT)
    assert FLAT.score(signs) == 2.5
    assert FLAT.score(replace(signs, words=("mooed", *signs.words[1:]))) == -0.5


@given(st.lists(st.floats(-1e9, 1e9), min_size=len(NUMBERS), max_size=len(NUMBERS)))
def test_a_probability_is_one_whatever_the_signs(numbers: list[float]) -> None:
    steep = replace(FLAT, numbers=[1e3] * len(NUMBERS))
    assert 0 <= steep.probability(Signs(tuple(numbers), ("said",) * len(WORDS))) <= 1


def test_slope_and_shift_change_how_sure_it_is_and_not_the_order() -> None:
    sure, unsure = (Signs((0.0,) * len(NUMBERS), (word,) * len(WORDS)) for word in ("said", "mooed"))
    softer = replace(FLAT, slope=0.5, shift=0.1)
    assert (
        FLAT.probability(unsure) < softer.probability(unsure) < softer.probability(sure) < FLAT.probability(sure)
    )


def test_a_verifier_is_written_and_read_back_the_same() -> None:
    assert from_json(to_json(FLAT)).score(signs_of(LINK, PIECES, TAGS, TEXT)) == 2.5


def test_one_that_was_made_for_other_signs_is_refused() -> None:
    other = to_json(FLAT).replace(b'"cue score"', b'"mood of the cue"')
    with pytest.raises(ValueError, match="other signs"):
        from_json(other)
