"""Bots that do all due work once and kill themselves, as kill -9 would, at a given boundary.

Run by tests/e2e/mortal.py as `python -m tests.e2e.killed`, with settings in the environment. Each line of input
is the name of a boundary, nothing, or "after 0.5 ahead 60": the seconds until its death (0: none), and those by
which its clock is ahead. For each line a bot starts in a new process; its exit status is printed. The processes
are forks of one that has imported the bot and done nothing else: imports would take most of their short lives.
Worker processes import this module again, so it imports nothing of the bot at the top.
"""

import asyncio
import importlib
import os
import pkgutil
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

BOUNDARIES = {
    "a feed was fetched but not stored": ("bot.store.feeds.feeds:Feeds", "save_outcomes", "before"),
    "a feed was stored": ("bot.store.feeds.feeds:Feeds", "save_outcomes", "after"),
    "an article was read but not stored": ("bot.store.articles.articles:Articles", "save_read", "before"),
    "an article was stored": ("bot.store.articles.articles:Articles", "save_read", "after"),
    "claims were found but not stored": ("bot.store.claims.claims:Claims", "save_extraction", "before"),
    "claims were stored": ("bot.store.claims.claims:Claims", "save_extraction", "after"),
    "a story was found but not stored": ("bot.store.articles.stories:Stories", "save", "before"),
    "a story was stored": ("bot.store.articles.stories:Stories", "save", "after"),
    "a digest was composed but not stored": ("bot.store.servers.deliveries:Deliveries", "put_all", "before"),
    "a digest was put into the outbox": ("bot.store.servers.deliveries:Deliveries", "put_all", "after"),
    "a delivery is about to be attempted": ("bot.store.servers.deliveries:Deliveries", "attempt", "before"),
    "an attempt was noted but nothing posted": ("bot.store.servers.deliveries:Deliveries", "attempt", "after"),
    "a message was posted but not noted": ("bot.delivery.sender:DiscordSender", "send", "after"),
    "a message was found again but not noted": ("bot.store.servers.deliveries:Deliveries", "sent", "before"),
    "a delivery was noted as sent": ("bot.store.servers.deliveries:Deliveries", "sent", "after"),
}
OF_NOTICES = {
    "a notice was put into the outbox": ("bot.store.servers.notices:Notices", "put", "after"),
    "an attempt at a notice was noted but nothing posted": (
        "bot.store.servers.notices:Notices",
        "attempt",
        "after",
    ),
    "a notice was posted but not noted": ("bot.delivery.sender:DiscordSender", "send", "after"),
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly_at(boundary: str) -> None:
    """Make the process die when it reaches `boundary`."""
    where, name, when = (BOUNDARIES | OF_NOTICES)[boundary]
    kind = pkgutil.resolve_name(where)
    real = getattr(kind, name)

    async def deadly(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            die()
        await real(*args, **kwargs)
        die()

    setattr(kind, name, deadly)


def dies_after(seconds: float) -> None:
    """Make the process die by SIGKILL after this time, wherever it is then."""
    timer = threading.Timer(seconds, die)
    timer.daemon = True
    timer.start()


async def live(ahead: float = 0) -> None:
    """Do everything that is due, and end. The clock is so many seconds ahead of Discord's."""
    from bot.app import open_services
    from bot.client import HearsayBot
    from bot.delivery.sender import DiscordSender
    from bot.discord_access import point_at
    from config.loading import load_settings

    settings = load_settings()
    point_at(str(settings.discord_api_base), str(settings.discord_gateway_url))

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=ahead)

    async with (
        open_services(settings, clock=clock) as services,
        HearsayBot(services, guild_ready_timeout=0.05) as bot,
    ):
        assert settings.discord_token is not None
        connecting = asyncio.create_task(bot.start(settings.discord_token.get_secret_value()))
        await bot.wait_until_ready()
        services.runner.sender = DiscordSender(bot)
        while any((await services.runner.pass_once()).values()):
            pass
        await bot.close()
        await connecting


def main() -> None:
    """Start a bot for each line, one after the other."""
    from bot.event_loop import run_async

    for module in ("bot.app", "bot.client", "bot.delivery.sender", "config.loading"):
        importlib.import_module(module)
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # only exit statuses are printed
            told = line.strip()
            ahead = 0.0
            if told.startswith("after "):
                _, seconds, _, moved = told.split()
                ahead = float(moved)
                if float(seconds):
                    dies_after(float(seconds))
            elif told:
                deadly_at(told)
            run_async(live(ahead))
            return
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
