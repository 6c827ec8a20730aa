"""Dates in unusual forms, read part by part. See `bot.feeds.dates`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot.feeds.date_words import MONTHS, DateWords, all_words, common_words, date_order, folded, words_of
from bot.feeds.locality import Locality
from bot.feeds.zone_names import UNIVERSAL, offset_of, offsets_of

MOST_PARTS = 20
"""The most words and numbers of a date; a long one in Vietnamese has 13."""
MOST_OFFSET = timedelta(hours=14)
_NONE = timedelta(0)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_BUDDHIST_ERA = 543
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?)?(?=$|[^\d])")
_CJK_DATE = re.compile(r"(\d{2,4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號]?")
_CJK_TIME = re.compile(r"(\d{1,2})\s*[时時点點시]\s*(\d{1,2})\s*[分분](?:\s*(\d{1,2})\s*[秒초])?")
_NUMBERED_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})\s?(?:[月월]|-р сар(?:ын)?)|(?<!\w)(?:tháng|thg)\.?\s?(\d{1,2})(?!\d)", re.IGNORECASE
)
"""Months that are numbers with the word for a month: in Japanese, Chinese, Korean, Mongolian and Vietnamese."""
_COMMENT = re.compile(r"\(([^()]*)\)")
_HALF = re.compile(r"(?<![^\W\d_])([ap])\.?\s?m\b\.?", re.IGNORECASE)
_TIME = re.compile(r"(?<![\d:.+-])(?<!\s[+-])(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,12})?)?(?![\d:])")
_DOTTED_TIME = re.compile(r"(?<=\d{4} )(\d{1,2})\.(\d\d)\.(\d\d)(?![\d./-])")
_LOOSE_TIME = re.compile(
    r"(?<![\d./-])(\d{1,2})(?:\.|\s?h\s?)(\d\d)()(?![\d./-])|(?<![\d./-])(\d{1,2})()\s?h\b", re.IGNORECASE
)
_BARE_HOUR = re.compile(r"(?<![\d./-])(\d{1,2})()()(?=\s?[ap]m\b)", re.IGNORECASE)
_OFFSET = re.compile(
    r"[\s,]*(?:GMT|UTC|UT)?\s?([+-]{1,2})(\d{1,2})(?::?(\d\d))?(?::?00)?(?![\d:./])", re.IGNORECASE
)
_ZONE = re.compile(r"[\s,]*([A-Za-z]+(?:/[A-Za-z_]+(?:[+-]\d{1,2})?)+|[^\W\d_]+)(?!\.)")
_ZONE_KEY = re.compile(r"\b[A-Za-z]+(?:/[A-Za-z_]+(?:[+-]\d{1,2})?)+(?![\w/])")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.]|(?<=\d) (?=\d))\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d)")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|ère|º|ª|°|-?го)(?![^\W\d_])", re.IGNORECASE)
_VOWELS = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Combining marks, which belong to words although they are not letters."""
_WORD = rf"[^\W\d_](?:[^\W\d_]|['’׳״॰{_VOWELS}])*"
_INNER_MARK = re.compile(rf"(?:(?<=[^\W\d_])|(?<=[{_VOWELS}]))(?:\.(?=[^\W\d_])|-(?=feira\b))", re.IGNORECASE)
"""A mark within an abbreviation of several words, or within a Portuguese day: `terça-feira`."""
_PARTS = re.compile(rf"\d+|{_WORD}")
_MARKS = re.compile(r"[\s,.;|@\[\]·،、/\-–—:'’]*")
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        "at of on the um uhr kl klo klockan ore alle le à a às de del d l la las om o h hs hrs m gada "
        "г года год р року о в r roku",
    )
)


@dataclass(slots=True)
class DateReading:
    """A text with a date while it is being read: parts that are understood are removed from `rest`."""

    rest: str
    locality: Locality
    this_year: int
    """The last year that two digits can mean."""
    hour: time | None = None
    next_day: bool = False
    offset: timedelta | None = None
    zones: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def moment(self) -> datetime | None:
        """Return the moment in UTC; None if it is ambiguous. Raises ValueError or OverflowError if it is not a
        date.
        """
        if sum(1 for _ in _PARTS.finditer(self.rest)) > MOST_PARTS:
            return None
        self._prepare()
        day = self._compact()
        self._take_time(_TIME)
        day = day or self._numbers()
        if self.hour is None:
            self._take_time(_LOOSE_TIME)
        if self.hour is None:
            self._take_time(_BARE_HOUR)
        day = self._words(day)
        if day is None:
            return None
        local = datetime.combine(day, self.hour or time()) + (_DAY if self.next_day else timedelta())
        offset = self._offset_at(local)
        return None if offset is None else (local - offset).replace(tzinfo=UTC)

    def _prepare(self) -> None:
        text = _CJK_TIME.sub(lambda m: ":".join(g for g in m.groups() if g), self.rest)
        text = _CJK_DATE.sub(r"\1-\2-\3 ", text)
        text = _NUMBERED_MONTH.sub(lambda m: f" {_month_of(m[1] or m[2])} ", text)
        text = _DOTTED_TIME.sub(r"\1:\2:\3", text)
        text = re.sub(r"^(\d{4}):(\d\d):(\d\d)(?= )", r"\1-\2-\3", text)  # Exif
        text = re.sub(r"(?<=\d{4}):(?=\d\d:\d\d)", " ", text)  # logs of web servers
        text = re.sub(r"(?<=\d)T(?=\d)", " ", text, flags=re.IGNORECASE)
        self.comments = _COMMENT.findall(text)
        for comment in self.comments:
            if match := _OFFSET.fullmatch(comment):
                self.offset = offset_from(*match.groups())
        text = _HALF.sub(r" \1m ", _COMMENT.sub(" ", text))
        text = _INNER_MARK.sub("", text)
        self.rest = _ORDINAL.sub("", text)

    def _compact(self) -> date | None:
        match = _COMPACT.match(self.rest)
        if match is None:
            return None
        year, month, day, hour, minute, second = (int(group) if group else 0 for group in match.groups())
        rest = self.rest[match.end() :]
        if match[4]:
            self._set_time(hour, minute, second)
            rest = self._take_zones(re.sub(r"^[.,]\d+", "", rest))
        self.rest = rest
        return date(year, month, day)

    def _take_time(self, pattern: re.Pattern[str]) -> None:
        match = pattern.search(self.rest)
        if match is None or self.hour is not None:
            return
        numbers = [int(group or 0) for group in match.groups() if group is not None]
        hour, minute, second = (*numbers, 0, 0)[:3]
        before, after = self.rest[: match.start()], self.rest[match.end() :]
        half, before, after = self._half(before, after)
        if half is not None:
            if (hour > 12 and half == 0) or (hour == 0 and half == 12):
                raise ValueError("a contradiction")
            hour = hour if hour > 12 else hour % 12 + half
        self._set_time(hour, minute, second)
        self.rest = f"{before} {self._take_zones(after)}"

    def _set_time(self, hour: int, minute: int, second: int) -> None:
        if (hour, minute, second) == (24, 0, 0):
            hour, self.next_day = 0, True
        self.hour = time(hour, minute, 59 if second == 60 else second)  # a leap second

    def _half(self, before: str, after: str) -> tuple[int | None, str, str]:
        """Return the half of the day beside a time (AM, PM) in hours, and the rest of the text on both sides."""
        follows = re.match(rf"\s*({_WORD})\.?", after)
        if follows and (half := self._hours_of(follows[1])) is not None:
            return half, before, after[follows.end() :]
        leads = re.search(rf"({_WORD})\s*$", before)
        if leads and (half := self._hours_of(leads[1])) is not None:
            return half, before[: leads.start()], after
        return None, before, after

    def _hours_of(self, word: str) -> int | None:
        name = folded(word)
        own = [words_of(self.locality.language), words_of("en")]
        for words in own if name.isascii() else [*own, common_words()]:
            if name in words.before_noon | words.after_noon:
                return 12 if name in words.after_noon else 0
        return None

    def _take_zones(self, after: str) -> str:
        """Read an offset and zone names, in any order, from what follows a time."""
        for _ in range(3):
            if self.offset is None and (match := _OFFSET.match(after)):
                self.offset = offset_from(*match.groups())
            elif (match := _ZONE.match(after)) and self._is_zone(match[1]):
                self.zones.append(match[1].upper())
            else:
                break
            after = after[match.end() :]
        return after

    def _is_zone(self, word: str) -> bool:
        """Return whether a word after a time is a zone, and not the beginning of a longer word."""
        return "/" in word or (bool(offsets_of(word.upper())) and (word.isupper() or not self._is_filler(word)))

    def _numbers(self) -> date | None:
        """Read a date of numbers."""
        if match := _YEAR_FIRST.search(self.rest):
            year, month, day = int(match[1]), int(match[3]), int(match[4])
            self._cut(match)
            return date(self._common_era(year), month, day)
        if match := _NUMBERS.search(self.rest):
            self._cut(match)
            return self._in_order(match[1], match[3], match[4], match[2])
        return None

    def _cut(self, match: re.Match[str]) -> None:
        self.rest = f"{self.rest[: match.start()]} {self.rest[match.end() :]}"

    def _in_order(self, first: str, second: str, third: str, mark: str) -> date | None:
        """Return the date given by three numbers, if their order is certain."""
        orders = {"DMY": (third, second, first), "MDY": (third, first, second)}
        if len(third) == 2:
            orders["YMD"] = (first, second, third)
        found = {order: each for order, parts in orders.items() if (each := self._valid(*parts))}
        if len(set(found.values())) > 1:
            named = self._weekdays()
            found = {order: each for order, each in found.items() if not named or each.weekday() in named}
        if len(set(found.values())) > 1:
            own = self._own_order() or ("DMY" if mark == "." and len(third) == 4 else "")
            found = {order: each for order, each in found.items() if order == own}
        if len(set(found.values())) != 1:
            raise ValueError("day and month cannot be told apart")
        return next(iter(found.values()))

    def _valid(self, year: str, month: str, day: str) -> date | None:
        try:
            return date(self._common_era(self._full_year(year)), int(month), int(day))
        except ValueError:
            return None

    def _common_era(self, year: int) -> int:
        thai = "TH" in self.locality.countries and year > 2400
        return year - _BUDDHIST_ERA if thai else year

    def _full_year(self, year: str) -> int:
        """Return a year of two or three digits in full (RFC 5322, 4.3)."""
        number = int(year)
        if len(year) == 2:
            number += 2000 if number < 50 else 1900
            if number > self.this_year:
                raise ValueError("no year of the past")
        return number + 1900 if len(year) == 3 else number

    def _own_order(self) -> str | None:
        """Return the order of day and month where the feed comes from; None if that is uncertain."""
        # more than two: all countries that speak its language
        countries = self.locality.countries if len(self.locality.countries) <= 2 else frozenset()
        orders = {date_order(self.locality.language or "", country) for country in countries or [None]}
        return orders.pop() if len(orders) == 1 else None

    def _weekdays(self) -> set[int]:
        """Return the days of the week that the text names, in the feed's language or in English."""
        names = [folded(word) for word in re.findall(_WORD, self.rest)]
        own = words_of(self.locality.language), words_of("en")
        return {day for words in own for name in names if len(name) > 1 for day in words.days.get(name, ())}

    def _words(self, day: date | None) -> date | None:
        """Read the rest: with `day` known, every part must be understood; otherwise the words and numbers of a
        date."""
        self.rest = self._take_offset(self.rest)
        for match in reversed(list(_ZONE_KEY.finditer(self.rest))):
            self.zones.append(match[0].upper())
            self._cut(match)
        shape = list(self._shape())
        if day is not None:
            # beside numbers the name of a month can also be a day of the week: `mar 29/11/2026`
            return day if not any(isinstance(part, str) for part in shape) else None
        months = [part for part in shape if isinstance(part, frozenset)]
        numbers = [part for part in shape if isinstance(part, str)]
        if len(months) != 1 or len(months[0]) != 1 or len(numbers) != 2:
            return None
        if shape[-1] is months[0] and len(numbers[0]) != 4:
            return None
        (month,) = months[0]
        if shape[0] is months[0]:
            numbered, year = numbers
            if len(year) != 4:
                return None
        elif len(numbers[0]) == 4:
            year, numbered = numbers
        else:
            numbered, year = numbers
        if len(numbered) > 2:
            return None
        return date(self._common_era(self._full_year(year)), month, int(numbered))

    def _take_offset(self, text: str) -> str:
        """Read the offset of a date without a time: `2026-11-29+01:00`."""
        match = re.search(rf"(?:^|\s){_OFFSET.pattern}\s*$", text, re.IGNORECASE)
        if match is None or self.offset is not None:
            return text
        self.offset = offset_from(*match.groups())
        return text[: match.start()]

    def _shape(self) -> Iterator[str | frozenset[int]]:
        """Yield the numbers (as text) and months in the rest. Raises ValueError for anything else."""
        parts = list(_PARTS.finditer(self.rest))
        if not _MARKS.fullmatch(_PARTS.sub("", self.rest)):
            raise ValueError("odd characters")
        words = [part[0] for part in parts]
        months = [(i, n, found) for i, n, found in self._months(words)]
        days = {i for i, word in enumerate(words) if self._look_up("days", folded(word))}
        if len(months) > 1:  # `mar 29 nov`: a Tuesday
            months = [month for month in months if month[0] not in days] or months[-1:]
        i = 0
        while i < len(words):
            word = words[i]
            month = next((month for month in months if month[0] == i), None)
            if month is not None:
                i += month[1]
                yield month[2]
                continue
            if word.isdecimal():
                yield word
            elif i + 1 == len(words) and word.isupper() and offsets_of(word):
                self.zones.append(word)
            elif length := self._day_length(words, i):
                i += length - 1
            elif i not in days and not self._is_filler(word):
                self.zones.append(word.upper())
            i += 1

    def _months(self, words: Sequence[str]) -> Iterator[tuple[int, int, frozenset[int]]]:
        i = 0
        while i < len(words):
            for length in (3, 2, 1):
                name = " ".join(words[i : i + length])
                if words[i].isdecimal() or i + length > len(words) or (length == 1 and self._is_filler(name)):
                    continue
                if found := self._look_up("months", folded(name)) or self._elided(name):
                    yield i, length, found
                    i += length - 1
                    break
            i += 1

    def _elided(self, name: str) -> frozenset[int]:
        """Look up a month after an article: `d'octubre`."""
        head, mark, tail = name.replace("’", "'").partition("'")
        return self._look_up("months", folded(tail)) if mark and len(head) <= 2 else frozenset()

    def _day_length(self, words: Sequence[str], i: int) -> int:
        """Return how many words the name of a day that begins at `i` has: `chủ nhật`."""
        for length in (3, 2):
            if self._look_up("days", folded(" ".join(words[i : i + length]))):
                return length
        return 0

    def _look_up(self, kind: str, name: str) -> frozenset[int]:
        """Return the possible meanings of a name: in the feed's language, in English, in common languages, or in
        all.
        """
        found: frozenset[int] = frozenset()
        for words in self._vocabularies(name):
            found = (words.months if kind == "months" else words.days).get(name, frozenset())
            if found:
                break
        return found

    def _vocabularies(self, name: str) -> Iterator[DateWords]:
        """Yield where to look up a name, the likeliest first. A single letter has too many meanings."""
        yield words_of(self.locality.language)
        yield words_of("en")
        if len(name) < 2 and name.isascii():
            return
        yield common_words()
        yield all_words()

    def _is_filler(self, word: str) -> bool:
        if len(word) == 1 and "A" <= word <= "Z":
            return False  # military zones, which RFC 822 got wrong
        name = folded(word)
        return word.casefold() in _FILLERS or name in _FILLERS or name in words_of(self.locality.language).fillers

    def _offset_at(self, local: datetime) -> timedelta | None:
        """Return how far the zone of the text is ahead of UTC; None if it is unknown or ambiguous."""
        if self.offset is None and not self.zones:
            self.zones = [name.strip().upper() for name in self.comments if offsets_of(name.strip().upper())]
        if self.offset is None:
            found = {offset_of(name, local, self.locality) for name in self.zones} or {timedelta(0)}
            return found.pop() if len(found) == 1 else None
        for name in self.zones:
            near = _HOUR if name not in UNIVERSAL else timedelta(0)
            if not any(abs(each - self.offset) <= near for each in offsets_of(name, local)):
                return None
        return self.offset


def _month_of(number: str) -> str:
    """Return the English name of a month. Raises ValueError if there is none with this number."""
    if not 1 <= int(number) <= len(MONTHS):
        raise ValueError("no such month")
    return MONTHS[int(number) - 1]


def offset_from(sign: str, hours: str, minutes: str | None) -> timedelta:
    """Return an offset from UTC by its sign, hours and minutes. Raises ValueError if no zone has it."""
    if len(hours) == 1 and minutes is None:
        minutes = "00"
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if offset > MOST_OFFSET or int(minutes or 0) > 59:
        raise ValueError("no such offset")
    return -offset if "-" in sign else offset
