import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.long_texts import moved, parts
from bot.model.claims import Claim, Kind, Wording


def cut(text: str, longest: int) -> list[str]:
    return [text[start:end] for start, end in parts(text, longest)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", ["short"]),
        ("", []),
        ("one two. three\nfour\n\nfive six", ["one two. three\nfour\n\n", "five six"]),
        ("one two. three four\nfive six seven", ["one two. three four\n", "five six seven"]),
        ("one two three. four five six seven", ["one two three. ", "four five six seven"]),
        ("one two three four five six seven", ["one two three four ", "five six seven"]),
        ("x" * 50, ["x" * 22, "x" * 22, "x" * 6]),
    ],
)
def test_a_text_is_cut_after_paragraphs_else_lines_else_sentences_else_words(
    text: str, expected: list[str]
) -> None:
    assert cut(text, 22) == expected


@given(st.text("ab. \n", max_size=200), st.integers(2, 30))
def test_the_parts_are_the_text_and_none_is_too_long(text: str, longest: int) -> None:
    found = cut(text, longest)
    assert "".join(found) == text
    assert all(0 < len(part) <= longest for part in found)


def test_a_claim_is_moved_with_everything_that_has_a_place() -> None:
    claim = Claim(
        source=((0, 4),),
        cue=((5, 9),),
        content=((10, 20), (25, 30)),
        actor=None,
        kind=Kind.STATEMENT,
        verbatim=Wording.MIXED,
        confidence=0.5,
        evidence=(0, 31),
        addressee=(21, 24),
    )
    further = moved(claim, 100)
    assert (further.source, further.cue, further.content) == (
        ((100, 104),),
        ((105, 109),),
        ((110, 120), (125, 130)),
    )
    assert (further.evidence, further.addressee, further.time) == ((100, 131), (121, 124), None)
    assert moved(further, -100) == claim
