"""A request to reload reaches every process on a PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.services import reloads
from bot.services.reloads import Reloads
from bot.store import Store, open_store
from tests.databases import Server as PostgreSQL
from tests.databases import Templates


@pytest.fixture
async def pair(postgres: PostgreSQL, templates: Templates) -> AsyncIterator[tuple[Store, Store]]:
    with templates.postgres_emptied(postgres) as url:
        async with open_store(url, migrate=False) as one, open_store(url, migrate=False) as other:
            yield one, other


def on(store: Store) -> Reloads:
    services: Any = SimpleNamespace(store=store)
    return Reloads(services)


async def test_every_other_process_reloads_once_and_one_that_fails_goes_on(
    pair: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reloads, "LOOKED_EVERY_S", 0.01)
    one, other = (on(store) for store in pair)
    reloaded: asyncio.Queue[str] = asyncio.Queue()
    errors = iter((OSError("Discord cannot be reached"), SettingsError("a setting is wrong")))

    async def reload_one() -> None:
        await reloaded.put("one")

    async def reload_other() -> None:
        await reloaded.put("other")
        raise next(errors)

    assert await one.ask_others()  # before anybody looked: who starts now has the new settings anyway
    following = [asyncio.create_task(one.follow(reload_one)), asyncio.create_task(other.follow(reload_other))]
    await asyncio.sleep(0.2)
    assert reloaded.empty()
    async with asyncio.timeout(30):
        for _ in range(2):
            await one.ask_others()
            assert await reloaded.get() == "other"
        await other.ask_others()
        assert await reloaded.get() == "one"
    assert reloaded.empty()
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)


async def test_a_process_alone_asks_nobody(store: Store) -> None:
    alone = on(store)
    assert not await alone.ask_others()
    await alone.follow(lambda: asyncio.sleep(0))
