"""Times as people type them: "9:30 pm", "Berlin", "3 days", "2026-07-01". Pure: the current time is passed in."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import BadInput
from bot.text.time_zones import similar_names, zones_named

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SINCE_WORDS = ("today", "yesterday", "24 hours", "3 days", "this week", "last week", "this month", "last month")
"""Suggestions for `since`."""
_LISTED_ZONES = 8
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)

_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(a\.?m\.?|p\.?m\.?)?", re.IGNORECASE)
_AGO = re.compile(r"(?:last\s+|past\s+)?(\d{1,4})\s*([a-z]+?)s?(?:\s+ago)?")
_UNITS = {
    **dict.fromkeys(("minute", "min"), timedelta(minutes=1)),
    **dict.fromkeys(("hour", "hr", "h"), timedelta(hours=1)),
    **dict.fromkeys(("day", "d"), timedelta(days=1)),
    **dict.fromkeys(("week", "wk", "w"), timedelta(weeks=1)),
    **dict.fromkeys(("month", "mo"), timedelta(days=30)),
    **dict.fromkeys(("year", "yr", "y"), timedelta(days=365)),
}


def quoted(typed: str) -> str:
    """Return what a user typed, shortened and without markup, for showing it back to them."""
    plain = re.sub(r"[^\w\s:./+,'-]", "", typed)
    return f"“{' '.join(plain.split())[:60]}”"


def clock_time(typed: str) -> time:
    """Return a time of day typed as 09:00, 9.30, 21h15, 9 or 9:30 pm.

    Raises BadInput, which says what is accepted.
    """
    match = _CLOCK.fullmatch(typed.strip())
    if match:
        hour, minute = int(match[1]), int(match[2] or 0)
        half = (match[3] or "").lower()[:1]
        valid_hour = 1 <= hour <= 12 if half else hour < 24
        if valid_hour and minute < 60:
            return time(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)
    raise BadInput(f"{quoted(typed)} is not a time of day. Write it as 09:00 or 18:30.")


def zone_name(typed: str) -> str:
    """Return the IANA name of the time zone that "Berlin", "Germany", "EST" or "GMT+2" means.

    Raises BadInput, which suggests similar names, or lists the zones of a country that has several.
    """
    found = zones_named(typed)
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(found[:_LISTED_ZONES]) + (", and others" if len(found) > _LISTED_ZONES else "")
        raise BadInput(f"{quoted(typed)} has several time zones: {listed}. Write one of them, or a city.")
    near = [zone for name in similar_names(typed) for zone in zones_named(name)][:2]
    hint = f" Did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
    raise BadInput(
        f"{quoted(typed)} is not a time zone.{hint} "
        "Write a city or a country, such as Berlin or India, or the hours from UTC, such as UTC+2."
    )


def moment_since(typed: str, now: datetime, timezone: str) -> datetime:
    """Return the time in UTC from which "today", "3 days", "this week" or "2026-07-01" counts.

    Days, weeks (from Monday) and months begin at midnight in `timezone`. Raises BadInput if it is not understood
    or in the future.
    """
    words = " ".join(typed.casefold().split()).removeprefix("since ")
    local = now.astimezone(ZoneInfo(timezone))
    moment = _calendar_moment(words, local) or _moment_ago(words, local) or _written_moment(words, local)
    if moment is None:
        raise BadInput(
            f"I do not understand since {quoted(typed)}. Write today, yesterday, 24 hours, 3 days, this week, "
            "this month or a date such as 2026-07-01."
        )
    if moment > now:
        raise BadInput(f"{quoted(typed)} is in the future. Give a date or time in the past.")
    return max(moment, EARLIEST)


def _calendar_moment(words: str, local: datetime) -> datetime | None:
    """Return the beginning of a named day, week or month."""
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    monday = midnight - timedelta(days=midnight.weekday())
    first = midnight.replace(day=1)
    begins = {
        "today": midnight,
        "yesterday": midnight - timedelta(days=1),
        "this week": monday,
        "last week": monday - timedelta(weeks=1),
        "this month": first,
        "last month": (first - timedelta(days=1)).replace(day=1),
        "this year": first.replace(month=1),
    }
    begin = begins.get(words)
    return None if begin is None else begin.astimezone(UTC)


def _moment_ago(words: str, local: datetime) -> datetime | None:
    """Return the time that many minutes, hours, days, weeks, months or years before now."""
    match = _AGO.fullmatch(words)
    unit = _UNITS.get(match[2]) if match else None
    if match is None or unit is None:
        return None
    return max(local.astimezone(UTC) - min(int(match[1]) * unit, timedelta(days=36_500)), EARLIEST)


def _written_moment(words: str, local: datetime) -> datetime | None:
    """Return an ISO date, or date and time, read in the time zone of `local` unless it names one."""
    try:
        written = datetime.fromisoformat(words.upper())
    except ValueError:
        return None
    if written.year < EARLIEST.year:
        return EARLIEST
    if written.year > local.year + 1:
        return local.astimezone(UTC) + timedelta(days=366)
    return (written if written.tzinfo else written.replace(tzinfo=local.tzinfo)).astimezone(UTC)
