"""Feeds and their entries."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import Select, Text, bindparam, case, cast, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import BadInput, NotFound
from bot.languages.translations import _
from bot.model.feeds import Feed, FeedState, PollOutcome, PollTarget, Validators
from bot.model.websub import Announcement, HubState, Pushing
from bot.store.database import Database, chunks, known_id
from bot.store.feeds.poll_outcomes import URL_LIMIT, SavedPoll, revived, save_outcomes
from bot.store.schema.news_tables import FeedRow, HubSubscriptionRow, ItemHashesRow
from bot.store.schema.server_tables import GuildFeedRow
from bot.store.schema.values import value_of

_TOLD = ("id", "url", "etag", "last_modified", "body_hash", "wire_hash", "failures", "interval_s", "next_poll_at")
"""The columns of a feed that a poll needs: thousands of rows are read at a time."""
TOLD_TOGETHER = 200
"""How many rows are turned into targets before the event loop gets a turn."""


class Feeds:
    """The feeds, each stored and polled once, whoever has it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, url: str, *, title: str = "", site_url: str | None = None, kept_by_host: bool = False
    ) -> Feed:
        """Return the feed at `url`, new or known, due at once if it is new or was disabled.

        `kept_by_host` only ever adds the host's interest. Raises BadInput for an address that is too long.
        """
        if len(url) > URL_LIMIT:
            raise BadInput(_("The address is longer than {url_limit} characters.", url_limit=URL_LIMIT))
        now = self._database.clock()
        new = {
            "url": url,
            "title": title,
            "site_url": site_url,
            "state": FeedState.HEALTHY,
            "kept_by_host": kept_by_host,
            "failures": 0,
            "next_poll_at": now,
            "created_at": now,
        }
        async with self._database.writing() as connection:
            insert = self._database.insert(FeedRow).values(new).on_conflict_do_nothing(index_elements=["url"])
            await connection.execute(insert)
            known = update(FeedRow).where(FeedRow.url == url)
            if kept_by_host:
                await connection.execute(known.values(kept_by_host=True))
            # Somebody who adds a feed has just seen that it works.
            await connection.execute(known.where(FeedRow.state == FeedState.DISABLED).values(revived(now)))
            return await _one(connection, select(FeedRow.__table__).where(FeedRow.url == url))

    async def get(self, feed_id: int) -> Feed:
        """Return a feed; raise NotFound."""
        async with self._database.reading() as connection:
            return await _one(connection, select(FeedRow.__table__).where(FeedRow.id == known_id(feed_id)))

    async def by_url(self, url: str) -> Feed | None:
        """Return the feed at `url`, or None."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(FeedRow.__table__).where(FeedRow.url == url))).first()
            return feed_of(row) if row else None

    async def all(self) -> list[Feed]:
        """Return all feeds, by address."""
        async with self._database.reading() as connection:
            rows = await connection.execute(select(FeedRow.__table__).order_by(FeedRow.url))
            return [feed_of(row) for row in rows]

    async def due(self, now: datetime, limit: int, *, after: PollTarget | None = None) -> list[PollTarget]:
        """Return the wanted feeds that are due, those that have waited longest first.

        `after` is the last one of an earlier answer, from which to continue.
        """
        query, given = _DUE, {"now": now, "most": limit}
        if after is not None:
            query, given = _DUE_AFTER, given | {"due_at": after.due_at, "feed_id": after.feed_id}
        async with self._database.reading() as connection:
            return await _targets_of(connection, query, given)

    async def still_due(self, feed_ids: Sequence[int], now: datetime) -> set[int]:
        """Return those of the feeds that are still due: another process may have polled them in the meantime."""
        found: set[int] = set()
        async with self._database.reading() as connection:
            for some in chunks(feed_ids):
                due = select(FeedRow.id).where(FeedRow.id.in_(some), FeedRow.next_poll_at <= now, _LIVING)
                found |= set((await connection.execute(due)).scalars())
        return found

    async def targets(self, feed_ids: Sequence[int] | None = None) -> list[PollTarget]:
        """Return the named feeds, whatever their state; without names, all that are wanted and alive."""
        async with self._database.reading() as connection:
            if feed_ids is None:
                return await _targets_of(connection, _WANTED, {})
            found: list[PollTarget] = []
            for some in chunks(sorted(set(feed_ids))):
                found += await _targets_of(connection, _NAMED, {"feeds": some})
            return found

    async def release(self, feed_id: int) -> None:
        """Remove a feed from the host's list; it is still polled if a server has it. Raises NotFound."""
        async with self._database.writing() as connection:
            statement = update(FeedRow).where(FeedRow.id == known_id(feed_id)).values(kept_by_host=False)
            if (await connection.execute(statement)).rowcount == 0:
                raise NotFound(_("There is no such feed."))

    async def save_outcomes(self, outcomes: Sequence[PollOutcome]) -> list[SavedPoll]:
        """Store the results of polls of different feeds in one transaction: all of them, or none on an error.

        Returns the effect of each, in order; a feed that is gone brought nothing. Feed and entries are stored
        together (`bot.store.feeds.entries`). A permanent redirect is followed once it has held for days
        (`bot.store.feeds.moved_feeds`); if the new address belongs to another feed, the two are merged.
        """
        if not outcomes:
            return []
        async with self._database.writing() as connection:
            return await save_outcomes(self._database, connection, outcomes)


def feed_of(row: Found[Any]) -> Feed:
    """Return a row of feeds as a value."""
    return value_of(Feed, row)


async def _one(connection: AsyncConnection, query: Select[Any]) -> Feed:
    row = (await connection.execute(query)).first()
    if row is None:
        raise NotFound(_("There is no such feed."))
    return feed_of(row)


def wanted() -> Any:
    """Return the condition that the host or a server has a feed."""
    attached = exists().where(GuildFeedRow.feed_id == FeedRow.id)
    return or_(FeedRow.kept_by_host, attached)


def _targets() -> Select[Any]:
    counted = select(func.count()).where(GuildFeedRow.feed_id == FeedRow.id).scalar_subquery()
    columns = [FeedRow.__table__.c[name] for name in _TOLD]
    # As text: nearly all feeds skip nothing, and parsing JSON thousands of times takes a while.
    skips = [cast(FeedRow.__table__.c[name], Text) for name in ("skip_hours", "skip_days")]
    hub = HubSubscriptionRow.__table__.c
    lease = case((hub.state == HubState.ACTIVE, hub.lease_until))
    pushing = (cast(hub.hubs, Text), hub.announced_topic, lease, hub.pushed_at, hub.pushes, hub.confirmed)
    known = select(*columns, *skips, counted, ItemHashesRow.__table__.c.hashes, *pushing)
    known = known.outerjoin_from(FeedRow.__table__, ItemHashesRow.__table__)
    return known.outerjoin(HubSubscriptionRow.__table__, hub.feed_id == FeedRow.id)


_LIVING = FeedRow.state != FeedState.DISABLED
_WANTED = _targets().where(_LIVING, wanted()).order_by(FeedRow.id)
_NAMED = _targets().where(FeedRow.id.in_(bindparam("feeds", expanding=True))).order_by(FeedRow.id)
_DUE = (
    _targets()
    .where(FeedRow.next_poll_at <= bindparam("now"), _LIVING, wanted())
    .order_by(FeedRow.next_poll_at, FeedRow.id)
    .limit(bindparam("most"))
)
_LATER = or_(FeedRow.next_poll_at > bindparam("due_at"), FeedRow.id > bindparam("feed_id"))
_DUE_AFTER = _DUE.where(FeedRow.next_poll_at >= bindparam("due_at"), _LATER)


async def _targets_of(connection: AsyncConnection, query: Select[Any], given: dict[str, Any]) -> list[PollTarget]:
    found: list[PollTarget] = []
    for some in (await connection.execute(query, given)).partitions(TOLD_TOGETHER):
        found += [_target_of(*row) for row in some]
        await asyncio.sleep(0)  # thousands of rows take longer than the event loop may be blocked
    return found


def _target_of(
    feed_id: int,
    url: str,
    etag: str | None,
    last_modified: str | None,
    body_hash: str | None,
    wire_hash: str | None,
    failures: int,
    interval_s: float | None,
    due_at: datetime,
    skip_hours: str,
    skip_days: str,
    subscribers: int,
    hashes: bytes | None,
    hubs: str | None,
    topic: str | None,
    lease_until: datetime | None,
    pushed_at: datetime | None,
    pushes: int | None,
    confirmed: int | None,
) -> PollTarget:
    pushing: Pushing | None = None
    if hubs is not None:
        announcement = Announcement(tuple(json.loads(hubs)), topic or "")
        pushing = Pushing(announcement, lease_until, pushed_at, pushes or 0, confirmed or 0)
    return PollTarget(
        feed_id=feed_id,
        url=url,
        validators=Validators(etag, last_modified),
        body_hash=body_hash,
        wire_hash=wire_hash,
        failures=failures,
        subscribers=subscribers,
        interval=None if interval_s is None else timedelta(seconds=interval_s),
        skip_hours=_numbers(skip_hours),
        skip_days=_numbers(skip_days),
        item_hashes=hashes or b"",
        due_at=due_at,
        pushing=pushing,
    )


@lru_cache(maxsize=1024)
def _numbers(listed: str) -> frozenset[int]:
    return frozenset(json.loads(listed))
