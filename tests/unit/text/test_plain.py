"""Titles become plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.plain import clipped, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<b>Bold</b> words", "Bold words"),
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("&lt;b&gt;Bold&lt;/b&gt;", "Bold"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("  two\n lines\t", "two lines"),
        ("a<!-- hidden -->b", "ab"),
        ("x\x00y", "xy"),
        ("", ""),
    ],
)
def test_markup_goes_and_words_stay(markup: str, text: str) -> None:
    assert plain_text(markup, 100) == text


def test_long_titles_end_at_a_word() -> None:
    assert clipped("one two three four", 12) == "one two…"
    assert clipped("x" * 30, 10) == "x" * 9 + "…"


@given(st.text(max_size=500), st.integers(2, 100))
def test_plain_text_is_one_line_and_never_too_long(markup: str, longest: int) -> None:
    text = plain_text(markup, longest)
    assert len(text) <= longest
    assert "\n" not in text
