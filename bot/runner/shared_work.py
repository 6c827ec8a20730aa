"""This process's share of the work if there are several: it takes leases, and checks again what it got."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.errors import StoreError
from bot.event_loop import end_tasks
from bot.fetching.canonical_url import host_of
from bot.model.articles import EntryToRead
from bot.model.feeds import PollTarget
from bot.store import Store
from bot.store.leases import KEPT_EVERY, Topic, key_of

log = structlog.get_logger(__name__)
Item = TypeVar("Item")

HOST_PAUSE = timedelta(seconds=2)
"""How long others leave a host alone after this process read from it: they do not know when it was last asked."""
MOST_BATCHES = 10
"""How many batches of entries to search for hosts that no other process reads from."""


@asynccontextmanager
async def share_of(
    store: Store,
    topic: Topic,
    items: Sequence[Item],
    key: Callable[[Item], int],
    look_again: Callable[[Collection[int]], Awaitable[Sequence[Item]]],
) -> AsyncIterator[Sequence[Item]]:
    """Yield those of `items` that no other process works on, and reserve them in the meantime.

    `look_again` is given the reserved keys, and returns what is still to do for them: another process may have
    done it before. If there is only one process, all items are yielded.
    """
    if not store.leases.shared:
        yield items
        return
    taken = await store.leases.take(topic, map(key, items))
    try:
        yield await look_again(taken) if taken else ()
    finally:
        await store.leases.give_back(topic, taken)


def host_key(url: str | None, otherwise: str) -> int:
    """Return the key of the host of an address; if it has none, the key of `otherwise`."""
    return key_of((host_of(url) if url else "") or otherwise)


def host_of_target(target: PollTarget) -> int:
    """Return the key of the host that a feed is polled from."""
    return host_key(target.url, f"feed {target.feed_id}")


async def targets_of_free_hosts(
    store: Store, targets: Sequence[PollTarget], now: datetime | None
) -> tuple[Sequence[PollTarget], Collection[int]]:
    """Return the targets of hosts that no other process polls, and the keys of these hosts, which are now ours.

    Targets no longer due at `now`, because another process polled them, are left out. None keeps them.
    """
    if not store.leases.shared or not targets:
        return targets, ()
    keys = {target.feed_id: host_of_target(target) for target in targets}
    taken = await store.leases.take(Topic.POLL, keys.values())
    free = [target for target in targets if keys[target.feed_id] in taken]
    if free and now is not None:
        due = await store.feeds.still_due([target.feed_id for target in free], now)
        free = [target for target in free if target.feed_id in due]
    return free, taken.keys()


@asynccontextmanager
async def entries_of_free_hosts(store: Store, now: datetime, limit: int) -> AsyncIterator[Sequence[EntryToRead]]:
    """Yield entries to read whose hosts no other process reads from; reserve these hosts in the meantime."""
    if not store.leases.shared:
        yield await store.articles.entries_to_read(now, limit)
        return
    hosts: set[int] = set()
    chosen: list[int] = []
    try:
        for page in range(MOST_BATCHES):
            waiting = await store.articles.waiting_entries(now, limit, page * limit)
            keys = {entry_id: host_key(url, f"entry {entry_id}") for entry_id, url in waiting}
            taken = await store.leases.take(Topic.READ, keys.values())
            hosts |= taken.keys()
            chosen += [entry_id for entry_id, key in keys.items() if key in taken]
            if len(chosen) >= limit or len(waiting) < limit:
                break
        yield await store.articles.entries_to_read(now, limit, only=chosen[:limit])
    finally:
        await store.leases.give_back(Topic.READ, hosts, pause=HOST_PAUSE)


class KeptLeases:
    """Keeps the leases of this process alive while it works, and gives them back at the end."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._works = 0

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Keep the leases alive. The last one to finish gives them back."""
        self._works += 1
        keeper = asyncio.create_task(self._keep(), name="leases") if self._store.leases.shared else None
        try:
            yield
        finally:
            self._works -= 1
            if keeper is not None:
                await end_tasks([keeper])
                if not self._works:
                    await self._give_all_back()

    async def _give_all_back(self) -> None:
        try:
            await self._store.leases.give_all_back()
        except StoreError as error:  # they expire
            log.warning("leases not given back", error=error.message)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(KEPT_EVERY.total_seconds())
            try:
                await self._store.leases.keep()
            except Exception:
                log.exception("leases not kept")
