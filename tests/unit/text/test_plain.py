"""Titles become plain text."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.clipping import clip
from bot.text.plain import plain_text, text_of_markup


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
        ("<p>One</p><p>Two</p>", "One Two"),
        ("First<br/>Second", "First Second"),
        ("<a href='https://a.example/'>Cut off", "Cut off"),
        ("<![CDATA[Wrapped twice]]>", "Wrapped twice"),
        ("&lt;![CDATA[Wrapped twice]]&gt;", "Wrapped twice"),
        ("&#8216;Yes&#8217; &copy; 2026", "‘Yes’ © 2026"),
        ("Storm &amp;#55356;&amp;#57098; ahead", "Storm 🌊 ahead"),
    ],
)
def test_markup_goes_and_words_stay(markup: str, text: str) -> None:
    assert plain_text(markup, 100) == text


@pytest.mark.parametrize(
    "title",
    [
        "The <head> element",
        "What <title>, <script> and <style> do",
        "List<String> or T<?> in <Java>",
        "<b> or <strong>?",
        "x <- y, and <3",
        "Use <?php echo 1 ?>",
        "R&copy and AT&T; Q&A; a&b",
        "page?a=1&copy=2&notit; &unknown;",
    ],
)
def test_what_looks_like_markup_and_is_none_stays_as_it_is_written(title: str) -> None:
    assert plain_text(title, 100) == title
    assert plain_text(html.escape(title, quote=False), 100) == title


def test_a_tag_that_was_escaped_once_more_and_stands_alone_is_text() -> None:
    assert plain_text("The &lt;br&gt; tag", 100) == "The <br> tag"


def test_the_text_of_a_piece_of_html_has_no_tags_at_all() -> None:
    assert text_of_markup("<head>a</head> <p>b &amp; c</p><br>", 100) == "a b & c"


def test_long_titles_end_at_a_word() -> None:
    assert clip("one two three four", 12) == "one two…"
    assert clip("x" * 30, 10) == "x" * 9 + "…"


@given(st.text(max_size=500), st.integers(2, 100))
def test_plain_text_is_one_line_and_never_too_long(markup: str, longest: int) -> None:
    text = plain_text(markup, longest)
    assert len(text) <= longest
    assert "\n" not in text
