"""The last day of a time in words: "by March 2027", "within two years", "before the end of the year". Pure."""

import calendar
import re
from datetime import date, timedelta

_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_DAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_COUNTS = {word: number for number, word in enumerate(_NUMBERS.split())}
_COUNTS |= {"a": 1, "an": 1, "twenty": 20, "thirty": 30, "couple": 2}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH}(?:\s+(?P<later>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d))?"
    r"(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?(?P<next>\s+(?:of\s+)?next\s+year)?",
    re.IGNORECASE | re.ASCII,
)
_SPAN = re.compile(
    r"\b(?P<count>\d{1,3}|"
    + "|".join(_COUNTS)
    + r")\s+(?:of\s+)?(?P<unit>day|week|month|year|decade)s?\b(?!\s+ago)",
    re.IGNORECASE | re.ASCII,
)
_END = re.compile(
    r"\b(?:end\s+of\s+(?:the|this|next)\s+|(?P<this>this|next)\s+)(?P<unit>week|month|year|decade)\b",
    re.IGNORECASE | re.ASCII,
)
_NEXT = re.compile(r"\bnext\b", re.IGNORECASE | re.ASCII)
_YEAR = re.compile(r"\b(?P<year>(?:19|20)\d\d)\b")
_WEEKDAY = re.compile(r"\b(?P<day>" + "|".join(_DAYS) + r")\b", re.IGNORECASE | re.ASCII)
_NEAR = re.compile(r"\b(?:(?P<tomorrow>tomorrow)|tonight|today)\b", re.IGNORECASE | re.ASCII)
_VAGUE = re.compile(r"\b(?:start|beginning|middle)\s+of\b|\b(?:early|mid|late)[\s-]", re.IGNORECASE | re.ASCII)
_BEFORE = re.compile(r"\bbefore\s+(?!the\s+end\b)", re.IGNORECASE | re.ASCII)


def due_on(words: str, written: date) -> date | None:
    """Return the last day of the time that `words` name, said on the day `written`; None if they name none.

    A month without a year is the next one of its name. "Before May" ends with April; "before the end of May" with
    May. Seasons, parts of a month or year
    ("early 2027"), and whatever is tied to an event ("before the election"), have no date.
    """
    if _VAGUE.search(words):
        return None
    named = _named_day(words, written)
    if named is None:
        return _counted_day(words, written)
    return named - timedelta(days=1) if _BEFORE.search(words) else named


def _named_day(words: str, written: date) -> date | None:
    """Return the day of a date, a month or a year: its last day, but the first one behind "before"."""
    found = _DATE.search(words)
    first = _BEFORE.search(words) is not None
    if found and (found[0].lower() != "may" or found[0] == "May"):
        month = _MONTHS[found["month"].casefold().rstrip(".")]
        given = found["day"] or found["later"]
        year = int(found["year"]) if found["year"] else written.year + bool(found["next"])
        last = calendar.monthrange(year, month)[1]
        day = int(given) if given else 1 if first else last
        if not 1 <= day <= last:
            return None
        named = date(year, month, day)
        if not found["year"] and not found["next"] and named < written:
            named = date(year + 1, month, min(day, calendar.monthrange(year + 1, month)[1]))
        return named
    alone = _YEAR.search(words)
    if alone is None:
        return None
    return date(int(alone["year"]), 1, 1) if first else date(int(alone["year"]), 12, 31)


def _counted_day(words: str, written: date) -> date | None:
    """Return the day of a time counted from `written`."""
    if found := _SPAN.search(words):
        count = int(found["count"]) if found["count"].isdigit() else _COUNTS[found["count"].casefold()]
        return _later(written, count, found["unit"].casefold())
    if found := _END.search(words):
        return _end_of(found["unit"].casefold(), written, 1 if _NEXT.search(found[0]) else 0)
    if found := _NEAR.search(words):
        return written + timedelta(days=1 if found["tomorrow"] else 0)
    if found := _WEEKDAY.search(words):
        ahead = (_DAYS[found["day"].casefold()] - written.weekday()) % 7
        return written + timedelta(days=ahead or 7)
    return None


def _later(day: date, count: int, unit: str) -> date:
    """Return the day that is so many units later: the last of a month that is shorter."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = count * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(year, date.max.year)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _end_of(unit: str, day: date, ahead: int) -> date:
    """Return the last day of the week, month, year or decade of `day`, or of one further on."""
    if unit == "week":
        return day + timedelta(days=6 - day.weekday() + 7 * ahead)
    if unit == "month":
        first = _later(day.replace(day=1), ahead + 1, "month")
        return first - timedelta(days=1)
    if unit == "year":
        return date(day.year + ahead, 12, 31)
    return date(day.year // 10 * 10 + 9 + 10 * ahead, 12, 31)
