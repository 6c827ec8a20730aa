"""Days, weeks and other periods as people write them. Pure: the current time is passed in.

"since Monday" counts from its beginning, "until Monday" to its end. Days begin at midnight in the time zone of the
server. Numeric dates are read in the order usual in the reader's language.
"""

from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import BadInput
from bot.languages.formats import clock_time, short_date
from bot.languages.known_languages import language_of
from bot.languages.spoken import speaking
from bot.languages.translations import NP_, _
from bot.services.typed_times import EARLIEST, quoted
from bot.text.period_meanings import Period, days_between, period_of
from bot.text.period_reading import parts_of
from bot.text.time_zones import lies_south
from bot.text.typed_ranges import possible_range_of, range_of

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


def moments_between(
    since: str | None, until: str | None, now: datetime, timezone: str, locale: str = ""
) -> tuple[datetime | None, datetime | None]:
    """Return the first and the last moment that `since` and `until` mean; None for what is not given.

    One that names both ends, as "1 to 5 July" does, means both if the other is not given. Raises BadInput.
    """
    given = [typed if typed and typed.strip() else None for typed in (since, until)]
    for typed in given:
        if typed and given.count(None) == 1 and period_meant(typed, now, timezone, locale).has_two_ends:
            given = [typed, typed]
    since, until = given
    first = moment_since(since, now, timezone, locale) if since else None
    last = moment_until(until, now, timezone, locale) if until else None
    if first is not None and last is not None and last < first:
        raise BadInput(_("`until` is before `since`: nothing can be both. Swap them."))
    return first, last


def period_meant(typed: str, now: datetime, timezone: str, locale: str = "", *, ahead: bool = False) -> Period:
    """Return the period that a user means. `locale` is Discord's tag for their language, such as "en-US".

    A weekday, a time of day, or a date without a year means the latest one that has begun; a number of days counts
    back. If the user looks `ahead`, they mean the next one, or that many days to come. Raises BadInput if it is
    not understood.
    """
    local = now.astimezone(ZoneInfo(timezone))
    with speaking(language_of(locale)) if locale else nullcontext():
        found = _iso(typed.strip(), local) or _period(typed, local, timezone, locale, ahead=ahead)
    if found is None:
        raise BadInput(
            _(
                "I do not understand {typed} as a date. Write today, Monday, 3 days, last month, 1 "
                "July 2026 or 2026-07-01.",
                typed=quoted(typed),
            )
        )
    return replace(found, start=max(found.start, EARLIEST), end=max(found.end, EARLIEST))


def _period(typed: str, local: datetime, timezone: str, locale: str, *, ahead: bool) -> Period | None:
    """Return the period that words in the spoken language mean; None if they are not understood."""
    south, month_first = lies_south(timezone), locale in MONTH_FIRST
    if not ahead and (found := range_of(typed, local, month_first=month_first, south=south)):
        return found
    with suppress(ValueError, OverflowError):  # the 31st of February, two weekdays, a year that no calendar has
        parts = parts_of(typed, month_first=month_first)
        if parts and (found := period_of(parts, local, ahead=ahead, south=south)):
            return found
    if ahead:  # nobody waits until "Monday to Friday"
        return None
    return possible_range_of(typed, local, month_first=month_first, south=south)


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
