"""Changes by polls to the rows of their feeds, written for many feeds at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Update, bindparam, case, func, literal_column, null, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.feeds import FeedState, PollOutcome, PollStatus, Validators
from bot.store.feeds.moved_feeds import STAYED
from bot.store.schema.columns import seconds_of
from bot.store.schema.news_tables import FeedRow

WELL: dict[str, Any] = {"failing_since": None, "warned_at": None, "disabled_at": None}
"""The columns of a feed that does not fail."""
_GOOD = WELL | STAYED
SUCCESSES = frozenset({PollStatus.NOT_MODIFIED, PollStatus.UNCHANGED, PollStatus.CHANGED})

_FEEDS = FeedRow.__table__


def changes_of(outcome: PollOutcome) -> dict[str, Any]:
    """Return the columns of a feed that an outcome changes. A failure keeps validators and hashes."""
    changes: dict[str, Any] = {
        "state": outcome.state,
        "failures": outcome.failures,
        "error": outcome.error,
        "last_polled_at": outcome.polled_at,
        "next_poll_at": outcome.next_poll_at,
    }
    if outcome.interval is not None and not outcome.as_known:
        changes["interval_s"] = seconds_of(outcome.interval)
    if outcome.status not in SUCCESSES:
        changes["failing_since"] = outcome.polled_at
        return changes
    changes |= _GOOD
    changes["last_success_at"] = outcome.polled_at
    if outcome.as_known:
        return changes
    if outcome.status is not PollStatus.NOT_MODIFIED or outcome.validators != Validators():
        changes["etag"] = outcome.validators.etag
        changes["last_modified"] = outcome.validators.last_modified
    if outcome.body_hash is not None:
        changes["body_hash"] = outcome.body_hash
        changes["wire_hash"] = outcome.wire_hash
    if outcome.feed is not None:
        changes |= {"title": outcome.feed.title} if outcome.feed.title else {}
        changes |= {"site_url": outcome.feed.site_url} if outcome.feed.site_url else {}
        changes["skip_hours"] = sorted(outcome.feed.skip_hours)
        changes["skip_days"] = sorted(outcome.feed.skip_days)
    return changes


async def save_changes(connection: AsyncConnection, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Write the `changes` to feeds, by their ids, with a statement for each set of columns.

    Rows are written in the order of their ids, so that two processes cannot deadlock.
    """
    alike: dict[tuple[str, ...], list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
    for feed_id, columns in sorted(changes.items()):
        alike[tuple(columns)].append((feed_id, columns))
    for names, rows in alike.items():
        # Values shared by all rows are not parameters: that is most of a poll without news.
        same = _same_in_all(names, rows)
        given = [(f"new_{name}", name) for name in names if name not in same]
        await connection.execute(
            _statement(names, tuple(same.items())),
            [{"known_id": feed_id, **{new: columns[name] for new, name in given}} for feed_id, columns in rows],
        )


def _same_in_all(names: Sequence[str], rows: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[str, Any]:
    """Return the simple values that are the same in all rows: None, 0, or a state."""
    first = rows[0][1]
    plain = {name: first[name] for name in names if first[name] in (None, 0) or isinstance(first[name], FeedState)}
    return {name: value for name, value in plain.items() if all(columns[name] == value for _, columns in rows)}


@lru_cache(maxsize=256)
def _statement(names: tuple[str, ...], same: tuple[tuple[str, Any], ...]) -> Update:
    plain = dict(same)
    values: dict[str, Any] = {name: _plain(name, plain[name]) for name in plain}
    for name in names:
        if name not in plain:
            values[name] = bindparam(f"new_{name}", type_=_FEEDS.c[name].type)
    if "failing_since" in names and "failing_since" not in plain:
        # A feed that was disabled in the meantime stays disabled until it answers.
        disabled = _FEEDS.c.state == FeedState.DISABLED
        values["state"] = case((disabled, _FEEDS.c.state), else_=values["state"])
        values["failing_since"] = func.coalesce(_FEEDS.c.failing_since, values["failing_since"])
    return update(_FEEDS).where(_FEEDS.c.id == bindparam("known_id")).values(values)


def _plain(name: str, value: Any) -> ColumnElement[Any]:
    if value is None:
        return null()
    written = f"'{value.value}'" if isinstance(value, FeedState) else "0"
    return literal_column(written, _FEEDS.c[name].type)
