"""Processes that share a PostgreSQL keep Discord's limits together."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs
from yarl import URL

from bot.delivery.request_limits import CONNECTIONS_APART, RequestLimits, RequestsPaused
from bot.store import Store, open_store
from bot.store.request_turns import FARTHEST
from tests.databases import Server as PostgreSQL
from tests.databases import Templates, postgres, templates

__all__ = ["postgres", "templates"]
POST = URL("https://discord.com/api/v10/channels/1/messages")


class Slept:
    """Notes how long somebody would have waited, and goes on at once."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)


@pytest.fixture
def url(postgres: PostgreSQL, templates: Templates) -> Iterator[str]:
    with templates.postgres_emptied(postgres) as made:
        yield made


@pytest.fixture
async def pair(url: str) -> AsyncIterator[tuple[Store, Store]]:
    async with open_store(url, migrate=False) as one, open_store(url, migrate=False) as other:
        yield one, other


async def test_turns_of_all_processes_are_evenly_apart(pair: tuple[Store, Store]) -> None:
    apart = timedelta(seconds=2)
    turns = [turn async for turn in taken(pair, 10, apart)]
    assert turns[0] == timedelta()
    between = [(later - earlier) / apart for earlier, later in pairwise(turns[1:])]
    # a little has passed from one to the next
    assert all(0.5 < part <= 1.01 for part in between), between


async def taken(stores: tuple[Store, Store], times: int, apart: timedelta) -> AsyncIterator[timedelta]:
    for number in range(times):
        yield (await stores[number % 2].request_turns.take("x", apart)).wait


async def test_many_at_once_get_a_turn_each(pair: tuple[Store, Store]) -> None:
    apart = timedelta(seconds=1)
    found = await asyncio.gather(*(pair[n % 2].request_turns.take("x", apart) for n in range(30)))
    waits = sorted(turn.wait.total_seconds() for turn in found)
    assert waits[-1] > 20
    assert len({round(wait) for wait in waits}) > 20


async def test_a_clock_that_was_set_back_holds_nobody_up(pair: tuple[Store, Store]) -> None:
    await pair[0].request_turns.take("x", timedelta(seconds=1))
    async with pair[0].database.writing() as connection:
        await connection.execute(text("UPDATE request_turns SET next_at = now() + interval '1 day'"))
    assert (await pair[1].request_turns.take("x", timedelta(seconds=1))).wait < FARTHEST


async def test_each_of_many_gateways_has_a_turn_of_its_own_to_connect(pair: tuple[Store, Store]) -> None:
    turns = [turn async for turn in taken(pair, 40, CONNECTIONS_APART)]
    assert min(later - earlier for earlier, later in pairwise(turns)) > CONNECTIONS_APART / 2


async def test_requests_of_two_processes_leave_at_the_pace_of_one(pair: tuple[Store, Store]) -> None:
    slept = Slept()
    limits = [
        RequestLimits(per_second=1, turns=store.request_turns, sleep=slept, now=iter(range(0, 999, 2)).__next__)
        for store in pair
    ]
    for number in range(6):
        await limits[number % 2].before(POST)
    assert max(slept.waits) > 3


async def test_what_is_refused_to_one_process_makes_all_pause_until_it_is_long_ago(
    pair: tuple[Store, Store],
) -> None:
    one, other = (RequestLimits(1000, most_invalid=3, turns=store.request_turns) for store in pair)
    await other.before(POST)
    for _ in range(3):
        await one.after(403, {})
    await one.after(429, {"X-RateLimit-Scope": "shared"})
    with pytest.raises(RequestsPaused):
        await other.before(POST)
    await other.before(URL("https://discord.com/api/v10/interactions/1/token/callback"))
    async with pair[0].database.writing() as connection:
        await connection.execute(text("UPDATE refused_requests SET minute = minute - interval '11 minutes'"))
    await other.before(POST)
    await pair[0].request_turns.purge()


async def test_without_the_database_each_process_keeps_the_limits_alone(url: str) -> None:
    async with open_store(url, migrate=False) as store:
        slept = Slept()
        limits = RequestLimits(per_second=2, turns=store.request_turns, sleep=slept)
        async with store.database.writing() as connection:
            await connection.execute(text("ALTER TABLE request_turns RENAME TO hidden"))
        try:
            with capture_logs() as logs:
                await limits.before(POST)
                assert not await limits.before_connecting()
                await limits.after(403, {})
        finally:
            async with store.database.writing() as connection:
                await connection.execute(text("ALTER TABLE hidden RENAME TO request_turns"))
    assert {log["event"] for log in logs} == {"requests to Discord not counted together"}
    assert slept.waits == []


async def test_shards_of_all_gateways_connect_one_after_another(pair: tuple[Store, Store]) -> None:
    slept = Slept()
    for store in (*pair, *pair):
        assert await RequestLimits(turns=store.request_turns, sleep=slept).before_connecting()
    assert [round(wait / 5) for wait in slept.waits] == [1, 2, 3]
