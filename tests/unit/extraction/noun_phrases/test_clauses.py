import pytest

from bot.extraction.noun_phrases.clauses import core_and_tail, uncounted


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
