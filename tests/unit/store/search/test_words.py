"""How text is compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.schema.columns import storable
from bot.store.search.words import fold, folded_name, words_of

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Zürich's dam", ["zurich", "dam"]),
        ("O’Brien’s", ["obrien"]),
        ("al-Assad", ["al", "assad"]),
        ("Łódź, Øresund, Straße", ["lodz", "oresund", "strasse"]),
        ("Erdoğan İSTANBUL", ["erdogan", "istanbul"]),
        ("don't", ["dont"]),
        ("snake_case", ["snake", "case"]),
        ("'quoted'", ["quoted"]),
        ("ＡＢＣ １２", ["abc", "12"]),
        ("!? —", []),
        ("", []),
    ],
)
def test_words_are_bare_of_case_accents_and_punctuation(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(ANY_TEXT)
def test_words_of_any_text_are_plain_and_stay_what_they_are(text: str) -> None:
    words = words_of(text)
    assert all(word.isalnum() or not word.isascii() for word in words)
    assert not set("\"'\\&|!:*()<>\0 ") & set("".join(words))
    assert fold(text).casefold() is not None


@pytest.mark.parametrize(
    ("name", "person", "folded"),
    [
        ("President Barack Obama", True, "barack obama"),
        ("Prime Minister Ahmet Davutoğlu", True, "ahmet davutoglu"),
        ("Mr. Smith", True, "smith"),
        ("President", True, "president"),
        ("Pope Francis", True, "pope francis"),
        ("The Guardian", False, "guardian"),
        ("The", False, "the"),
        ("President Barack Obama", False, "president barack obama"),
    ],
)
def test_a_name_is_compared_without_title_and_article(name: str, person: bool, folded: str) -> None:
    assert folded_name(name, person=person) == folded


@given(ANY_TEXT)
def test_what_is_stored_has_the_length_of_what_was_given(text: str) -> None:
    stored = storable(text)
    assert len(stored) == len(text)
    assert "\0" not in stored
    stored.encode()
