"""From when to when: "1 to 5 July", "von Montag bis Mittwoch". Pure.

What one end leaves out, the other says: the month of the 1st is July. Without more, a range is the latest whose
beginning has come, and of days of the week and times of day the latest whose end has.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import chain

from bot.languages.range_phrases import MAYBE_RANGES, RANGES
from bot.languages.spoken import spoken_language
from bot.text.folding import fold
from bot.text.period_meanings import Period, period_of
from bot.text.period_parts import Part, Parts
from bot.text.period_reading import HOURS_A_DAY, parts_of

_END = "*"
_DASH = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|(?P<dash>[-–—]|\.{2,}|…)")
"""Dashes, but not those of dates such as 2026-07-01."""
_NUMBER = re.compile(r"(\d{1,3})\.?")
_SIZES = {
    Part.TIME: 0,
    Part.COUNT: 0,
    Part.TIME_OF_DAY: 1,
    Part.DAY: 2,
    Part.WEEKDAY: 2,
    Part.DATE: 2,
    Part.DAY_OF_MONTH: 2,
    Part.STRETCH: 3,
    Part.MONTH: 4,
    Part.SEASON: 4,
    Part.ORDINAL: 4,
    Part.YEAR: 5,
}
"""Which parts are larger than others: an end lacks only what is larger than what it has."""
_LARGEST = 6
"""The size of all others, such as "last" and "ago"."""
_IN_A_YEAR = frozenset({Part.DAY_OF_MONTH, Part.MONTH, Part.SEASON, Part.STRETCH})
_MOVING = _IN_A_YEAR | {Part.WEEKDAY, Part.TIME, Part.TIME_OF_DAY, Part.WHICH}
"""Parts that come again and again, so that the one is meant that fits to the other end."""
_MOMENT = timedelta(minutes=1)


def range_of(typed: str, local: datetime, *, month_first: bool, south: bool) -> Period | None:
    """Return the period from one end to the other at a local time; None if two ends are not understood.

    Only what can be nothing else is looked for.
    """
    return _first_range(_split(typed, RANGES), local, month_first=month_first, south=south)


def possible_range_of(typed: str, local: datetime, *, month_first: bool, south: bool) -> Period | None:
    """Do the same as `range_of`, for other ranges: "1-5 July", "del 1 al 5 de julio"."""
    ends = chain(_split(typed, MAYBE_RANGES), _split_at_dashes(typed))
    return _first_range(ends, local, month_first=month_first, south=south)


def _first_range(
    ends: Iterable[tuple[str, str]], local: datetime, *, month_first: bool, south: bool
) -> Period | None:
    for first, last in ends:
        one, other = _read(first, month_first=month_first), _read(last, month_first=month_first)
        if one and other and (found := _between(_as_that(one, other), _as_that(other, one), local, south=south)):
            return found
    return None


def _split(typed: str, ways: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield what may be the two ends, in the spoken language or in English."""
    words = " ".join(fold(typed).split())
    for written in dict.fromkeys((*ways.get(spoken_language().code, ()), *ways.get("en", ()))):
        before, between, after = (fold(part) for part in written.split(_END))
        if words.startswith(before) and words.endswith(after):
            within = words[len(before) : len(words) - len(after)]
            yield from _either_side(within, re.finditer(re.escape(between), within))


def _split_at_dashes(typed: str) -> Iterator[tuple[str, str]]:
    yield from _either_side(typed, (found for found in _DASH.finditer(typed) if found["dash"]))


def _either_side(words: str, gaps: Iterable[re.Match[str]]) -> Iterator[tuple[str, str]]:
    for gap in gaps:
        first, last = words[: gap.start()].strip(), words[gap.end() :].strip()
        if first and last:
            yield first, last


def _read(end: str, *, month_first: bool) -> Parts | None:
    """Return the parts of an end, or None if it is not understood. A number alone is a day of a month."""
    if number := _NUMBER.fullmatch(end):
        return {Part.DAY_OF_MONTH: int(number[1])}
    try:
        return parts_of(end, month_first=month_first)
    except ValueError:
        return None


def _as_that(end: Parts, other: Parts) -> Parts:
    """Return the parts of an end. A number without a month counts what that of the other end does."""
    number = end.get(Part.DAY_OF_MONTH)
    if not isinstance(number, int) or Part.MONTH in end or Part.DAY_OF_MONTH in other:
        return end
    rest: Parts = {part: value for part, value in end.items() if part is not Part.DAY_OF_MONTH}
    if Part.COUNT in other:
        return {**rest, Part.COUNT: number}
    if Part.TIME in other and number < HOURS_A_DAY:
        return {**rest, Part.TIME: time(number)}
    return end


def _size(part: Part) -> int:
    return _SIZES.get(part, _LARGEST)


def _with_what_it_lacks(end: Parts, other: Parts) -> Parts:
    if end.keys().isdisjoint(other):  # "Monday to 5 July"
        return end
    smallest = min(map(_size, end))
    return {part: value for part, value in other.items() if _size(part) > smallest} | end


def _between(own_first: Parts, own_last: Parts, local: datetime, *, south: bool) -> Period | None:
    first, last = _with_what_it_lacks(own_first, own_last), _with_what_it_lacks(own_last, own_first)

    def meant(parts: Parts, at: datetime, *, ahead: bool = False) -> Period | None:
        try:
            return period_of(parts, at, ahead=ahead, south=south)
        except (ValueError, OverflowError):
            return None

    begin, end = meant(first, local), meant(last, local)
    if begin is None or end is None or _goes_back_in_a_month(own_first, own_last):
        return None
    if begin.start > end.start:
        returns = not _IN_A_YEAR.isdisjoint(own_first)
        moved = None
        if _MOVING.issuperset(own_first) and (not returns or not _MOVING.issuperset(own_last)):
            moved = meant(own_first, end.start.astimezone(local.tzinfo))
            begin = moved or begin
        elif _MOVING.issuperset(own_last):
            own = own_last if Part.DAY_OF_MONTH not in own_last or Part.MONTH in own_last else last
            moved = meant(own, begin.start.astimezone(local.tzinfo) - _MOMENT, ahead=True)
            end = moved or end
        if moved is None or begin.start > end.start:
            begin, end = end, begin  # "3 to 5 days ago"
    return Period(begin.start, max(begin.end, end.end), has_two_ends=True)


def _goes_back_in_a_month(first: Parts, last: Parts) -> bool:
    """Return whether both ends are in one month, and the first comes later: "5 to 1 July" is a mistake."""
    one, other = first.get(Part.DAY_OF_MONTH), last.get(Part.DAY_OF_MONTH)
    in_one_month = (Part.MONTH in first) is not (Part.MONTH in last)
    return in_one_month and isinstance(one, int) and isinstance(other, int) and one > other
