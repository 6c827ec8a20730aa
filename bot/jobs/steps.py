"""The steps an article goes through, each from the state in the store to the state after it.

A step hands values between the store and one phase. Whatever it has done is in the database before it goes on,
so a process that is killed at any moment goes on where it was.
"""

import asyncio
import contextlib
import hashlib
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.articles.manners import Manners
from bot.articles.read import read
from bot.articles.seen import SeenPages
from bot.clock import Clock
from bot.delivery.outbox import Sender
from bot.delivery.outbox import deliver as work_off
from bot.delivery.render import messages_of
from bot.digests.compose import compose
from bot.digests.filtering import passes
from bot.digests.filters import Node, parsed_filter
from bot.digests.schedule import next_slot
from bot.digests.values import Cadence, Digest, DigestArticle, FilterableArticle
from bot.errors import (
    ArticleError,
    BadInput,
    ChannelForbidden,
    ChannelGone,
    ExtractionError,
    FeedError,
    HearsayError,
    ModelMissing,
    NotFound,
    PageUnchanged,
    StoreError,
    WorkerFailed,
)
from bot.extraction.extractor import Extractor
from bot.extraction.values import Extraction
from bot.feeds.http import Fetcher
from bot.feeds.poll import PollLimits, not_stored, poll_together
from bot.feeds.values import PollOutcome, PollStatus, PollTarget
from bot.jobs.due_feeds import DueFeeds
from bot.jobs.workers import Workers
from bot.store import Store
from bot.store.outcomes import SavedPoll
from bot.store.records import Subscription
from bot.stories.grouping import StoryIndex, terms_of

log = structlog.get_logger(__name__)

READ_RETRIES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12))
READ_CONCURRENCY = 8
STORY_MEMORY = timedelta(days=7)
"""How long a story may still take in articles."""
BATCH = 200
PURGE_EVERY = timedelta(days=1)
PURGED_AT = "purged_at"
MOST_FILTERED = 10 * BATCH
"""How many unshown articles a filter is tried on for one digest."""


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


async def polls(
    store: Store,
    fetcher: Fetcher,
    workers: Workers,
    clock: Clock,
    *,
    targets: Sequence[PollTarget] | DueFeeds,
    limits: PollLimits,
    concurrency: int,
) -> AsyncGenerator[PollSummary, None]:
    """Poll `targets` and store what they gave, many together; yield what those gave that were stored together.

    Never raises for what a feed does.
    """
    given = targets.pages() if isinstance(targets, DueFeeds) else targets
    found = poll_together(
        given, fetcher=fetcher, workers=workers, clock=clock, limits=limits, concurrency=concurrency
    )
    async with contextlib.aclosing(found):
        async for outcomes in found:
            saved = await _save_outcomes(store, outcomes)
            if isinstance(targets, DueFeeds):
                targets.stored(outcomes)
            summary = PollSummary(new_entries=sum(each.new_entries for each in saved))
            summary.statuses.update(outcome.status for outcome in outcomes)
            for outcome in outcomes:
                if outcome.error:
                    await asyncio.sleep(0)  # hundreds may fail together, and each line of the log takes its time
                    summary.errors[outcome.url] = outcome.error
                    log.info("feed failed", url=outcome.url, error=outcome.error, failures=outcome.failures)
            yield summary


async def poll_feeds(
    store: Store,
    fetcher: Fetcher,
    workers: Workers,
    clock: Clock,
    *,
    targets: Sequence[PollTarget] | DueFeeds,
    limits: PollLimits,
    concurrency: int,
) -> PollSummary:
    """Poll `targets` to the end, as `polls` does; return what they gave all together."""
    summary = PollSummary()
    given: Any = {"targets": targets, "limits": limits, "concurrency": concurrency}
    async with contextlib.aclosing(polls(store, fetcher, workers, clock, **given)) as found:
        async for some in found:
            summary.statuses.update(some.statuses)
            summary.new_entries += some.new_entries
            summary.errors |= some.errors
    return summary


async def _save_outcomes(store: Store, outcomes: Sequence[PollOutcome]) -> list[SavedPoll]:
    """Store outcomes together; where that fails, each alone, so that one takes no other with it.

    An outcome that cannot be stored is stored as a failure of its feed, which is then left alone for a while.
    """
    try:
        return await store.feeds.save_outcomes(outcomes)
    except StoreError as error:
        log.warning("outcomes not stored together", outcomes=len(outcomes), error=error.message)
    saved: list[SavedPoll] = []
    for outcome in outcomes:
        try:
            saved += await store.feeds.save_outcomes([outcome])
        except StoreError as error:
            log.warning("outcome not stored", feed=outcome.feed_id, error=error.message)
            # where this fails, too, the store itself is at fault
            saved += await store.feeds.save_outcomes([not_stored(outcome)])
    return saved


async def read_entries(
    store: Store,
    fetcher: Fetcher,
    workers: Workers,
    clock: Clock,
    manners: Manners | None = None,
    seen: SeenPages | None = None,
) -> int:
    """Read the pages of entries that wait for it; return how many entries were dealt with.

    Sites are treated with manners: their robots rules, and a pace for each host. An entry whose turn is far off
    is put off until then, so that one host with many entries keeps no other waiting. `manners` are what is known
    of the sites from earlier passes, `seen` is what their pages were like: articles that digests have shown are
    looked at again, and a page that is as it was is not read.
    """
    await store.articles.look_again(clock(), BATCH)
    entries = await store.articles.entries_to_read(clock(), BATCH)
    room = asyncio.Semaphore(READ_CONCURRENCY)
    manners = manners or Manners(fetcher, clock)

    async def deal_with(index: int) -> None:
        entry = entries[index]
        try:
            if entry.url and (far_off := await manners.turn(entry.url)):
                await store.articles.put_off(entry.entry_id, clock() + far_off)
                return
            async with room:
                article = await read(
                    entry, fetcher=fetcher, workers=workers, now=clock(), manners=manners, seen=seen
                )
        except PageUnchanged:
            await store.articles.read_unchanged(entry.entry_id)
        except (ArticleError, FeedError, WorkerFailed) as error:
            retry_at = _retry_at(error, entry.attempts, clock())
            if seen is not None:
                seen.forget(entry.entry_id)
            await store.articles.read_failed(entry.entry_id, error.message, retry_at)
            log.info("article not read", url=entry.url, error=error.message, again=retry_at)
        else:
            await store.articles.save_read(entry.entry_id, article)

    async def deal_with_if_there(index: int) -> None:
        with contextlib.suppress(NotFound):  # its feed may have been removed while it waited
            await deal_with(index)

    await asyncio.gather(*(deal_with_if_there(i) for i in range(len(entries))))
    return len(entries)


def _retry_at(error: HearsayError, attempts: int, now: datetime) -> datetime | None:
    if not getattr(error, "retryable", False) or attempts >= len(READ_RETRIES):
        return None
    asked: timedelta | None = getattr(error, "retry_after", None)
    return now + max(READ_RETRIES[attempts], asked or timedelta())


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
            await store.claims.save_extraction(article_id, extraction, text_read=text)
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
    articles = await _wanted_articles(store, subscription, since=now - span_of(subscription.cadence))
    return compose(subscription, articles, now)


async def _wanted_articles(store: Store, subscription: Subscription, *, since: datetime) -> list[DigestArticle]:
    """Return unshown articles that pass the filter of `subscription`, the newest first.

    What does not pass is left as it is: it is shown once a changed filter wants it. Raises BadInput for a filter
    that cannot be read.
    """
    if not subscription.filter:
        return await store.digests.unshown_articles(subscription, since=since, limit=BATCH)
    wanted: list[DigestArticle] = []
    node = parsed_filter(subscription.filter)
    for offset in range(0, MOST_FILTERED, BATCH):
        articles = await store.digests.unshown_articles(subscription, since=since, limit=BATCH, offset=offset)
        seen = await store.filtering.of(subscription, [article.article_id for article in articles])
        # folding the words of whole texts takes long enough to be felt on the event loop
        passing = await asyncio.to_thread(_passing, node, seen)
        wanted += [article for article in articles if article.article_id in passing]
        if len(articles) < BATCH or len(wanted) >= BATCH:
            break
    return wanted[:BATCH]


def _passing(node: Node, articles: Mapping[int, FilterableArticle]) -> set[int]:
    return {article_id for article_id, article in articles.items() if passes(node, article)}


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
        try:
            composed += await compose_digest(store, subscription, now, next_at) is not None
        except BadInput as error:  # a filter kept by a Hearsay that read filters otherwise
            log.warning("filter not read", subscription=s.id, error=error.message)
            await store.subscriptions.pause(s.id, error.message)
    return composed


async def deliver(store: Store, sender: Sender, clock: Clock) -> int:
    """Post what waits in the outbox; return how many messages were posted.

    A subscription whose channel is gone or closed to Hearsay is paused, with the reason for its managers.
    """
    waiting = await store.deliveries.due(clock(), BATCH)
    done = await work_off(waiting, sender, store.deliveries, clock)
    for delivery, error in done.failed:
        log.warning("digest not posted", delivery=delivery.id, channel=delivery.channel_id, error=error.message)
        if delivery.subscription_id is not None and isinstance(error, ChannelGone | ChannelForbidden):
            await store.subscriptions.pause(delivery.subscription_id, error.message)
    return done.sent


async def purge(store: Store, clock: Clock) -> int:
    """Delete what is kept no longer, once a day; return how many entries and articles went."""
    now = clock()
    last = await store.meta.get(PURGED_AT)
    if last is not None and now - datetime.fromisoformat(last) < PURGE_EVERY:
        return 0
    purged = await store.retention.purge(now, BATCH)
    if not purged.total:  # there may be more: the day is over once nothing is left
        await store.meta.put(PURGED_AT, now.isoformat())
    return purged.total
