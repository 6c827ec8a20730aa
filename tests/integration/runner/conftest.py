"""The workers of the feeds' tests, databases, and the world in which hubs push."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import Store, open_store
from tests.databases import Templates, postgres, templates
from tests.factories import SetClock
from tests.integration.feeds.conftest import workers
from tests.integration.runner.websub_world import world

__all__ = ["postgres", "templates", "workers", "world"]


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def store(templates: Templates, tmp_path: Path, clock: SetClock) -> AsyncIterator[Store]:
    """An empty store on SQLite."""
    async with open_store(templates.sqlite_copy(tmp_path), clock=clock, migrate=False) as opened:
        yield opened
