"""A year of every kind of digest in thirty time zones: nothing comes twice, nothing is left out."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.digests.schedule import next_slot, quiet_hours
from bot.model.digests import Cadence, Plan

ZONES = (
    *("UTC", "Europe/London", "Europe/Berlin", "Europe/Istanbul", "Europe/Moscow", "Europe/Dublin"),
    *("Atlantic/Azores", "America/New_York", "America/Chicago", "America/Los_Angeles", "America/St_Johns"),
    *("America/Sao_Paulo", "America/Santiago", "America/Havana", "America/Asuncion", "Africa/Cairo"),
    *("Africa/Casablanca", "Africa/Lagos", "Asia/Beirut", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Asia/Tokyo", "Asia/Jerusalem", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Auckland"),
    *("Pacific/Chatham", "Pacific/Apia", "Antarctica/Troll"),
)
YEAR = 2026
START, END = datetime(YEAR, 1, 2, tzinfo=UTC), datetime(YEAR, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def slots_of(plan: Plan) -> list[datetime]:
    slots = [next_slot(plan, START)]
    while slots[-1] < END:
        slots.append(next_slot(plan, slots[-1]))
    return slots


def local_days(slots: list[datetime], zone: str) -> Counter[date]:
    return Counter(slot.astimezone(ZoneInfo(zone)).date() for slot in slots)


def shown(at: time, day: date, zone: str) -> bool:
    """Whether clocks show this time on that day."""
    wall = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
    return wall.astimezone(UTC).astimezone(ZoneInfo(zone)).time() == at


def test_there_are_thirty_zones() -> None:
    assert len(set(ZONES)) == 30


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(0), time(2, 30), time(9), time(23, 30)])
def test_a_daily_digest_comes_once_on_each_day_at_its_time(zone: str, at: time) -> None:
    slots = slots_of(Plan(1, Cadence.DAILY, at, timezone=zone))
    days = local_days(slots, zone)
    assert set(days.values()) == {1}
    assert max(days) - min(days) == timedelta(days=len(days) - 1), "no day is left out"
    for slot in slots:
        local = slot.astimezone(ZoneInfo(zone))
        assert local.time() == at or not shown(at, local.date(), zone)


@pytest.mark.parametrize("zone", ZONES)
def test_a_digest_several_times_a_day_comes_as_often_every_day(zone: str) -> None:
    times = (time(8), time(12, 30), time(19))
    days = local_days(slots_of(Plan(1, Cadence.DAILY, times[0], timezone=zone, also_at=times[1:])), zone)
    assert set(list(days.values())[1:-1]) == {3}


@pytest.mark.parametrize("zone", ZONES)
def test_a_weekday_digest_comes_from_monday_to_friday(zone: str) -> None:
    days = local_days(slots_of(Plan(1, Cadence.WEEKDAYS, time(2, 30), timezone=zone)), zone)
    assert {day.weekday() for day in days} == {0, 1, 2, 3, 4}
    assert set(days.values()) == {1}
    assert len(days) >= 5 * 51


@pytest.mark.parametrize("zone", ZONES)
def test_a_weekly_digest_comes_every_seven_days(zone: str) -> None:
    days = sorted(local_days(slots_of(Plan(1, Cadence.WEEKLY, time(9), 6, zone)), zone))
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=7)}
    assert {day.weekday() for day in days} == {6}


@pytest.mark.parametrize("zone", ZONES)
def test_an_hourly_digest_comes_every_hour_through_every_change_of_the_clocks(zone: str) -> None:
    slots = slots_of(Plan(1, Cadence.HOURLY, time(0, 15), timezone=zone))
    gaps = Counter(later - earlier for earlier, later in pairwise(slots))
    # only where clocks change by half an hour, a gap differs
    assert gaps.pop(HOUR) >= 24 * 360 - 4
    assert sum(gaps.values()) <= 4
    assert set(gaps) <= {HOUR / 2, HOUR * 1.5}


@pytest.mark.parametrize("zone", ZONES)
def test_a_digest_every_few_minutes_keeps_its_pace_and_its_quiet_hours(zone: str) -> None:
    plan = Plan(1, Cadence.MINUTES, timezone=zone, every_minutes=45, quiet_from=time(22), quiet_until=time(6, 30))
    slots = slots_of(plan)
    assert all(quiet_hours(plan, slot) is None for slot in slots)
    assert all(later > earlier for earlier, later in pairwise(slots))
    mornings = [s for s in slots if s.astimezone(ZoneInfo(zone)).time() == time(6, 30)]
    assert len({s.astimezone(ZoneInfo(zone)).date() for s in mornings}) >= 360, (
        "what was held back comes at its end"
    )


@pytest.mark.parametrize("zone", ZONES)
def test_what_is_due_in_quiet_hours_comes_once_at_their_end(zone: str) -> None:
    times = (time(2), time(3), time(4))
    plan = Plan(1, Cadence.DAILY, times[0], 0, zone, times[1:], quiet_from=time(23), quiet_until=time(7))
    days = local_days(slots_of(plan), zone)
    assert set(days.values()) == {1}
    assert len(days) >= 360
    assert {s.astimezone(ZoneInfo(zone)).time() for s in slots_of(plan)} == {time(7)}


def test_quiet_hours_hold_back_nothing_that_is_due_outside_of_them() -> None:
    plan = Plan(1, Cadence.DAILY, time(9), quiet_from=time(22), quiet_until=time(7))
    assert next_slot(plan, datetime(2026, 7, 1, 23, tzinfo=UTC)) == datetime(2026, 7, 2, 9, tzinfo=UTC)
    day = Plan(1, Cadence.DAILY, time(13), quiet_from=time(12), quiet_until=time(14))
    assert next_slot(day, datetime(2026, 7, 1, 12, 30, tzinfo=UTC)) == datetime(2026, 7, 1, 14, tzinfo=UTC)


def test_stories_as_they_come_are_looked_for_every_two_minutes() -> None:
    now = datetime(2026, 7, 1, 12, 0, 5, tzinfo=UTC)
    assert next_slot(Plan(1, Cadence.STORY), now) == datetime(2026, 7, 1, 12, 2, tzinfo=UTC)
