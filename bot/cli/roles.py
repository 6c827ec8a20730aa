"""`gateway`, `worker`, `scheduler`: the parts of the bot as processes of their own, which share a PostgreSQL."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
import typer

from bot.cli.console import log_for
from bot.event_loop import run_async
from bot.model.queues import QUEUES
from bot.model.shards import shards_of
from bot.serving import stop_signals
from config.loading import load_settings
from config.misspelt import misspelt_names
from config.settings import Settings

log = structlog.get_logger(__name__)

SHARDS = typer.Option(
    None, help="Shards that this gateway holds, such as 0-7/32. Default: all, as many as Discord recommends."
)
NAMED = typer.Option(",".join(QUEUES), "--queues", help="The steps that this worker does, separated by commas.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(gateway)
    app.command()(worker)
    app.command()(scheduler)


def gateway(shards: str | None = SHARDS) -> None:
    """Run only what is connected to Discord: it answers commands. Needs PostgreSQL and DISCORD_TOKEN."""
    chosen = shards_of(shards) if shards is not None else None

    def served(settings: Settings, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
        from bot.roles import serve_gateway  # noqa: PLC0415 - procrastinate and psycopg take memory

        return serve_gateway(settings, chosen, stop=stop)

    _run(served)


def worker(queues: str = NAMED) -> None:
    """Run only steps: poll, read, extract, group, compose, deliver, upkeep. Needs PostgreSQL.

    Any number of workers share the work. DISCORD_TOKEN is needed for deliver and upkeep, which post.
    """
    names = [name.strip() for name in queues.split(",") if name.strip()]

    def served(settings: Settings, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
        from bot.roles import serve_worker  # noqa: PLC0415 - procrastinate and psycopg take memory

        return serve_worker(settings, names, stop=stop)

    _run(served)


def scheduler() -> None:
    """Run only what finds the work that has become due, and tells the workers. Needs PostgreSQL; one is enough."""

    def served(settings: Settings, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
        from bot.roles import serve_scheduler  # noqa: PLC0415 - procrastinate and psycopg take memory

        return serve_scheduler(settings, stop=stop)

    _run(served)


def _run(served: Callable[[Settings, asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    settings = load_settings()
    log_for(settings)
    for name in misspelt_names():
        log.warning(name.sentence)

    async def until_stopped() -> None:
        async with stop_signals() as stop:
            await served(settings, stop)

    run_async(until_stopped())
