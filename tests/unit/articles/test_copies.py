"""The text of an agency is known in whatever outlet prints it, and an outlet's own text is nobody's copy."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.copies import PRINTS, is_copy, prints_of
from bot.text.shingles import FEWEST_WORDS, shingles_of
from preview.newsroom import Newsroom


def words(count: int, seed: int = 1) -> list[str]:
    choice = random.Random(seed)
    return ["".join(choice.choices("abcdefghijklmnop", k=choice.randint(2, 9))) for _ in range(count)]


WIRE = words(400)
TEXT = " ".join(WIRE)


def copied(text: str, original: str = TEXT) -> bool:
    return is_copy(shingles_of(text), shingles_of(original))


def found(text: str, original: str = TEXT) -> bool:
    return bool(shingles_of(text) & set(prints_of(shingles_of(original))))


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.upper().replace(" ", ",\n\n"),
        f"NEW DELHI (AP) — {TEXT}",
        f"{TEXT} Reporting by Ann Author, editing by Bo Byline.",
        " ".join(WIRE[:350]),
        " ".join([*WIRE[:100], "one", "word", "changed", *WIRE[103:]]),
    ],
)
def test_a_reprint_is_a_copy_and_is_found_by_the_prints(text: str) -> None:
    assert copied(text)
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        " ".join(words(400, seed=2)),
        " ".join([*WIRE, *words(120, seed=3)]),
        " ".join(WIRE[:200]),
        " ".join([*WIRE[:200], *words(200, seed=3)]),
        " ".join(WIRE[: FEWEST_WORDS - 1]),
        " ".join(sorted(WIRE)),
        "",
    ],
)
def test_a_text_with_something_of_its_own_or_without_much_of_the_other_is_none(text: str) -> None:
    assert not copied(text)


def test_stories_of_the_sample_newsroom_are_no_copies_of_each_other() -> None:
    newsroom = Newsroom()
    texts = [
        shingles_of(" ".join(article.paragraphs))
        for outlet in ("meridian", "courier", "konkan", "heap")
        for article in newsroom.articles_of(outlet)
    ]
    assert not any(is_copy(one, other) for one in texts for other in texts if one is not other)


@given(st.text(max_size=600))
def test_any_text_has_shingles_that_a_database_holds(text: str) -> None:
    for repeated in (text, f"{text} " * 50):
        shingles = shingles_of(repeated)
        assert all(-(2**63) <= one < 2**63 for one in shingles)
        assert len(prints_of(shingles)) <= PRINTS
