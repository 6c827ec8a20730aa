"""Whether words are those of a claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.quotations import ALIKE, ELLIPSIS, Change, compared

CONTENT = "Whatever they say, the dam will hold until spring, and nobody needs to leave."


def shown(checked: str, content: str = CONTENT) -> str | None:
    comparison = compared(checked, content)
    if comparison is None:
        return None
    signs = {Change.SAME: "{}", Change.ADDED: "+[{}]", Change.LEFT_OUT: "-[{}]", Change.AROUND: "({})"}
    return " ".join(signs[piece.change].format(piece.words) for piece in comparison.pieces)


@pytest.mark.parametrize("checked", ["The dam will hold until spring", "the DAM “will hold” until Spring!"])
def test_the_same_words_are_exact_whatever_their_case_and_punctuation_and_are_shown_in_their_sentence(
    checked: str,
) -> None:
    comparison = compared(checked, CONTENT)
    assert comparison is not None
    assert comparison.exact
    assert shown(checked) == "(Whatever they say,) the dam will hold until spring, (and nobody needs to leave.)"


@pytest.mark.parametrize(
    ("checked", "differences"),
    [
        ("the dam will not hold until spring", "the dam will +[not] hold until spring,"),
        ("the dam will hold until summer", "the dam will hold until +[summer]"),
        ("the dam hold until spring", "the dam -[will] hold until spring,"),
    ],
)
def test_what_was_changed_is_marked_in_place(checked: str, differences: str) -> None:
    told = shown(checked)
    assert told is not None
    assert differences in told
    comparison = compared(checked, CONTENT)
    assert comparison is not None
    assert not comparison.exact
    assert comparison.turned == ("not" in checked.split())


@pytest.mark.parametrize("checked", ["I have a dream today", "the dam", "spring leave nobody until hold"])
def test_other_words_and_coincidences_are_no_quotation(checked: str) -> None:
    assert compared(checked, CONTENT) is None


def test_a_short_claim_within_many_words_is_no_quotation_of_them() -> None:
    assert (
        compared("we have always said that the dam will hold and that nobody should leave", "the dam will") is None
    )


def test_signs_between_words_are_shown_and_a_cut_is_marked() -> None:
    content = "Many say that holding up Dunn & Crewe – the bidder – would be a costly mistake for all of us here"
    assert shown("would be a cheap mistake", content) == (
        "(… up Dunn & Crewe – the bidder –) would be a -[costly] +[cheap] mistake (for all of us here)"
    )


WORDS = st.lists(
    st.sampled_from(["the", "dam", "will", "hold", "not", "until", "spring", "we", "shall", "leave"]), max_size=25
)


@given(WORDS, WORDS)
def test_whatever_is_compared_the_pieces_are_the_words_in_order(ours: list[str], theirs: list[str]) -> None:
    comparison = compared(" ".join(ours), " ".join(theirs))
    if comparison is None:
        return
    assert ALIKE <= comparison.alike <= 1

    def words(*changes: Change) -> list[str]:
        found = [word for piece in comparison.pieces if piece.change in changes for word in piece.words.split()]
        return [word for word in found if word != ELLIPSIS]

    assert words(Change.SAME, Change.ADDED) == ours
    held = " ".join(words(Change.SAME, Change.LEFT_OUT, Change.AROUND))
    assert f" {held} " in f" {' '.join(theirs)} "
