"""The runner: each process of the bot looks for due work and does it."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime

import structlog

from bot.articles.seen_pages import SeenPages
from bot.delivery.outbox import Sender
from bot.runner import corrections, notices, polling, steps
from bot.runner.clock_watch import ClockWatch
from bot.runner.due_feeds import DueFeeds
from bot.runner.each_item import Failures
from bot.runner.garbage_collection import collect_less_often
from bot.runner.host_budget import HostBudget
from bot.runner.hubs import Hubs
from bot.runner.shared_work import KeptLeases, targets_of_free_hosts
from bot.runner.story_memory import StoryMemory
from bot.services.engine import Engine
from bot.services.runner_protocol import CaughtUp
from bot.store.leases import Topic, key_of
from bot.store.schema.columns import SetbackStep

log = structlog.get_logger(__name__)

PAUSE_AFTER_ERROR = 5.0
"""Seconds that a step waits after its first failure; twice as long after each further one."""
LONGEST_PAUSE = 300.0
PLANS_OR_DELETES = frozenset({"compose", "purge"})
"""Steps that wait until the clock is trusted."""
ALONE = frozenset({"group", "correct", "notify", "purge", "ask hubs"})
"""Steps that one process does for all that share a database. They share the others, item by item."""
POSTS_ALONE = frozenset({"correct", "notify"})
"""Those of them that are left to a process that is connected to Discord."""
NEVER = datetime.min.replace(tzinfo=UTC)
ALL = 1_000_000
"""More feeds than one installation has."""


class EmbeddedRunner:
    """Runs every step in a loop of its own, so that a slow feed keeps no digest waiting.

    An item that fails is put off and keeps no other waiting; a step that fails is logged and tried again, with
    growing delays. `sender` is set once there is a Discord client; until then digests wait in the outbox.
    """

    def __init__(self, engine: Engine) -> None:
        self.sender: Sender | None = None
        self._engine = engine
        self._seen = SeenPages()
        self._hubs = hubs = _hubs_of(engine)
        self._steps: dict[str, Callable[[], Awaitable[int]]] = {
            "poll": self._poll,
            "read": self._read,
            "extract": self._extract,
            "group": self._group,
            "compose": self._compose,
            "deliver": self._deliver,
            "correct": self._correct,
            "notify": self._notify,
            "purge": self._purge,
        }
        if hubs is not None:
            self._steps |= {"ask hubs": self._ask_hubs, "read pushes": hubs.read}
        self._failures: Failures = Counter()
        self._budget = HostBudget()
        self._page_budget = HostBudget()
        self._stories = StoryMemory()
        self._leases = KeptLeases(engine.store)
        self._since: dict[str, datetime | None] = {}
        self._watch = ClockWatch(engine.clock)
        self._locks = {name: asyncio.Lock() for name in self._steps}
        self._wakes = {name: asyncio.Event() for name in self._steps}
        if hubs is not None:
            hubs.inbox.arrived = self._wakes["read pushes"].set

    def wake(self) -> None:
        """Make every step look for due work at once."""
        for event in self._wakes.values():
            event.set()

    def serve_hubs(self, address: str) -> AbstractAsyncContextManager[str] | None:
        """Serve at `address` ("host:port") what hubs send (WebSub); give the base URL. None if they cannot."""
        return None if self._hubs is None else self._hubs.served_at(address)

    async def run(self) -> None:
        """Run all steps until cancelled."""
        collect_less_often()
        async with self._leases.working(), asyncio.TaskGroup() as group:
            for name in self._steps:
                group.create_task(self._loop(name), name=f"step {name}")

    async def pass_once(self) -> dict[str, int]:
        """Do all due work once, in the order of an article's way; return how much each step did."""
        async with self._leases.working():
            return {name: await self._locked(name) for name in self._steps}

    async def catch_up(self, *, every: bool = False) -> CaughtUp:
        """Poll the due feeds, or with `every` all feeds; then read, analyse and group all that waits for it."""
        async with self._leases.working():
            return await self._caught_up(every=every)

    async def _caught_up(self, *, every: bool) -> CaughtUp:
        engine = self._engine
        feeds = engine.store.feeds
        async with self._locks["poll"]:
            wanted = await (feeds.targets(None) if every else feeds.due(engine.clock(), ALL))
            free, hosts = await targets_of_free_hosts(engine.store, wanted, None if every else engine.clock())
            try:
                polls = await polling.poll_feeds(
                    engine.store,
                    engine.fetcher,
                    engine.workers,
                    engine.clock,
                    targets=free,
                    limits=engine.poll_limits,
                    concurrency=engine.settings.poll_concurrency,
                )
            finally:
                await engine.store.leases.give_back(Topic.POLL, hosts)
        while await self._locked("read"):
            pass
        articles = 0
        while done := await steps.extract_articles(engine.store, engine.extractor):
            articles += done
        while await self._locked("group"):
            pass
        return CaughtUp(polls, articles)

    async def _locked(self, name: str) -> int:
        async with self._locks[name]:
            try:
                if name in POSTS_ALONE and self.sender is None and self._engine.store.leases.shared:
                    return 0
                if name in ALONE and not await self._is_ours(name):
                    return 0
                return await self._steps[name]()
            finally:
                for step, count in self._failures.items():
                    self._engine.metrics.item_failures.labels(step).inc(count)
                self._failures.clear()

    async def _is_ours(self, name: str) -> bool:
        """Return whether this process does a step that only one does. It goes on doing it until it stops."""
        key = key_of(name)
        since = (await self._engine.store.leases.take(Topic.STEP, [key])).get(key, NEVER)
        if since is not NEVER and self._since.get(name, NEVER) != since:
            self._since[name] = since
            if name == "group":
                self._stories.forget()  # others may have grouped articles meanwhile
        return since is not NEVER

    async def _loop(self, name: str) -> None:
        wake = self._wakes[name]
        failed = 0
        while True:
            wake.clear()
            pause = self._engine.settings.pass_interval
            if not self._watch.is_trusted() and name in PLANS_OR_DELETES:
                await asyncio.sleep(pause)
                continue
            try:
                done = await self._locked(name)
            except Exception:
                log.exception("step failed", step=name)
                self._engine.metrics.step_failures.labels(name).inc()
                pause = max(pause, min(PAUSE_AFTER_ERROR * 2**failed, LONGEST_PAUSE))
                failed = min(failed + 1, 10)
            else:
                failed = 0
                if done:
                    wake.set()  # a step takes a batch at a time: there may be more
                    self._wake_after(name)
            try:
                async with asyncio.timeout(pause):
                    await wake.wait()
            except TimeoutError:
                continue

    def _wake_after(self, name: str) -> None:
        """Let the next step see at once what this one has done."""
        names = list(self._steps)
        # what was pushed goes the way of what was polled
        following = names[names.index("poll" if name == "read pushes" else name) + 1 :]
        # nothing is composed early for it: a digest has its own time
        if following and following[0] != "compose":
            self._wakes[following[0]].set()

    async def _poll(self) -> int:
        due = DueFeeds(
            self._engine.store,
            self._engine.clock,
            news=self._wakes["poll"],
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
                if summary.new_entries:  # a pass may last for as long as a host is slow
                    self._wake_after("poll")
        if polled:
            log.info(pass_in_words(polled, new), feeds=polled, new=new, failed=failed)
        return new

    async def _ask_hubs(self) -> int:
        if self._hubs is not None:
            await self._hubs.ask()
        return 0  # whoever else is due is asked in the next pass: no hub is asked for many feeds at once

    async def _read(self) -> int:
        done = await steps.read_entries(
            self._engine.store,
            self._engine.fetcher,
            self._engine.workers,
            self._engine.clock,
            self._engine.manners,
            self._seen,
            self._failures,
            self._page_budget,
        )
        self._engine.metrics.entries_read.inc(done)
        return done

    async def _extract(self) -> int:
        done = await steps.extract_articles(
            self._engine.store, self._engine.extractor, self._budget, self._failures
        )
        self._engine.metrics.articles_extracted.inc(done)
        return done

    async def _group(self) -> int:
        return await steps.group_articles(self._engine.store, self._engine.clock, self._failures, self._stories)

    async def _purge(self) -> int:
        await steps.bring_back_far_times(self._engine.store, self._engine.clock)
        return await steps.purge(self._engine.store, self._engine.clock, self._engine.kept)

    async def _compose(self) -> int:
        return await steps.compose_digests(self._engine.store, self._engine.clock, self._failures)

    async def _deliver(self) -> int:
        await self._count_what_waits()
        if self.sender is None:
            return 0
        posted = await steps.deliver(self._engine.store, self.sender, self._engine.clock, self._failures)
        self._engine.metrics.messages_posted.inc(posted)
        return posted

    async def _correct(self) -> int:
        store, clock = self._engine.store, self._engine.clock
        edits = await corrections.correct_posted(store, clock, self._failures)
        if self.sender is None:
            return edits
        return edits + await corrections.make_edits(store, self.sender, clock, self._failures)

    async def _count_what_waits(self) -> None:
        for what, count in (await self._engine.store.entry_states.waiting()).items():
            self._engine.metrics.waiting.labels(what).set(count)
        counts = await self._engine.store.setbacks.counts()
        for step in SetbackStep:
            self._engine.metrics.setbacks.labels(step.value).set(counts[step])

    async def _notify(self) -> int:
        told = await notices.review_feeds(self._engine.store, self._engine.clock, self._failures)
        if self.sender is None:
            return told
        posted = await notices.deliver_notices(self._engine.store, self.sender, self._engine.clock, self._failures)
        self._engine.metrics.messages_posted.inc(posted)
        return told + posted


def pass_in_words(feeds: int, articles: int) -> str:
    """Return what a pass over the feeds brought: "polled 12 feeds: 3 new articles"."""
    brought = f"{articles or 'no'} new article{'' if articles == 1 else 's'}"
    return f"polled {feeds} feed{'' if feeds == 1 else 's'}: {brought}"


def _hubs_of(engine: Engine) -> Hubs | None:
    url = engine.settings.public_url
    if url is None:
        return None
    parts = engine.store, engine.fetcher, engine.workers, engine.clock, engine.metrics, engine.poll_limits
    return Hubs(str(url), *parts)
