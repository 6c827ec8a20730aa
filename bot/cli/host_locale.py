"""The language and region in which the host writes dates.

As in other programs of a terminal, the environment says it (POSIX.1-2017, 8.2): an option would have to be typed
each time. English words and dates such as 2026-07-01 are read the same everywhere, so scripts need no setting.
"""

from collections.abc import Mapping

VARIABLES = "LC_ALL", "LC_TIME", "LANG"
"""The variables that name the locale of dates; the first that is set counts."""


def locale_of_host(environment: Mapping[str, str]) -> str:
    """Return the locale of dates as a tag: "de-AT" for de_AT.UTF-8. Nothing for C, POSIX or no locale."""
    named = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    tag = named.partition("@")[0].partition(".")[0].replace("_", "-")
    return "" if tag in {"C", "POSIX"} else tag
