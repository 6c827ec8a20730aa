"""Settings for all tests."""

import asyncio
import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from bot.event_loop import new_event_loop

# no test depends on how long something takes; HYPOTHESIS_PROFILE=thorough tries more examples
settings.register_profile(
    "quick",
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run tests on the bot's own event loop."""
    return {"the bot's": new_event_loop}


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give questions a minute: a test machine may be slow."""
    monkeypatch.setattr("bot.store.database.ANSWERED_WITHIN_S", 60.0)
