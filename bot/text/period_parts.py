"""The parts of a typed period, as they are read: a day, a month, a unit and so on."""

from dataclasses import dataclass
from datetime import date, time
from enum import Enum, auto

from bot.text.period_words import Month, Weekday, Word


class Part(Enum):
    """A part of what was typed. Each is there once."""

    DAY = auto()
    """A `Word`: today, yesterday and so on."""
    WEEKDAY = auto()
    DATE = auto()
    """A whole `date`."""
    DAY_OF_MONTH = auto()
    MONTH = auto()
    YEAR = auto()
    TIME = auto()
    """A `time` of day."""
    TIME_OF_DAY = auto()
    """A `Word`: morning, evening and so on."""
    UNIT = auto()
    """A `Unit` of time."""
    COUNT = auto()
    """How many of the unit."""
    WHICH = auto()
    """A `Word`: this, last, next and so on."""
    DIRECTION = auto()
    """A `Word`: ago, or in."""
    STRETCH = auto()
    """A `Word`: early, in the middle, late, or a half."""
    SEASON = auto()
    """A `Word`."""
    NUMBERED = auto()
    """A `Unit` that is one of those of a year: a quarter or a half."""
    ORDINAL = auto()
    """Which of them."""
    EVER = auto()


class Unit(Enum):
    """A unit of time."""

    MINUTE = auto()
    HOUR = auto()
    DAY = auto()
    WEEK = auto()
    FORTNIGHT = auto()
    WEEKEND = auto()
    MONTH = auto()
    QUARTER = auto()
    HALF_YEAR = auto()
    YEAR = auto()


@dataclass(frozen=True, slots=True)
class Counted:
    """A unit as it was written: of several without a number nobody knows how many."""

    unit: Unit
    several: bool


PartValue = Word | Weekday | Month | Unit | Counted | date | time | int | float
Parts = dict[Part, PartValue]
