"""The step that edits posted messages whose articles were corrected or withdrawn."""

import structlog

from bot.clock import Clock
from bot.delivery.outbox import Sender
from bot.delivery.outbox import deliver as work_off
from bot.model.delivery import PostedMessage
from bot.runner.each_item import Failures, deal_with_each
from bot.services.corrections import correct
from bot.store import Store
from bot.store.schema.columns import SetbackStep

log = structlog.get_logger(__name__)

BATCH = 200


async def correct_posted(store: Store, clock: Clock, failures: Failures | None = None) -> int:
    """Put edits into the outbox for messages that no longer match their articles. Return how many."""
    edited = 0

    async def compare(message: PostedMessage) -> None:
        nonlocal edited
        edited += await correct(store, message, clock)

    async def put_off(message: PostedMessage, error: str) -> None:
        await store.setbacks.note(SetbackStep.CORRECT, message.id, error, clock())

    outdated = await store.edits.outdated(clock(), BATCH)
    done = await deal_with_each(SetbackStep.CORRECT, outdated, compare, put_off=put_off, failures=failures)
    await store.setbacks.clear(SetbackStep.CORRECT, (message.id for message in done))
    return edited


async def make_edits(store: Store, sender: Sender, clock: Clock, failures: Failures | None = None) -> int:
    """Make the waiting edits. Return how many were made."""
    waiting = await store.edits.due(clock(), BATCH)
    done = await work_off(waiting, sender, store.edits, clock)
    for delivery, error in done.failed:
        log.warning("message not edited", edit=delivery.id, channel=delivery.channel_id, error=str(error))
    if failures is not None:
        failures["correct"] += done.unexpected
    return done.sent
