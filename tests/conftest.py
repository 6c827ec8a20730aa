"""What holds for all tests."""

import asyncio
import os
from collections.abc import Callable

from hypothesis import HealthCheck, settings

from bot.event_loop import new_event_loop

# Nothing depends on how long something takes: machines are noisy. HYPOTHESIS_PROFILE=thorough looks further.
settings.register_profile(
    "quick",
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """What is tested runs on the event loop that the bot runs on."""
    return {"the bot's": new_event_loop}
