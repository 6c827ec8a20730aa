"""Days, weeks and other periods as people write them. Pure: the current time is passed in.

"since Monday" counts from its beginning, "until Monday" to its end. Days begin at midnight in the time zone of the
server. Numeric dates are read in the order that the reader's language writes them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from rapidfuzz import process

from bot.errors import BadInput
from bot.languages.formats import clock_time, month_names, short_date, weekday_names
from bot.languages.known_languages import ENGLISH
from bot.languages.spoken import spoken_language
from bot.languages.translations import NP_, _, pgettext
from bot.services.typed_times import EARLIEST, quoted
from bot.text.counted_spans import span_in_english
from bot.text.folding import fold

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
_PERIODS = (
    *SINCE_WORDS,
    NP_("option", "this morning"),
    NP_("option", "the day before yesterday"),
    NP_("option", "this year"),
    NP_("option", "last year"),
    NP_("option", "a week"),
    NP_("option", "a month"),
)
"""Periods that are understood in all languages of the interface."""
MONTH_FIRST = frozenset({"en-US"})
"""Locales that write the month of 11/30/2026 first. Of the languages that Discord knows only this one does."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {"a": 1, "an": 1, "couple": 2, "few": 3} | {word: n for n, word in enumerate(_NUMBERS, 1)}
_UNITS = {
    **dict.fromkeys(("minute", "min"), timedelta(minutes=1)),
    **dict.fromkeys(("hour", "hr", "h"), timedelta(hours=1)),
    **dict.fromkeys(("day", "d"), timedelta(days=1)),
    **dict.fromkeys(("week", "wk", "w"), timedelta(weeks=1)),
    **dict.fromkeys(("fortnight",), timedelta(weeks=2)),
    **dict.fromkeys(("month", "mo"), timedelta(days=30)),
    **dict.fromkeys(("year", "yr", "y"), timedelta(days=365)),
}
_AGO = re.compile(
    rf"(?:the\s+|a\s+(?=couple|few))?(?:last\s+|past\s+)?(?:(\d{{1,4}}|{'|'.join(_COUNTS)})\s*(?:of\s+)?)?([a-z]+?)s?(?:\s+ago)?"
)
_NUMERIC = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})(?:\s*[./-]\s*(\d{4}|\d{2}))?\.?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?")
_DAY_IN_WORDS = re.compile(r"(\d{1,2})[^\W\d]{0,2}\.?")
"""The day of a month as languages write it: 1., 1er, 1o."""
_FILLERS = frozenset({"on", "the", "of", "in", "from", "at"})
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Period:
    """What was meant: from `start` to `end` (exclusive), in UTC. They are equal for a point in time."""

    start: datetime
    end: datetime


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


def period_meant(typed: str, now: datetime, timezone: str, locale: str = "") -> Period:
    """Return the period that a user means. `locale` is Discord's tag for their language, such as "en-US".

    A weekday, and a date without a year, is the latest one that is not in the future. Raises BadInput if it is not
    understood.
    """
    words = " ".join(typed.casefold().replace(",", " ").split())
    words = _in_english(words)
    words = re.sub(r"^(?:since|until|till|up to|after|before)\s+", "", words)
    local = now.astimezone(ZoneInfo(timezone))
    readers: tuple[Callable[[str, datetime], Period | None], ...] = (
        _named_period,
        _weekday,
        _ago,
        lambda text, there: _numeric(text, there, month_first=locale in MONTH_FIRST),
        _written,
        _iso,
    )
    for reader in readers:
        try:
            if (found := reader(words, local)) is not None:
                return Period(max(found.start, EARLIEST), max(found.end, EARLIEST))
        except (ValueError, OverflowError):  # the 31st of February, or a year that no calendar has
            break
    raise BadInput(
        _(
            "I do not understand {typed} as a date. Write today, Monday, 3 days, last month, 1 "
            "July 2026 or 2026-07-01.",
            typed=quoted(typed),
        )
    )


def _in_english(words: str) -> str:
    """Return what was typed in the spoken language in English words: the usual periods, spans, and names of days.

    Accents may be missing. Words before a usual period, and around the name of a day, say nothing ("seit gestern",
    "el lunes"), unless they name a unit: "lunes de la semana pasada" is another Monday, "die Woche" no Tuesday.
    """
    if spoken_language().code == ENGLISH.code:
        return words
    typed = fold(words.replace("’", "'"))
    known = {fold(pgettext("option", period)): period for period in _PERIODS}
    if period := known.get(typed) or known.get(typed.partition(" ")[2]):
        return period
    if span := span_in_english(typed):
        return span
    days, months = list(map(fold, weekday_names())), list(map(fold, month_names()))
    told = []
    for word in typed.split():
        day, month = _beginning(word, days), _beginning(word, months)
        if day is not None and month is None:
            told.append(_WEEKDAYS[day])
        elif month is not None:
            told.append(_MONTHS[month])
        elif digits := _DAY_IN_WORDS.fullmatch(word):
            told.append(digits[1])
        elif word != "de":
            told.append(word)
    named = [word for word in told if word in _WEEKDAYS]
    if len(named) == 1 and not any(
        word in _MONTHS or any(map(str.isdecimal, word)) or span_in_english(f"1 {word}") for word in told
    ):
        return named[0]
    return " ".join(told)


def _beginning(word: str, names: Sequence[str]) -> int | None:
    """Return the place of the one name that begins with a word of three letters or more."""
    found = [
        number for number, name in enumerate(names) if name == word or (len(word) > 2 and name.startswith(word))
    ]
    exact = [number for number in found if names[number] == word]
    found = exact or found
    return found[0] if len(found) == 1 else None


def shown_period(period: Period, timezone: str) -> str:
    """Return how a period is shown as understood: "Wed, 1 Jul 2026", or with the time for a point in time."""
    zone = ZoneInfo(timezone)
    first = period.start.astimezone(zone)
    if period.end == period.start:
        return _("{day}, {time}", day=short_date(first.date()), time=clock_time(first.time()))
    last = (period.end - timedelta(microseconds=1)).astimezone(zone)
    begin = short_date(first.date())
    return (
        begin if first.date() == last.date() else _("{first} to {last}", first=begin, last=short_date(last.date()))
    )


def _days(first: datetime, after: datetime) -> Period:
    return Period(first.astimezone(UTC), after.astimezone(UTC))


def _midnight(local: datetime) -> datetime:
    return local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def _month_after(first: datetime) -> datetime:
    return (first + timedelta(days=31)).replace(day=1)


def _named_period(words: str, local: datetime) -> Period | None:
    today = _midnight(local)
    day, week = timedelta(days=1), timedelta(weeks=1)
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    month_before = (month - day).replace(day=1)
    year = month.replace(month=1)
    named = {
        "now": (local, local),
        "today": (today, today + day),
        "this morning": (today, today + day),
        "yesterday": (today - day, today),
        "the day before yesterday": (today - 2 * day, today - day),
        "day before yesterday": (today - 2 * day, today - day),
        "this week": (monday, monday + week),
        "last week": (monday - week, monday),
        "previous week": (monday - week, monday),
        "the weekend": (monday - 2 * day, monday),
        "last weekend": (monday - 2 * day, monday),
        "this month": (month, _month_after(month)),
        "last month": (month_before, month),
        "previous month": (month_before, month),
        "this year": (year, year.replace(year=year.year + 1)),
        "last year": (year.replace(year=year.year - 1), year),
    }
    found = named.get(words)
    return _days(*found) if found else None


def _weekday(words: str, local: datetime) -> Period | None:
    """Return the latest day of that name; today if it is one, unless it is said to be the last one."""
    name = words.removeprefix("on ").removeprefix("this ")
    last = name.startswith("last ")
    number = _number_of(name.removeprefix("last "), _WEEKDAYS)
    if number is None:
        return None
    today = _midnight(local)
    back = (today.weekday() - number) % 7
    day = today - timedelta(days=7 if last and back == 0 else back)
    return _days(day, day + timedelta(days=1))


def _ago(words: str, local: datetime) -> Period | None:
    """Return the time that many minutes, hours, days, weeks, months or years before now."""
    match = _AGO.fullmatch(words)
    unit = _UNITS.get(match[2]) if match else None
    if match is None or unit is None:
        return None
    count = _COUNTS.get(match[1] or "a") or int(match[1])
    moment = local.astimezone(UTC) - min(count * unit, timedelta(days=36_500))
    return Period(moment, moment)


def _numeric(words: str, local: datetime, *, month_first: bool) -> Period | None:
    """Return the day of 30.11.2026, 30/11 or 11/30/2026. Dots always mean that the day comes first."""
    match = _NUMERIC.fullmatch(words)
    if match is None:
        return None
    day, month = int(match[1]), int(match[3])
    if (match[2] != "." and month_first and day <= 12) or month > 12:
        day, month = month, day
    year = int(match[4]) if match[4] else None
    if year is not None and year < 100:
        year += _CENTURY
    return _date(day, month, year, local)


def _written(words: str, local: datetime) -> Period | None:
    """Return the day of "1 July 2026" or "July 1st", the month of "July 2026" or "July", or the year of "2026"."""
    day = month = year = None
    for word in (word for word in words.split() if word not in _FILLERS):
        number = _number_of(word.rstrip("."), _MONTHS)
        digits = _DAY_OF_MONTH.fullmatch(word)
        if number is not None and month is None:
            month = number + 1
        elif _YEAR.fullmatch(word) and year is None:
            year = int(word)
        elif digits and day is None:
            day = int(digits[1])
        elif _number_of(word, _WEEKDAYS) is None:  # "Wednesday 1 July": the day of the week adds nothing
            return None
    if month is None:
        if year is None or day is not None:
            return None
        first = _midnight(local).replace(year=year, month=1, day=1)
        return _days(first, first.replace(year=year + 1))
    if day is not None:
        return _date(day, month, year, local)
    first = _midnight(local).replace(day=1, month=month, year=year or local.year)
    if year is None and first > local:
        first = first.replace(year=first.year - 1)
    return _days(first, _month_after(first))


def _date(day: int, month: int, year: int | None, local: datetime) -> Period:
    """Return a day, without a year the latest that is not in the future. Raises ValueError if there is none."""
    midnight = _midnight(local)
    if year is not None:
        first = midnight.replace(year=year, month=month, day=day)
        return _days(first, first + timedelta(days=1))
    for back in range(9):  # the 29th of February comes at least once in nine years
        try:
            first = midnight.replace(year=local.year - back, month=month, day=day)
        except ValueError:
            continue
        if first <= local:
            return _days(first, first + timedelta(days=1))
    raise ValueError("There is no such day.")


def _iso(words: str, local: datetime) -> Period | None:
    """Return an ISO date, or date and time, read in the time zone of `local` unless it names one."""
    written = datetime.fromisoformat(words.upper())
    if written.year < EARLIEST.year:
        return Period(EARLIEST, EARLIEST)
    if written.year > local.year + 1:
        far = local.astimezone(UTC) + timedelta(days=366)
        return Period(far, far)
    there = written if written.tzinfo else written.replace(tzinfo=local.tzinfo)
    if len(words) <= len("2026-07-01"):
        return _days(there, there + timedelta(days=1))
    return Period(there.astimezone(UTC), there.astimezone(UTC))


def _number_of(word: str, names: tuple[str, ...]) -> int | None:
    """Return the place of a name by its beginning of three letters or more, a small typing error forgiven."""
    if len(word) < 3 or not word.isalpha():
        return None
    starting = [number for number, name in enumerate(names) if name.startswith(word)]
    if starting:
        return starting[0]
    if len(word) < 5:
        return None
    near = process.extractOne(word, names, score_cutoff=80)
    return near[2] if near else None
