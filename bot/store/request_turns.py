"""Turns: when each of several processes may make its next request, so that together they keep one limit.

Each kind of request has one row, with the moment at which the next one may leave. A process that takes a turn
moves that moment on, in one statement, by the time of the database (the generic cell rate algorithm). Turns are
evenly spaced, so no second has more of them than allowed, unlike with counters that start anew each second.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from bot.store.database import Database

FARTHEST = timedelta(minutes=1)
MOST_WAITING = 200
"""How many processes may wait together, each for one turn of a kind. A row further ahead than this many turns, and
than `FARTHEST`, dates from before the clock was set back.
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """How long to wait for the turn, and how many requests Discord refused in the last ten minutes."""

    wait: timedelta
    refused: int


class RequestTurns:
    """The turns of all processes with one PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, name: str, apart: timedelta) -> Turn:
        """Take the next turn for the requests called `name`, which are spaced by `apart`. Raises StoreError."""
        given = {"name": name, "apart": apart, "farthest": max(FARTHEST, apart * MOST_WAITING)}
        async with self._database.writing() as connection:
            wait, refused = (await connection.execute(_TAKE, given)).one()
        return Turn(max(wait, timedelta()), int(refused))

    async def refused(self) -> None:
        """Count a request that Discord refused. Raises StoreError."""
        async with self._database.writing() as connection:
            await connection.execute(_REFUSED)

    async def purge(self) -> None:
        """Forget refusals from long ago."""
        if self._database.dialect == "postgresql":
            async with self._database.writing() as connection:
                await connection.execute(_PURGE)


_TAKE = text(
    """WITH turn AS (
        INSERT INTO request_turns AS t (name, next_at)
        VALUES (:name, clock_timestamp() + CAST(:apart AS interval))
        ON CONFLICT (name) DO UPDATE SET next_at = CAST(:apart AS interval) + CASE
            WHEN t.next_at BETWEEN clock_timestamp() AND clock_timestamp() + CAST(:farthest AS interval)
            THEN t.next_at ELSE clock_timestamp() END
        RETURNING next_at - CAST(:apart AS interval) - clock_timestamp() AS wait)
    SELECT wait, (SELECT coalesce(sum(refused), 0) FROM refused_requests
        WHERE minute > clock_timestamp() - interval '10 minutes') FROM turn"""
)
_REFUSED = text(
    """INSERT INTO refused_requests AS r (minute, refused) VALUES (date_trunc('minute', clock_timestamp()), 1)
    ON CONFLICT (minute) DO UPDATE SET refused = r.refused + 1"""
)
_PURGE = text("DELETE FROM refused_requests WHERE minute < clock_timestamp() - interval '1 day'")
