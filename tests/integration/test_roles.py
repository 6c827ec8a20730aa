"""Gateway, worker and scheduler: what they need to start, what they say of themselves, and how they stop."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import HttpUrl, SecretStr, WebsocketUrl

from bot import roles
from bot.discord_access import TokenRefused
from bot.errors import BadInput, SettingsError
from bot.roles import serve_gateway, serve_scheduler, serve_worker
from config.settings import Settings
from preview.discord import LocalDiscord, faults
from tests.databases import Server as PostgreSQL
from tests.databases import Templates, postgres, templates
from tests.integration.test_serving import local, model_works

__all__ = ["local", "postgres", "templates"]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def settings(
    postgres: PostgreSQL,
    templates: Templates,
    tmp_path: Path,
    local: LocalDiscord,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Settings]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(roles, "RETRY_FIRST", 0.01)
    monkeypatch.setattr(roles, "check_model", model_works)
    with templates.postgres_emptied(postgres) as url:
        yield Settings(
            data_dir=tmp_path,
            database_url=SecretStr(url),
            discord_token=SecretStr(local.token),
            discord_api_base=HttpUrl(local.api_base),
            discord_gateway_url=WebsocketUrl(local.gateway_url),
            metrics_address=f"127.0.0.1:{free_port()}",
        )


@asynccontextmanager
async def served(work: Coroutine[Any, Any, None], stop: asyncio.Event) -> AsyncIterator[asyncio.Task[None]]:
    """Serve a role, and stop it at the end as SIGTERM does."""
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.wait({task}), 30)
        task.result()


async def parts(settings: Settings, task: asyncio.Task[None], path: str = "healthz") -> dict[str, bool]:
    """Return what /healthz, or another path, says once all works."""
    async with asyncio.timeout(60), aiohttp.ClientSession() as session:
        while not task.done():
            try:
                async with session.get(f"http://{settings.metrics_address}/{path}") as answer:
                    if answer.status == 200:
                        found: dict[str, bool] = json.loads(await answer.text())
                        return found
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)
    task.result()
    raise AssertionError("it ended")


async def test_a_gateway_is_connected_and_a_worker_only_logged_in(local: LocalDiscord, settings: Settings) -> None:
    stop = asyncio.Event()
    async with served(serve_worker(settings, ["deliver"], stop=stop), stop) as worker:
        assert await parts(settings, worker) == {"store": True, "discord": True}
        assert not local.connected
    stop = asyncio.Event()
    async with served(serve_gateway(settings, None, stop=stop), stop) as gateway:
        assert await parts(settings, gateway) == {"store": True, "discord": True}
        assert local.connected


async def test_a_worker_that_posts_nothing_and_a_scheduler_need_no_token(settings: Settings) -> None:
    without = settings.model_copy(update={"discord_token": None})
    stop = asyncio.Event()
    async with served(serve_worker(without, ["extract", "group"], stop=stop), stop) as worker:
        assert await parts(settings, worker) == {"store": True}
        assert await parts(settings, worker, "readyz") == {"store": True, "workers": True}
    stop = asyncio.Event()
    async with served(serve_scheduler(without, stop=stop), stop) as scheduler:
        assert await parts(settings, scheduler) == {"store": True, "queue": True}


async def test_a_worker_waits_for_a_discord_that_is_away(local: LocalDiscord, settings: Settings) -> None:
    local.faults.order("GET", "/users/@me", faults.connection_cut(), times=8)
    stop = asyncio.Event()
    async with served(serve_worker(settings, ["deliver"], stop=stop), stop) as worker:
        assert (await parts(settings, worker))["discord"]


async def test_a_role_that_lacks_something_says_what(settings: Settings) -> None:
    stop = asyncio.Event()
    sqlite = settings.model_copy(update={"database_url": None})
    for work in (
        serve_gateway(sqlite, None, stop=stop),
        serve_worker(sqlite, ["read"], stop=stop),
        serve_scheduler(sqlite, stop=stop),
    ):
        with pytest.raises(SettingsError, match="PostgreSQL"):
            await work
    without = settings.model_copy(update={"discord_token": None})
    for work in (serve_gateway(without, None, stop=stop), serve_worker(without, ["upkeep"], stop=stop)):
        with pytest.raises(SettingsError, match=r"DISCORD_TOKEN is not set\. Create an application at"):
            await work
    for queues in (["reed", "extract"], []):
        with pytest.raises(BadInput, match="poll, read, extract"):
            await serve_worker(settings, queues, stop=stop)


async def test_a_token_that_discord_refuses_ends_a_worker_with_a_sentence(settings: Settings) -> None:
    wrong = settings.model_copy(update={"discord_token": SecretStr("wrong.token.here")})
    with pytest.raises(TokenRefused, match="DISCORD_TOKEN"):
        await serve_worker(wrong, ["deliver"], stop=asyncio.Event())
