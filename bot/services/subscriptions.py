"""Subscriptions: which channel gets digests, of what, and when."""

from dataclasses import dataclass
from datetime import time

from bot.digests.filters import parsed_filter
from bot.digests.schedule import next_slot
from bot.errors import NotFound
from bot.model.digests import Cadence, Subscription
from bot.services.core import Services
from bot.services.feeds import feed_named
from bot.services.typed_times import WEEKDAYS, quoted, zone_name


@dataclass(frozen=True, slots=True)
class DigestWish:
    """What a subscription is to be, as a person asks for it. None leaves the choice to Hearsay."""

    channel_id: int
    cadence: Cadence = Cadence.DAILY
    at: time = time(9, 0)
    weekday: int = 0
    timezone: str | None = None
    feed: str | None = None
    """A feed of the server: its id, address or title. None means all, those added later too."""
    minimum_confidence: float | None = None
    filter: str = ""
    """Which articles, as `bot.digests.filters` reads it; empty means all."""


async def timezone_of(services: Services, guild_id: int | None) -> str:
    """Return the time zone that a server used last for a digest, else UTC."""
    if guild_id is None:
        return "UTC"
    subscriptions = await services.store.subscriptions.of_guild(guild_id)
    newest = max(subscriptions, key=lambda s: (s.created_at, s.id), default=None)
    return newest.timezone if newest else "UTC"


async def subscribe(services: Services, guild_id: int, user_id: int, wish: DigestWish) -> Subscription:
    """Make a subscription; its first digest is due at its next slot.

    Raises BadInput for a time zone that is none or a filter that cannot be read, NotFound for a feed that the
    server does not have, AlreadyThere or LimitReached.
    """
    if wish.filter:
        parsed_filter(wish.filter)
    timezone = zone_name(wish.timezone) if wish.timezone else await timezone_of(services, guild_id)
    feed_ids = ((await feed_named(services, guild_id, wish.feed)).id,) if wish.feed else ()
    settings = services.settings
    confidence = settings.minimum_confidence if wish.minimum_confidence is None else wish.minimum_confidence
    return await services.store.subscriptions.add(
        guild_id=guild_id,
        channel_id=wish.channel_id,
        cadence=wish.cadence,
        at=wish.at,
        weekday=wish.weekday,
        timezone=timezone,
        feed_ids=feed_ids,
        minimum_confidence=confidence,
        created_by=user_id,
        next_at=next_slot(wish.cadence, wish.at, wish.weekday, timezone, services.clock()),
        limit=settings.digests_per_server,
        filter_text=" ".join(wish.filter.split()),
    )


async def subscription_named(services: Services, guild_id: int, named: str) -> Subscription:
    """Return the server's subscription with this id. Raises NotFound."""
    for subscription in await services.store.subscriptions.of_guild(guild_id):
        if named.strip() == str(subscription.id):
            return subscription
    raise NotFound(f"There is no digest {quoted(named)} here. Pick one from the list.")


async def subscription_in(services: Services, guild_id: int, channel_id: int) -> Subscription | None:
    """Return the oldest subscription of a channel, or None."""
    subscriptions = await services.store.subscriptions.of_guild(guild_id)
    return next((s for s in sorted(subscriptions, key=lambda s: s.id) if s.channel_id == channel_id), None)


async def unsubscribe(services: Services, guild_id: int, named: str) -> Subscription:
    """Remove a subscription; return what it was. Raises NotFound."""
    subscription = await subscription_named(services, guild_id, named)
    await services.store.subscriptions.remove(subscription.id, guild_id)
    return subscription


async def unkept_subscription(services: Services, guild_id: int, wish: DigestWish) -> Subscription:
    """Return the subscription to all feeds that a channel does not have yet; nothing is kept of it."""
    now = services.clock()
    return Subscription(
        id=0,
        guild_id=guild_id,
        channel_id=wish.channel_id,
        cadence=wish.cadence,
        at=wish.at,
        weekday=wish.weekday,
        timezone=await timezone_of(services, guild_id),
        feed_ids=(),
        minimum_confidence=services.settings.minimum_confidence,
        next_at=now,
        created_by=0,
        created_at=now,
        paused_reason=None,
        filter=wish.filter,
    )


def plan_in_words(subscription: Subscription) -> str:
    """Return when a subscription's digests come: "daily at 09:00 (Europe/Berlin)"."""
    s = subscription
    match s.cadence:
        case Cadence.HOURLY:
            return f"hourly at :{s.at.minute:02}"
        case Cadence.WEEKLY:
            return f"weekly on {WEEKDAYS[s.weekday]} at {s.at:%H:%M} ({s.timezone})"
        case _:
            return f"daily at {s.at:%H:%M} ({s.timezone})"
