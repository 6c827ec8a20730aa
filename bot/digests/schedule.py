"""When a subscription's next digest is due: local wall time, right across daylight saving time. Pure."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import BadInput
from bot.model.digests import Cadence, Plan

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone called `name` ("Europe/Berlin"); raise BadInput where there is none."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        shown = name[:40]
        raise BadInput(
            f"There is no time zone named “{shown}”. Use a name such as Europe/Berlin or UTC."
        ) from None


def next_slot(plan: Plan, after: datetime) -> datetime:
    """Return the first moment strictly after `after` at which a digest of `plan` is due, in UTC.

    Daily and weekly digests come at the plan's local time (weekly: on its weekday); hourly ones in every hour at
    its minute. A local time that the clocks skip moves forward by what they skip; one that they repeat is due
    once, the first time. `after` is aware. Raises BadInput if the plan's time zone is unknown.
    """
    zone = zone_of(plan.timezone)
    if plan.cadence is Cadence.HOURLY:
        return _next_hour(plan.at.minute, zone, after.astimezone(UTC))
    # A day early, since a skipped time may have moved past midnight.
    today = after.astimezone(zone).date() - _DAY
    return next(
        slot
        for day in _days_from(today)
        if plan.cadence is Cadence.DAILY or day.weekday() == plan.weekday % 7
        if (slot := _moment(day, plan.at, zone)) > after
    )


def _next_hour(minute: int, zone: ZoneInfo, after: datetime) -> datetime:
    """Return the first moment after `after` whose local minute is `minute`; offsets may hold half hours."""
    slot = after.replace(second=0, microsecond=0) + _MINUTE
    while slot.astimezone(zone).minute != minute:
        slot += _MINUTE
    return slot


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the local time `at` on `day` in UTC.

    With fold=0 the offset before a change holds (PEP 495): the first of two repeated times, and a skipped
    time moved forward.
    """
    wall = datetime.combine(day, at.replace(second=0, microsecond=0, tzinfo=None, fold=0), tzinfo=zone)
    return wall.astimezone(UTC)


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += _DAY
