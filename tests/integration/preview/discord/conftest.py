"""A running local Discord and a bot on it, checked against Discord's specification where that is at hand."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from preview.discord import LocalDiscord
from preview.discord.pointing import discord_py_pointed_at
from tests.integration.preview.discord.sample_bot import SampleBot

SHARED = Path(os.environ.get("HEARSAY_SHARED", Path(__file__).parents[5] / "shared"))
OPENAPI = Path(os.environ.get("DISCORD_OPENAPI", SHARED / "discord" / "openapi.json"))
SPECIFICATION = OPENAPI if OPENAPI.is_file() else None

Running = Callable[..., AbstractAsyncContextManager[tuple[LocalDiscord, SampleBot]]]


@pytest.fixture
def openapi() -> Path:
    """The specification, for tests that are about it."""
    if not OPENAPI.is_file():
        pytest.skip("Discord's OpenAPI specification is not here; set DISCORD_OPENAPI to its path")
    return OPENAPI


@asynccontextmanager
async def _running(
    bot: SampleBot | None = None, *, strict: bool = True, **options: Any
) -> AsyncIterator[tuple[LocalDiscord, SampleBot]]:
    async with LocalDiscord(openapi=SPECIFICATION, **options) as server:
        with discord_py_pointed_at(server.api_base, server.gateway_url):
            bot = bot or SampleBot()
            async with bot:
                life = asyncio.create_task(bot.start(server.token))
                try:
                    await asyncio.wait_for(bot.ready.wait(), 10)
                    yield server, bot
                finally:
                    await bot.close()
                    await asyncio.gather(life, return_exceptions=True)
    if strict:
        assert server.violations == []


@pytest.fixture
def running() -> Running:
    """Starts a server and a bot with options of the test's own."""
    return _running


@pytest.fixture
async def up() -> AsyncIterator[tuple[LocalDiscord, SampleBot]]:
    """A server and a bot that is ready. At the end there must be no violation."""
    async with _running() as both:
        yield both
