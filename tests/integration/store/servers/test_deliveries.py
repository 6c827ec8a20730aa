"""The outbox."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.errors import NotFound, StoreError
from bot.model.delivery import DeliveryState, PostedAt
from bot.model.digests import Subscription
from bot.store import Store
from bot.store.servers.deliveries import NewDigest
from tests.factories import CHANNEL, GUILD, NOON, OTHER_GUILD, a_subscription, put_digest, stored_article

TOMORROW = NOON + timedelta(days=1)
MINUTE = timedelta(minutes=1)


async def put(
    store: Store, subscription: Subscription, *nonces: str, slot: object = NOON, articles: object = ()
) -> list[int]:
    payloads = [(nonce, {"embeds": [{"title": nonce}], "claim_ids": [3, 1]}) for nonce in nonces]
    return await put_digest(store, subscription.id, slot, payloads, articles, TOMORROW)  # type: ignore[arg-type]


async def test_a_digest_is_put_with_its_messages_its_articles_and_the_next_slot(store: Store) -> None:
    subscription = await a_subscription(store)
    stored = await stored_article(store, grouped=True)
    ids = await put(store, subscription, "a", "b", articles=[stored.article_id])
    due = await store.deliveries.due(NOON, 10)
    assert [delivery.id for delivery in due] == ids
    first = due[0]
    assert (first.subscription_id, first.channel_id, first.slot, first.part) == (subscription.id, CHANNEL, NOON, 0)
    assert (first.nonce, first.payload) == ("a", {"embeds": [{"title": "a"}]})
    assert (first.state, first.attempts, first.attempted_at) == (DeliveryState.PENDING, 0, None)
    assert await store.deliveries.claim_ids("a") == [3, 1]
    assert (await store.subscriptions.get(subscription.id, GUILD)).next_at == TOMORROW
    assert (
        await store.digests.unshown_articles(
            subscription.selection, unshown_in=subscription.plan.channel_id, since=NOON, limit=5
        )
        == []
    )


async def test_putting_a_slot_again_changes_nothing(store: Store) -> None:
    subscription = await a_subscription(store)
    ids = await put(store, subscription, "a", "b")
    await store.subscriptions.reschedule(subscription.id, NOON)
    assert await put(store, subscription, "c", "d", "e") == ids
    assert (await store.subscriptions.get(subscription.id, GUILD)).next_at == NOON
    assert (await store.deliveries.counts())[DeliveryState.PENDING] == 2
    assert len(await put(store, subscription, "c", slot=TOMORROW)) == 1


async def test_digests_of_several_subscriptions_are_put_together_or_not_at_all(store: Store) -> None:
    stored = await stored_article(store, grouped=True)
    one, two = [(await a_subscription(store, channel_id=channel)).id for channel in (1, 2)]
    later = TOMORROW + timedelta(days=1)
    first = NewDigest(one, NOON, [("a", {}), ("b", {"article_ids": [stored.article_id]})], (), TOMORROW, {})
    second = NewDigest(two, NOON, [("c", {})], (stored.article_id,), later, {})
    with pytest.raises(NotFound):
        await store.deliveries.put_all([first, NewDigest(999, NOON, [("d", {})], (), TOMORROW, {})])
    assert await store.deliveries.due(NOON, 10) == []
    ids = await store.deliveries.put_all([second, first])
    assert [len(some) for some in ids] == [1, 2]
    assert [(d.nonce, d.id) for d in await store.deliveries.due(NOON, 10)] == [
        ("a", ids[1][0]),
        ("b", ids[1][1]),
        ("c", ids[0][0]),
    ]
    assert await store.deliveries.put_all([first, second]) == ids[::-1]
    planned = [(await store.subscriptions.get(subscription, None)).next_at for subscription in (one, two)]
    assert planned == [TOMORROW, later]


async def test_two_who_put_one_slot_at_once_put_it_once(store: Store) -> None:
    subscription = await a_subscription(store)
    results = await asyncio.gather(*(put(store, subscription, f"a{n}", f"b{n}") for n in range(5)))
    assert len({tuple(ids) for ids in results}) == 1
    assert (await store.deliveries.counts())[DeliveryState.PENDING] == 2


async def test_a_put_that_breaks_half_way_leaves_nothing(store: Store) -> None:
    subscription = await a_subscription(store)
    stored = await stored_article(store, grouped=True)
    with pytest.raises(StoreError):
        await put(store, subscription, "a", "b", articles=[stored.article_id, 9999])
    assert await store.deliveries.due(TOMORROW, 10) == []
    assert (await store.subscriptions.get(subscription.id, GUILD)).next_at == NOON
    assert (
        len(
            await store.digests.unshown_articles(
                subscription.selection, unshown_in=subscription.plan.channel_id, since=NOON, limit=5
            )
        )
        == 1
    )


async def test_a_put_that_is_cancelled_leaves_nothing_and_the_store_goes_on(store: Store) -> None:
    subscription = await a_subscription(store)
    async with store.database.writing() as connection:
        if store.database.dialect == "postgresql":
            await connection.execute(text("SELECT 1 FROM subscriptions FOR UPDATE"))
        task = asyncio.create_task(put(store, subscription, "a"))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert (await store.deliveries.counts())[DeliveryState.PENDING] == 0
    assert len(await put(store, subscription, "a")) == 1


async def test_a_digest_of_a_subscription_that_is_gone_is_refused(store: Store) -> None:
    subscription = await a_subscription(store)
    await store.subscriptions.remove(subscription.id, GUILD)
    with pytest.raises(NotFound):
        await put(store, subscription, "a")


async def test_a_digest_without_messages_only_sets_the_next_slot(store: Store) -> None:
    subscription = await a_subscription(store)
    assert await put(store, subscription) == []
    assert (await store.subscriptions.get(subscription.id, GUILD)).next_at == TOMORROW


async def test_an_attempt_is_on_record_before_a_message_leaves(store: Store) -> None:
    (delivery_id,) = await put(store, await a_subscription(store), "a")
    await store.deliveries.attempt(delivery_id, NOON)
    (delivery,) = await store.deliveries.due(NOON, 10)
    assert (delivery.attempts, delivery.attempted_at, delivery.state) == (1, NOON, DeliveryState.PENDING)


async def test_what_is_sent_is_not_due_and_what_failed_is_when_its_time_comes(store: Store) -> None:
    subscription = await a_subscription(store)
    first, second, third = await put(store, subscription, "a", "b", "c")
    await store.deliveries.sent(first, PostedAt(2**62))
    await store.deliveries.failed(second, "no answer", NOON + MINUTE)
    assert await store.deliveries.due(NOON, 10) == [], "the third part waits for the second"
    assert [d.id for d in await store.deliveries.due(NOON + MINUTE, 10)] == [second, third]
    await store.deliveries.failed(second, "refused", None)
    assert [d.id for d in await store.deliveries.due(NOON + MINUTE, 10)] == [third]
    assert await store.deliveries.counts() == {
        DeliveryState.PENDING: 1,
        DeliveryState.SENT: 1,
        DeliveryState.FAILED: 1,
    }
    assert (await store.deliveries.by_nonce("a", GUILD)).message_id == 2**62
    assert (await store.deliveries.by_nonce("b", GUILD)).error == "refused"


async def test_messages_of_a_paused_subscription_wait(store: Store) -> None:
    subscription = await a_subscription(store)
    await put(store, subscription, "a")
    await store.subscriptions.pause(subscription.id, "The channel is gone.")
    assert await store.deliveries.due(NOON, 10) == []
    await store.subscriptions.resume(subscription.id)
    assert len(await store.deliveries.due(NOON, 10)) == 1


async def test_a_message_is_found_by_its_nonce_in_its_own_server(store: Store) -> None:
    await put(store, await a_subscription(store), "a")
    assert (await store.deliveries.by_nonce("a", GUILD)).nonce == "a"
    for finding in (
        store.deliveries.by_nonce("a", OTHER_GUILD),
        store.deliveries.by_nonce("x", None),
        store.deliveries.claim_ids("x"),
        store.deliveries.attempt(99, NOON),
        store.deliveries.sent(99, PostedAt(1)),
        store.deliveries.failed(99, "x", None),
    ):
        with pytest.raises(NotFound):
            await finding


async def test_any_text_can_be_posted(store: Store) -> None:
    payload = {"content": "nul \0, half \ud800, ü 🧨"}
    subscription = await a_subscription(store)
    await put_digest(store, subscription.id, NOON, [("n", payload)], [], TOMORROW)
    found = (await store.deliveries.by_nonce("n", GUILD)).payload
    assert found["content"].startswith("nul ")


async def test_servers_take_turns_and_the_messages_of_a_digest_stay_together(store: Store) -> None:
    first, second = [await a_subscription(store, channel_id=channel) for channel in (1, 2)]
    other = await a_subscription(store, OTHER_GUILD, channel_id=3)
    await put(store, first, "a", "b")
    await put(store, second, "c")
    await put(store, other, "d")
    assert [d.nonce for d in await store.deliveries.due(NOON, 10)] == ["a", "b", "d", "c"]
