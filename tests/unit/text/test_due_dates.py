"""The last day of a time in words, counted from the day of an article."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.due_dates import due_on

WRITTEN = date(2026, 7, 15)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by March 2027", date(2027, 3, 31)),
        ("by March", date(2027, 3, 31)),
        ("by September", date(2026, 9, 30)),
        ("before May 2027", date(2027, 4, 30)),
        ("before the end of May 2027", date(2027, 5, 31)),
        ("by 3 May", date(2027, 5, 3)),
        ("by May 3, 2028", date(2028, 5, 3)),
        ("until the 1st of August", date(2026, 8, 1)),
        ("by 2030", date(2030, 12, 31)),
        ("before 2030", date(2029, 12, 31)),
        ("within two years", date(2028, 7, 15)),
        ("within six months", date(2027, 1, 15)),
        ("within 10 days", date(2026, 7, 25)),
        ("in a week", date(2026, 7, 22)),
        ("by the end of the year", date(2026, 12, 31)),
        ("before the end of next month", date(2026, 8, 31)),
        ("by the end of the decade", date(2029, 12, 31)),
        ("this week", date(2026, 7, 19)),
        ("next year", date(2027, 12, 31)),
        ("by May next year", date(2027, 5, 31)),
        ("by Friday", date(2026, 7, 17)),
        ("by Wednesday", date(2026, 7, 22)),
        ("tomorrow", date(2026, 7, 16)),
    ],
)
def test_the_last_day_is_counted_from_the_article(words: str, day: date) -> None:
    assert due_on(words, WRITTEN) == day


@pytest.mark.parametrize(
    "words",
    [
        "before the election",
        "by Christmas",
        "in the coming weeks",
        "soon",
        "",
        "by 31 June",
        "by the start of March 2027",
        "by mid-2027",
        "in early 2027",
        "by the beginning of next year",
    ],
)
def test_what_names_no_day_has_none(words: str) -> None:
    assert due_on(words, WRITTEN) is None


def test_the_last_day_of_a_short_month() -> None:
    assert due_on("within a month", date(2027, 1, 31)) == date(2027, 2, 28)
    assert due_on("by 29 February", date(2024, 3, 1)) == date(2025, 2, 28)


WORDS = (
    "by",
    "before",
    "the",
    "end of",
    "next",
    "year",
    "May",
    "31",
    "29",
    "Feb",
    "2030",
    "999 decades",
    "within",
)


@given(
    st.lists(st.sampled_from(WORDS)).map(" ".join) | st.text(max_size=40),
    st.dates(date(1970, 1, 1), date(2200, 1, 1)),
)
def test_any_words_have_a_day_or_none(words: str, written: date) -> None:
    found = due_on(words, written)
    assert found is None or isinstance(found, date)
