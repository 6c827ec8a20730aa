import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.content_words import content_words, folded, opened_seams


@pytest.mark.parametrize(
    ("glued", "opened"),
    [
        ("said ThursdayThe aim", "said Thursday The aim"),
        ("YouTube and McDonald", "YouTube and McDonald"),
        ("Carter saidShoigu", "Carter said Shoigu"),
        ("nothing glued", "nothing glued"),
    ],
)
def test_seams_are_opened_but_not_names(glued: str, opened: str) -> None:
    assert opened_seams(glued) == opened


def test_folding_takes_case_accents_and_punctuation() -> None:
    assert folded("  José-María’s  Café ") == "jose maria cafe"


def test_plurals_and_singulars_are_the_same_word() -> None:
    assert content_words("The dams, the bus and the cities") == ["dam", "bus", "city"]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text())
def test_opening_seams_changes_nothing_but_spaces(text: str) -> None:
    assert opened_seams(text).replace(" ", "") == text.replace(" ", "")
