"""The whole bot with a local Discord and a newsroom: started, stopped and restarted on one database."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path

import discord.gateway
import discord.http

from bot.app import open_services
from bot.client import HearsayBot
from bot.clock import utc_now
from bot.delivery.sender import DiscordSender
from bot.discord_access import point_at
from bot.services.engine import Services
from config.settings import Settings
from preview.discord import MANAGER, Channel, Json, LocalDiscord, Person
from preview.newsroom.server import Newsroom


class WholeBot:
    """The bot with its services, and the people who use it. The steps run when a test calls `work`."""

    def __init__(self, local: LocalDiscord, newsroom: Newsroom, settings: Settings) -> None:
        self.local = local
        self.newsroom = newsroom
        self.settings = settings
        self.ahead = timedelta(0)
        """How far the bot's clock is ahead of the real one; Discord's is the real one."""
        self.services: Services
        self.bot: HearsayBot
        self._stack = AsyncExitStack()

    @property
    def manager(self) -> Person:
        return self.local.user("mona", permissions=MANAGER)

    @property
    def reader(self) -> Person:
        return self.local.user("rita")

    @property
    def news(self) -> Channel:
        return self.local.channel("news")

    @property
    def guild_id(self) -> int:
        return int(self.local.guild().id)

    def clock(self) -> datetime:
        return utc_now() + self.ahead

    async def start(self) -> None:
        self._stack = AsyncExitStack()
        self.services = await self._stack.enter_async_context(open_services(self.settings, clock=self.clock))
        self.bot = HearsayBot(self.services, guild_ready_timeout=0.05)
        await self._stack.enter_async_context(self.bot)
        task = asyncio.create_task(self.bot.start(self.local.token), name="bot")

        async def end() -> None:
            await self.bot.close()
            await asyncio.gather(task, return_exceptions=True)

        self._stack.push_async_callback(end)
        ready = asyncio.create_task(self.bot.wait_until_ready())
        await asyncio.wait([task, ready], return_when=asyncio.FIRST_COMPLETED, timeout=20)
        if task.done():
            task.result()
        await self.local.ready()
        self.services.runner.sender = DiscordSender(self.bot)

    async def stop(self) -> None:
        await self._stack.aclose()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def work(self) -> dict[str, int]:
        """Do everything that is due, once."""
        return await self.services.runner.pass_once()

    async def eventually(self, holds: Callable[[], Awaitable[bool]]) -> None:
        """Wait for something that the bot does by itself, after an event of the gateway."""
        async with asyncio.timeout(10):
            while not await holds():  # noqa: ASYNC110 - what is awaited is in the store, which tells nobody
                await asyncio.sleep(0.01)

    def database(self) -> Path:
        return Path(self.settings.store_url.removeprefix("sqlite:///"))

    def requests_for(self, method: str, ending: str) -> list[Json]:
        """Return the bodies of the bot's requests with this method and end of the path."""
        return [r.body for r in self.local.requests if r.method == method and r.path.endswith(ending)]


class PointedBack:
    """Points discord.py at a local Discord, as the settings do, and restores it at the end."""

    def __init__(self, local: LocalDiscord) -> None:
        self._local = local

    def __enter__(self) -> None:
        self._before = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
        point_at(self._local.api_base, self._local.gateway_url)

    def __exit__(self, *_: object) -> None:
        discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = self._before
