"""Pushes from hubs (WebSub): held in memory for a moment, then read like polled documents."""

import asyncio
import hashlib
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

import structlog

from bot.clock import Clock
from bot.errors import HearsayError, NotAFeed
from bot.feeds.parse import Document, parse_feed
from bot.feeds.websub import REST_OF_DOCUMENT, is_same_topic
from bot.metrics import Metrics
from bot.runner.allowances import Allowances
from bot.store import Store
from bot.workers import Workers

log = structlog.get_logger(__name__)

MOST = 200
"""The most pushes waiting to be read. Polls make up for any beyond that."""
MOST_SEEN = 5_000
"""How many pushes are remembered, so that a repeated one is not read again."""
MOST_BYTES = 20_000_000
"""The most bytes of all waiting pushes together."""
READING_S = 30.0
READING_SHARE = 0.02
"""Seconds that reading the pushes of one feed may take at once, and the share of the time after that. Otherwise a
hub that sends documents that are slow to parse would take up the workers; such a feed is polled instead.
"""


@dataclass(frozen=True, slots=True)
class Push:
    """A document sent by the hub of a feed, with a valid signature."""

    feed_id: int
    body: bytes
    content_type: str | None


class Inbox:
    """The pushes waiting to be read, in order. `arrived` is called for each.

    `now` gives the seconds of a clock that never goes back.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self.arrived: Callable[[], None] | None = None
        self._now = now
        self._seen: OrderedDict[bytes, None] = OrderedDict()
        self._waiting: deque[Push] = deque()
        self._size = 0
        self._budgets = Allowances(READING_SHARE, READING_S)

    def takes(self, feed_id: int, size: int) -> bool:
        """Return whether there is room here for a push of `size` bytes for a feed, and it is to be read."""
        spent = self._budgets.of(feed_id, self._now()).is_spent(self._now())
        return not spent and len(self._waiting) < MOST and self._size + size <= MOST_BYTES

    def charge(self, feed_id: int, since: float) -> None:
        """Charge a feed for the time since its push was taken from here; `since` is the value of `now` at that
        moment.
        """
        self._budgets.of(feed_id, self._now()).spend(self._now(), self._now() - since)

    def now(self) -> float:
        """Return the seconds of the clock."""
        return self._now()

    def put(self, push: Push) -> None:
        """Add a push, for which there must be room."""
        self._waiting.append(push)
        self._size += len(push.body)
        if self.arrived is not None:
            self.arrived()

    def is_repeated(self, push: Push) -> bool:
        """Record that a push is read, and return whether the same one was read before.

        An old push that somebody sends again, with its valid signature, must not undo a later correction.
        """
        digest = hashlib.blake2b(push.feed_id.to_bytes(8, "big") + push.body, digest_size=16).digest()
        repeated = digest in self._seen
        self._seen[digest] = None
        self._seen.move_to_end(digest)
        if len(self._seen) > MOST_SEEN:
            self._seen.popitem(last=False)
        return repeated

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
    """Read all waiting pushes and store their contents; return how many entries were new.

    One that cannot be read does not hold up the others; its feed is polled soon.
    """
    new = 0
    while (push := inbox.take()) is not None:
        since = inbox.now()
        try:
            if not inbox.is_repeated(push):
                new += await _read(push, store, workers, clock, parse_timeout_s)
            metrics.hub_pushes.labels("read").inc()
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - one odd push must not end the step
            metrics.hub_pushes.labels("unreadable").inc()
            message = str(error) if isinstance(error, HearsayError) else type(error).__name__
            log.info("push not read", feed_id=push.feed_id, error=message)
        finally:
            inbox.charge(push.feed_id, since)
    return new


async def _read(push: Push, store: Store, workers: Workers, clock: Clock, parse_timeout_s: float) -> int:
    known = await store.hub_subscriptions.reading_of(push.feed_id)
    if known is None:
        return 0
    url, topic, hashes = known
    document = Document(push.body, url, push.content_type, clock(), hashes)
    feed = await workers.run(parse_feed, document, timeout=parse_timeout_s)
    if feed.self_url is not None and not (
        is_same_topic(feed.self_url, topic) or is_same_topic(feed.self_url, url)
    ):
        raise NotAFeed("The hub sent the document of another feed.")
    part = replace(feed, left_out=REST_OF_DOCUMENT)
    saved = await store.hub_subscriptions.save_push(push.feed_id, part)
    return saved.new
