"""The address for pushes: what it refuses, and what it survives."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.errors import SettingsError, StoreError
from bot.model.websub import HubState
from bot.runner import push_endpoint
from tests.integration.runner.websub_world import World, sent


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "guessed"},
        {"headers": {"X-Hub-Signature": ""}},
        {"headers": {"X-Hub-Signature": "sha256=" + "0" * 64}},
        {"headers": {"X-Hub-Signature": "md5=" + "0" * 32}},
    ],
)
async def test_a_wrong_signature_is_acknowledged_and_ignored(wrong: dict[str, object], world: World) -> None:
    await world.subscribed()
    world.publisher.post()
    assert await world.push(**wrong) == 0
    assert (await world.subscription()).pushed_at is None
    assert world.hearsay.counted("pushes_total", result="ignored") == 1
    assert (await world.poll_when_due())[0] == 1


async def test_large_compressed_and_endless_bodies_are_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push_endpoint, "BODY_S", 0.2)
    await world.subscribed()
    callback = world.hub.subscribers[world.publisher.topic].callback

    async def drip() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.sleep(10)

    async def flood() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b"x" * 10_000

    assert await sent(callback, data=b"x" * 100_001) == 413
    assert await sent(callback, data=flood()) == 413
    assert await sent(callback, data=b"x", headers={"Content-Encoding": "gzip"}) == 415
    assert await sent(callback, data=drip()) == 408
    assert world.hearsay.counted("pushes_total", result="refused") == 4


async def test_addresses_that_nobody_was_told_lead_nowhere(world: World) -> None:
    token = (await world.subscribed()).token
    for path in (f"{world.feed_id}/guessed", f"{world.feed_id + 1}/{token}", "0/x", f"{'9' * 18}/x"):
        assert await sent(f"{world.hearsay.url}/websub/{path}", data=b"x") == 410
        assert await sent(f"{world.hearsay.url}/websub/{path}", "GET") == 404
    for path in ("", "websub", "metrics", "healthz", f"websub/x/{token}", f"websub/{world.feed_id}/{token}/more"):
        assert await sent(f"{world.hearsay.url}/{path}", data=b"x") == 404


async def test_an_address_that_cannot_be_used_is_named_with_its_setting(world: World) -> None:
    for address in ("nonsense", world.hearsay.url.removeprefix("http://")):
        with pytest.raises(SettingsError, match="HEARSAY_PUBLIC_LISTEN"):
            async with world.hearsay.hubs.served_at(address):
                raise AssertionError("it was served")


async def test_what_is_no_http_is_refused_and_not_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    host, _, port = world.hearsay.url.removeprefix("http://").partition(":")
    odd = (b"PRI * HTTP/2.0\r\n\r\n", b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n", b"\0" * 100, b"x" * 20_000)
    for request in odd:
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(request + b"\r\n\r\n")
        answer = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        assert answer.startswith((b"HTTP/1.0 4", b"HTTP/1.1 4"))
    assert caplog.records == []
    assert (await world.subscribed()).state is HubState.ACTIVE


async def test_what_nobody_foresaw_is_an_error_of_one_request(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.subscribed()
    callback = world.hub.subscribers[world.publisher.topic].callback
    with monkeypatch.context() as patch:
        patch.setattr(push_endpoint, "signature_method", lambda *_: 1 / 0)
        assert await sent(callback, data=b"x") == 500
    world.publisher.post()
    assert await world.push() == 1


async def test_a_store_that_fails_lets_the_hub_try_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_args: object, **_given: object) -> None:
        raise StoreError

    await world.subscribed()
    callback = world.hub.subscribers[world.publisher.topic].callback
    monkeypatch.setattr(type(world.hearsay.store.hub_subscriptions), "get", broken)
    assert await sent(callback, data=b"x") == 503


async def test_pushes_are_limited_for_each_feed_and_in_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push_endpoint, "PUSHES_AT_ONCE", 2)
    monkeypatch.setattr(push_endpoint, "PUSHES_A_SECOND", 0.001)
    await world.hearsay.stop()
    await world.hearsay.start()
    await world.subscribed()
    callback = world.hub.subscribers[world.publisher.topic].callback
    assert [await sent(callback, data=b"x") for _ in range(4)] == [202, 202, 429, 429]
    assert world.hearsay.counted("pushes_total", result="limited") == 2


async def test_one_feed_receives_one_body_at_a_time(world: World) -> None:
    await world.subscribed()
    callback = world.hub.subscribers[world.publisher.topic].callback
    begun, end = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"x"
        begun.set()
        await end.wait()

    first = asyncio.create_task(sent(callback, data=slow()))
    await begun.wait()
    async with asyncio.timeout(10):
        while await sent(callback, data=b"x") != 503:  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.01)
    end.set()
    assert await first == 202
