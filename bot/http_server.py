"""Serves HTTP: /metrics, /healthz and /readyz, and whatever else is given.

Imported only if something is served: aiohttp's server takes 2 MB.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from prometheus_client import generate_latest

from bot.errors import SettingsError
from bot.metrics import Health, Metrics


def _port(text: str) -> int:
    """Read a port. Raises ValueError if there is none: uvloop would take the remainder modulo 65,536."""
    if not (text.isascii() and text.isdigit()):
        raise ValueError("it has no port")
    port = int(text)
    if not 0 <= port < 65_536:
        raise ValueError("the highest port is 65535")
    return port


@asynccontextmanager
async def serve_metrics(
    address: str, metrics: Metrics, health: Health, ready: Health | None = None
) -> AsyncIterator[str]:
    """Serve /metrics, /healthz and /readyz at `address` ("host:port"). Yield the base URL.

    /healthz answers 200 if every part works, else 503; the body lists the parts as JSON. /readyz does the same for
    the parts of `ready`, by default those of `health`. Raises SettingsError if the address cannot be used.
    """

    async def show_metrics(_request: web.Request) -> web.Response:
        return web.Response(
            body=generate_latest(metrics.registry), headers={"Content-Type": "text/plain; version=0.0.4"}
        )

    async def show_health(_request: web.Request) -> web.Response:
        return _told(await health())

    async def show_ready(_request: web.Request) -> web.Response:
        return _told(await (ready or health)())

    app = web.Application()
    app.router.add_get("/metrics", show_metrics)
    app.router.add_get("/healthz", show_health)
    app.router.add_get("/readyz", show_ready)
    async with serve_app(app, address, setting="HEARSAY_METRICS_ADDRESS") as url:
        yield url


def _told(parts: dict[str, bool]) -> web.Response:
    return web.json_response(parts, status=200 if all(parts.values()) else 503)


@asynccontextmanager
async def serve_app(app: web.Application, address: str, *, setting: str, **options: Any) -> AsyncIterator[str]:
    """Serve `app` at `address` ("host:port"). Yield the base URL. `options` go to aiohttp's `AppRunner`.

    Raises SettingsError, which names the `setting`, if the address cannot be used.
    """
    host, _, port = address.rpartition(":")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, **options)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host.strip("[]") or "127.0.0.1", _port(port))
        await site.start()
    except (OSError, ValueError, OverflowError) as error:
        await runner.cleanup()
        raise SettingsError(
            f"{setting} = {address!r} cannot be used ({error}). Give host:port, with a free port."
        ) from error
    try:
        bound = runner.addresses[0]
        yield f"http://{f'[{bound[0]}]' if ':' in bound[0] else bound[0]}:{bound[1]}"
    finally:
        await runner.cleanup()
