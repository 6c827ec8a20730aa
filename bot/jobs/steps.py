"""The steps an article goes through, each from the state in the store to the state after it.

A step hands values between the store and one phase. Whatever it has done is in the database before it goes on,
so a process that is killed at any moment goes on where it was.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.articles.read import read
from bot.clock import Clock
from bot.delivery.outbox import Sender
from bot.delivery.outbox import deliver as work_off
from bot.delivery.render import messages_of
from bot.digests.compose import compose
from bot.digests.schedule import next_slot
from bot.digests.values import Cadence, Digest
from bot.errors import (
    ArticleError,
    ChannelForbidden,
    ChannelGone,
    ExtractionError,
    FeedError,
    HearsayError,
    ModelMissing,
    WorkerFailed,
)
from bot.extraction.extractor import Extractor
from bot.extraction.values import Extraction
from bot.feeds.http import Fetcher
from bot.feeds.poll import PollLimits, poll_many
from bot.feeds.values import PollStatus, PollTarget
from bot.jobs.workers import Workers
from bot.store import Store
from bot.store.records import Subscription
from bot.stories.grouping import StoryIndex, terms_of

log = structlog.get_logger(__name__)

READ_RETRIES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12))
READ_CONCURRENCY = 8
STORY_MEMORY = timedelta(days=7)
"""How long a story may still take in articles."""
BATCH = 200


@dataclass(slots=True)
class PollSummary:
    """What one pass over the feeds found."""

    statuses: Counter[PollStatus] = field(default_factory=Counter)
    new_entries: int = 0
    errors: dict[str, str] = field(default_factory=dict)
    """What went wrong, by the address of the feed."""

    @property
    def feeds(self) -> int:
        """How many feeds were polled."""
        return self.statuses.total()


async def poll_feeds(
    store: Store,
    fetcher: Fetcher,
    workers: Workers,
    clock: Clock,
    *,
    targets: Sequence[PollTarget],
    limits: PollLimits,
    concurrency: int,
) -> PollSummary:
    """Poll `targets` and store what they gave; never raises for what a feed does."""
    summary = PollSummary()
    urls = {target.feed_id: target.url for target in targets}
    outcomes = poll_many(
        targets, fetcher=fetcher, workers=workers, clock=clock, limits=limits, concurrency=concurrency
    )
    async for outcome in outcomes:
        saved = await store.feeds.save_outcome(outcome)
        summary.statuses[outcome.status] += 1
        summary.new_entries += saved.new_entries
        if outcome.error:
            summary.errors[urls[outcome.feed_id]] = outcome.error
            log.info("feed failed", url=urls[outcome.feed_id], error=outcome.error, failures=outcome.failures)
    return summary


async def read_entries(store: Store, fetcher: Fetcher, workers: Workers, clock: Clock) -> int:
    """Read the pages of entries that wait for it; return how many entries were dealt with."""
    entries = await store.articles.entries_to_read(clock(), BATCH)
    room = asyncio.Semaphore(READ_CONCURRENCY)

    async def deal_with(index: int) -> None:
        entry = entries[index]
        async with room:
            try:
                article = await read(entry, fetcher=fetcher, workers=workers, now=clock())
            except (ArticleError, FeedError, WorkerFailed) as error:
                retry_at = _retry_at(error, entry.attempts, clock())
                await store.articles.read_failed(entry.entry_id, error.message, retry_at)
                log.info("article not read", url=entry.url, error=error.message, again=retry_at)
            else:
                await store.articles.save_read(entry.entry_id, article)

    await asyncio.gather(*(deal_with(i) for i in range(len(entries))))
    return len(entries)


def _retry_at(error: HearsayError, attempts: int, now: datetime) -> datetime | None:
    if not getattr(error, "retryable", False) or attempts >= len(READ_RETRIES):
        return None
    return now + READ_RETRIES[attempts]


async def extract_articles(store: Store, extractor: Extractor) -> int:
    """Find actors and claims of articles that wait for it; return how many articles were dealt with."""
    articles = await store.articles.to_extract(BATCH)
    for article_id, language, text in articles:
        try:
            known = language is None or language.lower().startswith("en")
            extraction = await extractor.extract(text) if known else Extraction((), ())
        except ModelMissing:
            raise
        except (ExtractionError, WorkerFailed) as error:
            log.warning("article not analysed", article=article_id, error=error.message)
            await store.articles.extraction_failed(article_id, error.message)
        else:
            await store.claims.save_extraction(article_id, extraction)
    return len(articles)


async def group_articles(store: Store, clock: Clock) -> int:
    """Put extracted articles into stories; return how many."""
    articles = await store.stories.to_group(BATCH)
    if not articles:
        return 0
    profiles = await store.stories.profiles(clock() - STORY_MEMORY)
    # counting words takes long enough to be felt on the event loop
    index = await asyncio.to_thread(StoryIndex.of, profiles)
    for article in articles:
        terms = await asyncio.to_thread(terms_of, article)
        story_id = await asyncio.to_thread(index.assign, article, terms)
        joined = await store.stories.save(article.article_id, story_id, terms)
        index.joined(joined, terms, article.published_at)
    return len(articles)


def span_of(cadence: Cadence) -> timedelta:
    """Return how far back a digest of this cadence looks for articles."""
    return timedelta(days=8) if cadence is Cadence.WEEKLY else timedelta(days=2)


async def digest_for(store: Store, subscription: Subscription, now: datetime) -> Digest | None:
    """Return what `subscription` would get at `now`, or None where there is nothing new."""
    since = now - span_of(subscription.cadence)
    articles = await store.digests.unshown_articles(subscription, since=since, limit=BATCH)
    return compose(subscription, articles, now)


async def compose_digest(
    store: Store, subscription: Subscription, now: datetime, next_at: datetime
) -> Digest | None:
    """Put the digest of `subscription` into the outbox and set its next slot; None where nothing is new."""
    digest = await digest_for(store, subscription, now)
    if digest is None:
        await store.subscriptions.reschedule(subscription.id, next_at)
        return None

    def nonce_of(part: int) -> str:
        return hashlib.sha256(f"{subscription.id}:{digest.slot.isoformat()}:{part}".encode()).hexdigest()[:22]

    messages = messages_of(digest, nonce_of)
    payloads = [(nonce_of(part), payload) for part, payload in enumerate(messages)]
    await store.deliveries.put(subscription.id, digest.slot, payloads, digest.article_ids, next_at)
    return digest


async def compose_digests(store: Store, clock: Clock) -> int:
    """Compose the digests that are due; return how many were put into the outbox."""
    now = clock()
    composed = 0
    for subscription in await store.subscriptions.due(now, BATCH):
        s = subscription
        next_at = next_slot(s.cadence, s.at, s.weekday, s.timezone, now)
        composed += await compose_digest(store, subscription, now, next_at) is not None
    return composed


async def deliver(store: Store, sender: Sender, clock: Clock) -> int:
    """Post what waits in the outbox; return how many messages were posted.

    A subscription whose channel is gone or closed to Hearsay is paused, with the reason for its managers.
    """
    waiting = await store.deliveries.due(clock(), BATCH)
    done = await work_off(waiting, sender, store.deliveries, clock)
    for delivery, error in done.failed:
        log.warning("digest not posted", delivery=delivery.id, channel=delivery.channel_id, error=error.message)
        if isinstance(error, ChannelGone | ChannelForbidden):
            await store.subscriptions.pause(delivery.subscription_id, error.message)
    return done.sent
