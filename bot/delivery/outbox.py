"""How the outbox is processed: what is posted, in which order (retries: `bot.delivery.retry_delays`)."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.delivery.retry_delays import next_try
from bot.errors import ChannelForbidden, ChannelGone, DeliveryError, DeliveryRefused, NotFound
from bot.languages.translations import _
from bot.model.delivery import Delivery, PostedAt

log = structlog.get_logger(__name__)

CHANNELS_AT_ONCE = 5
"""How many channels are posted to at the same time."""


class Sender(Protocol):
    """Posts deliveries."""

    async def send(self, delivery: Delivery) -> PostedAt:
        """Post `delivery`, or edit the message that it names. Return where the message is.

        Raises ChannelGone, ChannelForbidden, DeliveryRefused or another DeliveryError.
        """

    async def is_member(self, guild_id: int, user_id: int) -> bool:
        """Return whether a person is in a server. If that cannot be determined now, they are."""

    async def find_posted(self, delivery: Delivery, now: datetime) -> PostedAt | None:
        """Return where the message of an earlier attempt is, or None if it is safe to post now.

        Raises DeliveryUncertain if neither can be determined, and whatever `send` raises.
        """


class Outbox(Protocol):
    """The parts of the store needed to process the outbox."""

    async def attempt(self, delivery_id: int, now: datetime) -> None:
        """Record that the delivery is about to be posted."""

    async def sent(self, delivery_id: int, at: PostedAt) -> None:
        """Record that the delivery is posted, and where."""

    async def thread_of(self, delivery: Delivery) -> int | None:
        """Return the forum post that contains or will contain the message, or None."""

    async def failed(
        self, delivery_id: int, error: str, retry_at: datetime | None, *, certain: bool = False
    ) -> None:
        """Record why the delivery could not be posted, and when to try again (None: never).

        `certain` says that no attempt can have posted it.
        """


@dataclass(frozen=True, slots=True)
class Delivered:
    """The results of one pass over the outbox."""

    sent: int = 0
    retried: int = 0
    failed: tuple[tuple[Delivery, DeliveryError], ...] = ()
    """Deliveries that have finally failed, with the reason. Their subscriptions may have to be paused."""
    held: tuple[tuple[Delivery, DeliveryError], ...] = ()
    """Deliveries that wait for somebody: a permission is missing, or a thread is locked."""
    lags: tuple[timedelta, ...] = ()
    """How long after the time of its digest each message was posted."""
    unexpected: int = 0
    """How many deliveries raised an unexpected error. They are retried like the others."""


async def deliver(deliveries: Sequence[Delivery], sender: Sender, outbox: Outbox, clock: Clock) -> Delivered:
    """Post `deliveries` from the outbox, and record the result of each in it.

    Messages of one channel are posted one after the other, and parts of a slot in order: if one has to wait, so do
    those after it. A delivery that was attempted before is looked up in the channel before a new attempt is
    recorded, so being killed at any moment leaves either no message or one that can be found.
    """
    by_channel: defaultdict[int, list[Delivery]] = defaultdict(list)
    for delivery in sorted(deliveries, key=lambda d: (d.slot, d.subscription_id or 0, d.part)):
        by_channel[delivery.channel_id].append(delivery)
    gate = asyncio.Semaphore(CHANNELS_AT_ONCE)

    async def one_channel(waiting: Sequence[Delivery]) -> Delivered:
        async with gate:
            return await _deliver_in_order(waiting, sender, outbox, clock)

    passes = await asyncio.gather(
        *(one_channel(waiting) for waiting in by_channel.values()), return_exceptions=True
    )
    done = [one for one in passes if not isinstance(one, BaseException)]
    for one in passes:
        if isinstance(one, BaseException):  # the outbox itself failed, after every channel had its turn
            raise one
    return Delivered(
        sent=sum(one.sent for one in done),
        retried=sum(one.retried for one in done),
        failed=tuple(failure for one in done for failure in one.failed),
        held=tuple(failure for one in done for failure in one.held),
        unexpected=sum(one.unexpected for one in done),
        lags=tuple(lag for one in done for lag in one.lags),
    )


async def _deliver_in_order(
    waiting: Sequence[Delivery], sender: Sender, outbox: Outbox, clock: Clock
) -> Delivered:
    sent = retried = unexpected = 0
    lags: list[timedelta] = []
    failed: list[tuple[Delivery, DeliveryError]] = []
    held: list[tuple[Delivery, DeliveryError]] = []
    held_until: dict[tuple[int | None, datetime], datetime] = {}
    for delivery in waiting:
        digest = (delivery.subscription_id, delivery.slot)
        with suppress(NotFound):  # its server may have gone meanwhile
            if (until := held_until.get(digest)) is not None:
                await outbox.failed(delivery.id, _("The message before it has not been posted yet."), until)
                retried += 1
                continue
            try:
                await outbox.sent(delivery.id, await _posted(delivery, sender, outbox, clock))
                sent += 1
                lags.append(clock() - delivery.slot)
                continue
            except NotFound:
                raise
            except DeliveryError as expected:
                error = expected
            except Exception as odd:
                log.exception("item failed", step="deliver", item=f"delivery={delivery.id}")
                unexpected += 1
                error = DeliveryError(
                    _("Hearsay could not post this ({name}). The log has the details.", name=type(odd).__name__)
                )
            retry_at = next_try(delivery.attempts + 1, error, delivery.slot, clock())
            # an earlier attempt without an answer may have posted it
            refused = delivery.attempted_at is None and isinstance(
                error, ChannelForbidden | ChannelGone | DeliveryRefused
            )
            await outbox.failed(delivery.id, error.message, retry_at, certain=refused)
            if retry_at is None:
                failed.append((delivery, error))
            else:
                held_until[digest] = retry_at
                retried += 1
                if isinstance(error, ChannelForbidden):
                    held.append((delivery, error))
    return Delivered(sent, retried, tuple(failed), tuple(held), tuple(lags), unexpected)


async def _posted(delivery: Delivery, sender: Sender, outbox: Outbox, clock: Clock) -> PostedAt:
    """Return where the message that shows `delivery` is: an earlier attempt's, or a new one's."""
    delivery = replace(delivery, thread_id=await outbox.thread_of(delivery))
    found = await sender.find_posted(delivery, clock()) if delivery.attempted_at is not None else None
    if found is not None:
        return found
    await outbox.attempt(delivery.id, clock())
    return await sender.send(delivery)
