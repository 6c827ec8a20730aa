import re

import numpy as np

from bot.extraction.encoder.bio_decoding import LabelledSpan
from bot.extraction.encoder.word_pieces import Pieces
from bot.extraction.names.name_finder import agreed, in_one_sentence, joined, on_one_line, trimmed

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


def cut_to_words(text: str) -> Pieces:
    words = [(i.start(), i.end()) for i in re.finditer(r"[^\W_]+|[^\w\s]|_", text)]
    starts, ends = np.array(words).T
    return Pieces(starts, starts, np.arange(len(words)), starts, ends)


def names_in(text: str, spans: list[LabelledSpan], pieces: Pieces) -> list[str]:
    return [text[pieces.starts[span.start] : pieces.ends[span.end - 1]] for span in spans]


def test_a_name_ends_with_a_short_line_as_in_a_signature_and_goes_on_where_text_was_broken_at_a_width() -> None:
    signed, broken = "Vince\nTraci", "It was a long day, and at the end of it a letter from Ada\nLowe came"
    pieces = cut_to_words(signed)
    assert names_in(signed, on_one_line([LabelledSpan(PERSON, 0, 2)], pieces, signed), pieces) == [
        "Vince",
        "Traci",
    ]
    pieces = cut_to_words(broken)
    at = broken.split().index("Ada") + 1  # and the comma
    assert on_one_line([LabelledSpan(PERSON, at, at + 2)], pieces, broken) == [LabelledSpan(PERSON, at, at + 2)]


def test_a_name_ends_with_its_sentence_and_not_with_an_abbreviation() -> None:
    for text, names in (("Sheila. Wheels", ["Sheila", "Wheels"]), ("Alex. Wheels", ["Alex. Wheels"])):
        pieces = cut_to_words(text)
        assert names_in(text, in_one_sentence([LabelledSpan(PERSON, 0, 3)], pieces, text), pieces) == names


def test_a_name_in_an_address_or_of_a_file_is_none_but_one_beside_it_is() -> None:
    text = "Ada writes to ada@lowe.com and www.lowe.co.uk of lowe_letter.doc to Lowe.Then"
    pieces = cut_to_words(text)
    words = [text[a:b].lower() for a, b in zip(pieces.starts, pieces.ends, strict=True)]
    found = [LabelledSpan(PERSON, i, i + 1) for i, word in enumerate(words) if word in ("ada", "lowe")]
    assert names_in(text, trimmed(found, pieces, text), pieces) == ["Ada", "Lowe"]


def test_a_firm_keeps_its_form_and_no_name_ends_in_a_mark() -> None:
    text = "Norr Steel, Inc. sued Lark '"
    pieces = cut_to_words(text)
    found = trimmed([LabelledSpan(ORG, 0, 2), LabelledSpan(ORG, 3, 4), LabelledSpan(ORG, 6, 8)], pieces, text)
    assert names_in(text, found, pieces) == ["Norr Steel, Inc.", "Lark"]


def test_one_name_is_of_one_type_wherever_it_stands() -> None:
    text = "Lowe saw Lowe"
    scores = np.full((3, 7), -5, dtype=np.float32)
    scores[0, 1], scores[2, 3], scores[2, 1] = 5, 1, 0.5
    found = agreed([LabelledSpan(PERSON, 0, 1), LabelledSpan(ORG, 2, 3)], scores, cut_to_words(text), text)
    assert [span.label for span in found] == [PERSON, PERSON]
