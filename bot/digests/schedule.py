"""When the next digest of a subscription is due: local wall time, correct across daylight saving time. Pure."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import BadInput
from bot.model.digests import Cadence, Plan

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone called `name` ("Europe/Berlin"). Raise BadInput if there is none."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        shown = name[:40]
        raise BadInput(
            f"There is no time zone named “{shown}”. Use a name such as Europe/Berlin or UTC."
        ) from None


def next_slot(plan: Plan, after: datetime) -> datetime:
    """Return the first time strictly after `after` at which a digest of `plan` is due, in UTC.

    Daily and weekly digests come at the plan's local time (weekly: on its weekday), hourly digests at its minute
    of every hour. A local time that the clocks skip moves forward by the skipped time. A local time that occurs
    twice counts the first time only. `after` is aware. Raises BadInput if the plan's time zone is unknown.
    """
    zone = zone_of(plan.timezone)
    if plan.cadence is Cadence.HOURLY:
        return _next_hour(plan.at.minute, zone, after.astimezone(UTC))
    # start a day early: a skipped time may have moved past midnight
    today = after.astimezone(zone).date() - _DAY
    return next(
        slot
        for day in _days_from(today)
        if plan.cadence is Cadence.DAILY or day.weekday() == plan.weekday % 7
        if (slot := _moment(day, plan.at, zone)) > after
    )


def _next_hour(minute: int, zone: ZoneInfo, after: datetime) -> datetime:
    """Return the first time after `after` whose local minute is `minute`. Time zones may differ by half hours."""
    slot = after.replace(second=0, microsecond=0) + _MINUTE
    while slot.astimezone(zone).minute != minute:
        slot += _MINUTE
    return slot


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the local time `at` on `day` in UTC.

    fold=0 means the offset before a change (PEP 495): the first of two equal local times, and a skipped time moved
    forward.
    """
    wall = datetime.combine(day, at.replace(second=0, microsecond=0, tzinfo=None, fold=0), tzinfo=zone)
    return wall.astimezone(UTC)


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += _DAY
