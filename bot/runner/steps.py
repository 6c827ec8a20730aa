"""The steps an article goes through; each takes the store from one state to the next.

A step passes values between the store and one phase. Its results are in the database before it goes on, so a
process that is killed at any moment resumes where it was.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.articles.manners import Manners
from bot.articles.read import read
from bot.articles.seen_pages import SeenPages
from bot.clock import Clock
from bot.delivery.outbox import Sender
from bot.delivery.outbox import deliver as work_off
from bot.digests.schedule import next_slot, quiet_hours
from bot.errors import (
    ArticleError,
    BadInput,
    ChannelForbidden,
    ChannelGone,
    FeedError,
    HearsayError,
    NotFound,
    PageGone,
    PageUnchanged,
    WorkerFailed,
)
from bot.extraction.extractor import Extractor
from bot.fetching.canonical_url import host_of
from bot.fetching.client import Fetcher
from bot.fetching.host_budget import CountedWorkers, HostBudget
from bot.model.articles import ArticleToExtract, EntryToRead
from bot.model.claims import Extraction
from bot.model.digests import Subscription
from bot.model.stories import ArticleToGroup
from bot.runner.each_item import Failures, deal_with_each
from bot.runner.notices import tell_unposted
from bot.runner.shared_work import entries_of_free_hosts, share_of
from bot.runner.story_memory import StoryMemory
from bot.services.digests import LOOKED_AT_EVERY, compose_digest, waits_for_reading
from bot.services.digests_together import StoredTogether, together
from bot.store import Store
from bot.store.leases import Topic
from bot.store.retention import Kept
from bot.store.schema.columns import SetbackStep
from bot.store.servers.guilds import DEPARTED_KEPT
from bot.stories.index import StoryIndex
from bot.stories.passes import ROUNDS, StoryPass, passes_of
from bot.stories.terms import terms_of
from bot.text.language import is_english
from bot.workers import Workers

log = structlog.get_logger(__name__)

READ_RETRIES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12))
READ_CONCURRENCY = 8
BATCH = 200
SHARED_BATCH = 40
"""Articles that one of several processes takes at a time: a few seconds of work, so that no other is idle."""
COMPOSED_AT_ONCE = 32
"""Digests that are composed together: while some are being stored, in one transaction, others are compared."""
PURGE_EVERY = timedelta(days=1)
CATCH_UP_EVERY = timedelta(hours=1)
"""How often to check whether a digest that waits for earlier messages can be composed."""
PURGED_AT = "purged_at"


async def read_entries(  # noqa: C901 - what may become of an entry, in one place
    store: Store,
    fetcher: Fetcher,
    workers: Workers,
    clock: Clock,
    manners: Manners | None = None,
    seen: SeenPages | None = None,
    failures: Failures | None = None,
    budget: HostBudget | None = None,
) -> int:
    """Read the pages of waiting entries; return how many entries were processed.

    Sites are treated politely: their robots rules and a pace for each host are kept. An entry whose turn is far
    off is put off until then, so that one host with many entries does not hold up the others. `manners` is what
    earlier passes learnt about the sites, `seen` what their pages were like: articles that digests have shown are
    checked again, and an unchanged page is not read. Entries of a host whose pages have used up their `budget` of
    the worker processes wait until it has time again.
    """
    await store.articles.queue_rechecks(clock(), BATCH)
    room = asyncio.Semaphore(READ_CONCURRENCY)
    manners = manners or Manners(fetcher, clock)
    budget = budget or HostBudget()

    async def deal_with(entry: EntryToRead) -> None:
        try:
            host = host_of(entry.url or entry.site_url or "")
            if far_off := await _wait(entry, host, manners, budget):
                await store.articles.put_off(entry.entry_id, clock() + far_off)
                return
            async with room:
                if far_off := budget.wait(host):  # others of this host have taken it in the meantime
                    await store.articles.put_off(entry.entry_id, clock() + far_off)
                    return
                counted = CountedWorkers(workers, budget, host)
                article = await read(
                    entry, fetcher=fetcher, workers=counted, now=clock(), manners=manners, seen=seen
                )
        except PageUnchanged:
            await store.articles.read_unchanged(entry.entry_id)
        except (ArticleError, FeedError, WorkerFailed) as error:
            if isinstance(error, PageGone) and not error.retryable:
                await store.articles.withdrawn(entry.entry_id, clock())
            retry_at = _retry_at(error, entry.attempts, clock())
            log.info("article not read", url=entry.url, error=str(error), again=retry_at)
            await give_up(entry, str(error), retry_at)
        else:
            await store.articles.save_read(entry.entry_id, article)

    def forget(entry: EntryToRead) -> None:
        if seen is not None:
            seen.forget(entry.entry_id)

    async def give_up(entry: EntryToRead, error: str, retry_at: datetime | None) -> None:
        forget(entry)
        await store.articles.read_failed(entry.entry_id, error, retry_at)

    async def put_off(entry: EntryToRead, error: str) -> None:
        delay = READ_RETRIES[entry.attempts] if entry.attempts < len(READ_RETRIES) else None
        await give_up(entry, error, clock() + delay if delay else None)

    async with entries_of_free_hosts(store, clock(), BATCH) as entries:
        await deal_with_each(
            "read",
            entries,
            deal_with,
            put_off=put_off,
            forget=forget,
            places=max(len(entries), 1),
            failures=failures,
        )
    return len(entries)


async def _wait(entry: EntryToRead, host: str, manners: Manners, budget: HostBudget) -> timedelta | None:
    """Return how long an entry has to wait for its host, or None once it is its turn."""
    return budget.wait(host) or (await manners.turn(entry.url) if entry.url else None)


def _retry_at(error: HearsayError, attempts: int, now: datetime) -> datetime | None:
    if not getattr(error, "retryable", False) or attempts >= len(READ_RETRIES):
        return None
    asked: timedelta | None = getattr(error, "retry_after", None)
    return now + max(READ_RETRIES[attempts], asked or timedelta())


async def extract_articles(
    store: Store,
    extractor: Extractor,
    budget: HostBudget | None = None,
    failures: Failures | None = None,
    extracted: Callable[[ArticleToExtract], None] | None = None,
) -> int:
    """Find actors and claims of waiting articles; return how many articles were processed.

    All processes of the extractor are kept busy. Hosts take turns, and those that have used up their `budget` come
    last. `extracted` is called with each article whose claims are stored. Raises ModelMissing.
    """
    batch = SHARED_BATCH if store.leases.shared else BATCH
    budget = budget or HostBudget()
    last = budget.exceeded()
    waiting = await store.articles.to_extract(batch, last=last)

    async def extract(article: ArticleToExtract) -> None:
        with budget.timed(article.host):
            extraction = Extraction((), ())
            if is_english(article.language):
                extraction = await extractor.extract(article.text, article.title)
        await store.claims.save_extraction(article.article_id, extraction, text_read=article.text)
        if extracted is not None:
            extracted(article)

    async def put_off(article: ArticleToExtract, error: str) -> None:
        await store.articles.extraction_failed(article.article_id, error)

    # a process that has finished its text finds the next one waiting
    places = extractor.processes * 2
    async with share_of(
        store,
        Topic.EXTRACT,
        waiting,
        lambda article: article.article_id,
        lambda ids: store.articles.to_extract(batch, last=last, only=ids),
    ) as articles:
        done = await deal_with_each(
            SetbackStep.EXTRACT, articles, extract, put_off=put_off, places=places, failures=failures
        )
    await store.setbacks.clear(SetbackStep.EXTRACT, (article.article_id for article in done))
    return len(articles)


async def group_articles(
    store: Store, clock: Clock, failures: Failures | None = None, memory: StoryMemory | None = None
) -> int:
    """Put extracted articles into stories; return how many were processed.

    `memory` keeps the index of stories for the next pass.
    """
    articles = await store.stories.to_group(BATCH)
    if not articles:
        return 0
    memory = memory or StoryMemory()
    index = await memory.index(store, clock())
    for those_of_a_day in passes_of(articles):
        await _group_together(store, clock, those_of_a_day, index, memory, failures)
    return len(articles)


async def _group_together(
    store: Store,
    clock: Clock,
    articles: Sequence[ArticleToGroup],
    index: StoryIndex,
    memory: StoryMemory,
    failures: Failures | None,
) -> None:
    """Put articles into stories: all of them are placed, and placed again, before any is saved."""
    story_pass = StoryPass(index)
    vectors: dict[int, dict[str, float]] = {}
    saved: dict[int, int] = {}

    async def place(article: ArticleToGroup) -> None:
        # counting words takes long enough to hold up the event loop
        if (terms := vectors.get(article.article_id)) is None:
            terms = vectors[article.article_id] = await asyncio.to_thread(terms_of, article)
        await asyncio.to_thread(story_pass.place, article, terms)

    async def save(article: ArticleToGroup) -> None:
        place, terms = story_pass.placed(article), vectors[article.article_id]
        known = saved.get(place.story_id) if place.is_new else place.story_id
        joined = await store.stories.save(article.article_id, known, terms)
        if place.is_new:
            saved.setdefault(place.story_id, joined)
        index.joined(joined, terms, article.published_at)
        for gone in place.absorbed if joined == place.story_id else ():
            await store.stories.absorb(gone, joined)
            index.merge(gone, joined)

    def forget(_article: ArticleToGroup) -> None:
        memory.forget()  # the index may no longer match the store

    async def put_off(article: ArticleToGroup, error: str) -> None:
        await store.setbacks.note(SetbackStep.GROUP, article.article_id, error, clock())

    done = articles
    for work in (*[place] * ROUNDS, save):
        done = await deal_with_each(
            SetbackStep.GROUP, done, work, put_off=put_off, forget=forget, failures=failures
        )
    await store.setbacks.clear(SetbackStep.GROUP, (article.article_id for article in done))


async def compose_digests(store: Store, clock: Clock, failures: Failures | None = None) -> int:
    """Compose the due digests; return how many were put into the outbox, or 1 if more may be due.

    While messages of a subscription cannot be posted, nothing more is composed for it.
    """
    now = clock()
    composed = 0

    async def compose(subscription: Subscription) -> None:
        nonlocal composed
        next_at = next_slot(subscription.plan, now)
        if (quiet := quiet_hours(subscription.plan, now)) is not None:
            await store.subscriptions.reschedule(subscription.id, quiet[1])
            return
        if await waits_for_reading(store, subscription, now):
            await store.subscriptions.reschedule(subscription.id, now + LOOKED_AT_EVERY)
            return
        if subscription.id in stuck:
            # news waits, too: once the channel can be posted to again, one digest catches up
            await store.subscriptions.reschedule(subscription.id, min(next_at, now + CATCH_UP_EVERY))
            return
        try:
            slot = min(subscription.next_at, now)
            digest = await compose_digest(
                store, subscription, slot=slot, now=now, next_at=next_at, shared=shared, stored=stored
            )
            composed += digest is not None
        except BadInput as error:  # a filter stored by a version of Hearsay with another syntax
            log.warning("filter not read", subscription=subscription.id, error=str(error))
            await store.subscriptions.pause(subscription.id, str(error))

    async def put_off(subscription: Subscription, error: str) -> None:
        await store.setbacks.note(SetbackStep.COMPOSE, subscription.id, error, now)

    async with share_of(
        store,
        Topic.COMPOSE,
        await store.subscriptions.due(now, BATCH),
        lambda subscription: subscription.plan.channel_id,
        lambda channels: store.subscriptions.due(now, BATCH, channels=channels),
    ) as due:
        stuck = await store.deliveries.stuck([subscription.id for subscription in due])
        shared, stored = await together(store, due, now), StoredTogether(store)
        try:
            done = await deal_with_each(
                SetbackStep.COMPOSE, due, compose, put_off=put_off, places=COMPOSED_AT_ONCE, failures=failures
            )
        finally:
            await stored.close()
    await store.setbacks.clear(SetbackStep.COMPOSE, (subscription.id for subscription in done))
    return composed or int(len(due) == BATCH)


async def deliver(
    store: Store,
    sender: Sender,
    clock: Clock,
    failures: Failures | None = None,
    posted: Callable[[timedelta], None] | None = None,
) -> int:
    """Post what waits in the outbox; return how many messages were posted, or 1 if more may wait.

    A subscription whose channel is gone or closed to Hearsay is paused, with the reason for its managers. `posted`
    is called for each message with how long after the time of its digest it was posted.
    """
    async with share_of(
        store,
        Topic.DELIVER,
        await store.deliveries.due(clock(), BATCH),
        lambda delivery: delivery.channel_id,
        lambda channels: store.deliveries.due(clock(), BATCH, channels=channels),
    ) as waiting:
        done = await work_off(waiting, sender, store.deliveries, clock)
    for delivery, error in done.failed:
        log.warning("digest not posted", delivery=delivery.id, channel=delivery.channel_id, error=str(error))
        if delivery.subscription_id is not None and isinstance(error, ChannelGone | ChannelForbidden):
            with contextlib.suppress(NotFound):  # it was removed in the meantime
                await store.subscriptions.pause(delivery.subscription_id, str(error))
    await tell_unposted(store, (*done.held, *done.failed), clock())
    if posted is not None:
        for lag in done.lags:
            posted(lag)
    if failures is not None:
        failures["deliver"] += done.unexpected
    return done.sent or int(len(waiting) == BATCH)


async def bring_back_far_times(store: Store, clock: Clock) -> int:
    """Reschedule whatever lies further ahead than anything is planned, because the clock was ahead; return how
    much.
    """
    now = clock()
    found = await store.far_times.bring_back(now)
    digests = await store.far_times.digests(now)
    for subscription_id in digests:
        with contextlib.suppress(NotFound):
            subscription = await store.subscriptions.get(subscription_id, None)
            await store.subscriptions.reschedule(subscription_id, next_slot(subscription.plan, now))
    if found or digests:
        log.warning("planned too far ahead, and planned anew", digests=len(digests), **found)
    return len(digests) + sum(found.values())


async def purge(store: Store, clock: Clock, kept: Kept | None = None) -> int:
    """Delete expired data, once a day; return how much went: entries, articles, texts and messages.

    Before that the database is checked, and afterwards its statistics are renewed. Raises StoreError if it is
    damaged.
    """
    now = clock()
    last = await store.installation.get(PURGED_AT)
    # a time in the future comes from a clock that was ahead
    if last is not None and timedelta() <= now - datetime.fromisoformat(last) < PURGE_EVERY:
        return 0
    await store.database.check()
    for guild_id in await store.guilds.gone_since(now - DEPARTED_KEPT):
        await store.guilds.forget(guild_id)
        log.info("server forgotten", guild=guild_id)
    total = 0
    while (purged := await store.retention.purge(now, BATCH, kept)).total:
        total += purged.total
    await store.retention.free_space(now, kept)
    await store.setbacks.purge(now)
    await store.leases.purge()
    await store.request_turns.purge()
    await store.database.optimize()
    await store.installation.put(PURGED_AT, now.isoformat())
    return total
