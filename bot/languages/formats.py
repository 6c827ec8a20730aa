"""Dates, times, numbers and lists as the spoken language writes them, by CLDR.

Babel is imported at the first use: it and the data of one language take eight megabytes, of each further one a
megabyte.
"""

import functools
from collections.abc import Iterable
from datetime import date, time
from typing import TYPE_CHECKING

from bot.languages.spoken import spoken_language

if TYPE_CHECKING:
    from babel import Locale

_PLAIN_BELOW = 1_000
"""Whole numbers below have no separators in any of the languages."""


@functools.cache
def _known(name: str) -> "Locale":
    from babel import Locale  # noqa: PLC0415

    return Locale.parse(name)


def _locale() -> "Locale":
    return _known(spoken_language().locale)


def shown_number(value: float) -> str:
    """Return a number with the separators of the spoken language: "12,345", "12.345"."""
    if isinstance(value, int) and 0 <= value < _PLAIN_BELOW:
        return str(value)
    from babel.numbers import format_decimal  # noqa: PLC0415

    return format_decimal(value, locale=_locale())


def shown_percent(share: float) -> str:
    """Return a share of 1 in whole percent: "90%", "90 %"."""
    from babel.numbers import format_percent  # noqa: PLC0415

    return format_percent(share, locale=_locale())


def weekday_and_date(day: date) -> str:
    """Return a day with its weekday: "Saturday, 18 July 2026"."""
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(day, "full", locale=_locale())


def date_in_words(day: date) -> str:
    """Return a day: "18 July 2026"."""
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(day, "long", locale=_locale())


def day_and_month(day: date) -> str:
    """Return a day without its year: "18 July"."""
    return by_skeleton("MMMMd", day)


def weekday(number_of_day: int) -> str:
    """Return the name of a day of the week; Monday is 0."""
    return str(_locale().days["stand-alone"]["wide"][number_of_day])


def weekday_names() -> list[str]:
    """Return the names of the days, Monday first, in small letters."""
    return [weekday(number).casefold() for number in range(7)]


def month_names() -> list[str]:
    """Return the names of the months in small letters, as they are written in a date."""
    names = _locale().months["format"]["wide"]
    return [str(names[number]).casefold() for number in range(1, 13)]


def place_names() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of countries by their codes, and of the cities of time zones by the zones.

    Of cities only those have a name that the language writes otherwise than the zone: "Londres".
    """
    locale = _locale()
    cities = {str(zone): str(named["city"]) for zone, named in locale.time_zones.items() if "city" in named}
    return {str(code): str(name) for code, name in locale.territories.items()}, cities


def by_skeleton(skeleton: str, moment: date) -> str:
    """Return the parts of a day or moment that a skeleton of CLDR names: "MMMd" gives "1 Jul"."""
    from babel.dates import format_skeleton  # noqa: PLC0415

    return format_skeleton(skeleton, moment, locale=_locale())


def short_date(day: date) -> str:
    """Return a day with its weekday, shortened: "Wed, 1 Jul 2026"."""
    return by_skeleton("yMMMEd", day)


def clock_time(moment: time) -> str:
    """Return a time of day: "08:05", "8:05 AM"."""
    from babel.dates import format_time  # noqa: PLC0415

    return format_time(moment, "short", locale=_locale())


def listed(items: Iterable[str]) -> str:
    """Return all of several things: "A, B and C"."""
    from babel.lists import format_list  # noqa: PLC0415

    return format_list(list(items), locale=_locale())


def listed_or(items: Iterable[str]) -> str:
    """Return one of several things: "A, B or C"."""
    from babel.lists import format_list  # noqa: PLC0415

    return format_list(list(items), style="or", locale=_locale())
