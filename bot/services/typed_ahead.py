"""Days to come as people write them: "tomorrow", "Monday", "3 days", "24 December". Pure."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import BadInput
from bot.languages.translations import _
from bot.services.typed_periods import period_meant
from bot.services.typed_times import quoted

AHEAD_WORDS = ("tomorrow", "3 days", "a week", "2 weeks", "a month")
"""Suggestions for `until`."""
FARTHEST = timedelta(days=365)
_LEAD = re.compile(r"^(?:until|till|for|in|the next|next)\s+")
_AGO = re.compile(r"(?:(\d{1,4})|an?|one)?\s*[a-z]+")


def moment_ahead(typed: str, now: datetime, timezone: str, locale: str = "") -> datetime:
    """Return the time in UTC that is meant by "a week", "Monday" or "24 December": the next one of that name.

    Days begin at midnight in `timezone`. Raises BadInput if it is not understood, past, or over a year ahead.
    """
    words = _LEAD.sub("", " ".join(typed.casefold().split()))
    local = now.astimezone(ZoneInfo(timezone))
    if words == "tomorrow":
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        return (midnight + timedelta(days=1)).astimezone(UTC)
    meant = period_meant(words, now, timezone, locale)
    found = meant.start
    if meant.start == meant.end and found < now and _AGO.fullmatch(words):
        found = now + (now - found)  # "3 days" is as far ahead as it is ago for others
    elif found <= now and _is_weekday(words):
        found = (found.astimezone(ZoneInfo(timezone)) + timedelta(days=7)).astimezone(UTC)
    elif found <= now and _names_a_day(words):
        found = _next_year(found, timezone)
    if found <= now:
        raise BadInput(_("{typed} is past. Give a day to come.", typed=quoted(typed)))
    if found - now > FARTHEST:
        raise BadInput(_("{typed} is more than a year ahead. Give an earlier day.", typed=quoted(typed)))
    return found


def _is_weekday(words: str) -> bool:
    return words[:3] in {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}


def _names_a_day(words: str) -> bool:
    """Return whether a day is named without its year: "24 December", not "yesterday"."""
    return any(char.isdigit() for char in words) and not re.search(r"\b(?:19|20)\d\d\b", words)


def _next_year(moment: datetime, timezone: str) -> datetime:
    local = moment.astimezone(ZoneInfo(timezone))
    try:
        return local.replace(year=local.year + 1).astimezone(UTC)
    except ValueError:  # the 29th of February
        return local.replace(year=local.year + 1, month=3, day=1).astimezone(UTC)
