"""Times of day and time zones as people type them: "9:30 pm", "Berlin". Pure."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, time

from bot.errors import BadInput
from bot.languages.formats import listed_or
from bot.languages.translations import _
from bot.text.time_zones import similar_names, zones_named

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LISTED_ZONES = 8
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)

MOST_TIMES = 12
_HARMLESS = re.compile(r"[\w\s:./+,'-]")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(a\.?m\.?|p\.?m\.?)?", re.IGNORECASE)


def quoted(typed: str) -> str:
    """Return a user's input, shortened and without markup, for showing it back: “…” if nothing remains."""
    plain = "".join(_without_markup(typed))
    return _("“{words}”", words=" ".join(plain.split())[:60] or "…")


def _without_markup(typed: str) -> Iterator[str]:
    """Yield letters with the vowel signs and accents that stand on them, digits, spaces, and harmless signs."""
    on_letter = False
    for character in typed:
        on_letter = character.isalpha() or (on_letter and unicodedata.category(character) in {"Mn", "Mc"})
        if on_letter or _HARMLESS.fullmatch(character):
            yield character


def clock_time(typed: str) -> time:
    """Return a time of day typed as 09:00, 9.30, 21h15, 9 or 9:30 pm.

    Raises BadInput, which says what is accepted.
    """
    match = _CLOCK.fullmatch(typed.strip())
    if match:
        hour, minute = int(match[1]), int(match[2] or 0)
        half = (match[3] or "").lower()[:1]
        valid_hour = 1 <= hour <= 12 if half else hour < 24
        if valid_hour and minute < 60:
            return time(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)
    raise BadInput(_("{typed} is not a time of day. Write it as 09:00 or 18:30.", typed=quoted(typed)))


def clock_times(typed: str) -> tuple[time, ...]:
    """Return the times of day typed as "9:00, 13:00 and 18:30", without repetitions. Raises BadInput."""
    parts = [part for part in re.split(r"[,;&]|\band\b", typed) if part.strip()]
    times = tuple(dict.fromkeys(clock_time(part) for part in parts))
    if not 1 <= len(times) <= MOST_TIMES:
        raise BadInput(_("Name 1 to {most_times} times of day, such as 09:00, 18:30.", most_times=MOST_TIMES))
    return times


def hours_between(typed: str) -> tuple[time, time]:
    """Return two times of day typed as "22:00-07:00", "10pm to 7am" or "22 – 7". Raises BadInput."""
    parts = re.split(r"\s*(?:-|–|—|\bto\b|\buntil\b)\s*", typed.strip())
    if len(parts) != 2:
        raise BadInput(_("{typed} are no hours. Write them as 22:00-07:00.", typed=quoted(typed)))
    begin, end = clock_time(parts[0]), clock_time(parts[1])
    if begin == end:
        raise BadInput(
            _("Quiet hours that begin when they end would be all day or none. Write them as 22:00-07:00.")
        )
    return begin, end


def zone_name(typed: str) -> str:
    """Return the IANA name of the time zone that "Berlin", "Germany", "EST" or "GMT+2" means.

    Raises BadInput, which suggests similar names, or lists the zones of a country that has several.
    """
    found = zones_named(typed)
    if len(found) == 1:
        return found[0]
    if found:
        zones = ", ".join(found[:_LISTED_ZONES]) + (", …" if len(found) > _LISTED_ZONES else "")
        raise BadInput(
            _(
                "{typed} has several time zones: {zones}. Write one of them, or a city.",
                typed=quoted(typed),
                zones=zones,
            )
        )
    near = [zone for name in similar_names(typed) for zone in zones_named(name)][:2]
    if near:
        raise BadInput(
            _(
                "{typed} is not a time zone. Did you mean {zones}? Write a city or a country, such as Berlin or "
                "India, or the hours from UTC, such as UTC+2.",
                typed=quoted(typed),
                zones=listed_or(dict.fromkeys(near)),
            )
        )
    raise BadInput(
        _(
            "{typed} is not a time zone. Write a city or a country, such as Berlin or India, or the hours from "
            "UTC, such as UTC+2.",
            typed=quoted(typed),
        )
    )
