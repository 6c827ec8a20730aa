"""Limits that allow a burst, and then a rate per second (token buckets), for many keys."""

from collections import OrderedDict

KEYS = 10_000
"""How many keys are remembered, at a hundred bytes or two each. The one used longest ago is forgotten first."""


class Allowance:
    """A burst of `most`, and `per_second` after that. Times are seconds of a clock that never goes back."""

    __slots__ = ("_at", "_left", "_most", "_per_second")

    def __init__(self, per_second: float, most: float, now: float) -> None:
        self._per_second = per_second
        self._most = most
        self._left = most
        self._at = now

    def take(self, now: float, amount: float = 1.0) -> bool:
        """Take `amount` if that much is left; return whether it was."""
        if self._refilled(now) < amount:
            return False
        self._left -= amount
        return True

    def spend(self, now: float, amount: float) -> None:
        """Take `amount`, whether or not that much is left."""
        self._left = self._refilled(now) - amount

    def is_spent(self, now: float) -> bool:
        """Return whether nothing is left."""
        return self._refilled(now) <= 0

    def _refilled(self, now: float) -> float:
        self._left = min(self._most, self._left + max(now - self._at, 0.0) * self._per_second)
        self._at = now
        return self._left


class Allowances:
    """An allowance for each key."""

    def __init__(self, per_second: float, most: float) -> None:
        self._per_second = per_second
        self._most = most
        self._known: OrderedDict[int, Allowance] = OrderedDict()

    def of(self, key: int, now: float) -> Allowance:
        """Return the allowance of `key`."""
        allowance = self._known.pop(key, None) or Allowance(self._per_second, self._most, now)
        self._known[key] = allowance
        while len(self._known) > KEYS:
            self._known.popitem(last=False)
        return allowance
