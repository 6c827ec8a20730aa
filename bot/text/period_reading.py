"""What people type as a day or a span of time, taken apart: "yesterday at 5 pm", "die letzten drei Tage". Pure.

The parts come without their order, which differs between languages: "3 derniers jours" and "last 3 days" are the
same. What they mean together is told by `bot.services.typed_periods`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from functools import cache
from itertools import groupby
from typing import NamedTuple

from bot.languages.formats import month_names, weekday_names
from bot.languages.known_languages import Language
from bot.languages.spoken import speaking, spoken_language
from bot.text.folding import fold
from bot.text.likeness import nearest
from bot.text.period_parts import Counted, Part, Parts, PartValue, Unit
from bot.text.period_words import Meaning, Month, Weekday, Word, as_typed, period_words

SHORTEST_NAME = 3
"""Months and days of the week are known by so many of their first letters."""
SHORTEST_MISSPELT = 5
SIMILAR = 80.0
"""How similar a misspelt name of a month or day must be (rapidfuzz's ratio, 0 to 100)."""
LONGEST_PHRASE = 4
"""Words of the longest phrase that is looked up."""
LONGEST_MISSPELLING = 2
"""Letters that a misspelt name may have more or fewer than the right one."""
HOURS_A_DAY = 24
LONGEST_SUFFIX = 2
"""Letters behind the number of a day: 1st, 1er, 1º."""


class _Day(NamedTuple):
    day: int
    month: int
    year: int | None


_Token = Word | Weekday | Month | int | time | date | _Day

_SCANNED = re.compile(
    r"(?P<iso>(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d))"
    r"|(?P<month>(?<![\d./-])(?:\d{4}-\d{2}|\d{1,2}\s?[./]\s?\d{4})(?![\d./-]\d|\d))"
    r"|(?P<day>(?<!\d)\d{1,2}\s?[./-]\s?\d{1,2}(?:\s?[./-]\s?(?:\d{4}|\d{2}))?(?![\d:]))\.?"
    r"|(?P<time>(?<!\d)\d{1,2}(?::|\s?h\s?)\d{2}(?!\d))h?"
    r"|(?P<number>\d{1,5})(?P<suffix>[^\W\d_]*)"
    r"|(?P<word>(?:(?![\d,;!?()'’‘\"/–—-])\S)+)"
    r"|[\s,;!?()'’‘\"/–—-]+"
)
_DIGITS = re.compile(r"\d+")
_UNITS = {
    Word.MINUTE: Counted(Unit.MINUTE, several=False),
    Word.MINUTES: Counted(Unit.MINUTE, several=True),
    Word.HOUR: Counted(Unit.HOUR, several=False),
    Word.HOURS: Counted(Unit.HOUR, several=True),
    Word.DAY: Counted(Unit.DAY, several=False),
    Word.DAYS: Counted(Unit.DAY, several=True),
    Word.WEEK: Counted(Unit.WEEK, several=False),
    Word.WEEKS: Counted(Unit.WEEK, several=True),
    Word.FORTNIGHT: Counted(Unit.FORTNIGHT, several=False),
    Word.WEEKEND: Counted(Unit.WEEKEND, several=False),
    Word.MONTH: Counted(Unit.MONTH, several=False),
    Word.MONTHS: Counted(Unit.MONTH, several=True),
    Word.QUARTER: Counted(Unit.QUARTER, several=False),
    Word.QUARTERS: Counted(Unit.QUARTER, several=True),
    Word.HALF_YEAR: Counted(Unit.HALF_YEAR, several=False),
    Word.HALF_YEARS: Counted(Unit.HALF_YEAR, several=True),
    Word.YEAR: Counted(Unit.YEAR, several=False),
    Word.YEARS: Counted(Unit.YEAR, several=True),
}
_PARTS = {
    **dict.fromkeys((Word.NOW, Word.TODAY, Word.YESTERDAY, Word.BEFORE_YESTERDAY), Part.DAY),
    **dict.fromkeys((Word.TOMORROW, Word.AFTER_TOMORROW, Word.NEXT_DAY, Word.SECOND_DAY), Part.DAY),
    **dict.fromkeys((Word.MORNING, Word.AFTERNOON, Word.EVENING, Word.NIGHT), Part.TIME_OF_DAY),
    **dict.fromkeys((Word.AM, Word.PM), Part.TIME_OF_DAY),
    **dict.fromkeys((Word.THIS, Word.LAST, Word.PAST, Word.BEFORE_LAST, Word.NEXT), Part.WHICH),
    **dict.fromkeys((Word.AGO, Word.IN), Part.DIRECTION),
    **dict.fromkeys((Word.EARLY, Word.MIDDLE, Word.LATE, Word.FIRST_HALF, Word.SECOND_HALF), Part.STRETCH),
    **dict.fromkeys((Word.SPRING, Word.SUMMER, Word.AUTUMN, Word.WINTER), Part.SEASON),
    Word.EVER: Part.EVER,
}
_HOURS = frozenset({Word.HOUR, Word.HOURS})
_COUNTS = {Word.FEW: 3, Word.COUPLE: 2, Word.HALF: 0.5}
_FEASTS = {Word.CHRISTMAS: (Month.DECEMBER, 25), Word.NEW_YEAR: (Month.JANUARY, 1)}
_ORDINALS = {Word.FIRST: 1, Word.SECOND: 2, Word.THIRD: 3, Word.FOURTH: 4}
_NUMBERED = {Word.QUARTER: 4, Word.HALF_YEAR: 2}
"""Units that have numbers, and how many of them a year has."""
_OF_A_SPAN = frozenset({Word.AGO, Word.IN, Word.LAST, Word.PAST, Word.NEXT})
"""Words that tell that a number counts, and does not tell which."""
_BETWEEN = frozenset({Word.LAST, Word.PAST, Word.NEXT, Word.NOTHING})
"""What may stand between a number and its unit: "3 derniers jours"."""
_CENTURY = 2000


def parts_of(typed: str, *, month_first: bool) -> Parts | None:
    """Return the parts of what was typed in the spoken language, or in English. None if a word is not known.

    `month_first` tells how 3/4 is read. Raises ValueError if there is no such day or time, or a part comes twice.
    """
    tokens = _tokens(typed, month_first=month_first)
    return None if tokens is None else _Reading(tokens).parts()


def _tokens(typed: str, *, month_first: bool) -> list[_Token] | None:
    """Return what each word or number means, in order. None if one is not known."""
    found: list[_Token | str] = []
    folded, end = typed.casefold(), 0
    known = period_words(spoken_language().code)
    for match in _SCANNED.finditer(folded):
        if match.start() != end:
            return None
        end = match.end()
        if match["word"]:
            found += as_typed(match["word"].rstrip(".:")).split()
        elif match["number"]:
            found.append(int(match["number"]))
            suffix = fold(match["suffix"])
            if suffix and (suffix in known or len(suffix) > LONGEST_SUFFIX):  # 3h, but not 3rd
                found.append(suffix)
        elif match["month"]:
            numbers = sorted(int(digits) for digits in _DIGITS.findall(match[0]))
            found += (Month(numbers[0]), numbers[1])
        elif match.lastgroup:
            found.append(_read_number(match.lastgroup, match[0], month_first=month_first))
    return _understood(found, known) if end == len(folded) else None


def _understood(read: Sequence[_Token | str], known: Mapping[str, Meaning]) -> list[_Token] | None:
    """Return the tokens with the meanings of their words. None if a word is not known."""
    found: list[_Token] = []
    for is_words, some in groupby(read, key=lambda one: isinstance(one, str) and not isinstance(one, Word)):
        if not is_words:
            found += (one for one in some if not isinstance(one, str))
            continue
        words = list(map(str, some))
        while words:
            if (meant := _phrase(words, known)) is None:
                return None
            found += meant
    return found


def _phrase(words: list[str], known: Mapping[str, Meaning]) -> Meaning | None:
    """Take the longest known phrase from the beginning of `words`, and return its meaning."""
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        meant = known.get(" ".join(words[:length]))
        if meant is None and length == 1:
            meant = _compound(words[0], known) or _name(words[0])
        if meant is not None:
            del words[:length]
            return meant
    return None


def _compound(word: str, known: Mapping[str, Meaning]) -> Meaning | None:
    """Return the meaning of a day and its evening written as one word: "Freitagabend"."""
    for name, day in _names(spoken_language())[0].items():
        if word.startswith(name) and (part := known.get(word.removeprefix(name))):
            return day, *part
    return None


@cache
def _names(language: Language) -> tuple[dict[str, Weekday], dict[str, Month]]:
    """Return the folded names of days and months in a language. Of "segunda-feira" the first word says enough."""
    with speaking(language):
        days = {as_typed(name).split()[0]: Weekday(number) for number, name in enumerate(weekday_names())}
        return days, {as_typed(name): Month(number) for number, name in enumerate(month_names(), 1)}


_IN_ENGLISH = {one.name.casefold(): one for one in Weekday}, {one.name.casefold(): one for one in Month}


def _name(word: str) -> Meaning | None:
    """Return the day of the week or the month that begins with a word, or is so similar that it is misspelt.

    If both do, as "mar" does in Spanish, the month is meant.
    """
    for days, months in (_names(spoken_language()), _IN_ENGLISH):
        for names in (months, days):
            if word in names:
                return (names[word],)
        if len(word) < SHORTEST_NAME or not word[0].isalpha():
            continue
        for names in (months, days):
            starting = {one for name, one in names.items() if name.startswith(word)}
            if len(starting) == 1:
                return (starting.pop(),)
        if len(word) >= SHORTEST_MISSPELT:
            both = {
                name: one
                for name, one in {**months, **days}.items()
                if abs(len(name) - len(word)) <= LONGEST_MISSPELLING
            }
            if near := nearest(word, both, at_least=SIMILAR):
                return (both[near],)
    return None


def _read_number(kind: str, written: str, *, month_first: bool) -> _Token:
    """Return the date, day of a month or time of day that is written in figures. Raises ValueError."""
    numbers = [int(digits) for digits in _DIGITS.findall(written)]
    if kind == "iso":
        year, month, day = numbers
        return date(year, month, day)
    if kind == "time":
        hour, minute = numbers
        return time(hour, minute)
    day, month, *years = numbers
    if ("." not in written and month_first and day <= 12) or month > 12:
        day, month = month, day
    if not years:
        return _Day(day, month, None)
    return _Day(day, month, years[0] + _CENTURY if years[0] < 100 else years[0])


def _hour_meant(token: _Token, before: _Token | None, *, spans: bool) -> _Token:
    """Return what "h" is where it may be either: o'clock after an hour of the day, if no span is meant."""
    if token is not Word.CLOCK_OR_HOURS:
        return token
    hour = isinstance(before, int) and not isinstance(before, Weekday | Month) and before < HOURS_A_DAY
    return Word.OCLOCK if hour and not spans else Word.HOUR


class _Reading:
    """Tokens on the way to being parts."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        spans = any(token in _OF_A_SPAN for token in tokens)
        self._counts = spans and Word.YEAR not in tokens
        """Whether a number counts units, and does not tell which."""
        before: tuple[_Token | None, ...] = (None, *tokens)
        self._tokens = [_hour_meant(one, last, spans=spans) for last, one in zip(before, tokens, strict=False)]
        self._parts: Parts = {}

    def parts(self) -> Parts | None:
        """Return the parts. Raises ValueError if one is there twice."""
        for number, token in enumerate(self._tokens):
            for part, value in self._read(number, token):
                if part in self._parts:
                    raise ValueError(f"{part} is there twice.")
                self._parts[part] = value
        self._read_hour()
        return self._parts

    def _read_hour(self) -> None:
        """Hours in a part of a day are no span: "8h du matin"."""
        counted, hour = self._parts.get(Part.UNIT), self._parts.get(Part.COUNT)
        hours = isinstance(counted, Counted) and counted.unit is Unit.HOUR
        if hours and isinstance(hour, int) and Part.TIME_OF_DAY in self._parts:
            del self._parts[Part.UNIT], self._parts[Part.COUNT]
            self._parts[Part.TIME] = time(hour)

    def _read(self, number: int, token: _Token) -> Iterator[tuple[Part, PartValue]]:
        if isinstance(token, Word):
            yield from self._read_word(number, token)
        elif isinstance(token, Weekday):
            yield Part.WEEKDAY, token
        elif isinstance(token, Month):
            yield Part.MONTH, token
        elif isinstance(token, time):
            yield Part.TIME, token
        elif isinstance(token, date):
            yield Part.DATE, token
        elif isinstance(token, _Day):
            yield from self._read_day(number, token)
        else:
            yield self._read_count(number, token)

    def _read_word(self, number: int, word: Word) -> Iterator[tuple[Part, PartValue]]:
        if word in _UNITS:
            yield from self._read_unit(word)
        elif word is Word.MORROW:
            yield (Part.TIME_OF_DAY, Word.MORNING) if self._parts else (Part.DAY, Word.TOMORROW)
        elif word in {Word.NOON, Word.MIDNIGHT}:
            yield from self._noon(word)
        elif word in _FEASTS:
            month, day = _FEASTS[word]
            yield from ((Part.MONTH, month), (Part.DAY_OF_MONTH, day))
        elif word in _ORDINALS:
            numbered = any(one in _NUMBERED for one in self._tokens)
            yield Part.ORDINAL if numbered else Part.DAY_OF_MONTH, _ORDINALS[word]
        elif word in _COUNTS:
            yield Part.COUNT, _COUNTS[word]
        elif word is Word.ONE:
            yield from self._one(number)
        elif word in _PARTS:
            yield _PARTS[word], word

    def _read_unit(self, word: Word) -> Iterator[tuple[Part, PartValue]]:
        if word in _NUMBERED and self._has_ordinal():
            yield Part.NUMBERED, _UNITS[word].unit
        elif not (word in _HOURS and Part.TIME in self._parts):  # "17 heures"
            yield Part.UNIT, _UNITS[word]

    def _one(self, number: int) -> Iterator[tuple[Part, PartValue]]:
        """An article says nothing before a day or another number: "a Monday", "half an hour"."""
        if self._is_counted(number) and Part.COUNT not in self._parts:
            yield Part.COUNT, 1
        elif self._word_at(number - 1) is Word.AT:
            yield Part.TIME, time(1)

    def _noon(self, word: Word) -> Iterator[tuple[Part, PartValue]]:
        """Noon is a time of day, or tells of one that it is after it: "12 Uhr mittags", "दोपहर 2 बजे"."""
        if any(one is Word.OCLOCK or isinstance(one, time) for one in self._tokens):
            yield Part.TIME_OF_DAY, Word.PM if word is Word.NOON else Word.AM
        else:
            yield Part.TIME, time(12 if word is Word.NOON else 0)

    def _read_day(self, number: int, written: _Day) -> Iterator[tuple[Part, PartValue]]:
        if self._word_at(number + 1) is Word.OCLOCK and written.year is None:  # 9.30 Uhr
            yield Part.TIME, time(written.day, written.month)
        elif written.year is not None:
            yield Part.DATE, date(written.year, written.month, written.day)
        else:
            yield from ((Part.DAY_OF_MONTH, written.day), (Part.MONTH, Month(written.month)))

    def _read_count(self, number: int, count: int) -> tuple[Part, PartValue]:
        """Return what a number counts: the unit behind it, hours of the day, days of a month, or years."""
        following, timed = self._word_at(number + 1), self._word_at(number - 1) is Word.AT
        if self._is_ordinal(number, count):
            return Part.ORDINAL, count
        if self._is_counted(number):
            if following in _HOURS and (timed or Part.DAY in self._parts or Part.WEEKDAY in self._parts):
                return Part.TIME, time(count)
            return Part.COUNT, count
        if timed or following in {Word.OCLOCK, Word.AM, Word.PM}:
            return Part.TIME, time(count)
        if 1900 <= count < 2100:
            return Part.YEAR, count
        if not 1 <= count <= 31:
            raise ValueError("No month has so many days.")
        return Part.DAY_OF_MONTH, count

    def _is_ordinal(self, number: int, count: int) -> bool:
        """Return whether a number tells which quarter, or which half of a year: "Q3", "3ème trimestre"."""
        following = next((one for one in self._tokens[number + 1 :] if one is not Word.NOTHING), None)
        units = [one for one in (self._word_at(number - 1), following) if isinstance(one, Word)]
        return not self._counts and any(1 <= count <= _NUMBERED.get(unit, 0) for unit in units)

    def _has_ordinal(self) -> bool:
        return any(
            self._is_ordinal(number, one) if type(one) is int else one in _ORDINALS
            for number, one in enumerate(self._tokens)
        )

    def _is_counted(self, number: int) -> bool:
        """Return whether a unit of time follows."""
        for token in self._tokens[number + 1 :]:
            if isinstance(token, Word) and token in _UNITS:
                return True
            if token not in _BETWEEN:
                return False
        return False

    def _word_at(self, number: int) -> _Token | None:
        return self._tokens[number] if 0 <= number < len(self._tokens) else None
