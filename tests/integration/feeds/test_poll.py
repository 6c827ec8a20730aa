"""A poll, from the request to the outcome, over real HTTP and a real worker process."""

import asyncio
import gzip
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from bot.errors import WorkerFailed
from bot.feeds.parse import Document
from bot.feeds.parsing import Parsing
from bot.feeds.poll import PollLimits, poll, poll_together
from bot.fetching.client import Fetcher, open_fetcher
from bot.model.feeds import FeedState, ParsedFeed, PollOutcome, PollStatus, PollTarget, Validators
from bot.workers import Workers
from tests.integration.feeds.server import always, served

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LIMITS = PollLimits()


class Chance(random.Random):
    """Always the same number."""

    def __init__(self, value: float) -> None:
        super().__init__()
        self.value = value

    def random(self) -> float:
        return self.value


def rss(*titles: str) -> bytes:
    items = "".join(f"<item><title>{title}</title><guid>{title}</guid></item>" for title in titles)
    return f'<rss version="2.0"><channel><title>F</title><ttl>120</ttl>{items}</channel></rss>'.encode()


Poll = Callable[..., "asyncio.Future[PollOutcome]"]


@pytest.fixture
def poll_once(fetcher: Fetcher, workers: Workers) -> Poll:
    def once(
        target: PollTarget, chance: float = 0.5, limits: PollLimits = LIMITS
    ) -> "asyncio.Future[PollOutcome]":
        return asyncio.ensure_future(
            poll(target, fetcher=fetcher, workers=workers, clock=lambda: NOW, limits=limits, chance=Chance(chance))
        )

    return once


async def test_a_changed_feed_is_parsed_and_what_the_next_poll_needs_is_kept(poll_once: Poll) -> None:
    async with served(always(lambda: web.Response(body=rss("one", "two"), headers={"ETag": '"1"'}))) as url:
        outcome = await poll_once(PollTarget(7, f"{url}/feed", failures=3))
    assert (outcome.feed_id, outcome.status, outcome.state, outcome.failures) == (
        7,
        PollStatus.CHANGED,
        FeedState.HEALTHY,
        0,
    )
    assert outcome.feed is not None
    assert [entry.key for entry in outcome.feed.entries] == ["one", "two"]
    assert outcome.validators == Validators('"1"', None)
    assert (outcome.interval, outcome.next_poll_at) == (2 * HOUR, NOW + 2 * HOUR * 1.05)
    assert outcome.body_hash
    assert outcome.error is None


async def test_the_answer_of_the_server_is_told_before_it_is_read(fetcher: Fetcher, workers: Workers) -> None:
    told: list[str] = []

    class Reading(Parsing):
        async def parse(self, document: Document) -> ParsedFeed:
            told.append("read")
            return await super().parse(document)

    async with served(always(lambda: web.Response(body=rss("one")))) as url:
        await poll(
            PollTarget(1, url),
            fetcher=fetcher,
            workers=workers,
            clock=lambda: NOW,
            parsing=Reading(workers, 10),
            answered=lambda: told.append("answered"),
        )
    assert told == ["answered", "read"]


async def test_the_same_body_is_not_parsed_again(poll_once: Poll) -> None:
    async with served(always(lambda: web.Response(body=rss("one"), headers={"ETag": '"2"'}))) as url:
        first = await poll_once(PollTarget(1, url))
        again = await poll_once(PollTarget(1, url, Validators('"1"'), first.body_hash, interval=3 * HOUR))
    assert (again.status, again.feed, again.validators) == (PollStatus.UNCHANGED, None, Validators('"2"'))
    assert (again.body_hash, again.interval) == (first.body_hash, 3 * HOUR)


async def test_a_body_that_comes_compressed_as_before_is_not_even_unpacked(
    poll_once: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    def packed(level: int) -> Callable[[], web.Response]:
        body = gzip.compress(rss("one"), level, mtime=0)
        return lambda: web.Response(body=body, headers={"Content-Encoding": "gzip"})

    async with served(always(packed(9))) as url:
        first = await poll_once(PollTarget(1, url))
        known = PollTarget(1, url, body_hash=first.body_hash, wire_hash=first.wire_hash)
        with monkeypatch.context() as patched:
            patched.setattr("bot.fetching.client.unpacked", None)
            again = await poll_once(known)
    async with served(always(packed(0))) as url:
        packed_anew = await poll_once(replace(known, url=url))
    async with served(always(lambda: web.Response(body=rss("one")))) as url:
        not_packed = await poll_once(replace(known, url=url))
    assert [first.status, again.status, again.as_known] == [PollStatus.CHANGED, PollStatus.UNCHANGED, True]
    assert [packed_anew.status, not_packed.status] == [PollStatus.UNCHANGED, PollStatus.UNCHANGED]
    assert len({each.body_hash for each in (first, again, packed_anew, not_packed)}) == 1
    assert first.wire_hash == again.wire_hash != packed_anew.wire_hash
    assert not_packed.wire_hash is None


async def test_304_keeps_the_validators_and_takes_new_ones(poll_once: Poll) -> None:
    async with served(always(lambda: web.Response(status=304, headers={"Last-Modified": "new"}))) as url:
        outcome = await poll_once(PollTarget(1, url, Validators('"1"', "old"), "hash"))
    assert (outcome.status, outcome.validators, outcome.body_hash) == (
        PollStatus.NOT_MODIFIED,
        Validators('"1"', "new"),
        "hash",
    )
    assert outcome.state is FeedState.HEALTHY
    assert not outcome.as_known


async def test_an_answer_that_brings_nothing_says_that_all_is_as_it_was_known(poll_once: Poll) -> None:
    known = Validators('"1"', "monday")
    async with served(always(lambda: web.Response(status=304, headers={"ETag": '"1"'}))) as url:
        unmodified = await poll_once(PollTarget(1, url, known, "hash", interval=3 * HOUR))
    async with served(always(lambda: web.Response(body=rss("one")))) as url:
        changed = await poll_once(PollTarget(1, url))
        unchanged = await poll_once(PollTarget(1, url, Validators(), changed.body_hash))
        forgotten = await poll_once(PollTarget(1, url, known, changed.body_hash))
    assert [outcome.as_known for outcome in (unmodified, unchanged)] == [True, True]
    assert [outcome.as_known for outcome in (changed, forgotten)] == [False, False]
    assert (unmodified.validators, unmodified.body_hash, unmodified.interval) == (known, "hash", 3 * HOUR)


@pytest.mark.parametrize(
    ("known", "headers", "status"),
    [
        (Validators('"1"'), {"ETag": '"1"'}, PollStatus.NOT_MODIFIED),
        (Validators(None, "x"), {"Last-Modified": "x"}, PollStatus.NOT_MODIFIED),
        (Validators('"1"', "x"), {"ETag": '"2"', "Last-Modified": "x"}, PollStatus.CHANGED),
        (Validators(), {}, PollStatus.CHANGED),
    ],
)
async def test_200_with_the_validators_that_were_sent_is_not_modified(
    poll_once: Poll, known: Validators, headers: dict[str, str], status: PollStatus
) -> None:
    async with served(always(lambda: web.Response(body=rss("one"), headers=headers))) as url:
        assert (await poll_once(PollTarget(1, url, known))).status is status


async def test_validators_under_expires_0_are_not_kept(poll_once: Poll) -> None:
    async with served(always(lambda: web.Response(body=rss("a"), headers={"ETag": '"1"', "Expires": "0"}))) as url:
        assert (await poll_once(PollTarget(1, url))).validators == Validators()


async def test_now_and_then_a_feed_is_fetched_unconditionally(poll_once: Poll) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(status=304) if "If-None-Match" in request.headers else web.Response(body=rss("one"))

    async with served(handler) as url:
        target = PollTarget(1, url, Validators('"for ever"'))
        assert (await poll_once(target, chance=0.5)).status is PollStatus.NOT_MODIFIED
        assert (await poll_once(target, chance=0.0)).status is PollStatus.CHANGED


async def test_a_permanent_move_is_told(poll_once: Poll) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path == "/old":
            return web.Response(status=301, headers={"Location": "/new"})
        return web.Response(body=rss("one"))

    async with served(handler) as url:
        assert (await poll_once(PollTarget(1, f"{url}/old"))).moved_to == f"{url}/new"


async def test_a_failure_keeps_what_is_known_backs_off_and_says_why(poll_once: Poll) -> None:
    async with served(always(lambda: web.Response(status=500))) as url:
        outcome = await poll_once(
            PollTarget(1, url, Validators('"1"'), "hash", failures=2, interval=HOUR), chance=1.0
        )
    assert (outcome.status, outcome.state, outcome.failures) == (PollStatus.ERROR, FeedState.FAILING, 3)
    assert (outcome.validators, outcome.body_hash, outcome.interval) == (Validators('"1"'), "hash", HOUR)
    assert "internal error" in (outcome.error or "")
    assert outcome.next_poll_at == NOW + 4 * HOUR * 1.1


async def test_retry_after_delays_the_next_poll(poll_once: Poll) -> None:
    async with served(always(lambda: web.Response(status=429, headers={"Retry-After": "36000"}))) as url:
        outcome = await poll_once(PollTarget(1, url))
    assert outcome.next_poll_at >= NOW + 10 * HOUR


async def test_410_disables(poll_once: Poll) -> None:
    async with served(always(lambda: web.Response(status=410))) as url:
        outcome = await poll_once(PollTarget(1, url))
    assert (outcome.status, outcome.state) == (PollStatus.GONE, FeedState.DISABLED)


HOSTILE = [
    (b"<!doctype html><html><body>Not found", "web page"),
    (b'<!DOCTYPE r [<!ENTITY a "&b;&b;">]><rss/>', "declares"),
    (b"<rss><channel>" + b"<a>" * 50_000, "deep"),
    (b"x" * 6_000_000, "5 MB"),
    (b"\xff\xfe\x00garbage", "no feed"),
]


@pytest.mark.parametrize(("body", "words"), HOSTILE)
async def test_hostile_bodies_are_an_error_in_words_and_the_next_poll_works(
    poll_once: Poll, body: bytes, words: str
) -> None:
    async with served(always(lambda: web.Response(body=body))) as url:
        outcome = await poll_once(PollTarget(1, url, body_hash="known"))
    assert (outcome.status, outcome.body_hash) == (PollStatus.ERROR, "known")
    assert words in (outcome.error or "")


async def test_a_feed_that_stalls_the_parser_is_stopped(fetcher: Fetcher) -> None:
    class Stalled(Workers):
        async def run(self, *args: object, **options: object) -> object:  # type: ignore[override]
            raise WorkerFailed("This took longer than 10 seconds and was stopped.")

    async with served(always(lambda: web.Response(body=rss("one")))) as url:
        outcome = await poll(PollTarget(1, url), fetcher=fetcher, workers=Stalled(1, 1, 512), clock=lambda: NOW)
    assert "could not be parsed" in (outcome.error or "")


async def test_private_addresses_and_nonsense_are_an_outcome_too(workers: Workers) -> None:
    async with open_fetcher("Hearsay") as guarded:
        for url in (
            "http://127.0.0.1/",
            "http://10.0.0.1:80/",
            "ftp://a.example",
            "",
            "http://[",
            "http://nowhere.invalid/",
        ):
            outcome = await poll(PollTarget(1, url), fetcher=guarded, workers=workers, clock=lambda: NOW)
            assert (outcome.status, outcome.state) == (PollStatus.ERROR, FeedState.FAILING)
            assert outcome.error


async def test_what_nobody_foresaw_is_an_outcome_too(
    fetcher: Fetcher, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetcher, "fetch", lambda *a, **k: 1 / 0)
    outcome = await poll(PollTarget(1, "http://a.example"), fetcher=fetcher, workers=workers, clock=lambda: NOW)
    assert "ZeroDivisionError" in (outcome.error or "")


async def test_many_feeds_are_polled_within_the_limits_of_all_and_of_each_host(workers: Workers) -> None:
    under_way = {"slow": 0, "fast": 0}
    most = {"slow": 0, "fast": 0}
    release = asyncio.Event()

    def handler_of(name: str) -> Callable[[web.Request], "asyncio.Future[web.StreamResponse]"]:
        async def handler(request: web.Request) -> web.StreamResponse:
            under_way[name] += 1
            most[name] = max(most[name], under_way[name])
            if name == "slow":
                await release.wait()
            under_way[name] -= 1
            return web.Response(body=rss(request.path))

        return handler  # type: ignore[return-value]

    async with (
        served(handler_of("slow")) as slow,
        served(handler_of("fast")) as fast,
        open_fetcher("Hearsay", allow_private=True) as fetcher,
    ):
        fast_host = fast.replace("127.0.0.1", "localhost")  # another host to the poller
        targets = [PollTarget(n, f"{slow}/{n}") for n in range(6)] + [
            PollTarget(10 + n, f"{fast_host}/{n}") for n in range(6)
        ]
        seen: list[int] = []
        async for outcomes in poll_together(
            targets, fetcher=fetcher, workers=workers, clock=lambda: NOW, concurrency=4, within_s=0.0
        ):
            assert {outcome.status for outcome in outcomes} == {PollStatus.CHANGED}
            seen += [outcome.feed_id for outcome in outcomes]
            if len(seen) == 6:
                assert all(feed_id >= 10 for feed_id in seen)  # the slow host starves nobody
                release.set()
    assert sorted(seen) == [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15]
    assert most["slow"] == 2
    assert most["fast"] <= 2


async def test_leaving_a_pass_early_stops_what_is_under_way(fetcher: Fetcher, workers: Workers) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path != "/0":
            await asyncio.Event().wait()
        return web.Response(body=rss("one"))

    async with served(handler) as url:
        passing = poll_together(
            [PollTarget(n, f"{url}/{n}") for n in range(3)], fetcher=fetcher, workers=workers, clock=lambda: NOW
        )
        assert [outcome.feed_id for outcome in await anext(passing)] == [0]
        await passing.aclose()


async def test_polling_nothing_ends_at_once(fetcher: Fetcher, workers: Workers) -> None:
    assert [o async for o in poll_together([], fetcher=fetcher, workers=workers, clock=lambda: NOW)] == []
