"""A bot whose store contains only what a test gives it, for testing commands without Discord."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from bot.client import HearsayBot


class Notes:
    """Keys and values, as the store keeps them."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    async def get(self, key: str) -> str | None:
        return self.values.get(key)

    async def put(self, key: str, value: str) -> None:
        self.values[key] = value


def bot_with(**store: Any) -> HearsayBot:
    """Return a bot, its extensions not loaded yet, with these parts of a store."""
    services: Any = SimpleNamespace(
        clock=lambda: datetime(2026, 7, 15, 9, tzinfo=UTC),
        store=SimpleNamespace(**({"installation": Notes()} | store)),
    )
    return HearsayBot(services)
