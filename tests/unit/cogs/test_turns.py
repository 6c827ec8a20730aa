"""What is dear can be used so often a minute, by each person."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.errors import AskedTooOften
from cogs.turns import ALLOWED, Dear, take_turn

NOON = datetime(2026, 7, 18, 12, tzinfo=UTC)


def asked(client: SimpleNamespace, user: int, seconds: float = 0.0) -> Any:
    return SimpleNamespace(
        client=client, user=SimpleNamespace(id=user), created_at=NOON + timedelta(seconds=seconds)
    )


async def test_each_person_has_turns_and_gets_new_ones() -> None:
    client = SimpleNamespace(turns={})
    for _use in range(ALLOWED[Dear.PLOT].uses):
        await take_turn(asked(client, 1), Dear.PLOT)
    with pytest.raises(AskedTooOften, match=f"<t:{int(NOON.timestamp()) + 61}:R>"):
        await take_turn(asked(client, 1), Dear.PLOT)
    await take_turn(asked(client, 2), Dear.PLOT)
    await take_turn(asked(client, 1), Dear.EXPORT)
    await take_turn(asked(client, 1, seconds=61), Dear.PLOT)


def test_everything_dear_has_an_allowance() -> None:
    assert set(ALLOWED) == set(Dear)
    assert all(allowed.uses > 0 and allowed.seconds > 0 for allowed in ALLOWED.values())
