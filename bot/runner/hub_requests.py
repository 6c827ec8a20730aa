"""The step that asks hubs to start, renew and end subscriptions (WebSub)."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.errors import HearsayError
from bot.feeds.websub import failed, mode_of, request_form, to_be_asked
from bot.fetching.client import Fetcher
from bot.fetching.urls import parts_of
from bot.metrics import Metrics
from bot.model.websub import HubState, HubSubscription
from bot.store import Store

log = structlog.get_logger(__name__)

BATCH = 100
"""Subscriptions examined in one pass."""
PER_HUB = 5
"""Requests to one host in one pass: a feed may name any server as its hub, and many feeds may name the same one.
"""
UNVERIFIED = "The hub did not verify the subscription in time."


async def ask_hubs(
    store: Store, fetcher: Fetcher, clock: Clock, metrics: Metrics, *, public_url: str, poll_pause: timedelta
) -> int:
    """Ask the hubs whose turn has come; poll feeds whose pushes were lost. Return how many were asked.

    `public_url` is where hubs reach this Hearsay; `poll_pause` is the shortest time between two polls of a feed.
    Whatever one hub does, the others are asked.
    """
    now = clock()
    await store.hub_subscriptions.poll_unread(now, poll_pause)
    due = _few_of_each_host(await store.hub_subscriptions.due(now, BATCH))
    asked = await asyncio.gather(*(_take_turn(s, store, fetcher, clock, metrics, public_url) for s in due))
    counts = await store.hub_subscriptions.counts()
    for state in HubState:
        metrics.hub_subscriptions.labels(state.value).set(counts.get(state, 0))
    return sum(asked)


def _few_of_each_host(due: Sequence[HubSubscription]) -> list[HubSubscription]:
    counts: Counter[str] = Counter()
    few = []
    for subscription in due:
        host = _host_of(subscription.hub)
        counts[host] += 1
        if counts[host] <= PER_HUB:
            few.append(subscription)
    return few


def _host_of(url: str) -> str:
    parts = parts_of(url)
    return parts.host if parts else ""


async def _take_turn(
    subscription: HubSubscription,
    store: Store,
    fetcher: Fetcher,
    clock: Clock,
    metrics: Metrics,
    public_url: str,
) -> bool:
    """Do the due work for one subscription; return whether its hub was asked. Raises nothing."""
    try:
        return await _turn(subscription, store, fetcher, clock, metrics, public_url)
    except Exception:
        log.exception("hub subscription failed", feed_id=subscription.feed_id)
        return False


async def _turn(
    subscription: HubSubscription,
    store: Store,
    fetcher: Fetcher,
    clock: Clock,
    metrics: Metrics,
    public_url: str,
) -> bool:
    kept = store.hub_subscriptions
    mode = mode_of(subscription)
    if subscription.state is HubState.LEAVING or mode is None:
        await kept.end(subscription)
        return False
    if subscription.pending and mode == "subscribe":
        await kept.save(failed(subscription, UNVERIFIED, clock()), before=subscription)
        metrics.hub_requests.labels(mode, "unverified").inc()
        return False
    asking = to_be_asked(subscription, clock())
    if not await kept.save(asking, before=subscription):
        return False
    try:
        await fetcher.post_form(subscription.hub, request_form(subscription, mode, public_url))
    except HearsayError as error:
        metrics.hub_requests.labels(mode, "failed").inc()
        log.info("hub not asked", feed=subscription.feed_url, hub=subscription.hub, mode=mode, error=str(error))
        if mode == "unsubscribe":
            await kept.end(asking)
        else:
            await kept.save(failed(asking, str(error), clock()), before=asking)
        return True
    metrics.hub_requests.labels(mode, "accepted").inc()
    return True
