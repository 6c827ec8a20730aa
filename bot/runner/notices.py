"""Notices to managers: a feed that fails or was disabled, a digest that could not be posted."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import structlog

from bot.clock import Clock
from bot.delivery.notices import notice_of, unposted_notice
from bot.delivery.outbox import Sender
from bot.delivery.outbox import deliver as work_off
from bot.errors import ChannelGone, DeliveryError, NotFound
from bot.feeds.health import (
    DISABLE_AFTER,
    DISABLE_FAILURES,
    WARN_AFTER,
    WARN_FAILURES,
    WARNING_HOLDS,
    notice_due,
)
from bot.languages.known_languages import Language
from bot.languages.spoken import speaking
from bot.model.delivery import Delivery, NoticeKind
from bot.model.feeds import Feed, title_of
from bot.runner.each_item import Failures, deal_with_each
from bot.services.server_settings import language_of_server
from bot.store import Store
from bot.store.schema.columns import SetbackStep
from bot.store.servers.notices import FailedFor, NewNotice

log = structlog.get_logger(__name__)

BATCH = 200


async def review_feeds(store: Store, clock: Clock, failures: Failures | None = None) -> int:
    """Warn of feeds that have failed for long, and disable those that have failed for too long.

    The messages are put into the outbox; returns how many feeds they are about.
    """
    now = clock()
    told = 0
    due = await store.notices.to_review(
        warn=FailedFor(now - WARN_AFTER, WARN_FAILURES),
        disable=FailedFor(now - DISABLE_AFTER, DISABLE_FAILURES),
        warned_until=now - WARNING_HOLDS,
        limit=BATCH,
    )

    async def review(feed: Feed) -> None:
        nonlocal told
        kind = notice_due(feed, now)
        if kind is None:
            return
        channels = await store.notices.channels_of(feed.id)
        notices = [
            _notice(feed, kind, guild_id, channel_id, now, await language_of_server(store, guild_id))
            for guild_id, channel_id in channels.items()
        ]
        if await store.notices.put(feed, kind, notices, now):
            told += 1
            log.warning(
                "feed disabled" if kind is NoticeKind.DISABLED else "feed about to be disabled",
                url=feed.url,
                error=feed.error,
                failing_since=feed.failing_since,
            )

    async def put_off(feed: Feed, error: str) -> None:
        await store.setbacks.note(SetbackStep.REVIEW, feed.id, error, now)

    done = await deal_with_each(SetbackStep.REVIEW, due, review, put_off=put_off, failures=failures)
    await store.setbacks.clear(SetbackStep.REVIEW, (feed.id for feed in done))
    return told


def _notice(
    feed: Feed, kind: NoticeKind, guild_id: int, channel_id: int, now: datetime, language: Language
) -> NewNotice:
    episode = (feed.failing_since or now).isoformat()
    nonce = hashlib.sha256(f"notice:{guild_id}:{feed.id}:{kind.value}:{episode}".encode()).hexdigest()[:22]
    with speaking(language):
        return NewNotice(guild_id, channel_id, nonce, notice_of(feed, kind, title_of(feed), nonce, now))


async def tell_unposted(store: Store, problems: Sequence[tuple[Delivery, DeliveryError]], now: datetime) -> None:
    """Put notices about digests that could not be posted into the outbox, one for each digest.

    They go to the channel that a server chose for its notices, unless that is the very channel that is closed.
    """
    for delivery, error in problems:
        if delivery.subscription_id is None:
            continue
        with suppress(NotFound):  # the subscription may have been removed in the meantime
            subscription = await store.subscriptions.get(delivery.subscription_id, None)
            channel_id = await store.notices.channel(subscription.guild_id)
            if channel_id is None or channel_id == delivery.channel_id:
                continue
            stem = f"unposted:{subscription.id}:{delivery.slot.isoformat()}"
            nonce = hashlib.sha256(stem.encode()).hexdigest()[:22]
            with speaking(await language_of_server(store, subscription.guild_id)):
                payload = unposted_notice(subscription, error, nonce)
            notice = NewNotice(subscription.guild_id, channel_id, nonce, payload)
            if await store.notices.put_unposted(subscription.id, delivery.slot, now, notice):
                log.warning("managers told of a digest", subscription=subscription.id, error=str(error))


async def deliver_notices(store: Store, sender: Sender, clock: Clock, failures: Failures | None = None) -> int:
    """Post the waiting notices; return how many were posted.

    If the channel that a server chose is gone, its notices go to the channel of its oldest digest from then on.
    """
    waiting = await store.notices.due(clock(), BATCH)
    done = await work_off(waiting, sender, store.notices, clock)
    for delivery, error in done.failed:
        log.warning("notice not posted", notice=delivery.id, channel=delivery.channel_id, error=str(error))
        if isinstance(error, ChannelGone):
            with suppress(NotFound):  # the server may have gone in the meantime
                guild_id = await store.notices.guild_of(delivery.id)
                await store.notices.forget_channel(guild_id, delivery.channel_id)
    if failures is not None:
        failures["notify"] += done.unexpected
    return done.sent
