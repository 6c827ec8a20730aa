"""Subscriptions to the hubs of feeds (WebSub): announced, requested, granted, and pushed to."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import Select, and_, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.feeds import FeedState, ParsedFeed
from bot.model.websub import Announcement, HubState, HubSubscription
from bot.store.database import Database, known_id
from bot.store.feeds.entries import Brought, SavedEntries, save_entries
from bot.store.feeds.feeds import wanted
from bot.store.schema.news_tables import FeedRow, HubSubscriptionRow, ItemHashesRow

ASKED_AGAIN = timedelta(hours=6)
"""How long a hub is left alone after a request even if the feed now announces something else: there are feeds that
name another topic in every document.
"""
UNREAD = timedelta(minutes=2)
"""After this time, a poll makes up for a push that was acknowledged but not read because Hearsay was stopped."""
_SECRET_BYTES = 32

_HUBS = HubSubscriptionRow.__table__
_FEEDS = FeedRow.__table__
_LIVE = (HubState.ASKED, HubState.ACTIVE)
_WANTED = and_(_FEEDS.c.state != FeedState.DISABLED, wanted())


class HubSubscriptions:
    """The subscriptions, at most one per feed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def announce(self, found: Mapping[int, Announcement | None]) -> None:
        """Store what feeds, by their ids, announce now; None for a feed that no longer names a hub.

        A feed's subscription to another hub, or for another topic, is ended in its turn and begun anew.
        """
        now = self._database.clock()
        async with self._database.writing() as connection:
            for feed_id, announcement in sorted(found.items()):
                known = await _one(connection, feed_id)
                if known is not None:
                    await _announced_anew(connection, known, announcement, now)
                elif announcement is not None:
                    row = {"feed_id": feed_id, "announced_topic": announcement.topic} | _beginning(
                        announcement, now
                    )
                    insert = self._database.insert(HubSubscriptionRow).values(row | {"hubs": [*announcement.hubs]})
                    await connection.execute(insert.on_conflict_do_nothing(index_elements=["feed_id"]))

    async def get(self, feed_id: int) -> HubSubscription | None:
        """Return the subscription of a feed, or None."""
        async with self._database.reading() as connection:
            return await _one(connection, feed_id)

    async def due(self, now: datetime, limit: int) -> list[HubSubscription]:
        """Return the subscriptions to request, renew, give up or end now, the longest due first."""
        unwanted = and_(~_WANTED, _HUBS.c.state.in_(_LIVE))
        turn = and_(_HUBS.c.next_at <= now, or_(_WANTED, _HUBS.c.state == HubState.LEAVING))
        query = _QUERY.where(or_(turn, unwanted)).order_by(_HUBS.c.next_at, _HUBS.c.feed_id).limit(limit)
        async with self._database.reading() as connection:
            return [_subscription_of(row) for row in await connection.execute(query)]

    async def save(self, changed: HubSubscription, *, before: HubSubscription) -> bool:
        """Store `changed` if the subscription is still as it was `before`; return whether it was."""
        async with self._database.writing() as connection:
            statement = update(_HUBS).where(*_as(before))
            return (await connection.execute(statement.values(_columns(changed)))).rowcount > 0

    async def end(self, before: HubSubscription) -> None:
        """Forget a subscription if it is unchanged; begin anew if the feed is wanted and names a hub."""
        now = self._database.clock()
        async with self._database.writing() as connection:
            if before.wanted and before.announcement.hubs:
                again = update(_HUBS).where(*_as(before)).values(_beginning(before.announcement, now))
                await connection.execute(again)
            else:
                await connection.execute(delete(_HUBS).where(*_as(before)))

    async def note_push(self, feed_id: int, method: str, *, to_read: bool) -> None:
        """Record the arrival of a push with a valid signature; if it is not to be read, the feed is polled soon.

        So is the feed of a push that is never read: see `poll_unread`.
        """
        now = self._database.clock()
        values: dict[str, Any] = {"pushed_at": now, "pushes": _HUBS.c.pushes + 1, "method": method}
        values["unread_at"] = now if to_read else now - UNREAD
        async with self._database.writing() as connection:
            await connection.execute(update(_HUBS).where(_HUBS.c.feed_id == feed_id).values(values))

    async def poll_unread(self, now: datetime, pause: timedelta) -> int:
        """Make feeds with unread pushes due, each `pause` after its last poll; return how many."""
        unread = and_(_HUBS.c.unread_at <= now - UNREAD, _HUBS.c.feed_id == _FEEDS.c.id)
        async with self._database.writing() as connection:
            query = select(_FEEDS.c.id, _FEEDS.c.last_polled_at, _FEEDS.c.next_poll_at).where(unread)
            rows = (await connection.execute(query)).all()
            for row in rows:
                soon = max(now, (row.last_polled_at or now - pause) + pause)
                if soon < row.next_poll_at:
                    await connection.execute(update(_FEEDS).where(_FEEDS.c.id == row.id).values(next_poll_at=soon))
                read = update(_HUBS).where(_HUBS.c.feed_id == row.id).values(unread_at=None)
                await connection.execute(read)
            return len(rows)

    async def reading_of(self, feed_id: int) -> tuple[str, str, bytes] | None:
        """Return what is needed to read a push for a feed: its address, topic and hashes of known items.

        None for a feed that is gone or was never successfully polled.
        """
        query = (
            select(_FEEDS.c.url, _HUBS.c.topic, ItemHashesRow.hashes)
            .select_from(_FEEDS)
            .outerjoin(_HUBS, _HUBS.c.feed_id == _FEEDS.c.id)
            .outerjoin(ItemHashesRow.__table__, ItemHashesRow.feed_id == _FEEDS.c.id)
            .where(_FEEDS.c.id == feed_id, _FEEDS.c.last_success_at.is_not(None))
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return None if row is None else (row.url, row.topic or row.url, row.hashes or b"")

    async def save_push(self, feed_id: int, document: ParsedFeed) -> SavedEntries:
        """Store the entries of a pushed document, like those of a polled one, and record that it was read.

        Anything that a push leaves open is left to a poll, which comes soon: see `bot.feeds.websub.sure_of_push`.
        Nothing else about the feed changes: the memory of polls belongs to them.
        """
        now = self._database.clock()
        async with self._database.writing() as connection:
            query = select(_FEEDS.c.last_success_at).where(_FEEDS.c.id == known_id(feed_id))
            feed = (await connection.execute(query.with_for_update())).first()
            if feed is None:
                return SavedEntries()
            brought = Brought(feed_id, feed.last_success_at, document, now, part=True)
            (saved,) = await save_entries(self._database, connection, [brought])
            soon = now - UNREAD if saved.left_out else None
            await connection.execute(update(_HUBS).where(_HUBS.c.feed_id == feed_id).values(unread_at=soon))
            return saved

    async def note_polls(self, quiet: Mapping[int, datetime], missed: Sequence[int]) -> None:
        """Record the meaning of polls of feeds with an active hub: `quiet` ones found nothing that was not pushed
        before.

        These are polled next at the given time; `missed` ones found something else, and start from the beginning.
        """
        async with self._database.writing() as connection:
            for feed_id, next_poll_at in sorted(quiet.items()):  # the feed's row first, as in `save_push`
                later = update(_FEEDS).where(_FEEDS.c.id == feed_id).values(next_poll_at=next_poll_at)
                await connection.execute(later)
                confirmed = _HUBS.c.confirmed + case((_HUBS.c.pushes > 0, 1), else_=0)
                known = update(_HUBS).where(_HUBS.c.feed_id == feed_id)
                await connection.execute(known.values(confirmed=confirmed, pushes=0))
            for feed_id in sorted(missed):
                known = update(_HUBS).where(_HUBS.c.feed_id == feed_id)
                await connection.execute(known.values(confirmed=0, pushes=0))

    async def counts(self) -> dict[HubState, int]:
        """Return how many subscriptions are in each state."""
        query = select(_HUBS.c.state, func.count().label("total")).group_by(_HUBS.c.state)
        async with self._database.reading() as connection:
            return {row.state: row.total for row in await connection.execute(query)}


_QUERY: Select[Any] = select(
    *(c for c in _HUBS.c if c.name not in ("pushes", "confirmed", "unread_at")),
    _FEEDS.c.url.label("feed_url"),
    _WANTED.label("wanted"),
).join(_FEEDS, _FEEDS.c.id == _HUBS.c.feed_id)
_KEPT = ("state", "hub", "topic", "asked_at", "pending", "next_at", "lease_until", "failures", "method", "error")


async def _one(connection: AsyncConnection, feed_id: int) -> HubSubscription | None:
    row = (await connection.execute(_QUERY.where(_HUBS.c.feed_id == feed_id))).first()
    return None if row is None else _subscription_of(row)


def _subscription_of(row: Found[Any]) -> HubSubscription:
    values = {name: getattr(row, name) for name in (*_KEPT, "feed_id", "feed_url", "token", "secret", "pushed_at")}
    announcement = Announcement(tuple(row.hubs), row.announced_topic)
    return HubSubscription(announcement=announcement, wanted=bool(row.wanted), **values)


def _columns(subscription: HubSubscription) -> dict[str, Any]:
    return {name: getattr(subscription, name) for name in _KEPT}


def _as(before: HubSubscription) -> list[Any]:
    """Return the conditions that a subscription is still as it was before."""
    since = _HUBS.c.asked_at.is_(None) if before.asked_at is None else _HUBS.c.asked_at == before.asked_at
    return [
        _HUBS.c.feed_id == before.feed_id,
        _HUBS.c.token == before.token,
        _HUBS.c.state == before.state,
        _HUBS.c.pending == before.pending,
        since,
    ]


def _beginning(announcement: Announcement, now: datetime) -> dict[str, Any]:
    """Return the columns of a new subscription: its address and its secret are new."""
    return {
        "state": HubState.ANNOUNCED,
        "hub": announcement.hubs[0],
        "topic": announcement.topic,
        "token": secrets.token_urlsafe(_SECRET_BYTES),
        "secret": secrets.token_urlsafe(_SECRET_BYTES),
        "asked_at": None,
        "pending": False,
        "next_at": now,
        "lease_until": None,
        "failures": 0,
        "method": None,
        "pushed_at": None,
        "pushes": 0,
        "confirmed": 0,
        "unread_at": None,
        "error": None,
    }


async def _announced_anew(
    connection: AsyncConnection, known: HubSubscription, announcement: Announcement | None, now: datetime
) -> None:
    this = _HUBS.c.feed_id == known.feed_id
    hubs = list(announcement.hubs) if announcement else []
    topic = announcement.topic if announcement else known.announcement.topic
    values: dict[str, Any] = {"hubs": hubs, "announced_topic": topic}
    if known.hub not in hubs or known.topic != topic:
        turn = now if known.asked_at is None else max(now, known.asked_at + ASKED_AGAIN)
        if known.state in _LIVE:
            values["next_at"] = min(known.next_at, turn)
        elif known.state is not HubState.LEAVING and announcement is None:
            await connection.execute(delete(_HUBS).where(this))
            return
        elif known.state is not HubState.LEAVING and announcement is not None:
            values |= _beginning(announcement, turn) | {"asked_at": known.asked_at}
    await connection.execute(update(_HUBS).where(this).values(values))
