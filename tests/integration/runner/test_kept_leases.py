"""The leases of a process at its end."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock

from structlog.testing import capture_logs

from bot.errors import StoreError
from bot.runner.shared_work import KeptLeases


async def test_a_process_whose_database_is_away_stops_without_an_error() -> None:
    give_back = AsyncMock(side_effect=StoreError("The database cannot be reached."))
    store: Any = SimpleNamespace(leases=SimpleNamespace(shared=True, give_all_back=give_back))
    with capture_logs() as logs:
        async with KeptLeases(store).working():
            pass
    give_back.assert_awaited_once()
    assert [log["event"] for log in logs] == ["leases not given back"]
