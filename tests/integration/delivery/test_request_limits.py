"""Requests to Discord stay below its limits, counted by a stand-in that is as strict as Discord."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest
from aiohttp import web

from bot.delivery.request_limits import INVALID_S, MOST_INVALID, PER_SECOND, RequestLimits, RequestsPaused
from preview.discord import LocalDiscord
from preview.discord.faults import forbidden
from preview.discord.pointing import discord_py_pointed_at
from tests.integration.feeds.server import served

GLOBAL = 50


class Time:
    """A clock that only moves when somebody waits, and not before all requests that have left have arrived."""

    def __init__(self) -> None:
        self.now = 100.0
        self.left = self.arrived = 0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        while self.arrived < self.left:  # noqa: ASYNC110 - the socket tells nobody
            await asyncio.sleep(0)
        self.now += seconds

    def counting(self) -> aiohttp.TraceConfig:
        """Return what counts the requests of a session once they may leave; it stands behind the limits."""
        config = aiohttp.TraceConfig()

        async def start(*_: object) -> None:
            self.left += 1

        config.on_request_start.append(start)
        return config


class Strict:
    """Refuses what is beyond 50 requests in any second, as Discord does, or everything with `status`."""

    def __init__(self, clock: Time) -> None:
        self.clock = clock
        self.status = 200
        self.headers: dict[str, str] = {}
        self.came: list[float] = []
        self.refused = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        now = self.clock()
        self.clock.arrived += 1
        self.came = [moment for moment in self.came if moment > now - 1] + [now]
        if len(self.came) > GLOBAL:
            self.refused += 1
            return web.Response(status=429)
        return web.Response(status=self.status, headers=self.headers)


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def strict(clock: Time) -> Strict:
    return Strict(clock)


@pytest.fixture
async def url(strict: Strict) -> AsyncIterator[str]:
    async with served(strict.answer) as address:
        yield address


async def status_of(session: aiohttp.ClientSession, url: str) -> int:
    async with session.get(url) as answer:
        return answer.status


async def test_no_request_is_refused_however_many_are_made_at_once(clock: Time, strict: Strict, url: str) -> None:
    limits = RequestLimits(now=clock, sleep=clock.sleep)
    async with aiohttp.ClientSession(trace_configs=[limits.trace(), clock.counting()]) as session:
        got = await asyncio.gather(*(status_of(session, f"{url}/channels/{n}") for n in range(300)))
    assert set(got) == {200}
    assert strict.refused == 0
    assert clock.now - 100 >= 300 // PER_SECOND - 1


async def test_without_the_limits_the_same_requests_are_refused(strict: Strict, url: str) -> None:
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(status_of(session, f"{url}/channels/{n}") for n in range(300)))
    assert strict.refused == 300 - GLOBAL


async def test_answers_to_interactions_do_not_wait(clock: Time, url: str) -> None:
    limits = RequestLimits(now=clock, sleep=clock.sleep)
    async with aiohttp.ClientSession(trace_configs=[limits.trace()]) as session:
        for number in range(PER_SECOND):
            await status_of(session, f"{url}/channels/{number}")
        for _ in range(MOST_INVALID):
            await limits.after(403, {})
        for kind in ("interactions/1/token/callback", "webhooks/2/token/messages/@original"):
            await status_of(session, f"{url}/api/v10/{kind}")
    assert clock.now == 100


@pytest.mark.parametrize("status", [401, 403, 429])
async def test_requests_pause_long_before_discord_bans_and_go_on_afterwards(
    clock: Time, strict: Strict, url: str, status: int
) -> None:
    limits = RequestLimits(per_second=1_000, most_invalid=20, now=clock, sleep=clock.sleep)
    strict.status = status
    async with aiohttp.ClientSession(trace_configs=[limits.trace()]) as session:
        for _ in range(20):
            clock.now += 1
            assert await status_of(session, f"{url}/x") == status
        with pytest.raises(RequestsPaused):
            await status_of(session, f"{url}/x")
        strict.status = 200
        clock.now += INVALID_S
        assert await status_of(session, f"{url}/x") == 200
    assert MOST_INVALID < 10_000


async def test_refusals_that_discord_does_not_count_pause_nothing(clock: Time, strict: Strict, url: str) -> None:
    limits = RequestLimits(per_second=1_000, most_invalid=5, now=clock, sleep=clock.sleep)
    async with aiohttp.ClientSession(trace_configs=[limits.trace()]) as session:
        for strict.status, strict.headers in ((404, {}), (500, {}), (429, {"X-RateLimit-Scope": "shared"})):
            for _ in range(6):
                clock.now += 1
                assert await status_of(session, f"{url}/x") == strict.status


async def test_an_unmodified_client_keeps_the_limits(clock: Time) -> None:
    limits = RequestLimits(most_invalid=3, now=clock, sleep=clock.sleep)
    async with LocalDiscord() as local:
        fault = local.faults.order("GET", "/channels/*", forbidden(), times=None)
        with discord_py_pointed_at(local.api_base, local.gateway_url):
            async with discord.Client(intents=discord.Intents.none(), http_trace=limits.trace()) as client:
                await client.login(local.token)
                for _ in range(3):
                    with pytest.raises(discord.Forbidden):
                        await client.fetch_channel(1)
                with pytest.raises(RequestsPaused):
                    await client.fetch_channel(1)
    assert fault.met == 3
