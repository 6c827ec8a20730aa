import re

import numpy as np

from bot.extraction.names import joined, trimmed
from bot.extraction.pieces import Pieces
from bot.extraction.tagging import LabelledSpan

PERSON, ORG = 0, 1


def words_of(text: str) -> Pieces:
    words = [(i, i + 1) for i, char in enumerate(text) if char.isalnum()]
    starts, ends = np.array(words).T
    return Pieces(starts, starts, np.arange(len(words)), starts, ends)


def test_two_names_of_a_type_with_a_space_between_them_are_one() -> None:
    text = "A B c"
    found = joined([LabelledSpan(PERSON, 0, 1), LabelledSpan(PERSON, 1, 2)], words_of(text), text)
    assert found == [LabelledSpan(PERSON, 0, 2)]


def test_names_of_two_types_on_two_lines_or_with_words_or_marks_between_them_stay_two() -> None:
    for text in ("A\nB", "A, B"):
        two = [LabelledSpan(PERSON, 0, 1), LabelledSpan(PERSON, 1, 2)]
        assert joined(two, words_of(text), text) == two
    apart = [LabelledSpan(PERSON, 0, 1), LabelledSpan(ORG, 1, 2), LabelledSpan(PERSON, 3, 4)]
    assert joined(apart, words_of("A B c D"), "A B c D") == apart


def test_an_organisation_of_two_directions_has_both_in_its_name() -> None:
    text = "North and East League"
    starts = np.array([0, 6, 10, 15])
    pieces = Pieces(starts, starts, np.arange(4), starts, np.array([5, 9, 14, 21]))
    whole = [LabelledSpan(ORG, 0, 4)]
    assert joined([LabelledSpan(ORG, 2, 4)], pieces, text) == whole
    assert joined([LabelledSpan(ORG, 0, 1), LabelledSpan(ORG, 2, 4)], pieces, text) == whole
    places = [LabelledSpan(2, 0, 1), LabelledSpan(2, 2, 4)]
    assert joined(places, pieces, text) == places


def test_titles_are_no_part_of_a_name_and_laws_are_no_organisations() -> None:
    text = "Miss Ada Lowe of the River Act"
    words = [(i.start(), i.end()) for i in re.finditer(r"\w+", text)]
    starts, ends = np.array(words).T
    pieces = Pieces(starts, starts, np.arange(len(words)), starts, ends)
    names = [LabelledSpan(PERSON, 0, 3), LabelledSpan(ORG, 5, 7)]
    assert trimmed(names, pieces, text) == [LabelledSpan(PERSON, 1, 3)]
    assert trimmed([LabelledSpan(PERSON, 0, 1)], pieces, text) == [LabelledSpan(PERSON, 0, 1)]
