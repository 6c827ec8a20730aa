"""Dates as pages write them. Pure."""

import contextlib
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

EARLIEST = 1990
"""A web article with an earlier date has a wrong one, usually that of an empty field."""
LONGEST = 80
_ISO = re.compile(
    r"(\d{4})[-/](\d\d?)[-/](\d\d?)"
    r"(?:(?:T|\s+)(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?\s*$",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?:(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?"
    r"|(?P<day2>\d\d?)(?:st|nd|rd|th)?\s+(?P<month2>[a-z]{3,9})\.?),?\s+(?P<year>\d{4})$",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RFC = re.compile(
    r"(?:[a-z]{3,9},\s*)?\d\d?\s+[a-z]{3,9}\.?\s+\d{4}\s+\d\d?:\d\d(?::\d\d)?"
    r"(?:\s+(?:[+-]\d{4}|GMT|UTC?|Z|[ECMP][SD]T))?\s*(?:\([^()]{0,40}\))?$",
    re.IGNORECASE,
)
_UNIX = re.compile(r"\d{10}(\d{3})?$")


def moment_of(value: str) -> datetime | None:
    """Return the moment that `value` names, in UTC, or None if an article cannot have that date.

    Understands ISO 8601 and close relatives, RFC 5322, seconds or milliseconds since 1970, and English dates. A
    time without a zone is taken as UTC, a bare day as its midnight.
    """
    value = value.strip()
    if not value or len(value) > LONGEST:
        return None
    for reader in (_iso, _unix, _in_words, _rfc):
        try:
            moment = reader(value)
            if moment is None:
                continue
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError, OSError):
            continue
        return moment if moment.year >= EARLIEST else None
    return None


def _iso(value: str) -> datetime | None:
    if "-" in value:  # bare digits may be seconds
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(value)
    found = _ISO.match(value)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    numbers = [int(part or 0) for part in (year, month, day, hour, minute, second)]
    moment = datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001 - its zone comes next
    offset = (zone or "").replace(":", "")
    if offset[:1] in ("+", "-"):
        moment = datetime.strptime(f"{moment:%Y%m%d%H%M%S}{offset.ljust(5, '0')}", "%Y%m%d%H%M%S%z")
    return moment


def _rfc(value: str) -> datetime | None:
    """Read a date of RFC 5322. The standard library's parser would ignore "PM" and unknown zones."""
    return parsedate_to_datetime(value) if _RFC.match(value) else None


def _unix(value: str) -> datetime | None:
    found = _UNIX.match(value)
    return datetime.fromtimestamp(int(value) / (1000 if found.group(1) else 1), UTC) if found else None


def _in_words(value: str) -> datetime | None:
    found = _IN_WORDS.match(value)
    if found is None:
        return None
    month = (found["month"] or found["month2"]).lower()[:3]
    if month not in _MONTHS:
        return None
    return datetime(int(found["year"]), _MONTHS.index(month) + 1, int(found["day"] or found["day2"]), tzinfo=UTC)
