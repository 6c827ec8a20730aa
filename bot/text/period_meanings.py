"""What the parts of a typed period mean together: "3", "day" and "ago" are a moment, "July" is a month. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.text.period_parts import Counted, Part, Parts, Unit
from bot.text.period_words import Word

LONGEST_SPAN = timedelta(days=36_500)
NIGHT_BEGINS = 18
"""The hour from which the news of a night is counted: "last night" means the evening, too."""

_LENGTHS = {
    Unit.MINUTE: timedelta(minutes=1),
    Unit.HOUR: timedelta(hours=1),
    Unit.DAY: timedelta(days=1),
    Unit.WEEK: timedelta(weeks=1),
    Unit.FORTNIGHT: timedelta(weeks=2),
    Unit.MONTH: timedelta(days=30),
    Unit.QUARTER: timedelta(days=91),
    Unit.HALF_YEAR: timedelta(days=182),
    Unit.YEAR: timedelta(days=365),
}
_DAYS_AWAY = {
    Word.BEFORE_YESTERDAY: -2,
    Word.YESTERDAY: -1,
    Word.TODAY: 0,
    Word.TOMORROW: 1,
    Word.AFTER_TOMORROW: 2,
}
_EITHER_WAY = {Word.NEXT_DAY: 1, Word.SECOND_DAY: 2}
_HOURS = {
    Word.MORNING: (5, 12),
    Word.AFTERNOON: (12, 18),
    Word.EVENING: (18, 24),
    Word.NIGHT: (NIGHT_BEGINS, 30),
}
"""When the times of day begin and end, in hours from midnight."""
_PERIODS_AWAY = {Word.THIS: 0, Word.LAST: -1, Word.BEFORE_LAST: -2, Word.NEXT: 1}
_SHORTEST_YEAR = 365
_MONTHS_OF = {
    Word.EARLY: (0, 3),
    Word.MIDDLE: (3, 9),
    Word.LATE: (9, 12),
    Word.FIRST_HALF: (0, 6),
    Word.SECOND_HALF: (6, 12),
}
"""After which months a stretch of a year begins and ends."""
_SIXTHS_OF = {
    Word.EARLY: (0, 2),
    Word.MIDDLE: (2, 4),
    Word.LATE: (4, 6),
    Word.FIRST_HALF: (0, 3),
    Word.SECOND_HALF: (3, 6),
}
"""After which sixths of its days a stretch of anything shorter begins and ends."""
_SEASONS = {Word.SPRING: 3, Word.SUMMER: 6, Word.AUTUMN: 9, Word.WINTER: 12}
"""The months with which seasons begin north of the equator, as meteorologists count them."""
_SEASON_MONTHS = 3
_UNIT_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF_YEAR: 6, Unit.YEAR: 12}
_LOOKED_AT = range(-4, 4)
"""Of how many years the months, quarters and seasons are looked at."""


@dataclass(frozen=True, slots=True)
class Period:
    """What was meant: from `start` to `end` (exclusive), in UTC. They are equal for a point in time.

    `has_two_ends` tells that both were named: "Monday to Wednesday".
    """

    start: datetime
    end: datetime
    has_two_ends: bool = False


def period_of(parts: Parts, local: datetime, *, ahead: bool, south: bool = False) -> Period | None:
    """Return the period that the parts mean at a local time, or None if they mean nothing together.

    If somebody looks `ahead`, the next one. The seasons are those north of the equator, or `south` of it. Raises
    ValueError or OverflowError for days that no calendar has.
    """
    return _Meaning(parts, local, ahead=ahead, south=south).period()


def days_between(first: datetime, after: datetime) -> Period:
    """Return the period between two local times."""
    return Period(first.astimezone(UTC), after.astimezone(UTC))


def _at(midnight: datetime, hours: float) -> datetime:
    """Return the time that a clock shows so many hours after midnight, on whichever day that is."""
    day = midnight + timedelta(days=hours // 24)
    return day.replace(hour=int(hours % 24), minute=round(hours % 1 * 60))


def _midnight(local: datetime) -> datetime:
    return local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


class _Meaning:
    """What the parts of a period mean together. Each reader takes what it understands; nothing may remain."""

    def __init__(self, parts: Parts, local: datetime, *, ahead: bool, south: bool) -> None:
        self._parts = dict(parts)
        self._local = local
        self._today = _midnight(local)
        self._ahead = ahead
        self._south = south

    def period(self) -> Period | None:
        """Return the period, or None if the parts mean nothing together."""
        self._drop_named_units()
        if not self._has(Part.UNIT, Part.COUNT) and self._parts.get(Part.DIRECTION) is Word.IN:
            del self._parts[Part.DIRECTION]  # "in January"
        readers: tuple[Callable[[], Period | None], ...] = (
            self._ever,
            self._span,
            self._of_day,
            self._recurring,
            self._year,
            self._unit,
        )
        for reader in readers:
            if (found := reader()) is not None:
                return None if self._parts else found
        return None

    def _has(self, *parts: Part) -> bool:
        return any(part in self._parts for part in parts)

    def _word(self, part: Part) -> Word | None:
        """Take a part that is a word."""
        word = self._parts.pop(part, None)
        return word if isinstance(word, Word) else None

    def _number(self, part: Part) -> int | None:
        """Take a part that is a whole number, or the name of a month or day."""
        number = self._parts.pop(part, None)
        return number if isinstance(number, int) else None

    def _ever(self) -> Period | None:
        if self._parts.pop(Part.EVER, None) is None:
            return None
        return Period(datetime.min.replace(tzinfo=UTC), self._local.astimezone(UTC))

    # spans: "3 days", "the past week"

    def _span(self) -> Period | None:
        """Return the moment that many units ago, or ahead."""
        counted, count = self._parts.get(Part.UNIT), self._parts.get(Part.COUNT)
        length = _LENGTHS.get(counted.unit) if isinstance(counted, Counted) else None
        if not isinstance(counted, Counted) or length is None:
            return None
        which = self._parts.get(Part.WHICH)
        if count is None:
            short = counted.unit in {Unit.MINUTE, Unit.HOUR, Unit.DAY, Unit.FORTNIGHT}
            if counted.several or not (which is Word.PAST or (which is Word.LAST and short)):
                return None
            count = 1
        assert isinstance(count, int | float)
        for part in (Part.UNIT, Part.COUNT, Part.WHICH):
            self._parts.pop(part, None)
        to_come = self._is_to_come(which, self._word(Part.DIRECTION))
        span = min(count * length, LONGEST_SPAN)
        moment = self._local.astimezone(UTC)
        moment = moment + span if to_come else moment - span
        return Period(moment, moment)

    def _is_to_come(self, which: object, direction: Word | None) -> bool:
        """Return whether "3 days" with these words are to come."""
        if which in {Word.LAST, Word.PAST}:  # "in the last 3 days"
            return False
        return which is Word.NEXT or direction is Word.IN or (self._ahead and direction is not Word.AGO)

    # days, their times, and parts of them

    def _of_day(self) -> Period | None:
        day = self._day()
        if day is None and self._has(Part.TIME, Part.TIME_OF_DAY) and not self._has(Part.UNIT, Part.MONTH):
            return self._latest_time()
        if day is None:
            now = self._local.astimezone(UTC)
            return Period(now, now) if self._word(Part.DAY) is Word.NOW else None
        return self._within(day)

    def _day(self) -> datetime | None:
        """Return the midnight with which the day begins that is named; None if none is."""
        word = self._parts.get(Part.DAY)
        if isinstance(word, Word) and word is not Word.NOW:
            del self._parts[Part.DAY]
            away = _EITHER_WAY.get(word, 0) * (1 if self._ahead else -1)
            return self._today + timedelta(days=_DAYS_AWAY.get(word, away))
        if self._has(Part.DATE, Part.DAY_OF_MONTH):
            self._parts.pop(Part.WEEKDAY, None)  # "Wednesday 1 July": the day of the week adds nothing
            return self._date()
        return self._weekday() if self._has(Part.WEEKDAY) else None

    def _date(self) -> datetime | None:
        whole = self._parts.pop(Part.DATE, None)
        if isinstance(whole, date):
            return self._today.replace(year=whole.year, month=whole.month, day=whole.day)
        if not self._has(Part.MONTH):
            return None
        day, month = self._number(Part.DAY_OF_MONTH) or 0, self._number(Part.MONTH) or 0
        year = self._number(Part.YEAR)
        if year is None and self._parts.get(Part.WHICH) in {Word.LAST, Word.PAST}:  # "last Christmas"
            del self._parts[Part.WHICH]
        return self._day_of(day, month, year)

    def _day_of(self, day: int, month: int, year: int | None) -> datetime:
        """Return a day, without a year the latest that has begun, or the next. Raises ValueError."""
        if year is not None:
            return self._today.replace(year=year, month=month, day=day)
        step = 1 if self._ahead else -1
        for away in range(9):  # the 29th of February comes at least once in nine years
            try:
                first = self._today.replace(year=self._today.year + step * away, month=month, day=day)
            except ValueError:
                continue
            if (first > self._local) if self._ahead else (first <= self._local):
                return first
        raise ValueError("There is no such day.")

    def _weekday(self) -> datetime:
        """Return the latest day of that name, today if it is one; the last one is not today."""
        number, which = self._number(Part.WEEKDAY) or 0, self._word(Part.WHICH)
        counted = self._parts.get(Part.UNIT)
        if isinstance(counted, Counted) and counted.unit is Unit.WEEK and which in _PERIODS_AWAY:
            del self._parts[Part.UNIT]  # "Monday of last week"
            away = 7 * _PERIODS_AWAY[which] + number - self._today.weekday()
            return self._today + timedelta(days=away)
        back = (self._today.weekday() - number) % 7
        if which is Word.NEXT or (self._ahead and which is None):
            return self._today + timedelta(days=7 - back)
        if which in {Word.LAST, Word.PAST, Word.BEFORE_LAST}:
            back = (back or 7) + 7 * (which is Word.BEFORE_LAST)
        return self._today - timedelta(days=back)

    def _within(self, midnight: datetime) -> Period:
        """Return a day, or a time or part of it, such as the morning."""
        clock = self._parts.pop(Part.TIME, None)
        of_day = self._word(Part.TIME_OF_DAY)
        if isinstance(clock, time):
            hour = _hour_of(clock.hour, of_day)
            moment = _at(midnight, hour).replace(minute=clock.minute)
            return days_between(moment, moment)
        if of_day is None:
            return days_between(midnight, midnight + timedelta(days=1))
        begin, end = _HOURS.get(of_day, (0, 0))
        if begin == end:
            raise ValueError("am and pm are no times of day by themselves.")
        return days_between(_at(midnight, begin), _at(midnight, end))

    def _latest_time(self) -> Period:
        """Return the latest time or part of a day that has begun, or the next one. "This" is today's."""
        which = self._word(Part.WHICH)
        parts = dict(self._parts)
        found = self._within(self._today)
        if which is Word.THIS:
            return found
        away = 0
        if self._ahead:
            away = 1 if found.start <= self._local else 0
        elif which in {Word.LAST, Word.PAST} or found.start > self._local:
            away = -1
        self._parts = parts
        return self._within(self._today + timedelta(days=away))

    # months, years and other units

    def _drop_named_units(self) -> None:
        """The unit adds nothing to its own name: "the month of July", "im Jahr 2026", "dia 5"."""
        for unit, name in ((Unit.DAY, Part.DAY_OF_MONTH), (Unit.MONTH, Part.MONTH), (Unit.YEAR, Part.YEAR)):
            if self._parts.get(Part.UNIT) == Counted(unit, several=False) and name in self._parts:
                del self._parts[Part.UNIT]

    def _recurring(self) -> Period | None:
        """Return a month, quarter or season: that of a year, or the latest that has begun."""
        found = self._first_month()
        if found is None:
            return None
        month, count = found
        year, which = self._number(Part.YEAR), self._word(Part.WHICH)
        if (
            year is None
            and which in _PERIODS_AWAY
            and self._parts.get(Part.UNIT) == Counted(Unit.YEAR, several=False)
        ):
            del self._parts[Part.UNIT]  # "January last year"
            year = self._today.year + _PERIODS_AWAY[which]
        if year is not None:
            return self._stretch(self._months(year, month, count))
        every = [self._months(self._today.year + away, month, count) for away in _LOOKED_AT]
        return self._stretch(self._one_of(every, which))

    def _first_month(self) -> tuple[int, int] | None:
        """Take the name of what comes every year. Return the month that it begins with, and its months."""
        if self._has(Part.MONTH):
            return self._number(Part.MONTH) or 1, 1
        season = self._word(Part.SEASON)
        if season is not None:
            return (_SEASONS[season] + (6 if self._south else 0) - 1) % 12 + 1, _SEASON_MONTHS
        unit = self._parts.pop(Part.NUMBERED, None)
        if not isinstance(unit, Unit):
            return None
        months = _UNIT_MONTHS[unit]
        return ((self._number(Part.ORDINAL) or 1) - 1) * months + 1, months

    def _one_of(self, every: list[tuple[datetime, datetime]], which: Word | None) -> tuple[datetime, datetime]:
        """Return the one of these that is meant: the latest that has begun; the last one has ended."""
        if self._ahead or which is Word.NEXT:
            return next(one for one in every if one[0] > self._local)
        ended = [one for one in every if one[1] <= self._local]
        if which in {Word.LAST, Word.PAST, Word.BEFORE_LAST}:
            return ended[-2 if which is Word.BEFORE_LAST else -1]
        begun = [one for one in every if one[0] <= self._local]
        of_this_year = (one for one in every if one[0].year == self._today.year)
        return next(of_this_year) if which is Word.THIS and begun[-1] == ended[-1] else begun[-1]

    def _year(self) -> Period | None:
        year = self._number(Part.YEAR)
        return None if year is None else self._stretch(self._months(year, 1, 12))

    def _unit(self) -> Period | None:
        """Return "this week", "last month", "the weekend"."""
        counted = self._parts.pop(Part.UNIT, None)
        which = self._word(Part.WHICH)
        if not isinstance(counted, Counted) or counted.several:
            return None
        if counted.unit is Unit.WEEKEND:
            return self._weekend(which)
        if which is None and self._has(Part.STRETCH):  # "the beginning of the month"
            which = Word.THIS
        away = _PERIODS_AWAY.get(which) if which else None
        return None if away is None else self._calendar_unit(counted.unit, away)

    def _calendar_unit(self, unit: Unit, away: int) -> Period | None:
        """Return the week, month, quarter or year that is so many away from this one."""
        if unit is Unit.WEEK:
            monday = self._today + timedelta(days=7 * away - self._today.weekday())
            return self._stretch((monday, monday + timedelta(weeks=1)))
        count = _UNIT_MONTHS.get(unit)
        if count is None:
            return None
        months = ((self._today.year * 12 + self._today.month - 1) // count + away) * count
        return self._stretch(self._months(months // 12, months % 12 + 1, count))

    def _weekend(self, which: Word | None) -> Period:
        saturday = self._today + timedelta(days=5 - self._today.weekday())
        begun = saturday <= self._local
        away = {Word.THIS: 0, Word.NEXT: 7, Word.LAST: -7, Word.PAST: -7, Word.BEFORE_LAST: -14}.get(
            which or Word.NOW, (7 if begun else 0) if self._ahead else (0 if begun else -7)
        )
        first = saturday + timedelta(days=away)
        return days_between(first, first + timedelta(days=2))

    def _months(self, year: int, month: int, count: int) -> tuple[datetime, datetime]:
        """Return the beginning of a month, and that of the month so many months later. Raises ValueError."""
        after = year * 12 + month - 1 + count
        first = self._today.replace(year=year, month=month, day=1)
        return first, first.replace(year=after // 12, month=after % 12 + 1)

    def _stretch(self, whole: tuple[datetime, datetime]) -> Period:
        """Return a period, or what is meant of it: "early July" ends on the 10th, "early 2026" in March."""
        first, after = whole
        which = self._word(Part.STRETCH)
        if which is None:
            return days_between(first, after)
        if self._ahead and which is Word.LATE:  # "until the end of July"
            return days_between(after, after)
        days = (after.date() - first.date()).days
        if days >= _SHORTEST_YEAR:
            begin, end = (self._months(first.year, 1, months)[1] for months in _MONTHS_OF[which])
        else:
            begin, end = (first + timedelta(days=days * sixths // 6) for sixths in _SIXTHS_OF[which])
        return days_between(begin, end)


def _hour_of(hour: int, of_day: Word | None) -> int:
    """Return the hour that "5 in the afternoon" means. Raises ValueError if there is none."""
    after_noon = of_day in {Word.PM, Word.AFTERNOON, Word.EVENING} or (of_day is Word.NIGHT and hour >= 6)
    if after_noon and hour < 12:
        return hour + 12
    if of_day in {Word.AM, Word.MORNING, Word.NIGHT} and hour == 12:
        return 0
    if of_day in {Word.AM, Word.MORNING} and hour > 12:
        raise ValueError("There is no such hour in the morning.")
    return hour
