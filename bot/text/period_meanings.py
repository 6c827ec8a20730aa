"""What the parts of a typed period mean together: "3", "day" and "ago" are a moment, "July" is a month. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.text.period_reading import Counted, Part, Parts, Unit
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
LONGEST_MONTH = 31
_IN_A_YEAR = 0, 3, 9, 12
"""After which months the beginning, the middle and the end of a year begin and end."""
_THIRDS = {Word.EARLY: 0, Word.MIDDLE: 1, Word.LATE: 2}


@dataclass(frozen=True, slots=True)
class Period:
    """What was meant: from `start` to `end` (exclusive), in UTC. They are equal for a point in time."""

    start: datetime
    end: datetime


def period_of(parts: Parts, local: datetime, *, ahead: bool) -> Period | None:
    """Return the period that the parts mean at a local time, or None if they mean nothing together.

    If somebody looks `ahead`, the next one. Raises ValueError or OverflowError for days that no calendar has.
    """
    return _Meaning(parts, local, ahead=ahead).period()


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

    def __init__(self, parts: Parts, local: datetime, *, ahead: bool) -> None:
        self._parts = dict(parts)
        self._local = local
        self._today = _midnight(local)
        self._ahead = ahead

    def period(self) -> Period | None:
        """Return the period, or None if the parts mean nothing together."""
        if not self._has(Part.UNIT, Part.COUNT) and self._parts.get(Part.DIRECTION) is Word.IN:
            del self._parts[Part.DIRECTION]  # "in January"
        readers: tuple[Callable[[], Period | None], ...] = (
            self._ever,
            self._span,
            self._of_day,
            self._month,
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
        """Return a day, or what is said of it: a time, or the morning."""
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

    def _month(self) -> Period | None:
        if not self._has(Part.MONTH):
            return None
        month, year, which = self._number(Part.MONTH) or 1, self._number(Part.YEAR), self._word(Part.WHICH)
        counted = self._parts.get(Part.UNIT)
        if isinstance(counted, Counted) and counted.unit is Unit.YEAR and year is None and which in _PERIODS_AWAY:
            del self._parts[Part.UNIT]  # "January last year"
            year, which = self._today.year + _PERIODS_AWAY[which], None
        if year is None:
            year = self._today.year
            begun = self._today.replace(month=month, day=1) <= self._local
            if self._ahead or which is Word.NEXT:
                year += begun
            elif not begun or (which in {Word.LAST, Word.PAST} and month == self._today.month):
                year -= 1
        return self._third(self._months(year, month, 1))

    def _year(self) -> Period | None:
        year = self._number(Part.YEAR)
        return None if year is None else self._third(self._months(year, 1, 12))

    def _unit(self) -> Period | None:
        """Return "this week", "last month", "the weekend"."""
        counted = self._parts.pop(Part.UNIT, None)
        which = self._word(Part.WHICH)
        if not isinstance(counted, Counted) or counted.several:
            return None
        if counted.unit is Unit.WEEKEND:
            return self._weekend(which)
        if which is None and self._has(Part.THIRD):  # "the beginning of the month"
            which = Word.THIS
        away = _PERIODS_AWAY.get(which) if which else None
        return None if away is None else self._calendar_unit(counted.unit, away)

    def _calendar_unit(self, unit: Unit, away: int) -> Period | None:
        """Return the week, month or year that is so many away from this one."""
        if unit is Unit.WEEK:
            monday = self._today + timedelta(days=7 * away - self._today.weekday())
            return self._third((monday, monday + timedelta(weeks=1)))
        if unit is Unit.MONTH:
            months = self._today.year * 12 + self._today.month - 1 + away
            return self._third(self._months(months // 12, months % 12 + 1, 1))
        return self._third(self._months(self._today.year + away, 1, 12)) if unit is Unit.YEAR else None

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

    def _third(self, whole: tuple[datetime, datetime]) -> Period:
        """Return a period, or what is meant of it: "early July" ends on the 10th, "early 2026" in March."""
        first, after = whole
        which = self._word(Part.THIRD)
        if which is None:
            return days_between(first, after)
        if self._ahead and which is Word.LATE:  # "until the end of July"
            return days_between(after, after)
        days, third = (after.date() - first.date()).days, _THIRDS[which]
        if days > LONGEST_MONTH:
            begin, end = (self._months(first.year, 1, months)[1] for months in _IN_A_YEAR[third : third + 2])
        else:
            begin, end = (first + timedelta(days=days * number // 3) for number in (third, third + 1))
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
