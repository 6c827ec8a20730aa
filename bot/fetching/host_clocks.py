"""What time it is according to the hosts that answer: the Date of their answers (RFC 9110, 6.6.1).

One host may be wrong, or lie. The median of several is a better witness than a clock that was just set. A site is
one witness, however many hosts it has: anybody can have a feed with a thousand subdomains added.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from statistics import median

FEWEST = 3
"""The fewest sites that are believed together."""
MOST = 100
"""The most sites that are kept. Others only come in once one of these has been silent for `KEPT_S`."""
SECOND_LEVEL = frozenset(("ac", "co", "com", "edu", "gov", "net", "or", "org"))
"""What many countries sell names under: bbc.co.uk is a site, co.uk is none."""
KEPT_S = 3_600.0
AGAIN_S = 600.0
"""How often a host is listened to at most."""


class HostClocks:
    """Keeps what time other hosts said it was, and how long ago. This machine's clock plays no part in it."""

    def __init__(self, passing: Callable[[], float] = time.monotonic) -> None:
        self._passing = passing
        self._said: dict[str, tuple[float, datetime]] = {}

    def note(self, host: str, headers: Mapping[str, str]) -> None:
        """Record the time in an answer that `host` has just given. One without a usable date is ignored."""
        passed, site = self._passing(), _site_of(host)
        if (last := self._said.get(site)) is not None and passed - last[0] < AGAIN_S:
            return
        at = _date_of(headers)
        if at is None:
            return
        self._said.pop(site, None)
        if len(self._said) >= MOST:
            silent = next(iter(self._said))
            if passed - self._said[silent][0] <= KEPT_S:
                return
            del self._said[silent]
        self._said[site] = passed, at

    def time(self) -> datetime | None:
        """Return what time it is by the median of the sites; None if too few have answered lately."""
        passed = self._passing()
        found = [at.timestamp() + passed - then for then, at in self._said.values() if passed - then <= KEPT_S]
        return datetime.fromtimestamp(median(found), UTC) if len(found) >= FEWEST else None


def _site_of(host: str) -> str:
    """Return the part of a host's name that its owner bought, as far as its form tells; an address as it is."""
    labels = host.casefold().rstrip(".").split(".")
    if labels[-1].isdecimal() or ":" in host:
        return host
    return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in SECOND_LEVEL else labels[-2:])


def _date_of(headers: Mapping[str, str]) -> datetime | None:
    """Return when an answer was made, its age in caches added."""
    try:
        at = parsedate_to_datetime(headers.get("Date", "")[:60])
        age = timedelta(seconds=int(headers.get("Age", "0")[:9]))
        return (at if at.tzinfo is not None else at.replace(tzinfo=UTC)) + max(age, timedelta())
    except (ValueError, TypeError, OverflowError):
        return None
