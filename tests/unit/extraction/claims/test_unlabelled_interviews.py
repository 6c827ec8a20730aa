"""Interviews whose questions have no label: the next paragraph is the answer of whoever the introduction names."""

import pytest
from spacy.language import Language

from tests.unit.extraction.said import claims_with, is_shown, speaker_of

TALK = (
    "Why did you go to sea?\n"
    "I was nineteen and had never seen a whale. My father thought that I would come back after a week.\n"
    "What do you eat out there?\n"
    "Mostly eels. We have a cook who can make nine soups of them.\n"
    "I never liked the tenth one.\n"
    "How long will the eels last?\n"
    "Perhaps ten years. I would not bet on eleven.\n"
    "The harbour is open to visitors on Sundays.\n"
)


@pytest.mark.parametrize(
    "intro",
    [
        "This week the Norr Post called up the fisher Maria Holm, who wrote a book about eels.",
        "We spoke to Maria Holm, the captain of the last boat.",
        "Few people know the eel as she does. Maria Holm, a captain, spoke with the Norr Post.",
        "Maria Holm has fished for years. The interview with Holm has been edited.",
        "Maria Holm shared her thoughts with the Norr Post. Her answers have been edited.",
    ],
)
def test_answers_are_of_whoever_the_introduction_names(nlp: Language, intro: str) -> None:
    text = f"The last boat\n{intro}\n{TALK}"
    for part in (
        "I was nineteen and had never seen a whale",
        "a cook who can make nine soups",
        "I never liked the tenth",
    ):
        assert speaker_of(nlp, text, part) == "Maria Holm"
        assert is_shown(nlp, text, part)
    assert not claims_with(nlp, text, "The harbour is open to visitors on Sundays")


@pytest.mark.parametrize(
    "intro", ["She spoke with Ole Dahl.", "Maria Holm talked with Ole Dahl of the Norr Post."]
)
def test_nobody_answers_if_the_introduction_does_not_say_who(nlp: Language, intro: str) -> None:
    text = f"The last boat\nIt is cold in the harbour. {intro}\n{TALK}"
    assert speaker_of(nlp, text, "I was nineteen and had never seen a whale") is None


def test_questions_of_a_columnist_are_no_interview(nlp: Language) -> None:
    text = (
        "We spoke to Maria Holm, the captain of the last boat.\nWhy do eels matter to you and your town?\n"
        "Because they feed it.\nWhat will happen then?\nThe harbour will close.\nAnd what will you do then?\n"
        "Holm will not say."
    )
    assert not claims_with(nlp, text, "The harbour will close")
