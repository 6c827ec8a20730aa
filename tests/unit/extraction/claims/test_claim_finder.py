import pytest

from bot.extraction.claims.claim_finder import beside, joined_spans


def test_spans_with_nothing_but_space_between_them_are_one_and_those_without_words_go() -> None:
    text = "that the road, he said, was shut ."
    assert joined_spans([(0, 4), (5, 13), (24, 32)], text) == ((0, 13), (24, 32))
    assert joined_spans([(5, 13), (33, 34)], text) == ((5, 13),)
    assert joined_spans([], text) == ()


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Anna Kovacs, farmer\n\nSen. Bo Ray called", "called", "Sen. Bo Ray"),
        ("said Anna Kovacs\nBo Ray left", "said", "Anna Kovacs"),
        ("the old chairman of the board that runs the harbour\nAnna Kovacs said", "said", None),
        ("Anna Kovacs said", "said", "Anna Kovacs"),
    ],
)
def test_a_source_does_not_go_over_the_end_of_a_paragraph(text: str, cue: str, expected: str | None) -> None:
    start = text.index(cue)
    source = (0, start - 1) if start else (len(cue) + 1, len(text) - len(" left") * text.endswith(" left"))
    found = beside(source, (start, start + len(cue)), text)
    assert text[slice(*found)] == (expected or text[slice(*source)])
