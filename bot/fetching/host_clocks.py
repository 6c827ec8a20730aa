"""What time it is according to the hosts that answer: the Date of their answers (RFC 9110, 6.6.1).

One host may be wrong, or lie. The median of several is a better witness than a clock that was just set.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from statistics import median

FEWEST = 3
"""The fewest hosts that are believed together."""
MOST = 100
"""The most hosts that are kept."""
KEPT_S = 3_600.0
AGAIN_S = 600.0
"""How often a host is listened to at most."""


class HostClocks:
    """Keeps what time other hosts said it was, and how long ago. This machine's clock plays no part in it."""

    def __init__(self, passing: Callable[[], float] = time.monotonic) -> None:
        self._passing = passing
        self._said: dict[str, tuple[float, datetime]] = {}

    def note(self, host: str, headers: Mapping[str, str]) -> None:
        """Note the time of an answer that `host` has just given. One without a usable date is ignored."""
        passed = self._passing()
        if (last := self._said.get(host)) is not None and passed - last[0] < AGAIN_S:
            return
        at = _date_of(headers)
        if at is None:
            return
        self._said.pop(host, None)
        self._said[host] = passed, at
        if len(self._said) > MOST:
            del self._said[next(iter(self._said))]

    def time(self) -> datetime | None:
        """Return what time it is according to most hosts; None if too few have answered lately."""
        passed = self._passing()
        found = [at.timestamp() + passed - then for then, at in self._said.values() if passed - then <= KEPT_S]
        return datetime.fromtimestamp(median(found), UTC) if len(found) >= FEWEST else None


def _date_of(headers: Mapping[str, str]) -> datetime | None:
    """Return when an answer was made, its age in caches added."""
    try:
        at = parsedate_to_datetime(headers.get("Date", "")[:60])
        age = timedelta(seconds=int(headers.get("Age", "0")[:9]))
        return (at if at.tzinfo is not None else at.replace(tzinfo=UTC)) + max(age, timedelta())
    except (ValueError, TypeError, OverflowError):
        return None
