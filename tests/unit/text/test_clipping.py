import pytest

from bot.text.clipping import whole_sentences

FIRST = "The dam was never in danger, and nobody who lives below it has to leave home tonight."
LIMIT = 120


def test_a_long_text_ends_with_a_sentence_and_says_that_it_goes_on() -> None:
    text = f"{FIRST} We have looked at every gate twice, by day and by night."
    assert whole_sentences(text, LIMIT) == f"{FIRST} …"


def test_a_short_text_is_whole() -> None:
    assert whole_sentences(FIRST, LIMIT) == FIRST


@pytest.mark.parametrize(
    "after",
    [
        "But only if the rain stops before the next morning comes, as we all hope.",
        "If the rain goes on for two more days, that will be another question altogether.",
        "At least that is what the engineers of the other company told us this morning.",
        "That said, the gates were last looked at three years ago by a company that is gone.",
    ],
)
def test_a_sentence_is_not_cut_off_from_one_that_may_limit_it(after: str) -> None:
    assert whole_sentences(f"{FIRST} {after}", LIMIT) == f"{FIRST} {after}"


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST[:-1]}, said Dr. A. Holt of the institute of waters in the town of Dunmore on Friday night",
        f"{FIRST[:-1]}? We have looked at every gate twice, by day and by night, and so has everybody else.",
        f"Yes. {FIRST[:-1]} and we have looked at every gate twice, by day and by night, and so has everybody.",
    ],
)
def test_initials_questions_and_very_short_beginnings_are_no_place_to_end(text: str) -> None:
    assert whole_sentences(text, LIMIT) == text


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        (f"that “{FIRST} We have looked at every gate twice, by day and by night.”", f"that “{FIRST} …”"),
        (f"that “{FIRST}” We have looked at every gate twice, by day and by night.", f"that “{FIRST}” …"),
    ],
)
def test_quotation_marks_are_closed_where_a_text_ends(text: str, shortened: str) -> None:
    assert whole_sentences(text, LIMIT) == shortened
