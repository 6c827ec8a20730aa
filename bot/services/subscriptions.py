"""Subscriptions: which channel gets digests, of what, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.digests.schedule import next_slot
from bot.errors import AlreadyThere, NotFound
from bot.model.digests import Cadence, Plan, Selection, Subscription
from bot.services.core import Services
from bot.services.feeds import feed_named, feeds_of
from bot.services.impossible_wishes import refuse_certainty, refuse_contradictions, refuse_weekday
from bot.services.server_settings import confidence_of, timezone_of
from bot.services.typed_times import WEEKDAYS, quoted, zone_name
from bot.text.time_zones import shown_zone


@dataclass(frozen=True, slots=True)
class DigestWish:
    """A subscription as a user asks for it. None leaves the choice to Hearsay."""

    channel_id: int
    cadence: Cadence = Cadence.DAILY
    at: time = time(9, 0)
    weekday: int | None = None
    """Only for weekly digests: Monday is 0, and the default."""
    timezone: str | None = None
    feed: str | None = None
    """A feed of the server: its id, address or title. None means all feeds, including those added later."""
    minimum_confidence: float | None = None
    filter: str = ""
    """Which articles, in the syntax of `bot.digests.filters`. Empty means all."""


async def subscriptions_of(services: Services, guild_id: int) -> list[Subscription]:
    """Return the subscriptions of a server, oldest first."""
    return await services.store.subscriptions.of_guild(guild_id)


async def stuck_subscriptions(services: Services, subscriptions: Sequence[Subscription]) -> dict[int, str]:
    """Return why messages of these subscriptions could not be posted yet, by the subscriptions' ids."""
    return await services.store.deliveries.stuck([subscription.id for subscription in subscriptions])


async def plan_wished(services: Services, guild_id: int | None, wish: DigestWish) -> Plan:
    """Return where and when digests will come for `wish`.

    Raises BadInput for an unknown time zone, or a weekday of a digest that is not weekly.
    """
    refuse_weekday(wish.cadence, wish.weekday)
    timezone = zone_name(wish.timezone) if wish.timezone else await timezone_of(services, guild_id)
    return Plan(wish.channel_id, wish.cadence, wish.at, wish.weekday or 0, timezone)


async def selection_wished(services: Services, guild_id: int | None, wish: DigestWish) -> Selection:
    """Return what digests will be made of for `wish`.

    Raises BadInput if the filter is invalid or nothing can pass it or be as sure as wished, NotFound if the
    server does not have the feed.
    """
    refuse_certainty(wish.minimum_confidence)
    feeds = [await feed_named(services, guild_id, wish.feed)] if wish.feed else []
    refuse_contradictions(wish.filter, feeds or await feeds_of(services, guild_id))
    feed_ids = tuple(feed.id for feed in feeds)
    confidence = wish.minimum_confidence
    if confidence is None:
        confidence = await confidence_of(services, guild_id)
    return Selection(guild_id, confidence, feed_ids, " ".join(wish.filter.split()))


async def subscribe(services: Services, guild_id: int, user_id: int, wish: DigestWish) -> Subscription:
    """Create a subscription. Its first digest is due at its next slot.

    Raises BadInput for an unknown time zone or an invalid filter, NotFound if the server does not have the feed,
    or LimitReached.
    """
    selection = await selection_wished(services, guild_id, wish)
    plan = await plan_wished(services, guild_id, wish)
    for known in await subscriptions_of(services, guild_id):
        if (known.plan, known.selection) == (plan, selection):
            raise AlreadyThere(
                f"This channel has this digest already: {plan_in_words(plan)}. `/digest list` shows all digests."
            )
    return await services.store.subscriptions.add(
        guild_id,
        plan,
        selection,
        created_by=user_id,
        next_at=next_slot(plan, services.clock()),
        limit=services.settings.digests_per_server,
    )


async def subscription_named(services: Services, guild_id: int, named: str) -> Subscription:
    """Return the server's subscription with this id. Raises NotFound."""
    for subscription in await services.store.subscriptions.of_guild(guild_id):
        if named.strip() == str(subscription.id):
            return subscription
    raise NotFound(f"There is no digest {quoted(named)} here. Pick one from the list.")


async def subscription_with(services: Services, subscription_id: int) -> Subscription:
    """Return the subscription with this id in any server, for the host. Raises NotFound."""
    try:
        return await services.store.subscriptions.get(subscription_id, None)
    except NotFound:
        raise NotFound(f"There is no subscription {subscription_id}.") from None


async def subscription_in(services: Services, guild_id: int, channel_id: int) -> Subscription | None:
    """Return the oldest subscription of a channel, or None."""
    subscriptions = await services.store.subscriptions.of_guild(guild_id)
    return next((s for s in sorted(subscriptions, key=lambda s: s.id) if s.plan.channel_id == channel_id), None)


async def unsubscribe(services: Services, guild_id: int, named: str) -> Subscription:
    """Remove a subscription. Return what it was. Raises NotFound."""
    subscription = await subscription_named(services, guild_id, named)
    await services.store.subscriptions.remove(subscription.id, guild_id)
    return subscription


def plan_in_words(plan: Plan) -> str:
    """Return when digests come, in words: "daily at 09:00 (Europe/Berlin)"."""
    match plan.cadence:
        case Cadence.HOURLY:
            return f"hourly at :{plan.at.minute:02}"
        case Cadence.WEEKLY:
            return f"weekly on {WEEKDAYS[plan.weekday]} at {plan.at:%H:%M} ({shown_zone(plan.timezone)})"
        case _:
            return f"daily at {plan.at:%H:%M} ({shown_zone(plan.timezone)})"
