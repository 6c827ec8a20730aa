"""All steps, each defined once: run by the loop of one process, or by the jobs of many."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog

from bot.articles.seen_pages import SeenPages
from bot.delivery.outbox import Sender
from bot.fetching.host_budget import HostBudget
from bot.model.articles import ArticleToExtract
from bot.model.queues import ALONE, POSTS
from bot.runner import corrections, letters, notices, polling, steps
from bot.runner.due_feeds import DueFeeds
from bot.runner.each_item import Failures
from bot.runner.hubs import Hubs
from bot.runner.story_memory import StoryMemory
from bot.runner.trusted_clock import TrustedClock
from bot.services.engine import Engine
from bot.store.leases import Topic, key_of
from bot.store.schema.columns import SetbackStep

log = structlog.get_logger(__name__)

PLANS_OR_DELETES = frozenset({"compose", "follow", "purge"})
"""Steps that wait until the clock is trusted."""
NEVER = datetime.min.replace(tzinfo=UTC)


class Steps:
    """Runs each step once on request. An item that fails is put off and does not hold up the others.

    `wake` is called with the name of a step that has new work. `sender` is set once there is a Discord client;
    until then digests wait in the outbox. `counts_what_waits`: see `count_what_waits`.
    """

    def __init__(self, engine: Engine, *, wake: Callable[[str], None], counts_what_waits: bool = True) -> None:
        self.sender: Sender | None = None
        self.hubs = hubs = _hubs_of(engine)
        self.poll_news = asyncio.Event()
        """Set if feeds may have become due."""
        self._engine = engine
        self._wake = wake
        self._counts_what_waits = counts_what_waits
        self._seen = SeenPages()
        self._each: dict[str, Callable[[], Awaitable[int]]] = {
            "poll": self._poll,
            "read": self._read,
            "extract": self._extract,
            "group": self._group,
            "compose": self._compose,
            "deliver": self._deliver,
            "correct": self._correct,
            "follow": self._follow,
            "notify": self._notify,
            "purge": self._purge,
        }
        if hubs is not None:
            self._each |= {"ask hubs": self._ask_hubs, "read pushes": hubs.read}
        self._failures: Failures = Counter()
        self._budget = HostBudget()
        self._stories = StoryMemory()
        self._news = letters.NewsWatch()
        self._since: dict[str, datetime | None] = {}
        self._clock = TrustedClock(engine.store, engine.clock, hosts=engine.fetcher.clocks.time)
        self.locks = {name: asyncio.Lock() for name in self._each}
        """Held while a step runs: this process never runs one twice at once."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the steps, in the order of an article's way."""
        return tuple(self._each)

    def following(self, name: str) -> str | None:
        """Return the step that has work after this one did something, if any."""
        names = self.names
        # pushed documents go the same way as polled ones
        following = names[names.index("poll" if name == "read pushes" else name) + 1 :]
        # no digest is composed early for it: digests have their own times
        return following[0] if following and following[0] != "compose" else None

    async def may_run(self, name: str) -> bool:
        """Return whether the clock is trusted, if the step depends on it. Raises StoreError."""
        if name in PLANS_OR_DELETES:
            return await self._clock.is_trusted()
        return True

    async def run(self, name: str) -> int:
        """Do the due work of a step, at most a batch; return how much was done."""
        async with self.locks[name]:
            try:
                if name in ALONE and not await self.is_ours(name):
                    return 0
                with self._engine.tracer.span(f"step {name}"):
                    return await self._each[name]()
            finally:
                for step, count in self._failures.items():
                    self._engine.metrics.item_failures.labels(step).inc(count)
                self._failures.clear()

    async def is_ours(self, name: str) -> bool:
        """Return whether this process does a step that only one does. It goes on doing it until it stops.

        Steps that need Discord are left to a process that has a sender.
        """
        if name in POSTS and self.sender is None and self._engine.store.leases.shared:
            return False
        key = key_of(name)
        since = (await self._engine.store.leases.take(Topic.STEP, [key])).get(key, NEVER)
        if since is not NEVER and self._since.get(name, NEVER) != since:
            self._since[name] = since
            if name == "group":
                self._stories.forget()  # others may have grouped articles in the meantime
        return since is not NEVER

    def _wake_after(self, name: str) -> None:
        if (following := self.following(name)) is not None:
            self._wake(following)

    async def _poll(self) -> int:
        due = DueFeeds(
            self._engine.store,
            self._engine.clock,
            news=self.poll_news,
            look_again_s=self._engine.settings.pass_interval,
        )
        new = polled = failed = 0
        found = polling.polls(
            self._engine.store,
            self._engine.fetcher,
            self._engine.workers,
            self._engine.clock,
            targets=due,
            limits=self._engine.poll_limits,
            concurrency=self._engine.settings.poll_concurrency,
            failures=self._failures,
        )
        async with contextlib.aclosing(found):
            async for summary in found:
                for status, count in summary.statuses.items():
                    self._engine.metrics.polls.labels(status.value).inc(count)
                new += summary.new_entries
                polled += summary.feeds
                failed += len(summary.errors)
                if summary.new_entries:  # a pass may take as long as a slow host does
                    self._wake_after("poll")
        if polled:
            log.info(pass_in_words(polled, new), feeds=polled, new=new, failed=failed)
        return new

    async def _ask_hubs(self) -> int:
        if self.hubs is not None:
            await self.hubs.ask()
        return 0  # the other due feeds follow in the next pass: no hub is asked for many feeds at once

    async def _read(self) -> int:
        done = await steps.read_entries(
            self._engine.store,
            self._engine.fetcher,
            self._engine.workers,
            self._engine.clock,
            self._engine.manners,
            self._seen,
            self._failures,
            self._engine.page_budget,
        )
        self._engine.metrics.entries_read.inc(done)
        return done

    async def _extract(self) -> int:
        done = await steps.extract_articles(
            self._engine.store, self._engine.extractor, self._budget, self._failures, self._note_lag
        )
        self._engine.metrics.articles_extracted.inc(done)
        return done

    def _note_lag(self, article: ArticleToExtract) -> None:
        if article.published_at is not None:
            lag = (self._engine.clock() - article.published_at).total_seconds()
            self._engine.metrics.article_lag.observe(max(lag, 0.0))

    async def _group(self) -> int:
        return await steps.group_articles(self._engine.store, self._engine.clock, self._failures, self._stories)

    async def _purge(self) -> int:
        await steps.bring_back_far_times(self._engine.store, self._engine.clock)
        return await steps.purge(self._engine.store, self._engine.clock, self._engine.kept)

    async def _compose(self) -> int:
        return await steps.compose_digests(self._engine.store, self._engine.clock, self._failures)

    async def _deliver(self) -> int:
        if self._counts_what_waits:
            await count_what_waits(self._engine)
        if self.sender is None:
            return 0
        lags = self._engine.metrics.digest_lag
        posted = await steps.deliver(
            self._engine.store,
            self.sender,
            self._engine.clock,
            self._failures,
            lambda lag: lags.observe(max(lag.total_seconds(), 0.0)),
        )
        self._engine.metrics.messages_posted.inc(posted)
        return posted

    async def _correct(self) -> int:
        store, clock = self._engine.store, self._engine.clock
        edits = await corrections.correct_posted(store, clock, self._failures)
        if self.sender is None:
            return edits
        return edits + await corrections.make_edits(store, self.sender, clock, self._failures)

    async def _follow(self) -> int:
        written = await letters.write_letters(self._engine, self._news, self._failures)
        if self.sender is None:
            return written
        posted = await letters.deliver_letters(self._engine, self.sender, self._failures)
        self._engine.metrics.messages_posted.inc(posted)
        return written + posted

    async def _notify(self) -> int:
        told = await notices.review_feeds(self._engine.store, self._engine.clock, self._failures)
        if self.sender is None:
            return told
        posted = await notices.deliver_notices(self._engine.store, self.sender, self._engine.clock, self._failures)
        self._engine.metrics.messages_posted.inc(posted)
        return told + posted


async def count_what_waits(engine: Engine) -> None:
    """Record for /metrics how many entries and articles wait, how many items are put off, and how late polls are.

    Must be called regularly: figures that one process recorded long ago would otherwise be shown as current.
    """
    for what, count in (await engine.store.entry_states.waiting()).items():
        engine.metrics.waiting.labels(what).set(count)
    counts = await engine.store.setbacks.counts()
    for step in SetbackStep:
        engine.metrics.setbacks.labels(step.value).set(counts[step])
    late = await engine.store.due_work.oldest_feed(engine.clock())
    engine.metrics.oldest_due_feed.set(late.total_seconds())


def pass_in_words(feeds: int, articles: int) -> str:
    """Return the result of a pass over the feeds in words: "polled 12 feeds: 3 new articles"."""
    brought = f"{articles or 'no'} new article{'' if articles == 1 else 's'}"
    return f"polled {feeds} feed{'' if feeds == 1 else 's'}: {brought}"


def _hubs_of(engine: Engine) -> Hubs | None:
    url = engine.settings.public_url
    if url is None:
        return None
    parts = engine.store, engine.fetcher, engine.workers, engine.clock, engine.metrics, engine.poll_limits
    return Hubs(str(url), *parts)
