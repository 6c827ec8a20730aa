"""WebSub from end to end: a publisher, a hub, and Hearsay with its store, its polls and its address for pushes."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.errors import SettingsError, StoreError
from bot.feeds.poll import PollLimits
from bot.feeds.schedule import Pace
from bot.feeds.websub import DENIED_RETRY, FIRST_RETRY, LEASE, VERIFIED_WITHIN
from bot.fetching.client import open_fetcher
from bot.metrics import Metrics
from bot.model.feeds import Feed
from bot.model.websub import HubState, HubSubscription
from bot.runner import push_endpoint, steps
from bot.runner.hub_requests import PER_HUB
from bot.runner.hubs import Hubs
from bot.runner.pushes import Inbox
from bot.store import Store, open_store
from bot.workers import Workers
from tests.databases import Templates, postgres, templates
from tests.factories import GUILD, NOON, USER, SetClock
from tests.hub import Hub, running_hub
from tests.integration.feeds.server import served

__all__ = ["postgres", "templates"]
MINUTE = timedelta(minutes=1)
PACE = Pace(timedelta(minutes=15), timedelta(days=1))


class Publisher:
    """A site with one feed, which names its hubs in the document, in the `Link` header, or nowhere."""

    def __init__(self, clock: SetClock) -> None:
        self.url = ""
        self.items: list[int] = []
        self.hubs: list[str] = []
        self.in_header = False
        self.works = True
        self.polls = 0
        self._clock = clock

    @property
    def topic(self) -> str:
        return f"{self.url}/rss"

    def post(self, count: int = 1) -> None:
        """Publish entries; their dates are now."""
        self.items += range(len(self.items), len(self.items) + count)

    def document(self, *items: int, age: timedelta = timedelta()) -> bytes:
        """Return the feed, or a part of it."""
        date = format_datetime(self._clock() - age)
        links = "" if self.in_header else "".join(f'<atom:link rel="hub" href="{hub}"/>' for hub in self.hubs)
        listed = "".join(
            f"<item><guid>entry-{number}</guid><title>Title {number}</title><link>{self.url}/{number}</link>"
            f"<pubDate>{date}</pubDate></item>"
            for number in reversed(items or self.items)
        )
        return (
            '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>News</title>'
            f'<atom:link rel="self" href="{self.topic}"/>{links}{listed}</channel></rss>'
        ).encode()

    async def answer(self, _request: web.Request) -> web.StreamResponse:
        self.polls += 1
        if not self.works:
            return web.Response(status=503)
        headers = {"Link": ", ".join(f'<{hub}>; rel="hub"' for hub in self.hubs)} if self.in_header else {}
        return web.Response(body=self.document(), content_type="application/rss+xml", headers=headers)


class Hearsay:
    """The parts that polls and hubs need, as the bot puts them together."""

    def __init__(self, stack: AsyncExitStack, database_url: str, workers: Workers, clock: SetClock) -> None:
        self._stack = stack
        self._database_url = database_url
        self._workers = workers
        self._clock = clock
        self._address = "127.0.0.1:0"
        self.limits = PollLimits(pace=PACE, max_bytes=100_000, pushed=True)

    async def start(self) -> None:
        """Open everything; a second time at the address of the first."""
        self._running = await self._stack.enter_async_context(AsyncExitStack())
        enter = self._running.enter_async_context
        self.metrics = Metrics()
        self.store: Store = await enter(open_store(self._database_url, clock=self._clock, migrate=False))
        self.fetcher = await enter(open_fetcher("Hearsay", allow_private=True, timeout_s=5))
        inbox = Inbox()
        parts = (self.store, self.fetcher, self._workers, self._clock, self.metrics, self.limits)
        self.url = await enter(Hubs("", *parts, inbox=inbox).served_at(self._address))
        self._address = self.url.removeprefix("http://")
        self.hubs = Hubs(self.url, *parts, inbox=inbox)

    async def stop(self) -> None:
        """Close everything, without a word to anybody."""
        await self._running.aclose()

    async def poll(self) -> int:
        """Poll the feeds that are due; return how many entries were new."""
        found = await steps.poll_feeds(
            self.store,
            self.fetcher,
            self._workers,
            self._clock,
            targets=await self.store.feeds.due(self._clock(), 100),
            limits=self.limits,
            concurrency=5,
        )
        return found.new_entries

    def counted(self, name: str, **labels: str) -> float:
        return self.metrics.registry.get_sample_value(f"hearsay_hub_{name}", labels) or 0.0


class World:
    """A publisher with a hub, and Hearsay, which has its feed."""

    def __init__(self, clock: SetClock, hub: Hub, publisher: Publisher, hearsay: Hearsay) -> None:
        self.clock = clock
        self.hub = hub
        self.publisher = publisher
        self.hearsay = hearsay
        self.feed_id = 0

    async def feed(self) -> Feed:
        return await self.hearsay.store.feeds.get(self.feed_id)

    async def wait(self) -> timedelta:
        """Return how long it is until the next poll."""
        return (await self.feed()).next_poll_at - self.clock()

    async def subscription(self) -> HubSubscription:
        found = await self.hearsay.store.hub_subscriptions.get(self.feed_id)
        assert found is not None
        return found

    async def subscribed(self) -> HubSubscription:
        """Poll the feed, ask its hub; return the subscription."""
        await self.hearsay.poll()
        await self.hearsay.hubs.ask()
        return await self.subscription()

    async def push(self, *items: int, **given: object) -> int:
        """Let the hub send the feed, or a part of it, and Hearsay read it; return how many entries were new."""
        body = self.publisher.document(*items)
        assert await self.hub.publish(self.publisher.topic, body, **given) == 202  # type: ignore[arg-type]
        return await self.hearsay.hubs.read()

    async def poll_when_due(self) -> tuple[int, timedelta]:
        """Poll when the feed is due; return how many entries were new, and how long it is until the next poll."""
        self.clock.now = max(self.clock(), (await self.feed()).next_poll_at)
        new = await self.hearsay.poll()
        return new, await self.wait()


both_databases = pytest.mark.parametrize("world", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
async def world(
    request: pytest.FixtureRequest, templates: Templates, tmp_path: Path, workers: Workers
) -> AsyncIterator[World]:
    """A world on SQLite; on PostgreSQL, too, where what is stored matters (`both_databases`)."""
    if getattr(request, "param", "sqlite") == "sqlite":
        async with opened_world(templates.sqlite_copy(tmp_path), workers) as made:
            yield made
    else:
        with templates.postgres_emptied(request.getfixturevalue("postgres")) as url:
            async with opened_world(url, workers) as made:
                yield made


@asynccontextmanager
async def opened_world(database_url: str, workers: Workers) -> AsyncIterator[World]:
    clock = SetClock()
    async with AsyncExitStack() as stack:
        hub = await stack.enter_async_context(running_hub())
        publisher = Publisher(clock)
        publisher.url = await stack.enter_async_context(served(publisher.answer))
        publisher.hubs = [hub.url]
        publisher.post(12)
        hearsay = Hearsay(stack, database_url, workers, clock)
        await hearsay.start()
        made = World(clock, hub, publisher, hearsay)
        made.feed_id = (await hearsay.store.feeds.add(publisher.topic, kept_by_host=True)).id
        yield made


async def sent(url: str, method: str = "POST", **given: object) -> int:
    async with aiohttp.ClientSession() as session, session.request(method, url, **given) as answer:  # type: ignore[arg-type]
        return answer.status


# Subscribing


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


# Pushes


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


# Polls while pushes arrive


@both_databases
async def test_polls_get_rarer_while_pushes_bring_everything_and_return_when_one_does_not(world: World) -> None:
    await world.subscribed()
    normal = await world.wait()
    waits = []
    for _ in range(6):
        world.clock.now += MINUTE
        world.publisher.post()
        assert await world.push() == 1
        new, wait = await world.poll_when_due()
        assert new == 0
        waits.append(wait)
    assert normal * 1.4 < waits[0] < waits[1] < waits[2]
    assert normal * 8 < waits[-1] <= PACE.maximum * 1.1
    world.publisher.post()  # and the hub is silent
    new, wait = await world.poll_when_due()
    assert new == 1
    assert wait < normal * 2


@both_databases
async def test_when_the_hub_is_gone_polling_takes_over(world: World) -> None:
    await world.subscribed()
    for _ in range(4):
        world.publisher.post()
        await world.push()
        _, wait = await world.poll_when_due()
    assert wait > 4 * PACE.minimum
    world.hub.status = 500
    for _ in range(8):
        world.publisher.post()
        new, wait = await world.poll_when_due()
        assert new == 1  # the first of them late
    assert wait < timedelta(hours=3)
    for _ in range(12):
        world.clock.now += timedelta(days=1)
        await world.hearsay.hubs.ask()
    subscription = await world.subscription()
    assert (subscription.state, subscription.lease_until) == (HubState.ANNOUNCED, None)
    assert 3 < subscription.failures < 9
    world.publisher.post()
    assert (await world.poll_when_due())[0] == 1


async def test_without_a_public_address_the_pace_is_the_normal_one(world: World) -> None:
    await world.subscribed()
    for _ in range(4):
        world.publisher.post()
        await world.push()
        _, stretched = await world.poll_when_due()
    world.hearsay.limits = PollLimits(pace=PACE, pushed=False)
    _, normal = await world.poll_when_due()
    assert normal < stretched / 2


# Leases, the end, restarts


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
