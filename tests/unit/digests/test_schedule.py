from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.schedule import next_slot, zone_of
from bot.errors import BadInput
from bot.model.digests import Cadence, Plan

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
]
BERLIN = ZoneInfo("Europe/Berlin")
moments = st.datetimes(datetime(2005, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
times = st.times().map(lambda t: t.replace(second=0, microsecond=0))


def slot_after(cadence: Cadence, at: time, weekday: int, zone: str, after: datetime) -> datetime:
    return next_slot(Plan(1, cadence, at, weekday, zone), after)


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[arg-type, misc]


def berlin(*when: int) -> datetime:
    return datetime(*when, tzinfo=BERLIN)  # type: ignore[arg-type, misc]


def test_a_daily_digest_comes_today_where_its_time_is_still_ahead_and_else_tomorrow() -> None:
    at = time(8)
    assert slot_after(Cadence.DAILY, at, 0, "Europe/Berlin", berlin(2026, 7, 18, 7)) == berlin(2026, 7, 18, 8)
    assert slot_after(Cadence.DAILY, at, 0, "Europe/Berlin", berlin(2026, 7, 18, 8)) == berlin(2026, 7, 19, 8)


def test_a_weekly_digest_comes_on_its_weekday() -> None:
    slot = slot_after(Cadence.WEEKLY, time(9, 30), 4, "America/New_York", utc(2026, 7, 18, 6))
    assert slot == datetime(2026, 7, 24, 9, 30, tzinfo=ZoneInfo("America/New_York"))


def test_an_hourly_digest_comes_at_its_local_minute_also_where_the_offset_is_half_an_hour() -> None:
    assert slot_after(Cadence.HOURLY, time(0), 0, "Asia/Kolkata", utc(2026, 7, 18, 6, 0, 5)) == utc(
        2026, 7, 18, 6, 30
    )
    assert slot_after(Cadence.HOURLY, time(0), 0, "UTC", utc(2026, 7, 18, 6)) == utc(2026, 7, 18, 7)


def test_the_local_time_stays_when_the_clocks_change() -> None:
    before = slot_after(Cadence.DAILY, time(8), 0, "Europe/Berlin", berlin(2026, 3, 27, 9))
    after = slot_after(Cadence.DAILY, time(8), 0, "Europe/Berlin", before)
    assert after - before == timedelta(hours=23)


def test_a_local_time_that_is_skipped_moves_forward() -> None:
    slot = slot_after(Cadence.DAILY, time(2, 30), 0, "Europe/Berlin", berlin(2026, 3, 28, 12))
    assert slot == utc(2026, 3, 29, 1, 30)
    assert slot.astimezone(BERLIN).time() == time(3, 30)


def test_a_local_time_that_comes_twice_is_due_once() -> None:
    first = slot_after(Cadence.DAILY, time(2, 30), 0, "Europe/Berlin", berlin(2026, 10, 24, 12))
    assert first == utc(2026, 10, 25, 0, 30)
    assert slot_after(Cadence.DAILY, time(2, 30), 0, "Europe/Berlin", first) == utc(2026, 10, 26, 1, 30)


def test_a_day_that_a_place_left_out_has_no_digest_of_its_own() -> None:
    slots = [utc(2011, 12, 28)]
    for _ in range(4):
        slots.append(slot_after(Cadence.DAILY, time(10), 0, "Pacific/Apia", slots[-1]))
    assert [s.astimezone(ZoneInfo("Pacific/Apia")).day for s in slots[1:]] == [28, 29, 31, 1]


@given(st.sampled_from(Cadence), times, st.integers(0, 6), st.sampled_from(ZONES), moments)
def test_a_slot_is_after_the_moment_and_not_too_long_after(
    cadence: Cadence, at: time, weekday: int, zone: str, after: datetime
) -> None:
    slot = slot_after(cadence, at, weekday, zone, after)
    longest = {
        Cadence.STORY: timedelta(minutes=2),
        Cadence.MINUTES: timedelta(minutes=30),
        Cadence.WEEKDAYS: timedelta(days=4),
        Cadence.HOURLY: timedelta(hours=2),
        Cadence.DAILY: timedelta(days=2),
        Cadence.WEEKLY: timedelta(days=8),
    }
    assert after < slot <= after + longest[cadence]


@given(times, st.integers(0, 6), st.sampled_from(ZONES), moments)
def test_a_weekly_slot_shows_the_right_time_unless_the_clocks_skip_it(
    at: time, weekday: int, zone: str, after: datetime
) -> None:
    local = slot_after(Cadence.WEEKLY, at, weekday, zone, after).astimezone(ZoneInfo(zone))
    wall = datetime.combine(local.date(), at, tzinfo=ZoneInfo(zone))
    exists = wall.astimezone(UTC).astimezone(ZoneInfo(zone)).time() == at
    assert local.time() == at or not exists or local.time() > at
    assert local.weekday() in {weekday, (weekday + 1) % 7}
    if local.time() == at:
        assert local.fold == 0


@given(times, st.sampled_from(ZONES), moments)
def test_no_slot_is_left_out(at: time, zone: str, after: datetime) -> None:
    slot = slot_after(Cadence.DAILY, at, 0, zone, after)
    just_before = slot_after(Cadence.DAILY, at, 0, zone, slot - timedelta(microseconds=1))
    assert just_before == slot


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc", "Europe", "\0", "x" * 500])
def test_an_unknown_time_zone_is_named(name: str) -> None:
    with pytest.raises(BadInput, match="no time zone"):
        zone_of(name)
