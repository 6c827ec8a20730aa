"""Real workers and a real fetcher on loopback."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.fetching.client import Fetcher, open_fetcher, user_agent
from bot.workers import Workers


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """One worker process for the whole session: starting it takes most of a second."""
    pool = Workers(count=1, timeout_s=20, memory_mb=1024)
    yield pool
    asyncio.run(pool.close())


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with open_fetcher(user_agent("https://example.org/hearsay"), allow_private=True, timeout_s=5) as opened:
        yield opened
