"""Days to come, as people write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.services.typed_ahead import FARTHEST, moment_ahead

NOW = datetime(2026, 11, 30, 15, 30, tzinfo=UTC)
"""A Monday; half past four in Berlin."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tomorrow", datetime(2026, 11, 30, 23, tzinfo=UTC)),
        ("3 days", datetime(2026, 12, 3, 15, 30, tzinfo=UTC)),
        ("for a week", datetime(2026, 12, 7, 15, 30, tzinfo=UTC)),
        ("until Wednesday", datetime(2026, 12, 1, 23, tzinfo=UTC)),
        ("Monday", datetime(2026, 12, 6, 23, tzinfo=UTC)),
        ("24 December", datetime(2026, 12, 23, 23, tzinfo=UTC)),
        ("24.12.", datetime(2026, 12, 23, 23, tzinfo=UTC)),
        ("1 July", datetime(2027, 6, 30, 22, tzinfo=UTC)),
        ("2027-01-31", datetime(2027, 1, 30, 23, tzinfo=UTC)),
    ],
)
def test_the_next_day_of_that_name_is_meant(typed: str, meant: datetime) -> None:
    assert moment_ahead(typed, NOW, "Europe/Berlin") == meant


@pytest.mark.parametrize("typed", ["yesterday", "1 July 2020", "soon", "2 years", "2029-01-01", ""])
def test_what_is_past_too_far_or_not_understood_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        moment_ahead(typed, NOW, "Europe/Berlin")


@given(st.text(max_size=30))
def test_whatever_is_typed_is_ahead_or_refused(typed: str) -> None:
    try:
        moment = moment_ahead(typed, NOW, "Europe/Berlin")
    except BadInput:
        return
    assert NOW < moment <= NOW + FARTHEST
