"""Who is introduced in a sentence without a name."""

import pytest

from bot.extraction.actors.sentence_subjects import introduced_people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("He began by begging a woman who was undecided to vote.", ["a woman"]),
        ("The home of a 26-year-old Berlin man was raided.", ["a 26-year-old Berlin man"]),
        ("Donna Lages, a waitress in Norr, left.", []),
        ("He is a waiter. She worked as a teacher.", []),
        ("They read a book.", []),
    ],
)
def test_who_is_introduced_anywhere_but_as_what_another_is(text: str, people: list[str]) -> None:
    assert [text[start:end] for start, end in introduced_people(text)] == people
