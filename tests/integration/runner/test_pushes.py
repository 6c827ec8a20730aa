"""What a hub pushes is stored at once, or left to the next poll."""

import itertools
from datetime import timedelta

import pytest

from bot.runner import push_endpoint
from tests.integration.runner.websub_world import MINUTE, PACE, World, both_databases


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
async def test_what_is_pushed_is_stored_at_once(method: str, world: World) -> None:
    world.hub.method = method
    await world.subscribed()
    world.clock.now += MINUTE
    world.publisher.post(2)
    before = await world.feed()
    assert await world.push() == 2
    to_read = await world.hearsay.store.articles.entries_to_read(world.clock(), 100)
    assert {"Title 12", "Title 13"} <= {entry.title for entry in to_read}
    assert (await world.subscription()).method == method
    after = await world.feed()
    assert (after.next_poll_at, after.last_polled_at) == (before.next_poll_at, before.last_polled_at)
    assert await world.push() == 0  # once more
    assert (await world.poll_when_due())[0] == 0
    assert world.hearsay.counted("pushes_total", result="read") == 2


@both_databases
async def test_a_part_of_the_feed_changes_nothing_else_of_it(world: World) -> None:
    await world.subscribed()
    world.clock.now += MINUTE
    world.publisher.post(3)
    assert await world.push(12, 13, 14) == 3  # most of the document is new: no change of ids, as in a poll
    world.publisher.post()
    assert (await world.poll_when_due())[0] == 1


async def test_a_hub_is_held_to_the_strongest_method_it_has_used(world: World) -> None:
    await world.subscribed()
    world.publisher.post()
    assert await world.push() == 1
    world.hub.method = "sha1"
    world.publisher.post()
    assert await world.push() == 0
    assert world.hearsay.counted("pushes_total", result="ignored") == 1


async def test_pushes_of_a_hub_that_has_not_verified_are_ignored(world: World) -> None:
    world.hub.verifies = False
    await world.subscribed()
    world.hub.verifies = True
    await world.hub.verify(world.hub.requests[0])  # late, and still expected
    world.publisher.post()
    assert await world.push() == 1


@pytest.mark.parametrize("body", [b"", b"<html>no feed", b"<rss", b"\0" * 1000, b"[" * 10_000])
async def test_what_is_no_feed_is_left_to_the_poll(body: bytes, world: World) -> None:
    await world.subscribed()
    world.publisher.post()
    assert await world.hub.publish(world.publisher.topic, body) == 202
    assert await world.hearsay.hubs.read() == 0
    assert world.hearsay.counted("pushes_total", result="unreadable") == 1
    world.clock.now += 20 * MINUTE
    await world.hearsay.hubs.ask()
    assert await world.hearsay.poll() == 1


@both_databases
@pytest.mark.parametrize("count", [1, 50])
async def test_what_is_new_and_old_is_left_to_the_poll(count: int, world: World) -> None:
    await world.subscribed()
    world.clock.now += MINUTE
    old = world.publisher.document(*range(100, 100 + count), age=timedelta(days=90))
    assert await world.hub.publish(world.publisher.topic, old) == 202
    assert await world.hearsay.hubs.read() == 0
    await world.hearsay.hubs.ask()
    assert await world.wait() <= PACE.minimum
    assert (await world.poll_when_due())[0] == 0  # the feed does not list it


@both_databases
async def test_an_entry_that_may_be_a_known_one_is_left_to_the_poll(world: World) -> None:
    await world.subscribed()
    world.clock.now += MINUTE
    renamed = world.publisher.document(11).replace(b"entry-11", b"another-id")
    assert await world.hub.publish(world.publisher.topic, renamed) == 202
    assert await world.hearsay.hubs.read() == 0
    world.publisher.post()
    await world.hearsay.hubs.ask()
    world.clock.now += PACE.minimum
    assert await world.hearsay.poll() == 1


async def test_pushes_of_a_hub_without_tls_only_bring_the_poll_of_a_feed_with_tls_forward(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push_endpoint, "may_be_read", lambda _subscription: False)
    await world.subscribed()
    world.publisher.post()
    assert await world.push() == 0
    await world.hearsay.hubs.ask()
    assert await world.wait() <= PACE.minimum
    assert (await world.poll_when_due())[0] == 1


async def test_a_feed_whose_pushes_take_long_to_read_is_polled_instead(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.subscribed()
    seconds = itertools.count(0, 11)  # each look at the clock takes long
    monkeypatch.setattr(world.hearsay.hubs.inbox, "_now", lambda: next(seconds))
    taken = []
    for _ in range(4):
        world.publisher.post()
        taken.append(await world.push())
    assert taken[0] == 1
    assert taken[-1] == 0
    assert world.hearsay.counted("pushes_total", result="left_to_poll") > 0
    await world.hearsay.hubs.ask()
    assert await world.wait() <= PACE.minimum


async def test_pushes_beyond_what_can_wait_are_made_up_for_by_a_poll(world: World) -> None:
    await world.subscribed()
    world.publisher.post()
    body = world.publisher.document()
    world.hearsay.hubs.inbox._size = 19_999_999
    assert await world.hub.publish(world.publisher.topic, body) == 202
    assert world.hearsay.counted("pushes_total", result="left_to_poll") == 1
    await world.hearsay.hubs.ask()
    assert await world.wait() <= PACE.minimum
    assert (await world.poll_when_due())[0] == 1
