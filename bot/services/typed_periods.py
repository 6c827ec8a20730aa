"""Days, weeks and other periods as people write them. Pure: the current time is passed in.

"since Monday" counts from its beginning, "until Monday" to its end. Days begin at midnight in the time zone of the
server. Numeric dates are read in the order usual in the reader's language.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import BadInput
from bot.languages.formats import clock_time, short_date
from bot.languages.translations import NP_, _
from bot.services.typed_times import EARLIEST, quoted
from bot.text.period_meanings import Period, days_between, period_of
from bot.text.period_reading import parts_of

SINCE_WORDS = (
    NP_("option", "today"),
    NP_("option", "yesterday"),
    NP_("option", "24 hours"),
    NP_("option", "3 days"),
    NP_("option", "this week"),
    NP_("option", "last week"),
    NP_("option", "this month"),
    NP_("option", "last month"),
)
"""Suggestions for `since` and `until`."""
MONTH_FIRST = frozenset({"en-US"})
"""Locales that write the month of 11/30/2026 first. Of Discord's languages, only this one does."""


def moment_since(typed: str, now: datetime, timezone: str, locale: str = "") -> datetime:
    """Return the time in UTC from which "today", "Monday", "3 days" or "1 July 2026" counts.

    Raises BadInput if it is not understood or in the future.
    """
    start = period_meant(typed, now, timezone, locale).start
    if start > now:
        raise BadInput(_("{typed} is in the future. Give a date or time in the past.", typed=quoted(typed)))
    return start


def moment_until(typed: str, now: datetime, timezone: str, locale: str = "") -> datetime:
    """Return the last moment in UTC that "yesterday", "Monday" or "June 2026" includes. Raises BadInput."""
    meant = period_meant(typed, now, timezone, locale)
    return meant.end - timedelta(microseconds=1) if meant.end > meant.start else meant.end


def period_meant(typed: str, now: datetime, timezone: str, locale: str = "", *, ahead: bool = False) -> Period:
    """Return the period that a user means. `locale` is Discord's tag for their language, such as "en-US".

    A weekday, a time of day, or a date without a year means the latest one that has begun; a number of days counts
    back. If the user looks `ahead`, they mean the next one, or that many days to come. Raises BadInput if it is
    not understood.
    """
    local = now.astimezone(ZoneInfo(timezone))
    try:
        if (found := _iso(typed.strip(), local)) is None:
            parts = parts_of(typed, month_first=locale in MONTH_FIRST)
            found = period_of(parts, local, ahead=ahead) if parts else None
    except (ValueError, OverflowError):  # the 31st of February, two weekdays, or a year that no calendar has
        found = None
    if found is None:
        raise BadInput(
            _(
                "I do not understand {typed} as a date. Write today, Monday, 3 days, last month, 1 "
                "July 2026 or 2026-07-01.",
                typed=quoted(typed),
            )
        )
    return Period(max(found.start, EARLIEST), max(found.end, EARLIEST))


def shown_period(period: Period, timezone: str) -> str:
    """Return a period as it was understood: "Wed, 1 Jul 2026"; with times of day if they are not midnight."""
    first, after = (moment.astimezone(ZoneInfo(timezone)) for moment in (period.start, period.end))
    if first == after:
        return _moment_shown(first)
    if first.time() == after.time() == time():
        last = (period.end - timedelta(microseconds=1)).astimezone(ZoneInfo(timezone))
        begin, end = short_date(first.date()), short_date(last.date())
    else:
        begin, end = _moment_shown(first), _moment_shown(after)
    return begin if begin == end else _("{first} to {last}", first=begin, last=end)


def _moment_shown(local: datetime) -> str:
    return _("{day}, {time}", day=short_date(local.date()), time=clock_time(local.time()))


def _iso(words: str, local: datetime) -> Period | None:
    """Return an ISO date and time, read in the time zone of `local` unless it names one. None for anything else.

    Years beyond the calendar are limited to the earliest that is stored, or to next year.
    """
    try:
        written = datetime.fromisoformat(words.upper())
    except ValueError:
        return None
    if written.year < EARLIEST.year:
        return Period(EARLIEST, EARLIEST)
    if written.year > local.year + 1:
        far = local.astimezone(UTC) + timedelta(days=366)
        return Period(far, far)
    there = written if written.tzinfo else written.replace(tzinfo=local.tzinfo)
    if len(words) <= len("2026-07-01"):
        return days_between(there, there + timedelta(days=1))
    return Period(there.astimezone(UTC), there.astimezone(UTC))
