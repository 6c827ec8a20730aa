"""Notices to managers about failing feeds: where they go, which are due, and their outbox."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, update
from sqlalchemy import Row as Found

from bot.errors import NotFound
from bot.languages.translations import N_
from bot.model.delivery import Delivery, DeliveryState, NoticeKind
from bot.model.feeds import Feed, FeedState
from bot.store.database import insert_rows, known_id
from bot.store.feeds.feeds import feed_of
from bot.store.feeds.poll_outcomes import revived
from bot.store.leases import Topic, key_of
from bot.store.schema.columns import SetbackStep
from bot.store.schema.news_tables import FeedRow
from bot.store.schema.server_tables import (
    DepartedGuildRow,
    GuildFeedRow,
    NoticeChannelRow,
    NoticeRow,
    SubscriptionRow,
)
from bot.store.servers.outbox import Outbox
from bot.store.setbacks import is_held


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A message about a feed for one server."""

    guild_id: int
    channel_id: int
    nonce: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FailedFor:
    """Feeds that have been failing since a given time or earlier, with at least so many failures."""

    since: datetime
    failures: int


class Notices(Outbox):
    """The notices."""

    TABLE = NoticeRow
    LEASE = (Topic.STEP, key_of("notify"))
    MISSING = N_("This notice does not exist any more, or it belongs to another server.")

    # where notices go

    async def choose_channel(self, guild_id: int, channel_id: int | None) -> None:
        """Set the channel in which a server is warned of failing feeds. None: it is not warned."""
        row = {"guild_id": guild_id, "channel_id": channel_id}
        insert = self._database.insert(NoticeChannelRow).values(row)
        insert = insert.on_conflict_do_update(index_elements=["guild_id"], set_={"channel_id": channel_id})
        async with self._database.writing() as connection:
            await connection.execute(insert)

    async def forget_channel(self, guild_id: int, channel_id: int) -> None:
        """Undo the choice of a deleted channel: warnings go where the server's oldest digest goes again."""
        async with self._database.writing() as connection:
            chosen = delete(NoticeChannelRow).where(NoticeChannelRow.guild_id == guild_id)
            await connection.execute(chosen.where(NoticeChannelRow.channel_id == channel_id))

    async def channel(self, guild_id: int) -> int | None:
        """Return the channel in which a server is warned: the one it chose, or else that of its oldest digest."""
        return (await self._channels([guild_id])).get(guild_id)

    async def channels_of(self, feed_id: int) -> dict[int, int]:
        """Return the servers that have a feed and want warnings, each with its channel."""
        query = select(GuildFeedRow.guild_id).where(GuildFeedRow.feed_id == feed_id)
        async with self._database.reading() as connection:
            guild_ids = list((await connection.execute(query)).scalars())
        return await self._channels(guild_ids)

    async def _channels(self, guild_ids: Sequence[int]) -> dict[int, int]:
        oldest = (
            select(func.min(SubscriptionRow.id))
            .where(SubscriptionRow.guild_id.in_(guild_ids), SubscriptionRow.paused_reason.is_(None))
            .group_by(SubscriptionRow.guild_id)
        )
        digests = select(SubscriptionRow.guild_id, SubscriptionRow.channel_id).where(
            SubscriptionRow.id.in_(oldest)
        )
        chosen = select(NoticeChannelRow.guild_id, NoticeChannelRow.channel_id)
        chosen = chosen.where(NoticeChannelRow.guild_id.in_(guild_ids))
        channels: dict[int, int | None] = {}
        async with self._database.reading() as connection:
            for query in (digests, chosen):
                channels.update((row.guild_id, row.channel_id) for row in await connection.execute(query))
        return {guild_id: channel_id for guild_id, channel_id in channels.items() if channel_id is not None}

    # which notices are due

    async def to_review(
        self, warn: FailedFor, disable: FailedFor, warned_until: datetime, limit: int
    ) -> list[Feed]:
        """Return feeds for which notices are due, longest failing first.

        These are feeds that were disabled without a notice; that match `warn` and got no warning; and that match
        `disable` and were warned at `warned_until` or before.
        """
        disabled = and_(FeedRow.state == FeedState.DISABLED, FeedRow.disabled_at.is_(None))
        unwarned = and_(_failed_for(warn), FeedRow.warned_at.is_(None))
        overdue = and_(_failed_for(disable), FeedRow.warned_at <= warned_until)
        query = select(FeedRow.__table__).where(or_(disabled, unwarned, overdue))
        query = query.where(~is_held(SetbackStep.REVIEW, FeedRow.id, self._database.clock()))
        query = query.order_by(FeedRow.failing_since, FeedRow.id)
        async with self._database.reading() as connection:
            return [feed_of(row) for row in await connection.execute(query.limit(limit))]

    async def put(self, feed: Feed, kind: NoticeKind, notices: Sequence[NewNotice], now: datetime) -> bool:
        """Put notices about a feed into the outbox and note that on the feed: all or nothing.

        DISABLED also disables the feed. Nothing happens if the feed has changed since it was read, for example
        because it works again. Returns whether anything happened.
        """
        told = FeedRow.warned_at if kind is NoticeKind.WARNING else FeedRow.disabled_at
        changes: dict[str, Any] = {told.key: now}
        if kind is NoticeKind.DISABLED:
            changes["state"] = FeedState.DISABLED
        episode = feed.failing_since or now
        statement = update(FeedRow).where(FeedRow.id == feed.id, FeedRow.state == feed.state, told.is_(None))
        same = FeedRow.failing_since.is_(None) if feed.failing_since is None else FeedRow.failing_since == episode
        shared = {
            "feed_id": feed.id,
            "kind": kind,
            "episode": episode,
            "slot": now,
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "next_try_at": now,
        }
        async with self._database.writing() as connection:
            changes["failing_since"] = episode
            if (await connection.execute(statement.where(same).values(changes))).rowcount == 0:
                return False
            await insert_rows(
                connection,
                self._database.insert(NoticeRow).on_conflict_do_nothing(),
                [shared | asdict(notice) for notice in notices],
            )
            return True

    async def put_unposted(self, subscription_id: int, slot: datetime, now: datetime, notice: NewNotice) -> bool:
        """Put a notice about a digest that cannot be posted into the outbox, once. Return whether it is new."""
        row = asdict(notice) | {
            "subscription_id": subscription_id,
            "kind": NoticeKind.UNPOSTED,
            "episode": slot,
            "slot": now,
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "next_try_at": now,
        }
        statement = self._database.insert(NoticeRow).values(row).on_conflict_do_nothing().returning(NoticeRow.id)
        async with self._database.writing() as connection:
            return (await connection.execute(statement)).first() is not None

    async def willing(self) -> dict[int, int]:
        """Return the servers that have the bot and chose a channel for notices themselves, with that channel."""
        departed = exists().where(DepartedGuildRow.guild_id == NoticeChannelRow.guild_id)
        query = select(NoticeChannelRow.guild_id, NoticeChannelRow.channel_id)
        query = query.where(NoticeChannelRow.channel_id.is_not(None), ~departed)
        async with self._database.reading() as connection:
            rows = await connection.execute(query.order_by(NoticeChannelRow.guild_id))
            return {row.guild_id: row.channel_id for row in rows}

    async def put_announcements(self, notices: Sequence[NewNotice], now: datetime) -> int:
        """Put announcements into the outbox, skipping known nonces. Return how many are new."""
        shared = {
            "kind": NoticeKind.ANNOUNCEMENT,
            "episode": now,
            "slot": now,
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "next_try_at": now,
        }
        statement = self._database.insert(NoticeRow).on_conflict_do_nothing(index_elements=["nonce"])
        async with self._database.writing() as connection:
            counted = select(func.count()).select_from(NoticeRow).where(NoticeRow.kind == shared["kind"])
            before = (await connection.execute(counted)).scalar_one()
            await insert_rows(connection, statement, [shared | asdict(notice) for notice in notices])
            return int((await connection.execute(counted)).scalar_one()) - int(before)

    async def revive(self, feed_id: int) -> bool:
        """Mark a feed as healthy and due now, because it works again. Return whether that is a change."""
        statement = update(FeedRow).where(FeedRow.id == known_id(feed_id), FeedRow.state != FeedState.HEALTHY)
        async with self._database.writing() as connection:
            result = await connection.execute(statement.values(revived(self._database.clock())))
            return result.rowcount > 0

    # the outbox

    async def due(self, now: datetime, limit: int) -> list[Delivery]:
        """Return the notices to post now, oldest first.

        They are about feeds that still fail and that the server still has, and about digests.
        """
        fails = exists().where(FeedRow.id == NoticeRow.feed_id, FeedRow.failing_since == NoticeRow.episode)
        attached = exists().where(
            GuildFeedRow.guild_id == NoticeRow.guild_id, GuildFeedRow.feed_id == NoticeRow.feed_id
        )
        departed = exists().where(DepartedGuildRow.guild_id == NoticeRow.guild_id)
        query = (
            select(NoticeRow.__table__)
            .where(NoticeRow.state == DeliveryState.PENDING, NoticeRow.next_try_at <= now, ~departed)
            .where(or_(NoticeRow.feed_id.is_(None), and_(fails, attached)))
            .order_by(NoticeRow.slot, NoticeRow.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [_delivery_of(row) for row in await connection.execute(query)]

    async def guild_of(self, notice_id: int) -> int:
        """Return the server that a notice is for. Raise NotFound."""
        return await self._one(select(NoticeRow.guild_id).where(NoticeRow.id == known_id(notice_id)))

    async def feed_of(self, nonce: str, guild_id: int) -> int:
        """Return the feed that a notice of a server is about. Raise NotFound."""
        return await self._one(
            select(NoticeRow.feed_id).where(NoticeRow.nonce == nonce, NoticeRow.guild_id == guild_id)
        )

    async def subscription_of(self, nonce: str, guild_id: int) -> int:
        """Return the subscription that a notice of a server is about. Raise NotFound."""
        return await self._one(
            select(NoticeRow.subscription_id).where(NoticeRow.nonce == nonce, NoticeRow.guild_id == guild_id)
        )

    async def _one(self, query: Select[Any]) -> int:
        async with self._database.reading() as connection:
            found: int | None = (await connection.execute(query)).scalar()
        if found is None:
            raise NotFound(self.MISSING)
        return found


def _failed_for(bounds: FailedFor) -> ColumnElement[bool]:
    return and_(
        FeedRow.state == FeedState.FAILING,
        FeedRow.failing_since <= bounds.since,
        FeedRow.failures >= bounds.failures,
    )


def _delivery_of(row: Found[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        subscription_id=None,
        channel_id=row.channel_id,
        slot=row.slot,
        part=row.id,
        nonce=row.nonce,
        payload=row.payload,
        state=row.state,
        attempts=row.attempts,
        attempted_at=row.attempted_at,
        next_try_at=row.next_try_at,
        message_id=row.message_id,
        error=row.error,
    )
