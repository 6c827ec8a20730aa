"""Whom pronouns go back to: what speaks for each of those met before, in small articles marked by hand."""

import pytest

from tests.unit.extraction.actors.test_resolver import speakers


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Anna Kovacs] said {all is well}. Jens Holm left. [She] said {it would stay so}.", ["Anna Kovacs"] * 2),
        ("[Bo Ray] spoke to Jens Holm and said {yes}.\n\n[He] added {no}.", ["Bo Ray"] * 2),
    ],
)
def test_whoever_spoke_last_is_meant_before_others(marked: str, expected: list[str]) -> None:
    assert speakers(marked) == expected


def test_pronouns_that_are_no_sources_lead_from_a_name_to_those_that_are() -> None:
    text = (
        "Jens Holm met Ada Ray in Brno. Holm waited. He had lost his hat. He was cold. Then he sat down. "
        "At noon he ate. [He] said {it was late}."
    )
    assert speakers(text) == ["Jens Holm"]


def test_a_first_name_that_speaks_against_a_pronoun_outweighs_who_spoke_last() -> None:
    assert speakers("Anna Kovacs waited. [Jens Holm] said {yes}. [She] said {no}.") == ["Jens Holm", "Anna Kovacs"]


def test_those_who_are_told_of_behind_the_first_comma_of_a_sentence_can_be_meant() -> None:
    assert speakers("On Monday, officials went to Brno. [They] said {no}.") == ["officials"]
