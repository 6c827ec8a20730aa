"""Hubs are asked: subscribing, leases, the end of a subscription, restarts."""

from datetime import timedelta

import pytest

from bot.feeds.websub import DENIED_RETRY, FIRST_RETRY, LEASE, VERIFIED_WITHIN
from bot.fetching.client import open_fetcher
from bot.model.websub import HubState
from bot.runner.hub_requests import PER_HUB
from bot.runner.hubs import Hubs
from tests.factories import GUILD, NOON, USER
from tests.hub import running_hub
from tests.integration.runner.websub_world import MINUTE, PACE, World, both_databases, sent


@both_databases
@pytest.mark.parametrize("in_header", [False, True])
async def test_a_feed_that_names_a_hub_is_subscribed_to(world: World, *, in_header: bool) -> None:
    world.publisher.in_header = in_header
    subscription = await world.subscribed()
    assert (subscription.state, subscription.lease_until) == (HubState.ACTIVE, NOON + LEASE)
    (request,) = world.hub.requests
    assert request == {
        "hub.mode": "subscribe",
        "hub.topic": world.publisher.topic,
        "hub.callback": f"{world.hearsay.url}/websub/{world.feed_id}/{subscription.token}",
        "hub.verify": "async",
        "hub.secret": subscription.secret,
        "hub.lease_seconds": str(int(LEASE.total_seconds())),
    }
    assert min(len(subscription.token), len(subscription.secret)) >= 43
    assert world.hub.verified == [("subscribe", 200)]
    assert world.hearsay.counted("requests_total", mode="subscribe", result="accepted") == 1
    assert world.hearsay.counted("subscriptions", state="active") == 1
    await world.hearsay.hubs.ask()
    assert len(world.hub.requests) == 1


async def test_a_feed_without_a_hub_is_not(world: World) -> None:
    world.publisher.hubs = []
    await world.hearsay.poll()
    await world.hearsay.hubs.ask()
    assert await world.hearsay.store.hub_subscriptions.get(world.feed_id) is None


async def test_a_hub_that_was_not_asked_is_not_confirmed(world: World) -> None:
    await world.hearsay.poll()
    waiting = await world.subscription()
    form = {"hub.mode": "subscribe", "hub.topic": waiting.topic, "hub.lease_seconds": "60"}
    await world.hub.verify(form | {"hub.callback": f"{world.hearsay.url}/websub/{world.feed_id}/{waiting.token}"})
    await world.hub.verify(form | {"hub.callback": f"{world.hearsay.url}/websub/{world.feed_id}/guessed"})
    assert world.hub.verified == [("subscribe", 404)] * 2
    assert (await world.subscription()).state is HubState.ANNOUNCED


async def test_a_moved_hub_is_followed(world: World) -> None:
    async with running_hub() as other:
        world.hub.moved_to = other.url
        assert (await world.subscribed()).state is HubState.ACTIVE
        assert len(other.requests) == 1


@both_databases
async def test_the_next_hub_is_asked_when_one_fails(world: World) -> None:
    async with running_hub() as other:
        world.hub.status = 500
        world.publisher.hubs.append(other.url)
        failed = await world.subscribed()
        assert (failed.state, failed.hub) == (HubState.ANNOUNCED, other.url)
        assert "500" in (failed.error or "")
        world.clock.now += FIRST_RETRY
        await world.hearsay.hubs.ask()
        assert (await world.subscription()).state is HubState.ACTIVE
        assert other.subscribers


@both_databases
async def test_a_hub_that_never_verifies_counts_as_failed(world: World) -> None:
    world.hub.verifies = False
    assert (await world.subscribed()).state is HubState.ASKED
    world.clock.now += VERIFIED_WITHIN
    await world.hearsay.hubs.ask()
    subscription = await world.subscription()
    assert (subscription.state, subscription.failures) == (HubState.ANNOUNCED, 1)
    assert subscription.next_at == world.clock() + FIRST_RETRY
    assert len(world.hub.requests) == 1


@both_databases
async def test_a_refusal_is_kept_and_polling_goes_on(world: World) -> None:
    await world.subscribed()
    assert await world.hub.deny(world.publisher.topic, "too many") == 200
    subscription = await world.subscription()
    assert (subscription.state, subscription.error) == (HubState.DENIED, "The hub refuses (too many).")
    world.publisher.post()
    assert (await world.poll_when_due())[0] == 1
    world.clock.now += DENIED_RETRY
    await world.hearsay.hubs.ask()
    assert (await world.subscription()).state is HubState.ACTIVE


async def test_a_hub_at_a_private_address_is_never_asked(world: World) -> None:
    await world.hearsay.poll()
    async with open_fetcher("Hearsay") as guarded:
        hubs = Hubs(
            world.hearsay.url,
            world.hearsay.store,
            guarded,
            world.hearsay.hubs.workers,
            world.clock,
            world.hearsay.metrics,
            world.hearsay.limits,
        )
        await hubs.ask()
    assert world.hub.requests == []
    assert "not public" in ((await world.subscription()).error or "") or "Port" in (
        (await world.subscription()).error or ""
    )


async def test_one_host_is_asked_for_a_few_feeds_at_a_time(world: World) -> None:
    extra = [
        await world.hearsay.store.feeds.add(f"{world.publisher.url}/{n}", kept_by_host=True) for n in range(7)
    ]
    await world.hearsay.poll()
    await world.hearsay.hubs.ask()
    assert len(world.hub.requests) == PER_HUB
    await world.hearsay.hubs.ask()
    assert len(world.hub.requests) == len(extra) + 1


@both_databases
async def test_a_lease_is_renewed_before_it_ends(world: World) -> None:
    world.hub.lease_seconds = 8 * 3600
    first = await world.subscribed()
    world.clock.now += timedelta(hours=5)
    await world.hearsay.hubs.ask()
    assert len(world.hub.requests) == 1
    world.clock.now += timedelta(hours=1)
    await world.hearsay.hubs.ask()
    assert len(world.hub.requests) == 2
    renewed = await world.subscription()
    assert (renewed.token, renewed.secret, renewed.state) == (first.token, first.secret, HubState.ACTIVE)
    assert renewed.lease_until == world.clock() + timedelta(hours=8)


async def test_a_hub_with_leases_of_a_second_is_not_asked_all_the_time(world: World) -> None:
    world.hub.lease_seconds = 1
    await world.subscribed()
    for _ in range(9):
        world.clock.now += MINUTE
        await world.hearsay.hubs.ask()
    assert len(world.hub.requests) == 1


@both_databases
@pytest.mark.parametrize("dead", [False, True])
async def test_a_feed_that_nobody_has_is_unsubscribed_from(world: World, *, dead: bool) -> None:
    token = (await world.subscribed()).token
    await world.hearsay.store.feeds.release(world.feed_id)
    assert await world.hub.publish(world.publisher.topic, world.publisher.document()) == 410
    world.hub.status = 500 if dead else 202
    await world.hearsay.hubs.ask()
    assert world.hub.requests[-1]["hub.mode"] == "unsubscribe"
    assert world.hub.verified[1:] == ([] if dead else [("unsubscribe", 200)])
    assert await world.hearsay.store.hub_subscriptions.get(world.feed_id) is None
    assert await sent(f"{world.hearsay.url}/websub/{world.feed_id}/{token}", data=b"x") == 410


async def test_an_end_that_nobody_asked_for_is_not_confirmed(world: World) -> None:
    await world.subscribed()
    await world.hub.verify(world.hub.requests[0] | {"hub.mode": "unsubscribe"})
    assert world.hub.verified[-1] == ("unsubscribe", 404)
    assert (await world.subscription()).state is HubState.ACTIVE


@both_databases
async def test_a_feed_that_names_another_hub_is_subscribed_to_there(world: World) -> None:
    first = await world.subscribed()
    async with running_hub() as other:
        world.publisher.hubs = [other.url]
        world.publisher.post()
        for _ in range(3):
            world.clock.now += timedelta(hours=7)
            await world.hearsay.poll()
            await world.hearsay.hubs.ask()
        assert [r["hub.mode"] for r in world.hub.requests] == ["subscribe", "unsubscribe"]
        assert other.subscribers
        second = await world.subscription()
    assert (second.state, second.hub) == (HubState.ACTIVE, other.url)
    assert first.token != second.token
    assert first.secret != second.secret


@both_databases
async def test_a_feed_that_names_no_hub_any_more_is_polled_as_before(world: World) -> None:
    await world.subscribed()
    world.publisher.hubs = []
    world.publisher.post()
    for _ in range(2):
        world.clock.now += timedelta(hours=7)
        await world.hearsay.poll()
        await world.hearsay.hubs.ask()
    assert world.hub.requests[-1]["hub.mode"] == "unsubscribe"
    assert await world.hearsay.store.hub_subscriptions.get(world.feed_id) is None


async def test_a_topic_that_differs_in_every_document_is_not_asked_for_all_the_time(world: World) -> None:
    await world.subscribed()
    url, number = world.publisher.url, 0
    while number < 12:
        number += 1
        world.publisher.post()
        world.publisher.url = f"{url}/?{number}"
        world.clock.now += 15 * MINUTE
        await world.hearsay.poll()
        await world.hearsay.hubs.ask()
    assert len(world.hub.requests) == 1


@both_databases
async def test_subscriptions_outlive_a_restart(world: World) -> None:
    before = await world.subscribed()
    await world.hearsay.stop()
    await world.hearsay.start()
    assert await world.subscription() == before
    world.publisher.post()
    assert await world.push() == 1
    await world.hearsay.hubs.ask()
    assert len(world.hub.requests) == 1


@both_databases
async def test_a_push_that_was_acknowledged_before_a_crash_is_made_up_for_by_a_poll(world: World) -> None:
    await world.subscribed()
    for _ in range(4):
        world.publisher.post()
        await world.push()
        _, wait = await world.poll_when_due()
    world.publisher.post()
    assert await world.hub.publish(world.publisher.topic, world.publisher.document()) == 202
    await world.hearsay.stop()
    await world.hearsay.start()
    world.clock.now += 3 * MINUTE
    await world.hearsay.hubs.ask()
    assert await world.wait() <= PACE.minimum < wait
    assert (await world.poll_when_due())[0] == 1


@both_databases
async def test_servers_that_add_the_feed_again_find_it_subscribed_to_anew(world: World) -> None:
    await world.subscribed()
    await world.hearsay.store.feeds.release(world.feed_id)
    await world.hearsay.hubs.ask()
    await world.hearsay.store.guilds.attach(GUILD, world.feed_id, USER, limit=9)
    world.publisher.post()
    await world.poll_when_due()
    await world.hearsay.hubs.ask()
    assert (await world.subscription()).state is HubState.ACTIVE
