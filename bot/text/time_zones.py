"""Time zones as people name them: by city, country, region, abbreviation or distance from UTC. Pure.

A zone is always stored by its IANA name. Fixed offsets are stored as the IANA database has them, whose signs are
the other way round ("Etc/GMT-2" is two hours ahead), and never shown like that.
"""

import functools
import importlib.resources
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.languages.formats import clock_time, place_names
from bot.languages.known_languages import ENGLISH, Language
from bot.languages.spoken import spoken_language
from bot.text.folding import words_of
from bot.text.likeness import most_alike
from bot.text.zone_words import ABBREVIATIONS, COUNTRIES, ONE_ZONE, PLACES, WITHOUT_SUMMER_TIME

COMMON_ZONES = (
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "UTC",
    "Europe/Istanbul",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Asia/Dubai",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
)
"""Time zones that are suggested before anything is typed."""
SIMILAR = 80.0
"""How similar a name must be to be suggested for a typing error (rapidfuzz's ratio, 0 to 100): one wrong letter of
five, two of ten."""
MOST_AHEAD, MOST_BEHIND = 14, 12
"""Hours. The largest offsets from UTC that any place has."""

_SAMPLE_YEAR = 2026
"""The year in which the zones of a country are compared; any recent one does."""
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−–])\s*(\d{1,2})(?:[:.]?(\d{2}))?(?:\s*h(?:ours?)?)?", re.IGNORECASE)
_FIXED = re.compile(r"Etc/GMT([+-])(\d{1,2})")
_PARENTHESIS = re.compile(r"\(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class ZoneFound:
    """A zone, and the name by which it was found: "India", or the zone itself."""

    zone: str
    name: str


def zones_named(typed: str) -> tuple[str, ...]:
    """Return the zones that a name may mean: none if it is unknown, several if people must choose ("USA")."""
    if offset := _OFFSET.fullmatch(typed.strip()):
        fixed = _zone_ahead(offset)
        return (fixed,) if fixed else ()
    if found := _called(typed):
        return found
    place, _, region = typed.partition(",")
    within = _called(region)
    return tuple(zone for zone in _called(place) if zone in within)  # "Berlin, Germany", but not "Paris, Texas"


def _called(name: str) -> tuple[str, ...]:
    """Return the zones that a known name means."""
    key = _key(name)
    named = _names().get(key)
    return named[1] if named else _outdated().get(key, ())


def matching_zones(typed: str, limit: int) -> list[ZoneFound]:
    """Return zones to suggest for what was typed so far: those whose name begins with it first.

    If nothing matches, return those with a similar name, so that a typing error is forgiven.
    """
    wanted = _key(typed)
    names = _names()
    exact = zones_named(typed)
    if not (wanted or exact):
        return [ZoneFound(zone, zone) for zone in COMMON_ZONES[:limit]]
    name = names.get(wanted, ("", ()))[0]
    found = {zone: ZoneFound(zone, name or zone) for zone in exact}
    starting = [key for key in names if key.startswith(wanted)] if wanted else []
    within = [key for key in names if f" {wanted}" in key] if len(wanted) > 1 else []
    similar = similar_names(typed) if not (found or starting or within) else []
    for key in (*sorted(starting, key=_order), *sorted(within, key=_order), *similar):
        name, zones = names[key]
        for zone in zones:
            found.setdefault(zone, ZoneFound(zone, name))
    return list(found.values())[:limit]


def similar_names(typed: str, limit: int = 3) -> list[str]:
    """Return the known names that are most similar to a misspelt one, folded. They are keys for `zones_named`."""
    wanted = _key(typed[:40])
    if len(wanted) < 3:
        return []
    return most_alike(wanted, {name: name for name in _names()}, at_least=SIMILAR, limit=limit)


def shown_zone(zone: str) -> str:
    """Return how a zone is shown: "Europe/Berlin", and "UTC+2" for a fixed offset."""
    fixed = _FIXED.fullmatch(zone)
    if fixed is None:
        return "UTC" if zone in ("Etc/UTC", "Etc/UCT", "Zulu") else zone
    hours = int(fixed[2])
    return f"UTC{'+' if fixed[1] == '-' else '−'}{hours}" if hours else "UTC"


def zone_label(found: ZoneFound) -> str:
    """Return how a suggested zone is shown: its name, and that by which it was found if it is another."""
    shown = shown_zone(found.zone)
    repeats = _key(found.name) in _key(shown) or found.name == found.zone
    return shown if repeats else f"{found.name}: {shown}"


def time_there(zone: str, now: datetime) -> str:
    """Return the time of day in a zone, as "14:05"."""
    return clock_time(now.astimezone(ZoneInfo(zone)).time())


def lies_south(zone: str) -> bool:
    """Return whether the place of a zone lies south of the equator; False if the database knows no place."""
    return zone in _southern()


@functools.cache
def _southern() -> frozenset[str]:
    return frozenset(zone for _, place, zone, *_ in _rows("zone.tab") if place.startswith("-"))


@functools.cache
def zone_names() -> tuple[str, ...]:
    """Return the names of all time zones in the IANA database, including outdated ones."""
    return tuple(sorted(_data("zones").split()))


def _zone_ahead(offset: re.Match[str]) -> str | None:
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    if offset[1] != "+":
        minutes = -minutes
    hours, rest = divmod(minutes, 60)
    if rest:
        return WITHOUT_SUMMER_TIME.get(minutes)
    if not -MOST_BEHIND <= hours <= MOST_AHEAD:
        return None
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


def _names() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return what each folded name stands for: the name as written, and its zones.

    Names of the spoken language are among them.
    """
    return _names_in(spoken_language())


@functools.cache
def _names_in(language: Language) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the names in English and in a language; the first meaning counts.

    Abbreviations come before outdated names of the database, in which EST has no summer time.
    """
    names: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name, zones in _entries():
        names.setdefault(_key(name), (name, zones))
    if language.code != ENGLISH.code:
        for name, zones in _entries_spoken():
            names.setdefault(_key(name), (name, zones))
    return names


def _entries_spoken() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the countries and cities by the names that the spoken language has for them."""
    countries, cities = place_names()
    places = _zones_by_country()
    listed = {zone for zones in places.values() for zone in zones}
    yield from ((name, (zone,)) for zone, name in cities.items() if zone in listed)
    for code, zones in places.items():
        if name := countries.get(code):
            yield name, _different(zones)[: 1 if code in ONE_ZONE else None]


def _entries() -> Iterator[tuple[str, tuple[str, ...]]]:
    places = _zones_by_country()
    listed = [zone for zones in places.values() for zone in zones]
    meant: dict[str, tuple[str, ...]] = {}
    for zone, names in ABBREVIATIONS.items():
        yield from ((name, (zone,)) for name in _split(names))
    yield from ((zone, (zone,)) for zone in listed)
    for code, zones in places.items():
        meant[code] = _different(zones)[: 1 if code in ONE_ZONE else None]
    for code, names in COUNTRIES.items():
        yield from ((name, meant[code]) for name in _split(names))
    for code, zones in meant.items():
        yield from ((name, zones) for name in _country_names().get(code, ()))
    yield from ((zone.rsplit("/", 1)[-1].replace("_", " "), (zone,)) for zone in listed)
    for zone, names in PLACES.items():
        yield from ((name, (zone,)) for name in _split(names))


@functools.cache
def _outdated() -> dict[str, tuple[str, ...]]:
    """Return the zones of names that are understood but not suggested: outdated ones, and those for experts."""
    links: dict[str, str] = {}
    for line in _data("zoneinfo/tzdata.zi").splitlines():
        if line.startswith("L "):
            _, target, name = line.split()
            links[name] = target
    listed = {zone for zones in _zones_by_country().values() for zone in zones}
    names: dict[str, tuple[str, ...]] = {}
    for zone in zone_names():
        present = zone if zone in listed else links.get(zone, zone)
        names.setdefault(_key(zone), (present,))
        if not zone.startswith("Etc/"):
            names.setdefault(_key(zone.rsplit("/", 1)[-1]), (present,))
    return names


def _zones_by_country() -> dict[str, tuple[str, ...]]:
    zones: dict[str, list[str]] = {}
    for code, _, zone, *_ in _rows("zone.tab"):
        zones.setdefault(code, []).append(zone)
    return {code: tuple(some) for code, some in zones.items()}


def _country_names() -> dict[str, list[str]]:
    """Return the names of each country: "Korea (South)" gives both "Korea" and "Korea South"."""
    names = {}
    for code, name, *_ in _rows("iso3166.tab"):
        plain = _PARENTHESIS.sub("", name).strip()
        names[code] = [plain, name, name.replace("&", "and")]
    return names


def _different(zones: Sequence[str]) -> tuple[str, ...]:
    """Return one zone for each way in which the clocks go, preferring zones of large cities."""
    known = sorted(zones, key=lambda zone: (zone not in COMMON_ZONES, zone not in PLACES))
    days = [datetime(_SAMPLE_YEAR, month, 15, 12) for month in range(1, 13)]  # noqa: DTZ001 - local in each zone
    clocks = {
        tuple(day.replace(tzinfo=ZoneInfo(zone)).utcoffset() for day in days): zone for zone in reversed(known)
    }
    return tuple(zone for zone in known if zone in clocks.values())


def _rows(file: str) -> Iterator[list[str]]:
    for line in _data(f"zoneinfo/{file}").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _data(file: str) -> str:
    return importlib.resources.files("tzdata").joinpath(file).read_text(encoding="utf-8")


def _split(names: str) -> list[str]:
    return [name for part in names.split(",") if (name := part.strip())]


def _order(key: str) -> tuple[bool, str]:
    return not any(zone in COMMON_ZONES for zone in _names()[key][1]), key


def _key(name: str) -> str:
    """Return the words of a name as compared. The sign of an Etc zone is a part of it."""
    if _FIXED.fullmatch(name.strip()):
        return name.strip().casefold()
    return " ".join(words_of(name))
