"""Names that were suggested while somebody typed, kept for some seconds: many type the same at a time. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

KEPT_FOR = timedelta(seconds=10)
"""A new name may be suggested that much later, and so may one go that another process hid; no answer shows it."""
MOST = 500
"""How many are kept, of all servers: 1 MB."""


class KeptSuggestions:
    """What was suggested in each server for what was typed."""

    def __init__(self, kept_for: timedelta = KEPT_FOR, most: int = MOST) -> None:
        self._kept_for = kept_for
        self._most = most
        self._kept: dict[tuple[int, str], tuple[datetime, tuple[str, ...]]] = {}

    def find(self, guild_id: int, typed: str, now: datetime) -> list[str] | None:
        """Return the names that were kept for what was typed, or None."""
        at, names = self._kept.get((guild_id, typed.casefold()), (None, ()))
        return list(names) if at is not None and timedelta() <= now - at < self._kept_for else None

    def keep(self, guild_id: int, typed: str, names: Sequence[str], now: datetime) -> None:
        """Keep names, if there are any: those of a server that has just begun are to show up at once."""
        key = (guild_id, typed.casefold())
        self._kept.pop(key, None)  # so that it becomes the newest
        if not names:
            return
        if len(self._kept) >= self._most:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = now, tuple(names)

    def forget(self) -> None:
        """Forget everything: names were changed, or hidden."""
        self._kept.clear()
