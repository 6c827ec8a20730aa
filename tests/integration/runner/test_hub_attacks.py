"""What a hub that misbehaves can do: bring a poll forward, and nothing else."""

import asyncio
import time
from datetime import timedelta

import pytest
from aiohttp import web

from bot.model.websub import HubState
from tests.integration.feeds.server import served
from tests.integration.runner.websub_world import MINUTE, World, sent


async def titles(world: World) -> dict[str, str]:
    entries = await world.hearsay.store.articles.entries_to_read(world.clock() + timedelta(days=999), 100)
    return {entry.url or "": entry.title for entry in entries}


async def test_a_storm_of_verifications_changes_nothing_and_holds_nobody_up(world: World) -> None:
    before = await world.subscribed()
    callback = world.hub.subscribers[world.publisher.topic].callback
    modes = ("subscribe", "unsubscribe", "denied", "other", "")

    async def ask(number: int) -> int:
        mode = modes[number % len(modes)]
        query = f"hub.mode={mode}&hub.topic=https://other.example/&hub.challenge=c&hub.lease_seconds=9"
        return await sent(f"{callback}?{query}", "GET")

    answers = [await asyncio.gather(*(ask(number) for number in range(50))) for _ in range(4)]
    assert {status for some in answers for status in some} <= {404, 429}
    after = await world.subscription()
    assert (
        (after.state, after.lease_until)
        == (before.state, before.lease_until)
        == (HubState.ACTIVE, before.lease_until)
    )
    world.publisher.post()
    assert (await world.poll_when_due())[0] == 1


@pytest.mark.parametrize("lease", [0, -5, 1, 10**9, 10**30])
async def test_a_lease_that_no_hub_can_mean_is_kept_within_bounds(world: World, lease: int) -> None:
    world.hub.lease_seconds = lease
    found = await world.subscribed()
    if found.state is HubState.ACTIVE:
        assert found.lease_until is not None
        assert timedelta() < found.lease_until - world.clock() <= timedelta(days=60)
    asked = len(world.hub.requests)
    for _ in range(30):
        world.clock.now += MINUTE
        await world.hearsay.hubs.ask()
    assert len(world.hub.requests) - asked <= 3
    world.publisher.post()
    assert (await world.poll_when_due())[0] == 1


async def test_a_push_of_another_feed_brings_nothing_of_it(world: World) -> None:
    await world.subscribed()
    world.clock.now += MINUTE
    foreign = (
        b'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Other</title>'
        b'<atom:link rel="self" href="https://other.example/rss"/><item><guid>x</guid><title>Foreign</title>'
        b"<link>https://other.example/x</link></item></channel></rss>"
    )
    await world.hub.publish(world.publisher.topic, foreign)
    assert await world.hearsay.hubs.read() == 0
    assert "Foreign" not in (await titles(world)).values()


async def test_a_push_that_is_sent_again_does_not_undo_a_correction(world: World) -> None:
    await world.subscribed()
    world.clock.now += MINUTE
    world.publisher.post()
    old = world.publisher.document(12)
    assert await world.hub.publish(world.publisher.topic, old) == 202
    assert await world.hearsay.hubs.read() == 1
    world.clock.now += MINUTE
    corrected = old.replace(b"Title 12", b"Title 12, corrected")
    assert await world.hub.publish(world.publisher.topic, corrected) == 202
    await world.hearsay.hubs.read()
    assert "Title 12, corrected" in (await titles(world)).values()
    for _ in range(5):
        world.clock.now += MINUTE
        await world.hub.publish(world.publisher.topic, old)
        await world.hearsay.hubs.read()
    assert "Title 12, corrected" in (await titles(world)).values()


async def test_a_hub_that_is_slow_or_redirects_in_a_circle_holds_up_no_poll(world: World) -> None:
    async def slow(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(60)
        return web.Response(status=202)

    async with served(slow) as url:
        world.publisher.hubs = [f"{url}/"]
        await world.hearsay.poll()
        started = time.monotonic()
        asking = asyncio.create_task(world.hearsay.hubs.ask())
        await asyncio.sleep(0)
        world.publisher.post()
        assert (await world.poll_when_due())[0] == 1
        assert not asking.done()
        await asking
        assert time.monotonic() - started < 30
    assert (await world.subscription()).state is not HubState.ACTIVE
    world.hub.moved_to = world.hub.url
    world.publisher.hubs = [world.hub.url]
    await world.poll_when_due()
    await world.hearsay.hubs.ask()
    assert len(world.hub.requests) <= 3
    assert (await world.subscription()).state is not HubState.ACTIVE
