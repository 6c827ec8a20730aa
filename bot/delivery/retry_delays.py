"""When a failed delivery is tried again, and when it is given up. Pure."""

from datetime import datetime, timedelta

from bot.errors import ChannelForbidden, DeliveryError
from bot.model.delivery import Delivery

RETRY_DELAYS = tuple(timedelta(minutes=m) for m in (0.5, 2, 10, 30, 120, 360))
"""The wait after the first, second, … failed attempt (a 5xx of Discord, say); after the last one it has failed."""
FORBIDDEN_DELAYS = tuple(timedelta(minutes=m) for m in (5, 60))
"""The same for a missing permission, which somebody may be about to grant."""
GIVE_UP_AFTER = timedelta(days=2)
"""How long after its slot a digest that was attempted before is still tried."""


def next_try(attempts: int, error: DeliveryError, now: datetime) -> datetime | None:
    """Return when a delivery is tried again that failed with `error` in attempt number `attempts` (from 1).

    None means never. If Discord asks for a longer wait, that counts.
    """
    delays = FORBIDDEN_DELAYS if isinstance(error, ChannelForbidden) else RETRY_DELAYS
    if not error.retryable or attempts > len(delays):
        return None
    return now + max(delays[max(0, attempts - 1)], error.retry_after or timedelta())


def is_given_up(delivery: Delivery, now: datetime) -> bool:
    """Return whether to stop trying a delivery that was attempted before.

    Searching the channel for its message counts as no attempt, so the number of attempts alone would never end it.
    """
    return delivery.attempted_at is not None and now - delivery.slot > GIVE_UP_AFTER
