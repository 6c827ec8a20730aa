"""Subscriptions: which channel gets digests, of what, and when."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.digests.schedule import next_slot
from bot.errors import AlreadyThere, BadInput, NotFound
from bot.languages.translations import _
from bot.model.digests import Plan, Selection, Subscription
from bot.services.digest_wishes import DigestWish, plan_in_words, wished
from bot.services.engine import Services
from bot.services.typed_times import quoted

_PLACE: dict[str, Any] = {
    "channel_id": 0,
    "role_id": None,
    "ping_button": False,
    "publishes": False,
    "posts": None,
    "tag_ids": (),
    "as_outlet": False,
}
"""The fields of a plan that say where digests go, rather than when."""


async def subscriptions_of(services: Services, guild_id: int) -> list[Subscription]:
    """Return the subscriptions of a server, oldest first."""
    return await services.store.subscriptions.of_guild(guild_id)


async def stuck_subscriptions(services: Services, subscriptions: Sequence[Subscription]) -> dict[int, str]:
    """Return why messages of these subscriptions could not be posted yet, by the subscriptions' ids."""
    return await services.store.deliveries.stuck([subscription.id for subscription in subscriptions])


async def subscribe(services: Services, guild_id: int, user_id: int, wish: DigestWish) -> Subscription:
    """Create a subscription. Its first digest is due at once, if there is anything to show.

    Raises BadInput for anything that cannot be understood or fulfilled, NotFound if the server does not have the
    feed, AlreadyThere if the channel has this digest, or LimitReached.
    """
    plan, selection, look = await wished(services, guild_id, wish)
    await _require_new(services, guild_id, plan, selection, None)
    made = await services.store.subscriptions.add(
        guild_id,
        plan,
        selection,
        look,
        created_by=user_id,
        next_at=services.clock(),
        limit=services.settings.digests_per_server,
    )
    services.runner.wake()
    return made


async def edit_subscription(
    services: Services, guild_id: int, known: Subscription, wish: DigestWish
) -> Subscription:
    """Change a subscription of the server as wished, and return its new state. Shown articles stay shown.

    A paused subscription is resumed. Raises BadInput for anything that cannot be understood or fulfilled or if
    nothing is to change, NotFound if the server does not have the feed, AlreadyThere if the channel has such a
    digest.
    """
    if wish == DigestWish():
        raise BadInput(_("Say what to change: name at least one of the options."))
    plan, selection, look = await wished(services, guild_id, wish, known)
    await _require_new(services, guild_id, plan, selection, known.id)
    same_times = replace(plan, **_PLACE) == replace(known.plan, **_PLACE)
    next_at = known.next_at if same_times else next_slot(plan, services.clock())
    edited = await services.store.subscriptions.edit(known.id, guild_id, plan, selection, look, next_at)
    services.runner.wake()
    return edited


async def _require_new(
    services: Services, guild_id: int, plan: Plan, selection: Selection, own_id: int | None
) -> None:
    """Raise AlreadyThere if the server has another subscription that is identical."""
    for known in await subscriptions_of(services, guild_id):
        if known.id != own_id and (known.plan, known.selection) == (plan, selection):
            raise AlreadyThere(
                _(
                    "This channel has this digest already: {plan}. `/digest list` shows all digests.",
                    plan=plan_in_words(plan),
                )
            )


async def subscription_named(services: Services, guild_id: int, named: str) -> Subscription:
    """Return the server's subscription with this id. Raises NotFound."""
    for subscription in await services.store.subscriptions.of_guild(guild_id):
        if named.strip() == str(subscription.id):
            return subscription
    raise NotFound(_("There is no digest {named} here. Pick one from the list.", named=quoted(named)))


async def subscription_with(services: Services, subscription_id: int) -> Subscription:
    """Return the subscription with this id in any server, for the host. Raises NotFound."""
    try:
        return await services.store.subscriptions.get(subscription_id, None)
    except NotFound:
        raise NotFound(_("There is no subscription {subscription_id}.", subscription_id=subscription_id)) from None


async def subscription_in(services: Services, guild_id: int, channel_id: int) -> Subscription | None:
    """Return the oldest subscription of a channel, or None."""
    subscriptions = await services.store.subscriptions.of_guild(guild_id)
    return next((s for s in sorted(subscriptions, key=lambda s: s.id) if s.plan.channel_id == channel_id), None)


async def require_ping_button(services: Services, guild_id: int, role_id: int) -> None:
    """Raise NotFound unless a digest of the server has a button for this role: old buttons give no role."""
    for subscription in await subscriptions_of(services, guild_id):
        if subscription.plan.role_id == role_id and subscription.plan.ping_button:
            return
    raise NotFound(_("This digest no longer gives that role."))


async def unsubscribe(services: Services, guild_id: int, named: str) -> Subscription:
    """Remove a subscription. Return its last state. Raises NotFound."""
    subscription = await subscription_named(services, guild_id, named)
    await services.store.subscriptions.remove(subscription.id, guild_id)
    return subscription
