"""Meanings of time zone names by region: `CST` differs between Chicago and Shanghai.

The names and the places where they are used come from the IANA time zone database, for the year in question. The
database has dropped names that it had invented; those that people still use are listed here.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from bot.feeds.locality import Locality

UNIVERSAL = frozenset({"UTC", "GMT", "UT", "Z", "UCT", "ZULU"})
_AMERICAN = {"EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
"""American unless the feed is from elsewhere (RFC 822, 5.1). CST is left out because in feeds it is as often
Chinese."""
_AMERICAN_TIMES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "AT": "America/Halifax",
}
_TRANSLATED = {"MEZ": "CET", "MESZ": "CEST", "HNEC": "CET", "HAEC": "CEST", "МСК": "MSK"}
_NOT_IANA: dict[str, Mapping[str, float]] = {
    # where another place uses the same name
    "AMT": {"AM": 4, "BR": -4},
    "AST": {"SA": 3, "QA": 3, "KW": 3, "BH": 3, "IQ": 3, "YE": 3},
    "BST": {"BD": 6},
    "CST": {"AU": 9.5},
    "ECT": {"EC": -5, "LC": -4, "DM": -4, "GD": -4},
    "EDT": {"AU": 11},
    "EST": {"AU": 10},
    "GST": {"AE": 4, "OM": 4, "GS": -2},
    "MST": {"MY": 8},
    "WST": {"AU": 8, "WS": 13},
    # where it has a single meaning
    **{
        name: {country: hours}
        for name, country, hours in (
            *(("AFT", "AF", 4.5), ("AZT", "AZ", 4), ("ART", "AR", -3), ("BOT", "BO", -4), ("BRT", "BR", -3)),
            *(("BRST", "BR", -2), ("BTT", "BT", 6), ("CLT", "CL", -4), ("CLST", "CL", -3), ("COT", "CO", -5)),
            *(("FJT", "FJ", 12), ("GET", "GE", 4), ("ICT", "TH", 7), ("IRST", "IR", 3.5), ("MEST", "DE", 2)),
            *(("MET", "DE", 1), ("MMT", "MM", 6.5), ("MUT", "MU", 4), ("MYT", "MY", 8), ("NPT", "NP", 5.75)),
            *(("PET", "PE", -5), ("PGT", "PG", 10), ("PHT", "PH", 8), ("PYT", "PY", -3), ("SGT", "SG", 8)),
            *(("SLST", "LK", 5.5), ("TRT", "TR", 3), ("UYT", "UY", -3), ("UZT", "UZ", 5), ("VET", "VE", -4)),
        )
    },
}

_SOME_DAY = datetime(2026, 1, 15, 12)  # noqa: DTZ001 - local


def offset_of(name: str, local: datetime, locality: Locality) -> timedelta | None:
    """Return how far `name` is ahead of UTC at the `local` (naive) time; None if that is unknown or ambiguous.

    `name` is an abbreviation in capitals, or a name of the IANA database. If an abbreviation means several things,
    the countries of `locality` decide.
    """
    name = _TRANSLATED.get(name, name)
    if name in UNIVERSAL:
        return timedelta(0)
    if "/" in name:
        return _offset_at(name, local)
    if name in _AMERICAN_TIMES:
        return _offset_at(_AMERICAN_TIMES[name], local)
    meanings = _meanings_at(local).get(name, {})
    offsets = set(meanings.values())
    if len(offsets) > 1:
        offsets = {offset for country, offset in meanings.items() if country in locality.countries}
        if not offsets and name in _AMERICAN:
            offsets = {timedelta(hours=_AMERICAN[name])}
    return offsets.pop() if len(offsets) == 1 else None


def offsets_of(name: str, local: datetime = _SOME_DAY) -> frozenset[timedelta]:
    """Return all possible meanings of `name` at the `local` time, anywhere; nothing if it is not a zone."""
    name = _TRANSLATED.get(name, name)
    if name in UNIVERSAL:
        return frozenset({timedelta(0)})
    key = name if "/" in name else _AMERICAN_TIMES.get(name)
    if key:
        offset = _offset_at(key, local)
        return frozenset() if offset is None else frozenset({offset})
    return frozenset(_meanings_at(local).get(name, {}).values())


def _meanings_at(local: datetime) -> dict[str, dict[str, timedelta]]:
    return _meanings(min(max(local.year, 1970), 2037))


def _offset_at(key: str, local: datetime) -> timedelta | None:
    """Return the offset of an IANA zone; None if it does not have this time, or has it twice as the clocks go
    back.
    """
    zone = _zone(key)
    if zone is None:
        return None
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first if first == second else None


@lru_cache(maxsize=64)
def _zone(key: str) -> ZoneInfo | None:
    proper = _proper_names().get(key.upper())
    return ZoneInfo(proper) if proper else None


@lru_cache(maxsize=1)
def _proper_names() -> dict[str, str]:
    zones = resources.files("tzdata").joinpath("zones").read_text().split()
    return {zone.upper(): zone for zone in zones}


@lru_cache(maxsize=8)
def _meanings(year: int) -> dict[str, dict[str, timedelta]]:
    """Return the meanings of the abbreviations of a year: their offsets, by country."""
    found: defaultdict[str, dict[str, timedelta]] = defaultdict(dict)
    for name, hours in _NOT_IANA.items():
        found[name] |= {country: timedelta(hours=each) for country, each in hours.items()}
    for country, key in _places():
        zone = ZoneInfo(key)
        for month in (1, 7):
            at = datetime(year, month, 15, 12, tzinfo=UTC).astimezone(zone)
            abbreviation, offset = at.tzname(), at.utcoffset()
            if abbreviation and abbreviation.isalpha() and offset is not None:
                found[abbreviation.upper()].setdefault(country, offset)
    return dict(found)


@lru_cache(maxsize=1)
def _places() -> tuple[tuple[str, str], ...]:
    """Return the countries of the IANA database with their zones."""
    lines = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text().splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((row[0], row[2]) for row in rows)
