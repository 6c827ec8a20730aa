"""The step that sends people and channels the news about what they follow."""

import asyncio
from collections import deque

import structlog

from bot.delivery.outbox import Sender
from bot.delivery.outbox import deliver as work_off
from bot.errors import ChannelForbidden, ChannelGone, DirectMessagesClosed
from bot.languages.translations import N_
from bot.model.follows import Follow, Letter
from bot.runner.each_item import Failures, deal_with_each
from bot.services.engine import Engine
from bot.services.letters import write_letter
from bot.store.schema.columns import SetbackStep

log = structlog.get_logger(__name__)

BATCH = 200
ASKED_AT_ONCE = 5
"""How many membership checks with Discord run at the same time."""
LEFT = N_("You are no longer in the server where you followed it.")


class NewsWatch:
    """Remembers which claims were examined. In memory: a new process examines everything that is followed once."""

    def __init__(self) -> None:
        # claims of transactions that end late have smaller numbers than some that were already seen
        self._seen: deque[int | None] = deque([None, None], maxlen=2)

    async def wake(self, engine: Engine) -> None:
        """Make instant news due in each server whose feeds brought claims since the pass before last."""
        follows, before = engine.store.follows, self._seen[0]
        newest = await follows.newest_claim()
        if before is None:
            await follows.wake(await follows.servers(), engine.clock())
        elif newest > before:
            await follows.wake(await follows.servers_with_news(before), engine.clock())
        self._seen.append(newest)


async def write_letters(engine: Engine, watch: NewsWatch, failures: Failures | None = None) -> int:
    """Put the news about what is followed into the outbox; return how many letters that made, or 1 if more may be
    due.
    """
    store = engine.store
    await watch.wake(engine)
    now = engine.clock()
    due = await store.follows.due(now, BATCH)
    # news for one place at one time goes into one letter
    first = {(follow.guild_id, follow.reach.together): follow for follow in due[::-1]}
    written = 0

    async def write(follow: Follow) -> None:
        nonlocal written
        written += await write_letter(engine, follow)

    async def put_off(follow: Follow, error: str) -> None:
        await store.setbacks.note(SetbackStep.FOLLOW, follow.id, error, now)

    done = await deal_with_each(
        SetbackStep.FOLLOW, list(first.values()), write, put_off=put_off, failures=failures
    )
    await store.setbacks.clear(SetbackStep.FOLLOW, (follow.id for follow in done))
    return written or int(len(due) == BATCH)


async def deliver_letters(engine: Engine, sender: Sender, failures: Failures | None = None) -> int:
    """Post the waiting letters; return how many were posted.

    A person who left the server gets no more letters from it. If somebody accepts no direct messages, or a channel
    is gone or closed, the letters there are paused, and the person learns of it when they use a command.
    """
    store, clock = engine.store, engine.clock
    waiting = await store.letters.due(clock(), BATCH)
    gate = asyncio.Semaphore(ASKED_AT_ONCE)

    async def is_still_there(letter: Letter) -> bool:
        async with gate:
            return await _is_still_there(engine, sender, letter)

    there = await asyncio.gather(*map(is_still_there, waiting))
    present = [letter for letter, is_there in zip(waiting, there, strict=True) if is_there]
    done = await work_off([letter.delivery for letter in present], sender, store.letters, clock)
    by_id = {letter.delivery.id: letter for letter in present}
    for delivery, error in done.failed:
        letter = by_id[delivery.id]
        log.warning("letter not posted", letter=delivery.id, error=error.message)
        if isinstance(error, DirectMessagesClosed | ChannelGone | ChannelForbidden):
            await store.follows.pause(
                str(error), channel_id=delivery.channel_id, private=letter.user_id is not None
            )
    if failures is not None:
        failures["follow"] += done.unexpected
    return done.sent


async def _is_still_there(engine: Engine, sender: Sender, letter: Letter) -> bool:
    """Return whether a letter may be posted: its person is still in the server that it comes from."""
    if letter.user_id is None or await sender.is_member(letter.guild_id, letter.user_id):
        return True
    log.info("follower left", guild=letter.guild_id)
    await engine.store.letters.withdraw(letter.user_id, letter.guild_id)
    await engine.store.follows.pause(LEFT, user_id=letter.user_id, guild_id=letter.guild_id, private=True)
    return False
