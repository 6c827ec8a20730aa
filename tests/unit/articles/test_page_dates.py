"""Dates as pages write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.page_dates import EARLIEST, moment_of

TEN = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
DAY = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-04T10:00:00Z", TEN),
        ("2026-03-04T15:30:00+05:30", TEN),
        ("2026-03-04T15:30:00+0530", TEN),
        ("2026-03-04T05:00:00.123-05:00", TEN.replace(microsecond=123000)),
        ("2026-03-04 10:00:00 +0000", TEN),
        ("2026-03-04 11:00 +01", TEN),
        ("2026-03-04 10:00:00 UTC", TEN),
        ("2026/03/04 10:00:00", TEN),
        ("2026-3-4", DAY),
        ("2026-03-04", DAY),
        ("Wed, 04 Mar 2026 10:00:00 GMT", TEN),
        ("Wed, 04 Mar 2026 11:00:00 +0100", TEN),
        ("Wed, 4 Mar 2026 05:00 EST", TEN),
        ("1772618400", TEN),
        ("1772618400000", TEN),
        ("March 4, 2026", DAY),
        ("Wednesday, March 4th, 2026", DAY),
        ("4 Mar. 2026", DAY),
    ],
)
def test_a_date_is_read(value: str, moment: datetime) -> None:
    assert moment_of(value) == moment


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "0000-00-00",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "2026-13-45",
        "2026-02-30 10:00",
        "99999999999999",
        "March 4, 2026 3:15 PM",
        "Wed, 04 Mar 2026 10:00:00 CET",
        "Wed, 04 Mar 2026 10:00:00 IST",
        "04/03/2026",
        "4 Foo 2026",
        "9999-12-31T23:59:59-12:00",
        "2026-03-04T10:00:00+99:99",
        "x" * 500,
    ],
)
def test_what_is_no_date_of_an_article_is_none(value: str) -> None:
    assert moment_of(value) is None


@given(st.text(max_size=90) | st.from_regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?( ?[+-]\d\d:?\d\d)?"))
def test_nothing_raises_and_nothing_is_from_before_the_web(value: str) -> None:
    moment = moment_of(value)
    assert moment is None or (moment.year >= EARLIEST and moment.tzinfo is UTC)
