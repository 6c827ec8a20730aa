"""Feeds and their entries."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import Select, bindparam, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import BadInput, NotFound
from bot.feeds.values import FeedState, ParsedEntry, PollOutcome, PollStatus, PollTarget, Validators
from bot.store.database import Database, chunks, insert_rows, known_id
from bot.store.records import Feed
from bot.store.tables import EntryRow, EntryState, FeedRow, GuildFeedRow, seconds_of, storable

URL_LIMIT = 2048
"""Characters of a feed's address: what servers take, and an index of either database."""
KEY_LIMIT = 500
"""Characters of an entry's key that are kept as they are; a longer one is kept as its hash."""
NOTHING_TO_READ = "The entry has neither an address nor a text."
SUCCESSES = {PollStatus.NOT_MODIFIED, PollStatus.UNCHANGED, PollStatus.CHANGED}


@dataclass(frozen=True, slots=True)
class SavedPoll:
    """What a poll brought: how many entries were new."""

    new_entries: int


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
            revived = {"state": FeedState.HEALTHY, "failures": 0, "error": None, "next_poll_at": now}
            await connection.execute(known.where(FeedRow.state == FeedState.DISABLED).values(revived))
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
            .where(FeedRow.next_poll_at <= now, FeedRow.state != FeedState.DISABLED, _wanted())
            .order_by(FeedRow.next_poll_at, FeedRow.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [_target_of(row) for row in await connection.execute(query)]

    async def targets(self, feed_ids: Sequence[int] | None = None) -> list[PollTarget]:
        """Return the named feeds, whatever their state; without names all that somebody wants and that live."""
        async with self._database.reading() as connection:
            if feed_ids is None:
                query = _targets().where(FeedRow.state != FeedState.DISABLED, _wanted()).order_by(FeedRow.id)
                return [_target_of(row) for row in await connection.execute(query)]
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
        """Store what a poll found, feed and entries together; new entries wait to be read.

        An entry that is known by its key is not read again; where it reads otherwise now, its row follows.
        Raises NotFound where the feed is gone.
        """
        async with self._database.writing() as connection:
            changes = _changes(outcome)
            if outcome.moved_to and len(outcome.moved_to) <= URL_LIMIT:
                taken = select(FeedRow.id).where(FeedRow.url == outcome.moved_to)
                if (await connection.execute(taken)).first() is None:
                    changes["url"] = outcome.moved_to
            # The row of the feed first: who polls the same feed at the same time waits here.
            statement = update(FeedRow).where(FeedRow.id == outcome.feed_id).values(changes)
            if (await connection.execute(statement)).rowcount == 0:
                raise NotFound("There is no such feed.")
            if outcome.feed is None:
                return SavedPoll(0)
            return await self._save_entries(connection, outcome.feed_id, outcome.feed.entries, outcome.polled_at)

    async def _save_entries(
        self, connection: AsyncConnection, feed_id: int, entries: Sequence[ParsedEntry], now: datetime
    ) -> SavedPoll:
        # Of two entries with one key the first, newest, counts.
        given = {_key_of(entry): entry for entry in reversed(entries)}
        known: dict[str, str] = {}
        for keys in chunks(list(given)):
            query = select(EntryRow.key, EntryRow.content_hash)
            query = query.where(EntryRow.feed_id == feed_id, EntryRow.key.in_(keys))
            known.update((row.key, row.content_hash) for row in await connection.execute(query))
        rows = {key: _words_of(entry) for key, entry in given.items()}
        new = [
            {"feed_id": feed_id, "key": key, "first_seen_at": now, "attempts": 0, **row, **_start_of(row, now)}
            for key, row in reversed(rows.items())
            if key not in known
        ]
        await insert_rows(
            connection,
            self._database.insert(EntryRow).on_conflict_do_nothing(index_elements=["feed_id", "key"]),
            new,
        )
        changed = [
            {f"new_{name}": value for name, value in row.items()} | {"known_key": key}
            for key, row in rows.items()
            if known.get(key, row["content_hash"]) != row["content_hash"]
        ]
        if changed:
            statement = (
                update(EntryRow)
                .where(EntryRow.feed_id == feed_id, EntryRow.key == bindparam("known_key"))
                .values({name: bindparam(f"new_{name}") for name in next(iter(rows.values()))})
            )
            await connection.execute(statement, changed)
        return SavedPoll(sum(row["state"] is EntryState.NEW for row in new))


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
    )


async def _one(connection: AsyncConnection, query: Select[Any]) -> Feed:
    row = (await connection.execute(query)).first()
    if row is None:
        raise NotFound("There is no such feed.")
    return feed_of(row)


def _wanted() -> Any:
    attached = exists().where(GuildFeedRow.feed_id == FeedRow.id)
    return or_(FeedRow.kept_by_host, attached)


def _targets() -> Select[Any]:
    counted = select(func.count()).where(GuildFeedRow.feed_id == FeedRow.id).scalar_subquery()
    return select(FeedRow.__table__, counted.label("subscribers"))


def _target_of(row: Found[Any]) -> PollTarget:
    return PollTarget(
        feed_id=row.id,
        url=row.url,
        validators=Validators(row.etag, row.last_modified),
        body_hash=row.body_hash,
        failures=row.failures,
        subscribers=row.subscribers,
        interval=None if row.interval_s is None else timedelta(seconds=row.interval_s),
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
        return changes
    changes["last_success_at"] = outcome.polled_at
    if outcome.status is not PollStatus.NOT_MODIFIED or outcome.validators != Validators():
        changes["etag"] = outcome.validators.etag
        changes["last_modified"] = outcome.validators.last_modified
    if outcome.body_hash is not None:
        changes["body_hash"] = outcome.body_hash
    if outcome.feed is not None:
        changes |= {"title": outcome.feed.title} if outcome.feed.title else {}
        changes |= {"site_url": outcome.feed.site_url} if outcome.feed.site_url else {}
    return changes


def _key_of(entry: ParsedEntry) -> str:
    if len(entry.key) <= KEY_LIMIT:
        return storable(entry.key)
    return "sha256:" + hashlib.sha256(entry.key.encode(errors="replace")).hexdigest()


def _words_of(entry: ParsedEntry) -> dict[str, Any]:
    words = {
        "url": entry.url,
        "title": entry.title,
        "author": entry.author,
        "published_at": entry.published_at,
        "html": entry.html,
    }
    digest = hashlib.sha256("\0".join(map(str, words.values())).encode(errors="replace")).hexdigest()
    return words | {"content_hash": digest}


def _start_of(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return where a new entry stands."""
    if row["url"] or row["html"].strip():
        return {"state": EntryState.NEW, "read_at": now, "error": None}
    return {"state": EntryState.FAILED, "read_at": None, "error": NOTHING_TO_READ}
