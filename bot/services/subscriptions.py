"""Subscriptions: which channel gets digests, of what, and when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from bot.digests.schedule import next_slot
from bot.errors import AlreadyThere, BadInput, NotFound
from bot.model.digests import Cadence, Plan, Selection, Subscription
from bot.services.engine import Services
from bot.services.feeds import feed_named, feeds_of
from bot.services.impossible_wishes import refuse_certainty, refuse_contradictions, refuse_weekday
from bot.services.server_settings import confidence_of, timezone_of
from bot.services.typed_times import WEEKDAYS, quoted, zone_name
from bot.text.time_zones import shown_zone

ALL_FEEDS = "all"
"""What a user picks instead of one feed."""


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
    await _require_new(services, guild_id, plan, selection, None)
    return await services.store.subscriptions.add(
        guild_id,
        plan,
        selection,
        created_by=user_id,
        next_at=next_slot(plan, services.clock()),
        limit=services.settings.digests_per_server,
    )


@dataclass(frozen=True, slots=True)
class DigestChange:
    """What a user wants to be different in a subscription. None leaves a choice as it is."""

    channel_id: int | None = None
    cadence: Cadence | None = None
    at: time | None = None
    weekday: int | None = None
    timezone: str | None = None
    feed: str | None = None
    """A feed of the server, or ALL_FEEDS."""
    minimum_confidence: float | None = None
    filter: str | None = None
    """Empty for all articles."""


async def edit_subscription(
    services: Services, guild_id: int, known: Subscription, change: DigestChange
) -> Subscription:
    """Change a subscription of the server, and return what it is now. What its channel was shown stays shown.

    A paused subscription is resumed. Raises BadInput for an unknown time zone, an invalid filter or if nothing is
    to change, NotFound if the server does not have the feed, AlreadyThere if the channel has such a digest.
    """
    if change == DigestChange():
        raise BadInput("Say what to change: name at least one of the options.")
    plan = replace(known.plan, **_given(change, ("channel_id", "cadence", "at", "weekday")))
    refuse_weekday(plan.cadence, change.weekday)
    refuse_certainty(change.minimum_confidence)
    if change.timezone is not None:
        plan = replace(plan, timezone=zone_name(change.timezone))
    selection = replace(known.selection, **_given(change, ("minimum_confidence",)))
    if change.filter is not None:
        selection = replace(selection, filter=" ".join(change.filter.split()))
    if change.feed is not None:
        wanted = () if change.feed == ALL_FEEDS else ((await feed_named(services, guild_id, change.feed)).id,)
        selection = replace(selection, feed_ids=wanted)
    feeds = await feeds_of(services, guild_id)
    if not (change.filter is None and change.feed is None):
        chosen = [feed for feed in feeds if feed.id in selection.feed_ids]
        refuse_contradictions(selection.filter, chosen or feeds)
    await _require_new(services, guild_id, plan, selection, known.id)
    now = services.clock()
    next_at = known.next_at if _same_times(plan, known.plan) else next_slot(plan, now)
    edited = await services.store.subscriptions.edit(known.id, guild_id, plan, selection, next_at)
    services.runner.wake()
    return edited


def _given(change: DigestChange, names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(change, name)) is not None}


def _same_times(plan: Plan, other: Plan) -> bool:
    return replace(plan, channel_id=0) == replace(other, channel_id=0)


async def _require_new(
    services: Services, guild_id: int, plan: Plan, selection: Selection, own_id: int | None
) -> None:
    """Raise AlreadyThere if the server has another subscription that is the same."""
    for known in await subscriptions_of(services, guild_id):
        if known.id != own_id and (known.plan, known.selection) == (plan, selection):
            raise AlreadyThere(
                f"This channel has this digest already: {plan_in_words(plan)}. `/digest list` shows all digests."
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
