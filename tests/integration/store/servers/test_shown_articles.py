"""What a channel was shown: by channel, whatever happens to its subscriptions, and only if it was posted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import ShownMeanwhile
from bot.model.delivery import DeliveryState, PostedAt
from bot.model.digests import Subscription
from bot.store import Store
from tests.factories import CHANNEL, GUILD, NOON, a_subscription, put_digest, stored_article

TOMORROW = NOON + timedelta(days=1)


async def put(store: Store, subscription: Subscription, nonce: str, *articles: int) -> int:
    (delivery_id,) = await put_digest(store, subscription.id, NOON, [(nonce, {})], articles, TOMORROW)
    return delivery_id


async def unshown(store: Store, channel_id: int = CHANNEL) -> list[int]:
    selection = (await a_subscription(store, channel_id=99)).selection
    articles = await store.digests.unshown_articles(selection, unshown_in=channel_id, since=NOON, limit=9)
    return [article.article_id for article in articles]


async def test_what_was_posted_stays_shown_when_its_subscription_is_removed(store: Store) -> None:
    article = (await stored_article(store, grouped=True)).article_id
    subscription = await a_subscription(store)
    await store.deliveries.sent(await put(store, subscription, "a", article), PostedAt(5))
    await store.subscriptions.remove(subscription.id, GUILD)
    assert await unshown(store) == []
    assert (await store.deliveries.by_nonce("a", GUILD)).message_id == 5


async def test_what_waits_to_be_posted_is_free_again_when_its_subscription_is_removed(store: Store) -> None:
    article = (await stored_article(store, grouped=True)).article_id
    subscription = await a_subscription(store)
    await put(store, subscription, "a", article)
    assert await unshown(store) == []
    await store.subscriptions.remove(subscription.id, GUILD)
    assert await unshown(store) == [article]


async def test_what_may_have_been_posted_when_its_subscription_is_removed_counts_as_shown(store: Store) -> None:
    article = (await stored_article(store, grouped=True)).article_id
    subscription = await a_subscription(store)
    await store.deliveries.attempt(await put(store, subscription, "a", article), NOON)
    await store.subscriptions.remove(subscription.id, GUILD)
    assert await unshown(store) == []
    assert (await store.deliveries.by_nonce("a", GUILD)).state is DeliveryState.FAILED


@pytest.mark.parametrize("certain", [True, False])
async def test_what_is_given_up_is_free_again_if_it_was_certainly_not_posted(store: Store, certain: bool) -> None:
    article = (await stored_article(store, grouped=True)).article_id
    delivery_id = await put(store, await a_subscription(store), "a", article)
    await store.deliveries.attempt(delivery_id, NOON)
    await store.deliveries.failed(delivery_id, "refused", None, certain=certain)
    assert await unshown(store) == ([article] if certain else [])


async def test_two_subscriptions_of_a_channel_cannot_both_show_an_article(store: Store) -> None:
    first, second = await a_subscription(store), await a_subscription(store)
    article = (await stored_article(store, grouped=True)).article_id
    other = (await stored_article(store, grouped=True)).article_id
    await put(store, first, "a", article)
    with pytest.raises(ShownMeanwhile):
        await put(store, second, "b", other, article)
    assert await unshown(store) == [other]
    assert len(await store.deliveries.due(NOON, 9)) == 1


async def test_an_article_of_each_message_is_free_with_its_own(store: Store) -> None:
    subscription = await a_subscription(store)
    one, two = [(await stored_article(store, grouped=True)).article_id for _ in range(2)]
    payloads = [("a", {"article_ids": [one]}), ("b", {"article_ids": [two]})]
    first, second = await put_digest(store, subscription.id, NOON, payloads, [one, two], TOMORROW)
    await store.deliveries.sent(first, PostedAt(5))
    await store.deliveries.failed(second, "refused", None, certain=True)
    assert await unshown(store) == [two]


async def test_an_article_that_says_nothing_new_counts_as_shown_with_one_of_its_story(store: Store) -> None:
    subscription = await a_subscription(store)
    one, two, three = [(await stored_article(store, grouped=True)).article_id for _ in range(3)]
    await put(store, subscription, "a", one)
    later = NOON + timedelta(hours=1)
    assert await put_digest(store, subscription.id, later, [], [], TOMORROW, {two: one, three: 999}) == []
    assert await unshown(store) == [three]


async def test_moving_a_subscription_takes_along_what_waits_and_keeps_what_was_shown(store: Store) -> None:
    subscription = await a_subscription(store)
    posted, waiting = [(await stored_article(store, grouped=True)).article_id for _ in range(2)]
    await store.deliveries.sent(await put(store, subscription, "a", posted), PostedAt(5))
    later = NOON + timedelta(hours=1)
    await put_digest(store, subscription.id, later, [("b", {})], [waiting], TOMORROW)
    plan = replace(subscription.plan, channel_id=CHANNEL + 1)
    kept = subscription.selection, subscription.look
    moved = await store.subscriptions.edit(subscription.id, GUILD, plan, *kept, TOMORROW)
    assert moved.plan.channel_id == CHANNEL + 1
    assert moved.next_at == NOON, "what waited comes to the new channel at once"
    assert await unshown(store) == [waiting]
    assert set(await unshown(store, CHANNEL + 1)) == {posted, waiting}
    assert await store.deliveries.due(later, 9) == []
