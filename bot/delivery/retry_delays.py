"""When a failed delivery is retried, and when it is given up. Pure."""

from datetime import datetime, timedelta

from bot.errors import ChannelForbidden, DeliveryError

RETRY_DELAYS = tuple(timedelta(minutes=m) for m in (0.5, 2, 10, 30, 120, 360))
"""The wait after the first, second, … failed attempt (after a 5xx from Discord, for example). The last one
repeats.
"""
FORBIDDEN_DELAYS = tuple(timedelta(minutes=m) for m in (5, 60, 360))
"""The same for a missing permission or a locked thread, which somebody has to fix."""
KEPT_FOR = timedelta(days=7)
"""How long after its slot a message is still retried."""


def next_try(attempts: int, error: DeliveryError, slot: datetime, now: datetime) -> datetime | None:
    """Return when to retry a message due at `slot` that failed with `error` in attempt `attempts` (from 1).

    None means never. If Discord asks for a longer wait, that is used.
    """
    delays = FORBIDDEN_DELAYS if isinstance(error, ChannelForbidden) else RETRY_DELAYS
    wait = delays[min(max(0, attempts - 1), len(delays) - 1)]
    again = now + max(wait, error.retry_after or timedelta())
    return again if error.retryable and again - slot <= KEPT_FOR else None
