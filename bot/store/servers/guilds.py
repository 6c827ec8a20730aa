"""Servers, the feeds that they have, and what they may therefore see."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from bot.errors import AlreadyThere, LimitReached, NotFound
from bot.languages.translations import _
from bot.model.feeds import Feed
from bot.store.database import Database, chunks, known_id
from bot.store.feeds.feeds import feed_of
from bot.store.schema.news_tables import FeedRow
from bot.store.schema.person_tables import FollowRow, LetterRow
from bot.store.schema.rows import Row
from bot.store.schema.server_tables import (
    ActorChangeRow,
    ClaimDecisionRow,
    DeliveryRow,
    DepartedGuildRow,
    GuildFeedRow,
    GuildSettingsRow,
    NoticeChannelRow,
    NoticeRow,
    OfferRow,
    QueryRow,
    ReportRow,
    ShownArticleRow,
    StoryChangeRow,
    SubscriptionRow,
)

GUILD_LOCK = 1
"""The lock topic for counting and adding a server's rows."""
OF_A_GUILD: tuple[type[Row], ...] = (
    LetterRow,
    FollowRow,
    ClaimDecisionRow,
    ActorChangeRow,
    ReportRow,
    StoryChangeRow,
    SubscriptionRow,
    ShownArticleRow,
    DeliveryRow,
    GuildFeedRow,
    QueryRow,
    OfferRow,
    NoticeRow,
    NoticeChannelRow,
    GuildSettingsRow,
    DepartedGuildRow,
)
"""The tables with rows of servers, in the order in which a server is forgotten."""
DEPARTED_KEPT = timedelta(days=30)
"""How long the rows of a server that removed the bot are kept: it may come back."""


class Guilds:
    """The servers and their feeds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def attach(self, guild_id: int, feed_id: int, user_id: int, *, limit: int) -> None:
        """Add a feed to a server. Raises AlreadyThere, LimitReached, or NotFound if there is no such feed."""
        async with self._database.writing() as connection:
            await self._database.hold(connection, GUILD_LOCK, guild_id)
            if (
                await connection.execute(select(FeedRow.id).where(FeedRow.id == known_id(feed_id)))
            ).first() is None:
                raise NotFound(_("There is no such feed."))
            query = select(GuildFeedRow.feed_id).where(GuildFeedRow.guild_id == guild_id)
            present = set((await connection.execute(query)).scalars())
            if feed_id in present:
                raise AlreadyThere(_("This server has this feed already."))
            if len(present) >= limit:
                raise LimitReached(
                    _("This server has {count} feeds, which is the limit. Remove one first.", count=len(present))
                )
            row = {
                "guild_id": guild_id,
                "feed_id": feed_id,
                "added_by": user_id,
                "added_at": self._database.clock(),
            }
            await connection.execute(self._database.insert(GuildFeedRow).values(row))

    async def detach(self, guild_id: int, feed_id: int) -> None:
        """Remove a feed from a server. Raises NotFound if the server does not have it."""
        statement = delete(GuildFeedRow).where(
            GuildFeedRow.guild_id == guild_id, GuildFeedRow.feed_id == known_id(feed_id)
        )
        async with self._database.writing() as connection:
            if (await connection.execute(statement)).rowcount == 0:
                raise NotFound(_("This server does not have this feed."))

    async def feeds_of(self, guild_id: int) -> list[Feed]:
        """Return the feeds of a server, by title."""
        query = (
            select(FeedRow.__table__)
            .join(GuildFeedRow, GuildFeedRow.feed_id == FeedRow.id)
            .where(GuildFeedRow.guild_id == guild_id)
            .order_by(func.lower(FeedRow.title), FeedRow.url)
        )
        async with self._database.reading() as connection:
            return [feed_of(row) for row in await connection.execute(query)]

    async def known(self) -> set[int]:
        """Return the servers that have set anything up."""
        found: set[int] = set()
        async with self._database.reading() as connection:
            for table in (GuildFeedRow, SubscriptionRow, NoticeChannelRow, GuildSettingsRow):
                found.update((await connection.execute(select(table.guild_id).distinct())).scalars())
        return found

    async def forget(self, guild_id: int) -> None:
        """Delete everything of a server: feeds, subscriptions, messages, notices, searches, settings."""
        async with self._database.writing() as connection:
            await self._database.hold(connection, GUILD_LOCK, guild_id)
            for table in OF_A_GUILD:
                await connection.execute(delete(table).where(table.__table__.c.guild_id == guild_id))

    async def departed(self, guild_id: int, now: datetime) -> None:
        """Record that a server removed the bot. Nothing is composed or posted for it until it is back."""
        row = {"guild_id": guild_id, "left_at": now}
        async with self._database.writing() as connection:
            await connection.execute(self._database.insert(DepartedGuildRow).values(row).on_conflict_do_nothing())

    async def returned(self, guild_ids: Collection[int]) -> list[int]:
        """Record that the bot is in these servers. Return those that had removed it."""
        back: list[int] = []
        async with self._database.reading() as connection:
            gone = set((await connection.execute(select(DepartedGuildRow.guild_id))).scalars())
        if found := sorted(gone & set(guild_ids)):
            async with self._database.writing() as connection:
                for some in chunks(found):
                    statement = delete(DepartedGuildRow).where(DepartedGuildRow.guild_id.in_(some))
                    back += (await connection.execute(statement.returning(DepartedGuildRow.guild_id))).scalars()
        return back

    async def gone_since(self, moment: datetime) -> list[int]:
        """Return the servers that removed the bot at `moment` or before."""
        query = select(DepartedGuildRow.guild_id).where(DepartedGuildRow.left_at <= moment)
        async with self._database.reading() as connection:
            return list((await connection.execute(query.order_by(DepartedGuildRow.guild_id))).scalars())
