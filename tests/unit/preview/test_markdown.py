"""Discord's markdown as it is shown to a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preview.markdown import Line, Reader, Shape, Span, Style, lines_of, time_of
from tests.unit.preview.sample_message import NOW

READER = Reader(NOW, {"1": "bob", "2": "news"})


def _shown(text: str) -> str:
    return "\n".join("".join(span.text for span in line.spans) for line in lines_of(text, READER))


def _spans(text: str) -> dict[str, set[Style]]:
    return {span.text: set(span.styles) for line in lines_of(text, READER) for span in line.spans}


@pytest.mark.parametrize(
    ("text", "styles"),
    [
        ("**a**", {Style.BOLD}),
        ("*a*", {Style.ITALIC}),
        ("_a_", {Style.ITALIC}),
        ("__a__", {Style.UNDERLINE}),
        ("~~a~~", {Style.STRIKE}),
        ("||a||", {Style.SPOILER}),
        ("`a`", {Style.CODE}),
        ("``a``", {Style.CODE}),
        ("***a***", {Style.BOLD, Style.ITALIC}),
        ("**_a_**", {Style.BOLD, Style.ITALIC}),
    ],
)
def test_a_style_is_read(text: str, styles: set[Style]) -> None:
    assert _spans(text) == {"a": styles}


@pytest.mark.parametrize("text", ["a_b_c", "2 * 3 * 4", "**", "a ** b", "[x](ftp://y)", "#hash", "-#no", "-no"])
def test_what_is_no_markdown_is_shown_as_it_is(text: str) -> None:
    assert _shown(text) == text
    assert not any(styles for styles in _spans(text).values())


def test_an_escape_hides_markdown_and_itself() -> None:
    assert _shown(r"\*not\* \_this\_ **a \*b\* c**") == "*not* _this_ a *b* c"


def test_links_are_masked_angled_or_bare() -> None:
    spans = [
        span
        for line in lines_of(
            "[**The** Tide](<https://a.example/b_(c)>), <https://b.example> https://c.example/x.", READER
        )
        for span in line.spans
    ]
    assert [(span.text, span.link) for span in spans if span.link] == [
        ("The", "https://a.example/b_(c)"),
        (" Tide", "https://a.example/b_(c)"),
        ("https://b.example", "https://b.example"),
        ("https://c.example/x", "https://c.example/x"),
    ]


def test_names_stand_in_for_ids() -> None:
    assert _shown("<@1> <@!9> <#2> <@&7> </said:5> <:wave:3> @everyone") == (
        "@bob @unknown-user #news @unknown-role /said :wave: @everyone"
    )


def test_lines_have_shapes() -> None:
    text = "# One\n### Three\n-# small\n- item\n  - inner\n> quoted **b**\nplain\n>>> all\nthe rest"
    shapes = [(line.shape, line.level, line.quoted) for line in lines_of(text, READER)]
    assert shapes == [
        (Shape.HEADING, 1, False),
        (Shape.HEADING, 3, False),
        (Shape.SMALL, 0, False),
        (Shape.ITEM, 0, False),
        (Shape.ITEM, 1, False),
        (Shape.PLAIN, 0, True),
        (Shape.PLAIN, 0, False),
        (Shape.PLAIN, 0, True),
        (Shape.PLAIN, 0, True),
    ]


def test_nothing_is_read_in_a_block_of_code() -> None:
    lines = lines_of("before\n```py\n**a**\n```\nafter", READER)
    assert lines == [
        Line((Span("before"),)),
        Line((Span("**a**"),), Shape.CODE),
        Line((Span("after"),)),
    ]


@pytest.mark.parametrize(
    ("seconds", "form", "shown"),
    [
        (0, "R", "now"),
        (-1, "R", "1 second ago"),
        (-7300, "R", "2 hours ago"),
        (86_400 * 3, "R", "in 3 days"),
        (-86_400 * 400, "R", "1 year ago"),
        (0, "t", "12:00"),
        (0, "d", "04/05/2026"),
        (0, "f", "4 May 2026 12:00"),
        (0, "F", "Monday, 4 May 2026 12:00"),
    ],
)
def test_a_moment_is_shown_in_its_format(seconds: int, form: str, shown: str) -> None:
    assert time_of(int(NOW.timestamp()) + seconds, form, NOW) == shown


def test_an_impossible_moment_is_told() -> None:
    assert time_of(9_999_999_999_999, "R", NOW) == "Invalid Date"


@given(st.text(alphabet=st.sampled_from("ab *_~|`[]()<>\\#-:/@t19\n") | st.characters(), max_size=200))
def test_any_text_is_shown_and_no_letter_is_lost(text: str) -> None:
    shown = _shown(text)
    if "<" not in text and "`" not in text and "](" not in text:
        assert [c for c in shown if c.isalpha()] == [c for c in text if c.isalpha()]
