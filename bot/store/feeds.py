"""Feeds and their entries."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import Select, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import BadInput, NotFound
from bot.feeds.identity import put_away_notice
from bot.feeds.values import FeedState, PollOutcome, PollStatus, PollTarget, Validators
from bot.store.columns import seconds_of
from bot.store.database import CHUNK, Database, chunks, known_id
from bot.store.entries import FeedBefore, SavedEntries, save_entries
from bot.store.item_hashes import save_item_hashes
from bot.store.moves import STAYED, merge_feeds, move_of
from bot.store.quiet_polls import is_quiet, save_quiet, when_failed
from bot.store.records import Feed
from bot.store.server_tables import GuildFeedRow
from bot.store.tables import FeedRow, ItemHashesRow

URL_LIMIT = 2048
"""Characters of a feed's address: what servers take, and an index of either database."""
WELL: dict[str, Any] = {"failing_since": None, "warned_at": None, "disabled_at": None}
"""What a row of feeds holds while the feed does not fail."""
_TOLD = ("id", "url", "etag", "last_modified", "body_hash", "failures", "interval_s", "skip_hours", "skip_days")
"""The columns of a feed that a poll is told: thousands of rows are read at a time."""
SUCCESSES = {PollStatus.NOT_MODIFIED, PollStatus.UNCHANGED, PollStatus.CHANGED}


@dataclass(frozen=True, slots=True)
class SavedPoll:
    """What a poll brought: how many entries were new, are to be read again, and were kept back."""

    new_entries: int
    updated_entries: int = 0
    kept_back: int = 0
    merged_into: int | None = None
    """The feed that this one turned out to be, and has become."""


class Feeds:
    """The feeds, each stored and polled once, whoever has it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, url: str, *, title: str = "", site_url: str | None = None, kept_by_host: bool = False
    ) -> Feed:
        """Return the feed at `url`, new or known, due at once where it is new or was given up.

        `kept_by_host` only ever adds the host's interest. Raises BadInput for an address that is too long.
        """
        if len(url) > URL_LIMIT:
            raise BadInput(f"The address is longer than {URL_LIMIT} characters.")
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
            # Whoever adds a feed has just seen that it works.
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

    async def due(self, now: datetime, limit: int) -> list[PollTarget]:
        """Return the feeds to poll now that somebody wants, those that have waited longest first."""
        query = (
            _targets()
            .where(FeedRow.next_poll_at <= now, FeedRow.state != FeedState.DISABLED, wanted())
            .order_by(FeedRow.next_poll_at, FeedRow.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return await _targets_of(connection, query)

    async def targets(self, feed_ids: Sequence[int] | None = None) -> list[PollTarget]:
        """Return the named feeds, whatever their state; without names all that somebody wants and that live."""
        async with self._database.reading() as connection:
            if feed_ids is None:
                query = _targets().where(FeedRow.state != FeedState.DISABLED, wanted()).order_by(FeedRow.id)
                return await _targets_of(connection, query)
            found: list[PollTarget] = []
            for some in chunks(sorted(set(feed_ids))):
                query = _targets().where(FeedRow.id.in_(some)).order_by(FeedRow.id)
                found += [_target_of(row) for row in await connection.execute(query)]
            return found

    async def release(self, feed_id: int) -> None:
        """Let the host no longer keep a feed: it is polled on only where a server has it. Raises NotFound."""
        async with self._database.writing() as connection:
            statement = update(FeedRow).where(FeedRow.id == known_id(feed_id)).values(kept_by_host=False)
            if (await connection.execute(statement)).rowcount == 0:
                raise NotFound("There is no such feed.")

    async def save_outcome(self, outcome: PollOutcome) -> SavedPoll:
        """Store what a poll found, feed and entries together (`bot.store.entries`).

        A permanent redirect is followed once it has held for days (`bot.store.moves`); where the new address is
        that of another feed, the two are merged. Raises NotFound where the feed is gone.
        """
        async with self._database.writing() as connection:
            return await self._save(connection, outcome)

    async def save_outcomes(self, outcomes: Sequence[PollOutcome]) -> list[SavedPoll]:
        """Store what many polls found, in one transaction: all of it, or where anything is raised nothing.

        Returns what each brought, in order; a feed that is gone brought nothing.
        """
        quiet = {
            o.feed_id: _changes(o) | (STAYED if o.status in SUCCESSES else {}) for o in outcomes if is_quiet(o)
        }
        others = sorted((o for o in outcomes if o.feed_id not in quiet), key=lambda o: o.feed_id)
        saved: dict[int, SavedPoll] = {}
        async with self._database.writing() as connection:
            await save_quiet(connection, quiet)
            for outcome in others:
                with suppress(NotFound):
                    saved[outcome.feed_id] = await self._save(connection, outcome)
        return [saved.get(outcome.feed_id, SavedPoll(0)) for outcome in outcomes]

    async def _save(self, connection: AsyncConnection, outcome: PollOutcome) -> SavedPoll:
        changes = _changes(outcome)
        well = outcome.status in SUCCESSES
        before: Found[Any] | None = None
        if outcome.feed is not None or outcome.moved_to:
            # The row of the feed first: who polls the same feed at the same time waits here.
            query = select(FeedRow.__table__).where(FeedRow.id == outcome.feed_id).with_for_update()
            before = (await connection.execute(query)).first()
        move = None
        if well:
            changes |= STAYED
        if well and before is not None and outcome.moved_to and len(outcome.moved_to) <= URL_LIMIT:
            move = move_of(before, outcome.moved_to, outcome.polled_at)
            changes |= move.changes
        merged_into: int | None = None
        if move is not None and move.held:
            taken = select(FeedRow.id).where(FeedRow.url == outcome.moved_to, FeedRow.id != outcome.feed_id)
            merged_into = (await connection.execute(taken)).scalar()
            if merged_into is not None:
                del changes["url"]
        saved = SavedEntries()
        if before is not None and outcome.feed is not None:
            known = FeedBefore(outcome.feed_id, before.last_success_at, before.kept_back_at)
            saved = await save_entries(self._database, connection, known, outcome.feed, outcome.polled_at)
            changes |= _kept_back(saved, outcome.polled_at)
            await save_item_hashes(self._database, connection, outcome.feed_id, outcome.feed.item_hashes)
        values = (
            changes
            if well
            else changes | when_failed(literal(changes["state"], FeedRow.state.type), changes["failing_since"])
        )
        statement = update(FeedRow).where(FeedRow.id == outcome.feed_id).values(values)
        if (await connection.execute(statement)).rowcount == 0:
            raise NotFound("There is no such feed.")
        if merged_into is not None:
            await merge_feeds(self._database, connection, outcome.feed_id, merged_into, outcome.polled_at)
            known_feed = update(FeedRow).where(FeedRow.id == merged_into, FeedRow.state == FeedState.DISABLED)
            await connection.execute(known_feed.values(revived(outcome.polled_at)))
        return SavedPoll(saved.new, saved.updated, saved.kept_back, merged_into)


def revived(now: datetime) -> dict[str, Any]:
    """Return what a row of feeds holds again once the feed was seen to work: it is due at once."""
    return WELL | {"state": FeedState.HEALTHY, "failures": 0, "error": None, "next_poll_at": now}


def feed_of(row: Found[Any]) -> Feed:
    """Return a row of feeds as a value."""
    return Feed(
        id=row.id,
        url=row.url,
        title=row.title,
        site_url=row.site_url,
        state=row.state,
        failures=row.failures,
        error=row.error,
        last_polled_at=row.last_polled_at,
        last_success_at=row.last_success_at,
        next_poll_at=row.next_poll_at,
        kept_by_host=row.kept_by_host,
        failing_since=row.failing_since,
        warned_at=row.warned_at,
        disabled_at=row.disabled_at,
        kept_back=row.kept_back,
    )


async def _one(connection: AsyncConnection, query: Select[Any]) -> Feed:
    row = (await connection.execute(query)).first()
    if row is None:
        raise NotFound("There is no such feed.")
    return feed_of(row)


def wanted() -> Any:
    """Return the condition that the host or a server has a feed."""
    attached = exists().where(GuildFeedRow.feed_id == FeedRow.id)
    return or_(FeedRow.kept_by_host, attached)


def _targets() -> Select[Any]:
    counted = select(func.count()).where(GuildFeedRow.feed_id == FeedRow.id).scalar_subquery()
    columns = [FeedRow.__table__.c[name] for name in _TOLD]
    known = select(*columns, counted.label("subscribers"), ItemHashesRow.hashes)
    return known.outerjoin(ItemHashesRow, ItemHashesRow.feed_id == FeedRow.id)


async def _targets_of(connection: AsyncConnection, query: Select[Any]) -> list[PollTarget]:
    found: list[PollTarget] = []
    for some in (await connection.execute(query)).partitions(CHUNK):
        found += map(_target_of, some)
        await asyncio.sleep(0)  # thousands of rows take longer than the event loop may stand still
    return found


def _target_of(row: Found[Any]) -> PollTarget:
    return PollTarget(
        feed_id=row.id,
        url=row.url,
        validators=Validators(row.etag, row.last_modified),
        body_hash=row.body_hash,
        failures=row.failures,
        subscribers=row.subscribers,
        interval=None if row.interval_s is None else timedelta(seconds=row.interval_s),
        skip_hours=frozenset(row.skip_hours),
        skip_days=frozenset(row.skip_days),
        item_hashes=row.hashes or b"",
    )


def _changes(outcome: PollOutcome) -> dict[str, Any]:
    """Return what an outcome changes in its feed's row. A failure leaves validators and hash as they were."""
    changes: dict[str, Any] = {
        "state": outcome.state,
        "failures": outcome.failures,
        "error": outcome.error,
        "last_polled_at": outcome.polled_at,
        "next_poll_at": outcome.next_poll_at,
    }
    if outcome.interval is not None:
        changes["interval_s"] = seconds_of(outcome.interval)
    if outcome.status not in SUCCESSES:
        changes["failing_since"] = outcome.polled_at
        return changes
    changes |= WELL | {"last_success_at": outcome.polled_at}
    if outcome.status is not PollStatus.NOT_MODIFIED or outcome.validators != Validators():
        changes["etag"] = outcome.validators.etag
        changes["last_modified"] = outcome.validators.last_modified
    if outcome.body_hash is not None:
        changes["body_hash"] = outcome.body_hash
    if outcome.feed is not None:
        changes |= {"title": outcome.feed.title} if outcome.feed.title else {}
        changes |= {"site_url": outcome.feed.site_url} if outcome.feed.site_url else {}
        changes["skip_hours"] = sorted(outcome.feed.skip_hours)
        changes["skip_days"] = sorted(outcome.feed.skip_days)
    return changes


def _kept_back(saved: SavedEntries, now: datetime) -> dict[str, Any]:
    """Return what a document means for the circuit breaker: it heals with the first that has known entries."""
    if saved.kept_back:
        return {"kept_back": put_away_notice(saved.kept_back), "kept_back_at": now}
    return {"kept_back": None} | ({"kept_back_at": None} if saved.overlaps else {})
