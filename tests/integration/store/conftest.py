"""The store, open on either database."""

from collections.abc import AsyncIterator

import pytest

from bot.store import Store, open_store
from tests.databases import database_url, empty_database_url, postgres, templates
from tests.factories import SetClock

__all__ = ["database_url", "empty_database_url", "postgres", "templates"]


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def store(database_url: str, clock: SetClock) -> AsyncIterator[Store]:
    async with open_store(database_url, clock=clock, migrate=False) as opened:
        yield opened
