"""A bot that does all due work once and kills itself, as kill -9 would, at the boundary it is told.

Run by test_kill_anywhere: `python -m tests.e2e.killed BOUNDARY`, with settings in the environment.
"""

import asyncio
import os
import signal
import sys
from typing import Any

from bot.app import open_services
from bot.client import HearsayBot, point_at
from bot.delivery.sender import DiscordSender
from bot.store.articles import Articles
from bot.store.claims import Claims
from bot.store.deliveries import Deliveries
from bot.store.feeds import Feeds
from bot.store.stories import Stories
from config.loading import load_settings

BOUNDARIES: dict[str, tuple[type, str, str]] = {
    "a feed was fetched but not stored": (Feeds, "save_outcomes", "before"),
    "a feed was stored": (Feeds, "save_outcomes", "after"),
    "an article was read but not stored": (Articles, "save_read", "before"),
    "an article was stored": (Articles, "save_read", "after"),
    "claims were found but not stored": (Claims, "save_extraction", "before"),
    "claims were stored": (Claims, "save_extraction", "after"),
    "a story was found but not stored": (Stories, "save", "before"),
    "a story was stored": (Stories, "save", "after"),
    "a digest was composed but not stored": (Deliveries, "put", "before"),
    "a digest was put into the outbox": (Deliveries, "put", "after"),
    "a delivery is about to be attempted": (Deliveries, "attempt", "before"),
    "an attempt was noted but nothing posted": (Deliveries, "attempt", "after"),
    "a message was posted but not noted": (DiscordSender, "send", "after"),
    "a message was found again but not noted": (Deliveries, "sent", "before"),
    "a delivery was noted as sent": (Deliveries, "sent", "after"),
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly_at(boundary: str) -> None:
    """Make the process die when it comes to `boundary`."""
    kind, name, when = BOUNDARIES[boundary]
    real = getattr(kind, name)

    async def deadly(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            die()
        await real(*args, **kwargs)
        die()

    setattr(kind, name, deadly)


async def main(boundary: str) -> None:
    if boundary:
        deadly_at(boundary)
    settings = load_settings()
    point_at(str(settings.discord_api_base), str(settings.discord_gateway_url))
    async with open_services(settings) as services, HearsayBot(services, guild_ready_timeout=0.05) as bot:
        assert settings.discord_token is not None
        connecting = asyncio.create_task(bot.start(settings.discord_token.get_secret_value()))
        await bot.wait_until_ready()
        services.runner.sender = DiscordSender(bot)
        while any((await services.runner.pass_once()).values()):
            pass
        await bot.close()
        await connecting


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else ""))
