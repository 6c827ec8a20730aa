"""The running bot from start to stop: Discord, the steps and the metrics side by side."""

import asyncio
import hashlib
import signal
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import aiohttp
import discord
import structlog

from bot.app import open_services
from bot.client import HearsayBot
from bot.clock import Clock, utc_now
from bot.delivery.sender import DiscordSender
from bot.discord_access import TokenRefused, limits_of, point_at, usable_token
from bot.errors import HearsayError, SettingsError, StoreError
from bot.event_loop import end_tasks
from bot.file_locks import held
from bot.metrics import HEALTH_PARTS, READY_PARTS, Health
from bot.runner.garbage_collection import give_free_memory_back, share_heaps
from bot.services.database import hold_run_lock, upgrade_database_apart
from bot.services.engine import Services
from bot.services.model_check import check_model
from config.settings import Settings

log = structlog.get_logger(__name__)

HOW_TO_START = (
    "DISCORD_TOKEN is not set. Create an application at https://discord.com/developers/applications, and put its "
    "bot's token into the environment or the .env file of this process."
)
RETRY_FIRST = 2.0
RETRY_MAXIMUM = 300.0
GRACE_S = 2.0
"""How long running commands may still take when the bot stops."""
_COMMAND_TASK = "CommandTree-invoker"
"""The name that discord.py gives the task of a command."""


@asynccontextmanager
async def stop_signals() -> AsyncIterator[asyncio.Event]:
    """Yield an event that SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    caught = []
    for number in (signal.SIGINT, signal.SIGTERM):
        # not available on Windows, nor outside the main thread
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, stop.set)
            caught.append(number)
    try:
        yield stop
    finally:
        for number in caught:
            loop.remove_signal_handler(number)


async def serve(
    settings: Settings,
    *,
    stop: asyncio.Event,
    started: Callable[[Services, HearsayBot], None] | None = None,
    clock: Clock = utc_now,
) -> None:
    """Run the bot until `stop` is set; `started` is called once the model works and Discord is ready.

    Raises TokenRefused, StoreError, SettingsError or ExtractionError if it cannot start. If Discord cannot be
    reached, it tries again with growing delays; feeds are polled meanwhile.
    """
    if settings.discord_token is None:
        raise SettingsError(HOW_TO_START)
    token = usable_token(settings)
    point_at(
        str(settings.discord_api_base) if settings.discord_api_base else None,
        str(settings.discord_gateway_url) if settings.discord_gateway_url else None,
    )
    share_heaps()
    await upgrade_database_apart(settings)
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(open_services(settings, clock=clock))
        bot = await stack.enter_async_context(HearsayBot(services, limits=limits_of(services)))
        model_works = asyncio.Event()
        health, ready = _health_of(services, bot), _ready_of(services, bot, model_works)
        await stack.enter_async_context(metrics_served(settings, services, health, ready))
        if (serving := services.runner.serve_hubs(settings.public_listen)) is not None:
            url = await stack.enter_async_context(serving)
            log.info("hubs can push", at=url, public=str(settings.public_url))

        await stack.enter_async_context(_warn_of_a_second_bot(settings, token))

        async def greet() -> None:
            await check_model(services.extractor)
            model_works.set()
            log.debug("model works")
            await bot.wait_until_ready()
            services.runner.sender = DiscordSender(bot)
            services.runner.wake()
            give_free_memory_back()
            log.info("ready", servers=len(bot.guilds), user=str(bot.user))
            if started:
                started(services, bot)
            await stop.wait()

        tasks = [
            asyncio.create_task(greet(), name="greeting"),
            asyncio.create_task(stay_connected(bot, token), name="discord"),
            asyncio.create_task(services.runner.run(), name="steps"),
            asyncio.create_task(stop.wait(), name="stop"),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            log.info("stopping")
            await end_commands()
            await end_tasks(tasks)


@asynccontextmanager
async def metrics_served(
    settings: Settings, services: Services, health: Health, ready: Health | None = None
) -> AsyncIterator[None]:
    """Serve /metrics, /healthz and /readyz if the settings say where. Raises SettingsError if it cannot."""
    if not settings.metrics_address:
        yield
        return
    from bot.http_server import serve_metrics  # noqa: PLC0415 - aiohttp's server takes 2 MB

    async with serve_metrics(settings.metrics_address, services.metrics, health, ready) as url:
        log.info("metrics served", url=f"{url}/metrics")
        yield


@asynccontextmanager
async def _warn_of_a_second_bot(settings: Settings, token: str) -> AsyncIterator[None]:
    """Hold this bot's locks. Log it if another bot runs with its database or, here, with its token.

    Raises StoreError if another bot runs with its SQLite database.
    """
    name = hashlib.sha256(token.encode()).hexdigest()[:16]
    token_lock = Path(tempfile.gettempdir()) / f"hearsay-{name}.lock"
    async with hold_run_lock(settings) as only_one:
        with held(token_lock) as only_token:
            if not only_one and settings.store_url.startswith("sqlite"):
                raise StoreError(
                    "Another Hearsay is running with this database. Stop it first: SQLite can have only one. "
                    "docs/how-to/postgresql.md explains how several can share the work."
                )
            if not only_one:
                log.info("another Hearsay runs with this database: they share the work")
            if not only_token and only_one:
                log.warning(
                    "Another Hearsay is running with this token. Stop one of them: "
                    "both get every command, and only one can answer."
                )
            yield


async def end_commands() -> None:
    """Let running commands finish, or cancel them: the parts they use are about to be closed."""
    commands = {task for task in asyncio.all_tasks() if task.get_name() == _COMMAND_TASK}
    if commands:
        _, late = await asyncio.wait(commands, timeout=GRACE_S)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def stay_connected(bot: HearsayBot, token: str) -> None:
    """Log in and stay connected. If Discord cannot be reached, retry with growing delays."""
    pause = RETRY_FIRST
    while True:
        try:
            await bot.login(token)
            await bot.connect(reconnect=True)
        except discord.LoginFailure:
            raise TokenRefused from None
        except discord.PrivilegedIntentsRequired as error:
            raise HearsayError(
                "Discord refuses an intent that Hearsay does not ask for. Update Hearsay."
            ) from error
        except discord.ConnectionClosed as error:
            if error.code == 4004:
                raise TokenRefused from None
            raise HearsayError(f"Discord closed the connection for good (code {error.code}).") from error
        except (aiohttp.ClientError, OSError, discord.HTTPException, discord.GatewayNotFound) as error:
            log.warning("Discord cannot be reached", error=str(error), again_in_seconds=pause)
            await bot.http.close()
            bot.http.connector = discord.utils.MISSING  # closed with its session; a login creates a new one
            bot.clear()
            await asyncio.sleep(pause)
            pause = min(pause * 2, RETRY_MAXIMUM)
        else:
            return


def _health_of(services: Services, bot: HearsayBot) -> Health:
    async def health() -> dict[str, bool]:
        parts = await store_works(services), bot.is_connected()
        return dict(zip(HEALTH_PARTS, parts, strict=True))

    return health


def _ready_of(services: Services, bot: HearsayBot, model_works: asyncio.Event) -> Health:
    async def ready() -> dict[str, bool]:
        parts = await store_works(services), bot.is_connected(), model_works.is_set()
        return dict(zip(READY_PARTS, parts, strict=True))

    return ready


async def store_works(services: Services) -> bool:
    """Return whether the store answers."""
    try:
        await services.store.installation.get("health")
    except HearsayError:
        return False
    return True
