"""Names of months and days, halves of the day and filler words of dates, in the languages of the world.

They come from `dateparser`, which takes them from the Unicode CLDR and adds common spellings.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Any

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MORE_DAYS = {"tuesday": ("tues",), "wednesday": ("weds",), "thursday": ("thur", "thurs")}
COMMON = 40
"""How many of the most widely used languages are tried before all others."""
_DATA = "dateparser.data.date_translation_data"


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of one or several languages, folded. Months are 1 to 12, days of the week 0 (Monday) to 6."""

    months: Mapping[str, frozenset[int]] = field(default_factory=dict)
    days: Mapping[str, frozenset[int]] = field(default_factory=dict)
    before_noon: frozenset[str] = frozenset()
    after_noon: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()


_KEPT = re.compile(r"[^\w\s\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]|_")
"""Characters to remove from words: punctuation, and combining marks except in scripts where they are vowels."""


def folded(word: str) -> str:
    """Return `word` without case, accents and punctuation, as in `DateWords`."""
    return " ".join(_KEPT.sub("", unicodedata.normalize("NFKD", word.casefold())).split())


@lru_cache(maxsize=64)
def words_of(language: str | None) -> DateWords:
    """Return the words of a language and its regions; empty if the language is unknown."""
    code = (language or "").lower().partition("-")[0]
    return _joined(each for each in _languages() if each.lower().partition("-")[0] == code)


@lru_cache(maxsize=1)
def common_words() -> DateWords:
    """Return the words of the most widely used languages together."""
    return _joined(_languages()[:COMMON])


@lru_cache(maxsize=1)
def all_words() -> DateWords:
    """Return the words of all languages together."""
    return _joined(_languages())


@lru_cache(maxsize=256)
def date_order(tag: str, country: str | None) -> str | None:
    """Return the order of day, month and year (`DMY`, `MDY`, `YMD`) in a language and, if given, a country.

    English has several, so without a country the answer is None.
    """
    language = tag.partition("-")[0]
    if language not in _languages():
        return None
    info = _info(language)
    own = info.get("locale_specific", {}).get(f"{language}-{country}", {}).get("date_order")
    order = own or (None if language == "en" and country != "US" else info.get("date_order"))
    return str(order) if order else None


def _languages() -> list[str]:
    languages: list[str] = import_module("dateparser.data.languages_info").language_order
    return languages


def _info(language: str) -> dict[str, Any]:
    return dict(import_module(f"{_DATA}.{language}").info)


def _joined(languages: Iterable[str]) -> DateWords:
    months: defaultdict[str, set[int]] = defaultdict(set)
    days: defaultdict[str, set[int]] = defaultdict(set)
    others: defaultdict[str, set[str]] = defaultdict(set)
    for language in languages:
        for info in _with_regions(_info(language)):
            for number, key in enumerate(MONTHS, 1):
                for name in info.get(key, ()):
                    months[folded(name)].add(number)
            for number, key in enumerate(DAYS):
                for name in (*info.get(key, ()), *(_MORE_DAYS.get(key, ()) if language == "en" else ())):
                    days[folded(name)].add(number)
            for key in ("am", "pm", "skip"):
                others[key] |= {folded(word) for word in info.get(key, ())}
    return DateWords(
        months={name: frozenset(numbers) for name, numbers in months.items() if name},
        days={name: frozenset(numbers) for name, numbers in days.items() if name},
        before_noon=frozenset(others["am"] - {""}),
        after_noon=frozenset(others["pm"] - {""}),
        fillers=frozenset(others["skip"] - {""}),
    )


def _with_regions(info: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield info
    yield from info.get("locale_specific", {}).values()
