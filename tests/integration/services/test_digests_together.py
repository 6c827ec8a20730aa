"""Digests are stored in one transaction, and one that cannot be stored holds up no other."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import NotFound, ShownMeanwhile
from bot.model.delivery import DeliveryState
from bot.services.digests_together import StoredTogether
from bot.store import Store, open_store
from bot.store.servers.deliveries import NewDigest
from tests.factories import CHANNEL, NOON, SetClock, a_subscription, put_digest, stored_article

TOMORROW = NOON + timedelta(days=1)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{tmp_path / 'hearsay.db'}", clock=SetClock()) as opened:
        yield opened


def digest(subscription_id: int, *article_ids: int) -> NewDigest:
    return NewDigest(subscription_id, NOON, [(f"nonce {subscription_id}", {})], article_ids, TOMORROW, {})


async def several(store: Store, count: int) -> list[int]:
    return [(await a_subscription(store, channel_id=CHANNEL + number)).id for number in range(count)]


async def test_digests_that_are_ready_together_are_stored_in_one_transaction(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await several(store, 5)
    sizes: list[int] = []
    put_all = store.deliveries.put_all

    async def counted(digests: list[NewDigest]) -> list[list[int]]:
        sizes.append(len(digests))
        return await put_all(digests)

    monkeypatch.setattr(store.deliveries, "put_all", counted)
    stored = StoredTogether(store)
    await asyncio.gather(*(stored.put(digest(one)) for one in ids))
    assert sum(sizes) == 5
    assert len(sizes) < 5
    assert (await store.deliveries.counts())[DeliveryState.PENDING] == 5
    assert [(await store.subscriptions.get(one, None)).next_at for one in ids] == [TOMORROW] * 5


async def test_a_digest_that_cannot_be_stored_holds_up_no_other(store: Store) -> None:
    article = await stored_article(store, grouped=True)
    first, second, third = await several(store, 3)
    await put_digest(store, first, NOON - timedelta(hours=1), [("before", {})], [article.article_id], NOON)
    stored = StoredTogether(store)
    results = await asyncio.gather(
        stored.put(digest(second)),
        stored.put(digest(999)),
        stored.put(digest(first, article.article_id)),
        stored.put(digest(third, article.article_id)),
        return_exceptions=True,
    )
    assert [type(one) for one in results] == [type(None), NotFound, ShownMeanwhile, type(None)]
    assert (await store.deliveries.counts())[DeliveryState.PENDING] == 3


async def test_what_nobody_waits_for_any_more_is_given_up(store: Store) -> None:
    (one,) = await several(store, 1)
    stored = StoredTogether(store)
    waiting = asyncio.create_task(stored.put(digest(one)))
    await asyncio.sleep(0)
    waiting.cancel()
    await stored.close()
    await asyncio.gather(waiting, return_exceptions=True)
    await stored.put(digest(one))
    assert (await store.deliveries.counts())[DeliveryState.PENDING] == 1
