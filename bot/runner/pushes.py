"""What hubs have pushed (WebSub): held in memory for a moment, then read as a polled document is."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from bot.clock import Clock
from bot.errors import HearsayError
from bot.feeds.parse import parse_feed
from bot.feeds.websub import REST_OF_DOCUMENT
from bot.metrics import Metrics
from bot.store import Store
from bot.workers import Workers

log = structlog.get_logger(__name__)

MOST = 200
"""Pushes that wait to be read. Those beyond are made up for by polls."""
MOST_BYTES = 20_000_000
"""Bytes that they may have together."""


@dataclass(frozen=True, slots=True)
class Push:
    """A document that the hub of a feed has sent, with a valid signature."""

    feed_id: int
    body: bytes
    content_type: str | None


class Inbox:
    """The pushes that wait to be read, in order. `arrived` is called for each."""

    def __init__(self) -> None:
        self.arrived: Callable[[], None] | None = None
        self._waiting: deque[Push] = deque()
        self._size = 0

    def has_room(self, size: int) -> bool:
        """Return whether a push of `size` bytes can wait here."""
        return len(self._waiting) < MOST and self._size + size <= MOST_BYTES

    def put(self, push: Push) -> None:
        """Let a push wait, for which there must be room."""
        self._waiting.append(push)
        self._size += len(push.body)
        if self.arrived is not None:
            self.arrived()

    def take(self) -> Push | None:
        """Return the push that has waited longest, or None."""
        if not self._waiting:
            return None
        push = self._waiting.popleft()
        self._size -= len(push.body)
        return push


async def read_pushes(
    inbox: Inbox, store: Store, workers: Workers, clock: Clock, metrics: Metrics, *, parse_timeout_s: float
) -> int:
    """Read all pushes that wait and store what they bring; return how many entries were new.

    One that cannot be read keeps no other from being read; its feed is polled soon.
    """
    new = 0
    while (push := inbox.take()) is not None:
        try:
            new += await _read(push, store, workers, clock, parse_timeout_s)
            metrics.hub_pushes.labels("read").inc()
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - one odd push must not end the step
            metrics.hub_pushes.labels("unreadable").inc()
            message = error.message if isinstance(error, HearsayError) else type(error).__name__
            log.info("push not read", feed_id=push.feed_id, error=message)
    return new


async def _read(push: Push, store: Store, workers: Workers, clock: Clock, parse_timeout_s: float) -> int:
    known = await store.hub_subscriptions.reading_of(push.feed_id)
    if known is None:
        return 0
    url, hashes = known
    feed = await workers.run(
        parse_feed, push.body, url, push.content_type, clock(), hashes, timeout=parse_timeout_s
    )
    part = replace(feed, left_out=REST_OF_DOCUMENT)
    saved = await store.hub_subscriptions.save_push(push.feed_id, part)
    return saved.new
