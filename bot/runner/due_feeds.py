"""The due feeds, handed to the polls as these have room for more."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Iterable, Sequence

from bot.clock import Clock
from bot.model.feeds import PollOutcome, PollTarget
from bot.runner.shared_work import host_of_target, targets_of_free_hosts
from bot.store import Store
from bot.store.leases import Topic

PAGE = 500
"""How many feeds are looked up at a time."""
MOST = 10_000
"""The most feeds under way, nearly all of them waiting for their hosts; some ten megabytes."""


class DueFeeds:
    """Due feeds, each given once until the result of its poll is stored.

    Feeds that become due while others are polled join them, so a slow host does not hold up the rest. `news` is
    set by anyone who knows of a change; otherwise the store is asked again every `look_again_s` while polls are
    under way.
    """

    def __init__(self, store: Store, clock: Clock, *, news: asyncio.Event, look_again_s: float) -> None:
        self._store = store
        self._clock = clock
        self._news = news
        self._look_again_s = look_again_s
        self._given: dict[int, int] = {}
        """The feeds under way, each with the key of its host."""
        self._meanwhile: set[int] = set()
        self._stored = asyncio.Event()
        self._hosts: set[int] = set()

    async def pages(self) -> AsyncGenerator[Sequence[PollTarget], None]:
        """Give due feeds, those that have waited longest first, until none is due and none is under way.

        Feeds of hosts that another process polls are left to it. Hosts with nothing under way are given back,
        because a pass may go on for as long as this process runs.
        """
        try:
            async with contextlib.aclosing(self._pages()) as pages:
                async for page in pages:
                    yield page
        finally:
            await self._store.leases.give_back(Topic.POLL, self._hosts)

    async def _pages(self) -> AsyncGenerator[Sequence[PollTarget], None]:
        last: PollTarget | None = None
        while True:
            await self._give_back_idle_hosts()
            # what is stored while the store is asked may still be due in its answer
            self._meanwhile.clear()
            page = await self._store.feeds.due(self._clock(), PAGE, after=last)
            last = page[-1] if len(page) == PAGE else None
            out = self._given.keys() | self._meanwhile
            new = await self._free([target for target in page if target.feed_id not in out])
            if new:
                self._given |= {target.feed_id: host_of_target(target) for target in new}
                yield new
                await self._room()
            elif last is None:
                if not self._given:
                    return
                await self._change()

    def stored(self, outcomes: Iterable[PollOutcome]) -> None:
        """Report that these outcomes are stored: their feeds may be given again."""
        done = {outcome.feed_id for outcome in outcomes}
        for feed_id in done:
            self._given.pop(feed_id, None)
        self._meanwhile |= done
        self._stored.set()
        if not self._given:
            self._news.set()

    async def _free(self, targets: Sequence[PollTarget]) -> Sequence[PollTarget]:
        """Return the targets of hosts that no other process polls, if they are still due. Their hosts are ours."""
        free, hosts = await targets_of_free_hosts(self._store, targets, self._clock())
        self._hosts.update(hosts)
        return free

    async def _give_back_idle_hosts(self) -> None:
        idle = self._hosts.difference(self._given.values())
        await self._store.leases.give_back(Topic.POLL, idle)
        self._hosts -= idle

    async def _room(self) -> None:
        while len(self._given) >= MOST:
            self._stored.clear()
            await self._stored.wait()

    async def _change(self) -> None:
        try:
            async with asyncio.timeout(self._look_again_s):
                await self._news.wait()
        except TimeoutError:
            return
        self._news.clear()
