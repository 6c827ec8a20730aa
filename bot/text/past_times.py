"""Words for when something was said, if that is long ago: it is no news then. Pure."""

import re

_LONG_AGO = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b(?:years?|months?|decades?)\s+(?:ago|earlier|before)\b|\blast\s+(?:year|summer|autumn|winter|"
    r"spring)\b",
    re.IGNORECASE,
)


def said_long_ago(time: str | None) -> str | None:
    """Return the words for when something was said if they name a year or one that is past, else None.

    "In 1988", "two years ago", "last year"; not "on Tuesday".
    """
    return time if time and _LONG_AGO.search(time) else None
