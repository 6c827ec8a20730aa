"""The roles of processes that share the work on PostgreSQL: gateway, worker, scheduler; each from start to stop.

A gateway is connected to Discord and answers commands. A worker does steps and posts over REST. A scheduler finds
what has become due. `bot.serving` is all of them in one process.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
import discord
import structlog

from bot.app import open_services
from bot.client import HearsayBot
from bot.clock import Clock, utc_now
from bot.delivery.sender import DiscordSender
from bot.discord_access import TokenRefused, limits_of, point_at, rest_client, usable_token
from bot.errors import BadInput, SettingsError
from bot.event_loop import end_tasks
from bot.model.queues import POSTING, QUEUES
from bot.model.shards import Shards
from bot.runner.garbage_collection import give_free_memory_back, share_heaps
from bot.runner.queue_runner import ENDED_WITHIN_S, QueueRunner
from bot.runner.scheduler import Scheduler
from bot.runner.shared_clock import SharedClock
from bot.services.database import upgrade_database_apart
from bot.services.engine import Engine, Services
from bot.services.model_check import check_model
from bot.services.operating import reload_settings
from bot.services.reloads import Reloads
from bot.services.runner_protocol import Runner
from bot.serving import (
    HOW_TO_START,
    RETRY_FIRST,
    RETRY_MAXIMUM,
    end_commands,
    metrics_served,
    stay_connected,
    store_works,
)
from config.settings import Settings

GATEWAY_CONNECTIONS, WORKER_CONNECTIONS, SCHEDULER_CONNECTIONS = 12, 6, 3
"""The most connections of a role to the store. Those to the queue come on top: up to four for jobs, and one for
each queue that a worker listens to. PostgreSQL takes a hundred by default."""

log = structlog.get_logger(__name__)


async def serve_gateway(
    settings: Settings, shards: Shards | None, *, stop: asyncio.Event, clock: Clock = utc_now
) -> None:
    """Hold the connections of `shards` (None: as many as Discord recommends) and answer commands until `stop`.

    Raises TokenRefused, StoreError or SettingsError if it cannot start.
    """
    token = _token(settings)
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(_opened(settings, clock, QueueRunner, GATEWAY_CONNECTIONS))
        made = HearsayBot(services, shards=shards, limits=limits_of(services))
        bot = await stack.enter_async_context(made)

        async def health() -> dict[str, bool]:
            return {"store": await store_works(services), "discord": bot.is_connected()}

        async def greet() -> None:
            await bot.wait_until_ready()
            give_free_memory_back()
            log.info("ready", role="gateway", shards=sorted(bot.shards), servers=len(bot.guilds))

        await stack.enter_async_context(metrics_served(settings, services, health))
        stack.push_async_callback(end_commands)
        await _until(
            stop, greet=greet(), discord=stay_connected(bot, token), looks=services.runner.run(), forever="discord"
        )


async def serve_worker(
    settings: Settings, queues: Collection[str], *, stop: asyncio.Event, clock: Clock = utc_now
) -> None:
    """Do the steps of `queues` until `stop`.

    Raises BadInput for an unknown queue, and what `serve_gateway` raises.
    """
    unknown = set(queues) - set(QUEUES)
    if unknown or not queues:
        raise BadInput(f"There is no queue {', '.join(sorted(unknown))}. Known: {', '.join(QUEUES)}.")
    posts = bool(POSTING & set(queues))
    token = _token(settings) if posts else ""
    async with AsyncExitStack() as stack:

        def runner_of(engine: Engine) -> Runner:
            return QueueRunner(engine, queues)

        services = await stack.enter_async_context(_opened(settings, clock, runner_of, WORKER_CONNECTIONS))
        client = await stack.enter_async_context(rest_client(services)) if posts else None

        async def health() -> dict[str, bool]:
            parts = {"store": await store_works(services)}
            return parts | ({"discord": services.runner.sender is not None} if posts else {})

        model_works = asyncio.Event()

        async def ready() -> dict[str, bool]:
            return await health() | ({"workers": model_works.is_set()} if "extract" in queues else {})

        async def greet() -> None:
            if "extract" in queues:
                await check_model(services.extractor)
                model_works.set()
            if client is not None:
                await _log_in(client, token)
                services.runner.sender = DiscordSender(client)
                services.runner.wake()
            give_free_memory_back()
            log.info("ready", role="worker", queues=sorted(queues))

        await stack.enter_async_context(metrics_served(settings, services, health, ready))
        if "poll" in queues and (serving := services.runner.serve_hubs(settings.public_listen)) is not None:
            url = await stack.enter_async_context(serving)
            log.info("hubs can push", at=url, public=str(settings.public_url))
        await _until(
            stop, greet=greet(), steps=services.runner.run(), reloads=_follow_reloads(services), forever="steps"
        )


async def serve_scheduler(settings: Settings, *, stop: asyncio.Event, clock: Clock = utc_now) -> None:
    """Find due work, and ask the workers to look, until `stop`. Raises StoreError or SettingsError."""
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(_opened(settings, clock, QueueRunner, SCHEDULER_CONNECTIONS))
        scheduler = Scheduler(services)

        async def health() -> dict[str, bool]:
            return {"store": await store_works(services), "queue": scheduler.works}

        await stack.enter_async_context(metrics_served(settings, services, health))
        give_free_memory_back()
        log.info("ready", role="scheduler")
        await _until(stop, scheduler=scheduler.run(), reloads=_follow_reloads(services), forever="scheduler")


async def _follow_reloads(services: Services) -> None:
    """Read the settings again whenever a gateway was asked to reload; its own client does so by itself."""

    async def reload() -> None:
        reload_settings(services)

    await Reloads(services).follow(reload)


def _token(settings: Settings) -> str:
    if settings.discord_token is None:
        raise SettingsError(HOW_TO_START)
    point_at(
        str(settings.discord_api_base) if settings.discord_api_base else None,
        str(settings.discord_gateway_url) if settings.discord_gateway_url else None,
    )
    return usable_token(settings)


@asynccontextmanager
async def _opened(
    settings: Settings, clock: Clock, runner: Callable[[Engine], Runner], connections: int
) -> AsyncIterator[Services]:
    """Open the services on the clock that all processes share."""
    if settings.store_url.startswith("sqlite"):
        raise SettingsError(
            "Several processes need PostgreSQL: set HEARSAY_DATABASE_URL. With SQLite, use `hearsay run`."
        )
    share_heaps()
    await upgrade_database_apart(settings)
    shared = SharedClock(clock)
    async with open_services(settings, clock=shared, runner=runner, connections=connections) as services:
        await shared.compare(services.store)
        following = asyncio.create_task(shared.follow(services.store), name="clock")
        try:
            yield services
        finally:
            await end_tasks([following])


async def _until(stop: asyncio.Event, *, forever: str, **works: Coroutine[Any, Any, object]) -> None:
    """Do all `works` until `stop` is set, one fails, or the one named `forever` ends."""
    tasks = {name: asyncio.create_task(work, name=name) for name, work in works.items()}
    tasks["stop"] = asyncio.create_task(stop.wait(), name="stop")
    try:
        waiting = set(tasks.values())
        while not {tasks["stop"], tasks[forever]} & {task for task in tasks.values() if task.done()}:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
    finally:
        log.info("stopping")
        await end_tasks(tasks.values(), again_s=ENDED_WITHIN_S)


async def _log_in(client: discord.Client, token: str) -> None:
    """Log in, which is all that posting needs. If Discord cannot be reached, retry with growing delays."""
    pause = RETRY_FIRST
    while True:
        try:
            await client.login(token)
        except discord.LoginFailure:
            raise TokenRefused from None
        except (aiohttp.ClientError, OSError, discord.HTTPException) as error:
            log.warning("Discord cannot be reached", error=str(error), again_in_seconds=pause)
            await client.http.close()
            client.http.connector = discord.utils.MISSING  # closed with its session; a login creates a new one
            await asyncio.sleep(pause)
            pause = min(pause * 2, RETRY_MAXIMUM)
        else:
            return
