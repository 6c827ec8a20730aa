"""What digests share that are composed together: the data read for them, and the transactions that store them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.languages.known_languages import Language
from bot.model.digests import Cadence, Subscription
from bot.services.digest_origins import Origins
from bot.services.server_settings import languages_of_servers
from bot.store import Store
from bot.store.servers.candidates_together import Wanted
from bot.store.servers.deliveries import NewDigest
from bot.store.servers.shared_articles import SharedArticles

MOST_ARTICLES = 200
"""The most unshown articles in one digest."""
STORED_AT_ONCE = 50
"""Digests in one transaction."""


@dataclass(frozen=True, slots=True)
class Together:
    """What digests composed together share: articles, the origins of stories, languages."""

    articles: SharedArticles
    origins: Origins = field(default_factory=dict)
    languages: Mapping[int, Language] = field(default_factory=dict)
    """The languages of servers that were looked up so far."""
    comparing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held by the digest whose claims are being compared: two calculating threads only hold up the event loop."""


async def together(store: Store, subscriptions: Sequence[Subscription], now: datetime) -> Together:
    """Return what the digests of these subscriptions share. It must not outlive their composing."""
    wanted = [Wanted(one.selection, one.plan.channel_id, now - span_of(one.plan.cadence)) for one in subscriptions]
    articles = await store.digests.shared_among(wanted, MOST_ARTICLES)
    languages = await languages_of_servers(store, {one.guild_id for one in subscriptions})
    return Together(articles, languages=languages)


def span_of(cadence: Cadence) -> timedelta:
    """Return how far back a digest of this cadence looks for articles."""
    return timedelta(days=8) if cadence is Cadence.WEEKLY else timedelta(days=2)


class StoredTogether:
    """Stores digests: those that wait while others are being stored, in one transaction.

    One that cannot be stored holds up no other: then each is stored by itself.
    """

    def __init__(self, store: Store) -> None:
        self._deliveries = store.deliveries
        self._waiting: list[tuple[NewDigest, asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None

    async def put(self, digest: NewDigest) -> None:
        """Store a digest. Raises what `Deliveries.put_all` raises."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((digest, stored))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store(), name="digests stored")
        await stored

    async def close(self) -> None:
        """Give up pending digests, if anybody still waits for them: their subscriptions stay due."""
        self._waiting.clear()
        if self._storing is not None:
            self._storing.cancel()
            await asyncio.gather(self._storing, return_exceptions=True)

    async def _store(self) -> None:
        while self._waiting:
            some, self._waiting = self._waiting[:STORED_AT_ONCE], self._waiting[STORED_AT_ONCE:]
            await self._put_all(some)

    async def _put_all(self, some: Sequence[tuple[NewDigest, asyncio.Future[None]]]) -> None:
        try:
            await self._deliveries.put_all([digest for digest, _ in some])
        except Exception as error:  # noqa: BLE001 - one of them is to blame, and is told
            if len(some) == 1:
                _tell(some[0][1], error)
                return
            for one in some:
                await self._put_all([one])
        else:
            for _, stored in some:
                _tell(stored)


def _tell(stored: asyncio.Future[None], error: Exception | None = None) -> None:
    """Tell the waiting task that a digest was stored, or why not. It may no longer be waiting."""
    if stored.done():
        return
    if error is None:
        stored.set_result(None)
    else:
        stored.set_exception(error)
