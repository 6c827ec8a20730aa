"""Times as people write them."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.services.typed_times import (
    SINCE_WORDS,
    clock_time,
    moment_since,
    quoted,
    zone_name,
)
from bot.text.time_zones import COMMON_ZONES

NOW = datetime(2026, 7, 15, 10, 30, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("09:00", time(9)),
        (" 9:30 ", time(9, 30)),
        ("18.05", time(18, 5)),
        ("21h15", time(21, 15)),
        ("7", time(7)),
        ("9 am", time(9)),
        ("9:30 pm", time(21, 30)),
        ("12am", time(0)),
        ("12 p.m.", time(12)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(typed: str, meant: time) -> None:
    assert clock_time(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "9:60", "13 pm", "0 am", "noon", "", "09:00:00", "９:００x", "-1"])
def test_what_is_no_time_of_day_is_refused_with_the_accepted_form(typed: str) -> None:
    with pytest.raises(BadInput, match=r"not a time of day. Write it as 09:00 or 18:30"):
        clock_time(typed)


def test_a_misspelt_time_zone_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="Did you mean Europe/Berlin"):
        zone_name("Europe/Berln")
    with pytest.raises(BadInput, match="such as Berlin or India"):
        zone_name("qqqqqqqqqqqqqqqqqq")


def test_a_country_with_several_time_zones_is_answered_with_what_there_is() -> None:
    with pytest.raises(BadInput, match="“USA” has several time zones: America/New_York, America/Chicago,"):
        zone_name("USA")


@pytest.mark.parametrize(
    ("typed", "timezone", "meant"),
    [
        ("today", "UTC", datetime(2026, 7, 15, tzinfo=UTC)),
        ("today", "Asia/Tokyo", datetime(2026, 7, 14, 15, tzinfo=UTC)),
        ("Yesterday", "Europe/Berlin", datetime(2026, 7, 13, 22, tzinfo=UTC)),
        ("this week", "UTC", datetime(2026, 7, 13, tzinfo=UTC)),
        ("last week", "UTC", datetime(2026, 7, 6, tzinfo=UTC)),
        ("this month", "UTC", datetime(2026, 7, 1, tzinfo=UTC)),
        ("last month", "UTC", datetime(2026, 6, 1, tzinfo=UTC)),
        ("this year", "UTC", datetime(2026, 1, 1, tzinfo=UTC)),
        ("24 hours", "UTC", NOW - timedelta(hours=24)),
        ("24h", "UTC", NOW - timedelta(hours=24)),
        ("last 3 days", "UTC", NOW - timedelta(days=3)),
        ("2 weeks ago", "UTC", NOW - timedelta(weeks=2)),
        ("since 90 minutes", "UTC", NOW - timedelta(minutes=90)),
        ("9999 years", "UTC", datetime(1970, 1, 1, tzinfo=UTC)),
        ("2026-07-01", "UTC", datetime(2026, 7, 1, tzinfo=UTC)),
        ("2026-07-01", "America/New_York", datetime(2026, 7, 1, 4, tzinfo=UTC)),
        ("2026-07-01t09:30+02:00", "UTC", datetime(2026, 7, 1, 7, 30, tzinfo=UTC)),
        ("0001-01-01", "Asia/Tokyo", datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_since_is_read_as_people_write_it(typed: str, timezone: str, meant: datetime) -> None:
    assert moment_since(typed, NOW, timezone) == meant


def test_a_week_begins_at_local_midnight_though_the_clocks_have_changed_since() -> None:
    after_the_change = datetime(2026, 3, 30, 12, tzinfo=UTC)  # the clocks changed on Sunday, March 29
    begin = moment_since("last week", after_the_change, "Europe/Berlin")
    assert begin.astimezone(ZoneInfo("Europe/Berlin")).isoformat() == "2026-03-23T00:00:00+01:00"


@pytest.mark.parametrize("typed", ["soon", "2026-13-01", "three days", "3 parsecs", "today or so"])
def test_what_is_no_moment_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(BadInput, match="Write today, yesterday, 24 hours"):
        moment_since(typed, NOW, "UTC")


@pytest.mark.parametrize("typed", ["2026-07-16", "2027-01-01", "9999-12-31"])
def test_the_future_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="is in the future"):
        moment_since(typed, NOW, "Pacific/Apia")


def test_every_suggested_moment_is_understood() -> None:
    for words in SINCE_WORDS:
        assert moment_since(words, NOW, "Europe/Berlin") < NOW


@given(st.text(max_size=60), st.sampled_from(COMMON_ZONES))
def test_anything_typed_is_either_understood_or_refused(typed: str, timezone: str) -> None:
    for read in (clock_time, zone_name, lambda text: moment_since(text, NOW, timezone)):
        try:
            read(typed)
        except BadInput as error:
            assert len(error.message) < 400


@given(st.text())
def test_what_a_user_typed_is_shown_back_short_and_without_markup(typed: str) -> None:
    shown = quoted(typed)
    assert len(shown) <= 62
    assert not set("@*`<>[]()|~#\\\n") & set(shown)
