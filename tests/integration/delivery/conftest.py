"""An unmodified discord.py client at the local Discord."""

import asyncio
import os
import warnings
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

with warnings.catch_warnings():
    # discord.py imports audioop, which Python 3.13 no longer has.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord

from bot.delivery.once_only import report_unclear_answers
from preview.discord import LocalDiscord
from preview.discord.pointing import discord_py_pointed_at

SPECIFICATION = Path(__file__).parents[3] / "../shared/discord/openapi.json"


def specification() -> Path | None:
    path = Path(os.environ.get("DISCORD_OPENAPI") or SPECIFICATION)
    return path if path.is_file() else None


@pytest.fixture
async def local() -> AsyncIterator[LocalDiscord]:
    async with LocalDiscord(openapi=specification()) as server:
        yield server
        assert server.violations == []


@pytest.fixture
async def client(local: LocalDiscord) -> AsyncIterator[discord.Client]:
    trace = aiohttp.TraceConfig()
    with discord_py_pointed_at(local.api_base, local.gateway_url):
        bot = discord.AutoShardedClient(
            intents=discord.Intents(guilds=True),
            guild_ready_timeout=0.05,
            max_ratelimit_timeout=30,
            http_trace=trace,
        )
        report_unclear_answers(trace, lambda: bot.application_id)
        task = asyncio.create_task(bot.start(local.token))
        await local.ready()
        await bot.wait_until_ready()
        try:
            yield bot
        finally:
            await bot.close()
            await task
