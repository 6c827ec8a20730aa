"""What the words mean with which people name days and spans of time, in each language of the interface.

A word may mean two things ("morgen" is tomorrow and the morning): what is around `MORROW`, `NEXT_DAY` and
`CLOCK_OR_HOURS` tells.
"""

import re
from collections.abc import Mapping
from enum import IntEnum, StrEnum, auto
from functools import cache
from types import MappingProxyType

from bot.languages.period_phrases import NUMBERS, PHRASES
from bot.languages.season_phrases import SEASONS
from bot.text.folding import fold


class Weekday(IntEnum):
    """A day of the week, as Python counts them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class Month(IntEnum):
    """A month."""

    JANUARY = 1
    FEBRUARY = 2
    MARCH = 3
    APRIL = 4
    MAY = 5
    JUNE = 6
    JULY = 7
    AUGUST = 8
    SEPTEMBER = 9
    OCTOBER = 10
    NOVEMBER = 11
    DECEMBER = 12


class Word(StrEnum):
    """What a word or phrase means, if it is no name of a day or month."""

    NOW = auto()
    TODAY = auto()
    YESTERDAY = auto()
    BEFORE_YESTERDAY = auto()
    TOMORROW = auto()
    AFTER_TOMORROW = auto()
    MORROW = auto()
    """Tomorrow, or the morning: "mañana"."""
    NEXT_DAY = auto()
    """Yesterday, or tomorrow: "कल"."""
    SECOND_DAY = auto()
    """The day before yesterday, or after tomorrow: "परसों"."""
    MORNING = auto()
    NOON = auto()
    AFTERNOON = auto()
    EVENING = auto()
    NIGHT = auto()
    MIDNIGHT = auto()
    THIS = auto()
    LAST = auto()
    """The one before this one, by the calendar: "last week" ends on Sunday."""
    PAST = auto()
    """What ends now: "the past week" has seven days."""
    BEFORE_LAST = auto()
    NEXT = auto()
    AGO = auto()
    IN = auto()
    AT = auto()
    OCLOCK = auto()
    CLOCK_OR_HOURS = auto()
    """A time of day, or a number of hours: "14h" in French."""
    AM = auto()
    PM = auto()
    HALF = auto()
    ONE = auto()
    FEW = auto()
    COUPLE = auto()
    EARLY = auto()
    MIDDLE = auto()
    LATE = auto()
    FIRST_HALF = auto()
    SECOND_HALF = auto()
    FIRST = auto()
    SECOND = auto()
    THIRD = auto()
    FOURTH = auto()
    EVER = auto()
    NOTHING = auto()
    """A word that changes nothing here: "since", "the"."""
    MINUTE = auto()
    MINUTES = auto()
    HOUR = auto()
    HOURS = auto()
    DAY = auto()
    DAYS = auto()
    WEEK = auto()
    WEEKS = auto()
    FORTNIGHT = auto()
    WEEKEND = auto()
    MONTH = auto()
    MONTHS = auto()
    QUARTER = auto()
    QUARTERS = auto()
    HALF_YEAR = auto()
    HALF_YEARS = auto()
    YEAR = auto()
    YEARS = auto()
    SPRING = auto()
    SUMMER = auto()
    AUTUMN = auto()
    WINTER = auto()
    CHRISTMAS = auto()
    NEW_YEAR = auto()


Meaning = tuple[Word | Weekday | Month | int, ...]
"""An `int` is a number in words."""

_BETWEEN_WORDS = re.compile(r"[\s'’-]+")


@cache
def period_words(code: str) -> Mapping[str, Meaning]:
    """Return what folded words and phrases mean in the language of a catalogue. English ones are known in all."""
    known: dict[str, Meaning] = {}
    for written in (PHRASES["en"], SEASONS["en"], PHRASES.get(code, {}), SEASONS.get(code, {})):
        for meaning, phrases in written.items():
            if meaning == NUMBERS:
                continue
            for phrase in phrases.split(","):
                known[as_typed(phrase)] = tuple(map(_meant, meaning.split()))
        for numbered in written.get(NUMBERS, "").split(";"):
            number, _, phrases = numbered.strip().partition(" ")
            known |= {as_typed(phrase): (int(number),) for phrase in phrases.split(",") if number}
    return MappingProxyType(known)


def as_typed(phrase: str) -> str:
    """Return a phrase folded, with one space between words: hyphens and apostrophes are typed or not."""
    return " ".join(_BETWEEN_WORDS.split(fold(phrase).strip()))


def _meant(name: str) -> Word | Weekday | Month:
    for kind in (Weekday, Month):
        if name.upper() in kind.__members__:
            return kind[name.upper()]
    return Word(name)
