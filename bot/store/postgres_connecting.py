"""Connecting to a PostgreSQL that has no room yet, or is just starting."""

import asyncio
import time
from typing import Any

import asyncpg
from asyncpg.exceptions import CannotConnectNowError, TooManyConnectionsError

NOT_NOW = (TooManyConnectionsError, CannotConnectNowError)
"""What PostgreSQL answers while all its connections are taken, and while it starts or recovers."""
PATIENCE_S = 10.0
"""How long a connection is tried for. Others give theirs back within seconds; a restart takes a few."""
FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 1.0


async def connect_patiently(*arguments: Any, **options: Any) -> "asyncpg.Connection[asyncpg.Record]":
    """Connect as `asyncpg.connect` does. Where PostgreSQL has no room yet, try again with growing pauses.

    Raises what `asyncpg.connect` raises; of `NOT_NOW` only what it raised last within `PATIENCE_S`.
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
