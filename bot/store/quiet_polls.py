"""Polls that brought no document, as nearly all do: what they change is written for many feeds at once."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, case, func, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.values import FeedState, PollOutcome
from bot.store.tables import FeedRow


def is_quiet(outcome: PollOutcome) -> bool:
    """Tell whether an outcome changes columns of its feed's row and nothing else."""
    return outcome.feed is None and outcome.moved_to is None


def when_failed(state: Any, failed_at: Any) -> dict[str, Any]:
    """Return what a failure makes of two columns that depend on what they held."""
    # One that was disabled meanwhile stays so: only an answer mends it.
    disabled = FeedRow.state == FeedState.DISABLED
    return {
        "failing_since": func.coalesce(FeedRow.failing_since, failed_at),
        "state": case((disabled, FeedRow.state), else_=state),
    }


async def save_quiet(connection: AsyncConnection, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Write the `changes` of feeds, by their ids, with a statement for each set of columns.

    The ids go up, so that two processes that write the same feeds wait for each other rather than for ever.
    """
    alike: dict[tuple[bool, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for feed_id, columns in sorted(changes.items()):
        row = {f"new_{name}": value for name, value in columns.items()}
        alike[columns.get("failing_since") is not None, tuple(columns)].append(row | {"known_id": feed_id})
    for (failed, names), rows in alike.items():
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        if failed:
            values |= when_failed(bindparam("new_state", type_=FeedRow.state.type), values["failing_since"])
        await connection.execute(update(FeedRow).where(FeedRow.id == bindparam("known_id")).values(values), rows)
