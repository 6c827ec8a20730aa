"""When the next digest of a subscription is due: local wall time, correct across daylight saving time. Pure."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import BadInput
from bot.languages.translations import _
from bot.model.digests import Cadence, Plan

STORY_EVERY = timedelta(minutes=2)
"""How often to look for new stories, for channels that get each story as it comes."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_FRIDAY = 4
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone called `name` ("Europe/Berlin"). Raise BadInput if there is none."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        shown = name[:40]
        raise BadInput(
            _("There is no time zone named “{shown}”. Use a name such as Europe/Berlin or UTC.", shown=shown)
        ) from None


def next_slot(plan: Plan, after: datetime) -> datetime:
    """Return the first time strictly after `after` at which a digest of `plan` is due, in UTC.

    Daily, weekday and weekly digests come at the plan's local times (weekly: on its weekday), hourly digests at
    its minute of every hour, others at intervals that are the same for everybody. Digests due in the plan's quiet
    hours come once, when these end. A local time that the clocks skip moves forward by the skipped time. A local
    time that occurs twice counts the first time only. `after` is aware. Raises BadInput if the plan's time zone is
    unknown.
    """
    quiet = quiet_hours(plan, after)
    if quiet is not None and _next_loud(plan, quiet[0] - _TICK) < quiet[1]:
        return quiet[1]
    slot = _next_loud(plan, after)
    quiet = quiet_hours(plan, slot)
    return slot if quiet is None else quiet[1]


def quiet_hours(plan: Plan, moment: datetime) -> tuple[datetime, datetime] | None:
    """Return the start and end, in UTC, of the quiet hours that contain `moment`; None if none do."""
    if plan.quiet_from is None or plan.quiet_until is None or plan.quiet_from == plan.quiet_until:
        return None
    zone = zone_of(plan.timezone)
    today = moment.astimezone(zone).date()
    over_midnight = plan.quiet_until < plan.quiet_from
    for day in (today - _DAY, today):
        begin = _moment(day, plan.quiet_from, zone)
        end = _moment(day + _DAY if over_midnight else day, plan.quiet_until, zone)
        if begin <= moment < end:
            return begin, end
    return None


def _next_loud(plan: Plan, after: datetime) -> datetime:
    """Return the first time after `after` at which a digest would be due without quiet hours."""
    match plan.cadence:
        case Cadence.STORY:
            return _next_interval(STORY_EVERY, after)
        case Cadence.MINUTES:
            return _next_interval(timedelta(minutes=max(1, plan.every_minutes)), after)
        case Cadence.HOURLY:
            return _next_hour(plan.at.minute, zone_of(plan.timezone), after.astimezone(UTC))
    zone = zone_of(plan.timezone)
    times = sorted({plan.at, *plan.also_at})
    # start a day early: a skipped time may have moved past midnight
    for day in _days_from(after.astimezone(zone).date() - _DAY):
        if plan.cadence is Cadence.WEEKDAYS and day.weekday() > _FRIDAY:
            continue
        if plan.cadence is Cadence.WEEKLY and day.weekday() != plan.weekday % 7:
            continue
        slots = sorted(_moment(day, at, zone) for at in times)
        if (slot := next((slot for slot in slots if slot > after), None)) is not None:
            return slot
    raise AssertionError("days never end")


def _next_interval(interval: timedelta, after: datetime) -> datetime:
    """Return the first multiple of `interval` after `after`, counted from the epoch."""
    return _EPOCH + ((after - _EPOCH) // interval + 1) * interval


def _next_hour(minute: int, zone: ZoneInfo, after: datetime) -> datetime:
    """Return the first time after `after` whose local minute is `minute`. Time zones may differ by half hours."""
    slot = after.replace(second=0, microsecond=0) + _MINUTE
    while slot.astimezone(zone).minute != minute:
        slot += _MINUTE
    return slot


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the local time `at` on `day` in UTC.

    fold=0 takes the offset before a change (PEP 495): the first of two equal local times, and a skipped time moved
    forward.
    """
    wall = datetime.combine(day, at.replace(second=0, microsecond=0, tzinfo=None, fold=0), tzinfo=zone)
    return wall.astimezone(UTC)


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += _DAY
