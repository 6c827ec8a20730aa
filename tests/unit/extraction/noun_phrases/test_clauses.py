import pytest

from bot.extraction.noun_phrases.clauses import apposed, core_and_tail, uncounted


@pytest.mark.parametrize(
    ("described", "core"),
    [
        ("study published on Wednesday in the journal", "study"),
        ("screenshots reviewed by Patchwork", "screenshots"),
        ("shipping document seen by The Wire", "shipping document"),
        ("government watchdog report last month", "government watchdog report"),
        ("three people present at a meeting on Saturday afternoon", "three people present at a meeting"),
        ("figures to be published today", "figures"),
        ("latest Norr poll released Wednesday", "latest Norr poll"),
        ("prisoners released Wednesday", "prisoners"),
        ("posts on the company’s own support page", "posts"),
        ("leaked letter", "leaked letter"),
        ("lawyers following the case", "lawyers following the case"),
        ("those accused of fraud", "those accused of fraud"),
        ("a man identified as Bo", "a man identified as Bo"),
        ("spokesman for the council", "spokesman for the council"),
    ],
)
def test_a_description_ends_before_clauses_and_times(described: str, core: str) -> None:
    found, tail = core_and_tail(described)
    assert found == core
    assert f"{found} {tail}".strip() == described


@pytest.mark.parametrize(
    ("described", "left"),
    [
        ("several readers", "several readers"),
        ("One agency head", "agency head"),
        ("a handful of voters", "voters"),
        ("tens of thousands of drivers", "drivers"),
        ("the late bishop", "the bishop"),
        ("two Western officials", "two Western officials"),
        ("some of them", "some of them"),
        ("dozens of them", "dozens of them"),
        ("another witness", "another witness"),
    ],
)
def test_words_that_only_count_are_left_out_but_numbers_stay(described: str, left: str) -> None:
    assert uncounted(described) == left


@pytest.mark.parametrize(
    ("described", "parts"),
    [
        ("a spokesman for the Department for Roads, Rail and Sea", 1),
        ("the Minister for Children, Families and Schools, Ida Holm", 2),
        ("the minister for Roads, Rail, Sea and Air", 1),
        ("the Minister of Defence, Dahl", 2),
        ("the Secretary of State, Marco Dahl", 2),
        ("the Department for Roads, Rail and Sea", 2),
    ],
)
def test_a_list_in_the_name_of_an_office_is_no_apposition(described: str, parts: int) -> None:
    assert len(apposed(described)) == parts
