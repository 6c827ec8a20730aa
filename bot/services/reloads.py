"""Reloads all processes: the one that was asked records it in the store, and the others look there."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable

import structlog

from bot.errors import HearsayError, StoreError
from bot.services.engine import Services

RELOAD_KEY = "reload_asked"
"""The key under which the store keeps the last request to reload."""
LOOKED_EVERY_S = 5.0

log = structlog.get_logger(__name__)


class Reloads:
    """The requests to reload. Each process remembers which of them it has followed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._seen: str | None = None
        self._me = secrets.token_hex(8)

    async def ask_others(self) -> bool:
        """Make the other processes on this store reload. Return whether there may be others. Raises StoreError."""
        if not self._services.store.leases.shared:
            return False
        request = f"{self._me}-{secrets.token_hex(8)}"
        await self._services.store.installation.put(RELOAD_KEY, request)
        return True

    async def follow(self, reload: Callable[[], Awaitable[object]]) -> None:
        """Call `reload` for each request of another process from now on, until cancelled."""
        if not self._services.store.leases.shared:
            return
        known = False
        while True:
            try:
                asked = await self._services.store.installation.get(RELOAD_KEY)
                new = known and asked != self._seen and not (asked or "").startswith(self._me)
                self._seen, known = asked, True
                if new:
                    log.info("reloading, as another process was asked to")
                    await reload()
            except StoreError as error:
                log.debug("requests to reload not looked at", error=error.message)
            except HearsayError as error:
                log.warning("not reloaded", error=error.message)
            except Exception:  # Discord could not be reached, or there is a mistake in the loaded code
                log.exception("not reloaded")
            await asyncio.sleep(LOOKED_EVERY_S)
