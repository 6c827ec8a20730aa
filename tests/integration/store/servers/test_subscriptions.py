"""Subscriptions in the store."""

import asyncio
from datetime import time, timedelta

import pytest

from bot.errors import LimitReached, NotFound
from bot.model.digests import Cadence, Plan, Selection
from bot.store import Store
from tests.factories import CHANNEL, GUILD, NOON, OTHER_GUILD, USER, a_subscription, an_attached_feed

HOUR = timedelta(hours=1)


async def test_a_subscription_comes_back_as_it_was_made(store: Store) -> None:
    feed = await an_attached_feed(store)
    made = await a_subscription(store, feed_ids=[feed.id, feed.id], cadence=Cadence.WEEKLY, weekday=4)
    assert await store.subscriptions.get(made.id, GUILD) == made
    assert (made.guild_id, made.created_by, made.paused_reason) == (GUILD, USER, None)
    assert made.plan == Plan(CHANNEL, Cadence.WEEKLY, time(9, 30), 4, "Europe/Berlin")
    assert made.selection == Selection(GUILD, 0.5, (feed.id,), "")
    assert (made.next_at, made.created_at) == (NOON, NOON)


async def test_a_server_has_its_own_subscriptions_only(store: Store) -> None:
    ours, theirs = await a_subscription(store), await a_subscription(store, OTHER_GUILD)
    assert await store.subscriptions.of_guild(GUILD) == [ours]
    assert await store.subscriptions.all() == [ours, theirs]
    assert await store.subscriptions.get(theirs.id, None) == theirs
    with pytest.raises(NotFound):
        await store.subscriptions.get(theirs.id, GUILD)
    with pytest.raises(NotFound):
        await store.subscriptions.remove(theirs.id, GUILD)
    await store.subscriptions.remove(ours.id, GUILD)
    assert await store.subscriptions.of_guild(GUILD) == []


async def test_only_feeds_of_the_server_can_be_asked_for(store: Store) -> None:
    feed = await an_attached_feed(store, OTHER_GUILD)
    with pytest.raises(NotFound):
        await a_subscription(store, feed_ids=[feed.id])


async def test_two_who_subscribe_at_once_do_not_pass_the_limit(store: Store) -> None:
    results = await asyncio.gather(*(a_subscription(store, limit=2) for _ in range(5)), return_exceptions=True)
    assert [type(result) for result in results].count(LimitReached) == 3
    assert len(await store.subscriptions.of_guild(GUILD)) == 2


async def test_due_are_those_whose_time_has_come_and_that_are_not_paused(store: Store) -> None:
    late = await a_subscription(store, next_at=NOON)
    early = await a_subscription(store, next_at=NOON - HOUR)
    paused = await a_subscription(store, next_at=NOON - HOUR)
    await a_subscription(store, next_at=NOON + HOUR)
    await store.subscriptions.pause(paused.id, "The channel is gone.")
    assert [s.id for s in await store.subscriptions.due(NOON, 10)] == [early.id, late.id]
    assert [s.id for s in await store.subscriptions.due(NOON, 1)] == [early.id]
    assert (await store.subscriptions.get(paused.id, GUILD)).paused_reason == "The channel is gone."
    await store.subscriptions.resume(paused.id)
    await store.subscriptions.reschedule(early.id, NOON + HOUR)
    assert [s.id for s in await store.subscriptions.due(NOON, 10)] == [paused.id, late.id]


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    for doing in (
        store.subscriptions.get(1, GUILD),
        store.subscriptions.get(2**70, GUILD),
        store.subscriptions.remove(1, GUILD),
        store.subscriptions.pause(1, "x"),
        store.subscriptions.resume(1),
        store.subscriptions.reschedule(1, NOON),
    ):
        with pytest.raises(NotFound):
            await doing


async def test_servers_take_turns_where_many_digests_are_due_at_once(store: Store) -> None:
    for _ in range(3):
        await a_subscription(store, GUILD)
    await a_subscription(store, OTHER_GUILD)
    due = await store.subscriptions.due(NOON, 9)
    assert [s.guild_id for s in due] == [GUILD, OTHER_GUILD, GUILD, GUILD]
