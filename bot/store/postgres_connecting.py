"""Connects to a PostgreSQL that has no free connection yet, or is just starting."""

import asyncio
import time
from typing import Any

import asyncpg
from asyncpg.exceptions import CannotConnectNowError, TooManyConnectionsError

NOT_NOW = (TooManyConnectionsError, CannotConnectNowError)
"""PostgreSQL's errors while all its connections are taken, and while it starts or recovers."""
PATIENCE_S = 10.0
"""How long to keep trying to connect. Others give their connections back within seconds; a restart takes a few."""
FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 1.0


async def connect_patiently(*arguments: Any, **options: Any) -> "asyncpg.Connection[asyncpg.Record]":
    """Connect like `asyncpg.connect`. If PostgreSQL has no room yet, retry with growing pauses.

    Raises what `asyncpg.connect` raises; errors in `NOT_NOW` only if they last for `PATIENCE_S`.
    """
    ends, pause = time.monotonic() + PATIENCE_S, FIRST_PAUSE_S
    while True:
        try:
            return await asyncpg.connect(*arguments, **options)
        except NOT_NOW:
            if time.monotonic() + pause > ends:
                raise
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_S)
