"""Several processes on one PostgreSQL: nobody takes what another works at, and nothing of a dead one is lost."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import func, text, update

from bot.errors import NotFound
from bot.store import Store, open_store
from bot.store.leases import Topic
from bot.store.schema.server_tables import LeaseRow
from tests.databases import Server as PostgreSQL
from tests.databases import Templates
from tests.factories import NOON, SetClock, a_subscription, put_digest, stored_article

Pair = tuple[Store, Store]


@pytest.fixture
async def pair(postgres: PostgreSQL, templates: Templates) -> AsyncIterator[Pair]:
    """Two processes, so to speak, with one database."""
    clock = SetClock()
    with templates.postgres_emptied(postgres) as url:
        async with (
            open_store(url, clock=clock, migrate=False) as one,
            open_store(url, clock=clock, migrate=False) as other,
        ):
            yield one, other


async def expire(store: Store) -> None:
    async with store.database.writing() as connection:
        past = func.clock_timestamp() - timedelta(seconds=1)
        await connection.execute(update(LeaseRow).values(until=past))


async def test_what_one_has_another_does_not_get_until_it_is_given_back(pair: Pair) -> None:
    one, other = pair
    assert (await one.leases.take(Topic.POLL, [3, 1, 2])).keys() == {1, 2, 3}
    assert (await other.leases.take(Topic.POLL, [2, 3, 4])).keys() == {4}
    assert (await other.leases.take(Topic.READ, [2])).keys() == {2}, "another topic"
    await one.leases.give_back(Topic.POLL, [3, 4])
    assert (await other.leases.take(Topic.POLL, [2, 3, 4])).keys() == {3, 4}
    await one.leases.give_all_back()
    assert (await other.leases.take(Topic.POLL, [1, 2, 3])).keys() == {1, 2, 3}


async def test_the_leases_of_a_process_that_was_killed_expire_and_those_of_a_living_one_do_not(pair: Pair) -> None:
    one, other = pair
    first = await one.leases.take(Topic.STEP, [1, 2])
    await expire(one)
    assert (await other.leases.take(Topic.STEP, [1])).keys() == {1}
    again = await one.leases.take(Topic.STEP, [1, 2])
    assert again.keys() == {2}
    assert again[2] != first[2], "it was not held all the time"
    assert await one.leases.take(Topic.STEP, [2]) == again
    async with one.database.writing() as connection:
        soon = func.clock_timestamp() + timedelta(seconds=10)
        await connection.execute(update(LeaseRow).where(LeaseRow.item == 2).values(until=soon))
    await one.leases.keep()
    async with one.database.reading() as connection:
        left = await connection.execute(text("SELECT until - clock_timestamp() FROM leases WHERE item = 2"))
        assert left.scalar_one() > timedelta(seconds=20)


async def test_a_host_is_left_alone_for_a_while_after_it_was_given_back(pair: Pair) -> None:
    one, other = pair
    await one.leases.take(Topic.READ, [1])
    await one.leases.give_back(Topic.READ, [1], pause=timedelta(minutes=1))
    assert not await other.leases.take(Topic.READ, [1])
    assert await one.leases.take(Topic.READ, [1]), "whoever was there knows the pace"


async def test_many_takers_at_once_share_and_do_not_wait_for_each_other_in_a_circle(pair: Pair) -> None:
    numbers = range(200)
    takes = [s.leases.take(Topic.EXTRACT, reversed(numbers[n::2])) for s, n in product(pair * 5, range(2))]
    took = await asyncio.gather(*takes, *(s.leases.keep() for s in pair * 5))
    held = [set().union(*(took[i] for i in range(20) if (i // 2) % 2 == which)) for which in (0, 1)]  # type: ignore[arg-type]
    assert held[0].isdisjoint(held[1])
    assert held[0] | held[1] == set(numbers)


async def test_articles_digests_and_messages_that_another_works_at_are_not_offered(pair: Pair) -> None:
    one, other = pair
    stored = await stored_article(one)
    async with one.database.writing() as connection:
        await connection.execute(text("UPDATE articles SET state = 'read'"))
    subscription = await a_subscription(one)
    (delivery_id,) = await put_digest(
        one, subscription.id, NOON, [("nonce", {"content": "x"})], [], NOON + timedelta(days=1)
    )
    for store in pair:
        assert [a.article_id for a in await store.articles.to_extract(5)] == [stored.article_id]
        assert [d.id for d in await store.deliveries.due(NOON, 5)] == [delivery_id]
    await one.leases.take(Topic.EXTRACT, [stored.article_id])
    await one.leases.take(Topic.DELIVER, [subscription.plan.channel_id])
    await one.leases.take(Topic.COMPOSE, [subscription.plan.channel_id])
    assert await other.articles.to_extract(5) == []
    assert await other.deliveries.due(NOON, 5) == []
    assert await other.subscriptions.due(NOON + timedelta(days=2), 5) == []
    assert len(await one.subscriptions.due(NOON + timedelta(days=2), 5)) == 1
    with pytest.raises(NotFound):
        await other.deliveries.attempt(delivery_id, NOON)
    await one.deliveries.attempt(delivery_id, NOON)


async def test_a_lease_that_was_given_back_with_a_pause_is_not_kept_alive(pair: Pair) -> None:
    one, other = pair
    await one.leases.take(Topic.READ, [1, 2])
    await one.leases.give_back(Topic.READ, [1], pause=timedelta(milliseconds=300))
    await one.leases.keep()
    assert (await other.leases.take(Topic.READ, [1, 2])).keys() == set(), "the pause is not over"
    await asyncio.sleep(0.4)
    assert (await other.leases.take(Topic.READ, [1, 2])).keys() == {1}


async def test_on_sqlite_everything_is_this_process_s(store: Store) -> None:
    if store.leases.shared:
        pytest.skip("for one process")
    assert (await store.leases.take(Topic.POLL, [1, 2])).keys() == {1, 2}
    await store.leases.keep()
    await store.leases.give_back(Topic.POLL, [1])
    await store.leases.give_all_back()
