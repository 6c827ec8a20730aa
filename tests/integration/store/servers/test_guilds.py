"""The feeds of servers."""

import asyncio

import pytest

from bot.errors import AlreadyThere, LimitReached, NotFound
from bot.model.queries import ClaimQuery
from bot.store import Store
from tests.factories import GUILD, NOON, OTHER_GUILD, USER, a_subscription, put_digest, stored_article


async def test_a_server_lists_its_own_feeds_by_title(store: Store) -> None:
    b = await store.feeds.add("https://b.example/", title="b")
    a = await store.feeds.add("https://a.example/", title="A")
    for feed in (b, a):
        await store.guilds.attach(GUILD, feed.id, USER, limit=5)
    assert [feed.id for feed in await store.guilds.feeds_of(GUILD)] == [a.id, b.id]
    assert await store.guilds.feeds_of(OTHER_GUILD) == []


async def test_a_feed_is_attached_once_and_only_if_it_exists(store: Store) -> None:
    feed = await store.feeds.add("https://a.example/")
    await store.guilds.attach(GUILD, feed.id, USER, limit=1)
    with pytest.raises(AlreadyThere):
        await store.guilds.attach(GUILD, feed.id, USER, limit=1)
    with pytest.raises(NotFound):
        await store.guilds.attach(GUILD, feed.id + 1, USER, limit=5)


async def test_detaching_needs_the_feed_to_be_there(store: Store) -> None:
    feed = await store.feeds.add("https://a.example/")
    await store.guilds.attach(GUILD, feed.id, USER, limit=1)
    with pytest.raises(NotFound):
        await store.guilds.detach(OTHER_GUILD, feed.id)
    await store.guilds.detach(GUILD, feed.id)
    with pytest.raises(NotFound):
        await store.guilds.detach(GUILD, feed.id)
    assert await store.feeds.due(NOON, 5) == []


async def test_two_who_attach_at_once_do_not_pass_the_limit(store: Store) -> None:
    feeds = [await store.feeds.add(f"https://{n}.example/") for n in range(6)]
    attaching = [store.guilds.attach(GUILD, feed.id, USER, limit=3) for feed in feeds]
    results = await asyncio.gather(*attaching, return_exceptions=True)
    assert [type(result) for result in results].count(LimitReached) == 3
    assert len(await store.guilds.feeds_of(GUILD)) == 3


async def test_forgetting_a_server_deletes_all_of_it_and_nothing_of_another(store: Store) -> None:
    stored = {guild: await stored_article(store, guild) for guild in (GUILD, OTHER_GUILD)}
    slots = {}
    questions = {}
    for guild, there in stored.items():
        subscription = await a_subscription(store, guild)
        payloads = [(f"nonce-{guild}", {"content": "x"})]
        await put_digest(store, subscription.id, NOON, payloads, [there.article_id], NOON)
        slots[guild] = subscription
        questions[guild] = await store.queries.add(guild, ClaimQuery(guild))
    await store.guilds.forget(GUILD)
    assert await store.guilds.feeds_of(GUILD) == []
    assert await store.subscriptions.of_guild(GUILD) == []
    assert (await store.claims.search(ClaimQuery(GUILD), limit=5)).total == 0
    with pytest.raises(NotFound):
        await store.deliveries.by_nonce(f"nonce-{GUILD}", None)
    with pytest.raises(NotFound):
        await store.queries.get(questions[GUILD], GUILD)
    assert len(await store.guilds.feeds_of(OTHER_GUILD)) == 1
    assert await store.subscriptions.of_guild(OTHER_GUILD) != []
    assert (await store.claims.search(ClaimQuery(OTHER_GUILD), limit=5)).total == 2
    assert await store.queries.get(questions[OTHER_GUILD], OTHER_GUILD) == ClaimQuery(OTHER_GUILD)
    assert (await store.deliveries.by_nonce(f"nonce-{OTHER_GUILD}", OTHER_GUILD)).payload == {"content": "x"}
