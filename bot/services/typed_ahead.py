"""Future days as people write them: "tomorrow", "Monday", "3 days", "24 December". Pure."""

from datetime import datetime, timedelta

from bot.errors import BadInput
from bot.languages.translations import NP_, _
from bot.services.typed_periods import period_meant
from bot.services.typed_times import quoted

AHEAD_WORDS = (
    NP_("option", "tomorrow"),
    NP_("option", "3 days"),
    NP_("option", "a week"),
    NP_("option", "2 weeks"),
    NP_("option", "a month"),
)
"""Suggestions for `until`."""
FARTHEST = timedelta(days=365)


def moment_ahead(typed: str, now: datetime, timezone: str, locale: str = "") -> datetime:
    """Return the time in UTC that is meant by "a week", "Monday" or "24 December": the next one of that name.

    Days begin at midnight in `timezone`. Raises BadInput if it is not understood, past, or over a year ahead.
    """
    found = period_meant(typed, now, timezone, locale, ahead=True).start
    if found <= now:
        raise BadInput(_("{typed} is past. Give a day to come.", typed=quoted(typed)))
    if found - now > FARTHEST:
        raise BadInput(_("{typed} is more than a year ahead. Give an earlier day.", typed=quoted(typed)))
    return found
