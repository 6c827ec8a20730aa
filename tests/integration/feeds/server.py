"""A web server on loopback that misbehaves to order."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def served(handler: Handler, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """Serve `handler` for every path on an address of this machine; give its URL without a slash at the end."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, host, 0)
    await site.start()
    try:
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def always(response: Callable[[], web.StreamResponse]) -> Handler:
    """Answer every request alike."""

    async def handler(request: web.Request) -> web.StreamResponse:
        return response()

    return handler
