"""Dates as feeds write them, read strictly: no date is better than a wrong one.

Feeds use RFC 822 (RSS 2.0), RFC 3339 (Atom, JSON Feed), W3CDTF (RDF), Unix times, and whatever a person finds
readable, in any language. Every part of a text must be understood, or there is no date. Ambiguous parts
(`05/11/2026`, `IST`, `lis`) are decided by where the feed comes from, if that is certain. A time without a zone is
taken as UTC: it may be some hours off, but not a day.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.feeds.date_reading import MOST_OFFSET, DateReading, offset_from
from bot.feeds.locality import NOWHERE, Locality

LONGEST = 120
"""The most characters of a date, with names and comments."""
MOST_ODD = 3000
"""The most dates of one document that are read in unusual forms, which takes longer."""
FAR_AHEAD = timedelta(days=100 * 365)
"""A date in the future counts as now. One further ahead than this is from another calendar, and is ignored."""
FIRST = datetime(1970, 1, 3, tzinfo=UTC)
"""Earlier dates are zeros of programs: 1970-01-01 in any zone, 1900, the year 1."""
_ENGLISH = {name: n for n, name in enumerate(re.findall("...", "JanFebMarAprMayJunJulAugSepOctNovDec"), 1)}
_RFC_5322 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) "
    r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))? (?:GMT|UTC|([+-])(\d\d)(\d\d))"
)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d\d)-?([1-7])")
_ISO_DAY = re.compile(r"(\d{4})-(\d{3})")
_LABEL = re.compile(
    r"(?:(?:[^\W\d_]+\s){0,2}[^\W\d_]+\s?:\s|(?:last\s)?(?:published|updated|posted|modified)\s(?:on\s)?)",
    re.IGNORECASE,
)
"""Labels before a date on a page: "Published: ", "Zuletzt aktualisiert: "."""
_UNIX = re.compile(r"(\d{9,10})(?:\.\d*)?|(?:/Date\()?(\d{13})(?:(?:[+-]\d{4})?\)/)?|(\d{16})")  # /Date(…)/: .NET


def moment_of(text: str, now: datetime, locality: Locality = NOWHERE) -> datetime | None:
    """Return the moment in UTC that `text` names, never after `now`; None if it names none, or is ambiguous.

    `locality` is where the feed comes from.
    """
    plain = text.strip(" \t\r\n\"'")
    if not plain.isascii() or "  " in plain or len(plain) > LONGEST:
        plain = _plain(plain)
    if not plain or len(plain) > LONGEST:
        return None
    try:
        moment = _by_the_book(plain) or _unix(plain, now)
        if moment is None:
            label = _LABEL.match(plain)
            moment = DateReading(plain[label.end() :] if label else plain, locality, now.year).moment()
    except (ValueError, OverflowError):
        return None
    return min(moment, now) if moment is not None and FIRST <= moment <= now + FAR_AHEAD else None


def reader_of_many(now: datetime) -> Callable[[str], datetime | None]:
    """Return a function that reads the dates of a long document like `moment_of`, but only a few unusual ones."""
    odd = 0

    def read(text: str) -> datetime | None:
        nonlocal odd
        usual = _RFC_3339.fullmatch(text.strip()) or _RFC_5322.fullmatch(text.strip())
        odd += usual is None
        return moment_of(text, now) if odd <= MOST_ODD or usual else None

    return read


def _plain(text: str) -> str:
    text = re.sub("[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKC", text[: 4 * LONGEST]))
    text = text.replace("\u02bc", "'")  # an apostrophe that counts as a letter, in Ukrainian
    text = "".join(c if c.isascii() or not c.isdecimal() else str(unicodedata.decimal(c)) for c in text)
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())


def _by_the_book(text: str) -> datetime | None:
    """Read the forms used by nearly all feeds, quickly: RFC 5322 and RFC 3339; and weeks and days of ISO 8601."""
    if _RFC_3339.fullmatch(text):
        moment = datetime.fromisoformat(text).replace(microsecond=0)
        return moment.astimezone(UTC) if abs(moment.utcoffset() or timedelta(0)) <= MOST_OFFSET else None
    if _ISO_WEEK.fullmatch(text):
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    if found := _ISO_DAY.fullmatch(text):
        moment = datetime(int(found[1]), 1, 1, tzinfo=UTC) + timedelta(days=int(found[2]) - 1)
        return moment if moment.year == int(found[1]) else None
    match = _RFC_5322.fullmatch(text)
    if match is None:
        return None
    day, month, year, hour, minute, second, sign, *zone = match.groups()
    offset = offset_from(sign, zone[0], zone[1]) if sign else timedelta(0)
    numbers = int(year), _ENGLISH[month], int(day), int(hour), int(minute), int(second or 0)
    return datetime(*numbers, tzinfo=UTC) - offset


def _unix(text: str, now: datetime) -> datetime | None:
    """Read seconds, milliseconds or microseconds since 1970, if they are in the past."""
    match = _UNIX.fullmatch(text)
    if match is None:
        return None
    seconds, milli, micro = match.groups()
    count = int(seconds) if seconds else int(milli) // 1000 if milli else int(micro) // 1_000_000
    moment = datetime.fromtimestamp(count, UTC)
    return moment if moment <= now + timedelta(days=1) else None
