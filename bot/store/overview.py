"""How Hearsay is doing, in numbers: for a server, and in total."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState
from bot.model.feeds import FeedState
from bot.model.operating import HostStats, ServerStatus
from bot.store.database import Database
from bot.store.feeds.entry_states import EntryStates
from bot.store.feeds.feeds import wanted
from bot.store.schema.columns import ArticleState
from bot.store.schema.news_tables import ArticleRow, ClaimRow, EntryRow, FeedRow
from bot.store.schema.server_tables import (
    DeliveryRow,
    DepartedGuildRow,
    GuildFeedRow,
    ReportRow,
    SubscriptionRow,
)

COUNTED = 1_000
"""How far waiting items are counted for a server: beyond this, "more than" says enough."""


class Overview:
    """The numbers."""

    def __init__(self, database: Database, entry_states: EntryStates) -> None:
        self._database = database
        self._entry_states = entry_states

    async def of_server(self, guild_id: int, now: datetime) -> ServerStatus:
        """Return how Hearsay is doing for a server."""
        attached = select(GuildFeedRow.feed_id).where(GuildFeedRow.guild_id == guild_id)
        mine = FeedRow.id.in_(attached)
        of_mine = EntryRow.feed_id.in_(attached)
        unread = select(EntryRow.id).where(of_mine, EntryRow.read_at.is_not(None)).limit(COUNTED + 1)
        to_analyse = (
            select(ArticleRow.id)
            .where(ArticleRow.state == ArticleState.READ)
            .where(exists().where(of_mine, EntryRow.article_id == ArticleRow.id))
            .limit(COUNTED + 1)
        )
        following = select(func.min(SubscriptionRow.next_at)).where(
            SubscriptionRow.guild_id == guild_id, SubscriptionRow.paused_reason.is_(None)
        )
        async with self._database.reading() as connection:
            feeds = (
                await connection.execute(
                    select(
                        func.count(),
                        func.count().filter(FeedRow.state != FeedState.HEALTHY),
                        func.max(FeedRow.last_success_at),
                    ).where(mine)
                )
            ).one()
            waiting = 0
            for some in (unread, to_analyse):
                counted = select(func.count()).select_from(some.subquery())
                waiting += (await connection.execute(counted)).scalar_one()
            return ServerStatus(
                feeds=feeds[0],
                failing=feeds[1],
                last_read_at=feeds[2],
                lag=await _lag(connection, now, mine),
                waiting=waiting,
                unposted=await _unposted(connection, DeliveryRow.guild_id == guild_id),
                next_digest_at=(await connection.execute(following)).scalar(),
            )

    async def of_all(self, now: datetime) -> HostStats:
        """Return how Hearsay is doing as a whole."""
        servers = select(GuildFeedRow.guild_id).union(select(SubscriptionRow.guild_id)).subquery()
        departed = select(DepartedGuildRow.guild_id)
        here = select(servers.c.guild_id).where(servers.c.guild_id.not_in(departed))
        async with self._database.reading() as connection:

            async def count(query: Any) -> int:
                counted = select(func.count()).select_from(query.subquery())
                return int((await connection.execute(counted)).scalar_one())

            states = select(FeedRow.state, func.count()).where(wanted()).group_by(FeedRow.state)
            numbers = {
                "servers": await count(here),
                "departed": await count(departed),
                "articles": await count(select(ArticleRow.id)),
                "claims": await count(select(ClaimRow.id)),
                "reports": await count(select(ReportRow.id)),
            }
            feeds = {row[0]: row[1] for row in await connection.execute(states)}
            lag = await _lag(connection, now, wanted())
            unposted = await _unposted(connection, true())
        return HostStats(
            **numbers, feeds=feeds, lag=lag, waiting=await self._entry_states.waiting(), unposted=unposted
        )


async def _lag(connection: AsyncConnection, now: datetime, of: ColumnElement[bool]) -> timedelta:
    due = and_(FeedRow.next_poll_at <= now, FeedRow.state != FeedState.DISABLED, of)
    since = (await connection.execute(select(func.min(FeedRow.next_poll_at)).where(due))).scalar()
    return now - since if since is not None else timedelta()


async def _unposted(connection: AsyncConnection, of: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(DeliveryRow)
    query = query.where(DeliveryRow.state == DeliveryState.PENDING, of)
    return int((await connection.execute(query)).scalar_one())
