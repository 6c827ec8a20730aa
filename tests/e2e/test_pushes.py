"""The whole bot with a hub: what is pushed is read at once, and a restart loses nothing."""

import asyncio
import functools
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import HttpUrl, SecretStr, WebsocketUrl

from bot import serving
from bot.client import HearsayBot
from bot.clock import utc_now
from bot.runner import steps
from bot.services.engine import Services
from bot.serving import serve
from config.settings import Settings
from preview.discord import LocalDiscord
from tests.e2e.whole import PointedBack
from tests.hub import running_hub
from tests.integration.feeds.server import served

PATIENCE_S = 60


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
async def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Settings]:
    async def nothing(*_args: object) -> int:
        return 0

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(serving, "HearsayBot", functools.partial(HearsayBot, guild_ready_timeout=0.05))
    monkeypatch.setattr(steps, "extract_articles", nothing)
    address = f"127.0.0.1:{free_port()}"
    async with LocalDiscord() as local:
        with PointedBack(local):
            yield Settings(
                data_dir=tmp_path,
                discord_token=SecretStr(local.token),
                discord_api_base=HttpUrl(local.api_base),
                discord_gateway_url=WebsocketUrl(local.gateway_url),
                allow_private_addresses=True,
                pass_interval=0.1,
                public_url=HttpUrl(f"http://{address}"),
                public_listen=address,
            )


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Services]:
    stop = asyncio.Event()
    ready: asyncio.Future[Services] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(
        serve(settings, stop=stop, started=lambda services, _bot: ready.set_result(services))
    )
    try:
        either: set[asyncio.Future[Any]] = {task, ready}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE_S)
        if task.done():
            task.result()
        yield ready.result()
    finally:
        stop.set()
        await asyncio.gather(task, return_exceptions=True)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110 - what is awaited tells nobody
            await asyncio.sleep(0.02)


async def test_what_a_hub_pushes_is_read_at_once_also_after_a_restart(settings: Settings) -> None:
    visits: list[str] = []
    items: list[str] = []

    async with running_hub() as hub:

        def document(site: str) -> bytes:
            date = format_datetime(utc_now())
            listed = "".join(
                f"<item><guid>{item}</guid><title>{item}</title><link>{site}/{item}</link><pubDate>{date}</pubDate></item>"
                for item in items
            )
            links = f'<atom:link rel="hub" href="{hub.url}"/><atom:link rel="self" href="{site}/rss"/>'
            head = '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>News</title>'
            return f"{head}{links}{listed}</channel></rss>".encode()

        async def answer(request: web.Request) -> web.StreamResponse:
            visits.append(request.path)
            if request.path == "/rss":
                return web.Response(body=document(f"http://{request.host}"), content_type="application/rss+xml")
            return web.Response(
                text=f"<p>{'The dam is safe, Ada Quist said. ' * 20}</p>", content_type="text/html"
            )

        async with served(answer) as site:
            items.append("first")
            async with running(settings) as services:
                feed = await services.store.feeds.add(f"{site}/rss", kept_by_host=True)
                services.runner.wake()
                await until(lambda: bool(hub.subscribers))
                await until(lambda: "/first" in visits)
                items.append("second")
                assert await hub.publish(f"{site}/rss", document(site)) == 202
                await until(lambda: "/second" in visits)
            async with running(settings) as services:
                items.append("third")
                assert await hub.publish(f"{site}/rss", document(site)) == 202
                await until(lambda: "/third" in visits)
                assert (await services.store.feeds.get(feed.id)).error is None
    assert visits.count("/rss") == 1
    assert len(hub.requests) == 1


async def test_without_a_public_address_nothing_is_served_and_no_hub_asked(settings: Settings) -> None:
    async with running(settings.model_copy(update={"public_url": None})) as services:
        assert services.runner.serve_hubs(settings.public_listen) is None
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(*settings.public_listen.split(":"))
