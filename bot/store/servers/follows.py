"""What people and channels follow: created, muted, removed; and which news about it is due."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy import Row as Found
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import AlreadyThere, LimitReached, NotFound
from bot.languages.translations import _, ngettext
from bot.model.follows import Follow, FollowKind, FollowRhythm, Reach, Subject
from bot.store.database import Database, chunks, known_id
from bot.store.schema.columns import SetbackStep
from bot.store.schema.news_tables import FeedClaimRow
from bot.store.schema.person_tables import FollowRow
from bot.store.schema.server_tables import DepartedGuildRow, GuildFeedRow
from bot.store.schema.values import value_of
from bot.store.search.words import folded_name, words_of
from bot.store.servers.guilds import GUILD_LOCK
from bot.store.setbacks import is_held

AT_ONCE_EVERY = timedelta(minutes=10)
"""The shortest time between two letters to one place: news in between goes into the next one."""
UNDO_KEPT = timedelta(days=1)
"""How long a removed follow can be restored as it was."""


class Follows:
    """The follows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        user_id: int,
        guild_id: int,
        subject: Subject,
        reach: Reach,
        next_at: datetime | None,
        *,
        per_person: int,
        per_server: int,
    ) -> Follow:
        """Store that a person or a channel follows something. Earlier news is not sent.

        Raises AlreadyThere if it is followed there already, and LimitReached for the person's limit in all servers
        or for this server's limit.
        """
        now = self._database.clock()
        folded = _folded(subject)
        row = {
            "user_id": user_id,
            "guild_id": guild_id,
            "channel_id": reach.channel_id,
            "private": reach.private,
            "kind": subject.kind,
            "name": subject.name,
            "folded": folded,
            "story_id": subject.story_id,
            "rhythm": reach.rhythm,
            "at": reach.at,
            "timezone": reach.timezone,
            "language": reach.language,
            "since": now,
            "pause_told": False,
            "next_at": next_at,
            "created_at": now,
        }
        same = and_(
            FollowRow.guild_id == guild_id,
            FollowRow.channel_id == reach.channel_id,
            FollowRow.kind == subject.kind,
            FollowRow.folded == folded,
        )
        async with self._database.writing() as connection:
            await self._database.hold(connection, GUILD_LOCK, guild_id)
            await connection.execute(delete(FollowRow).where(same, FollowRow.removed_at.is_not(None)))
            if (await connection.execute(select(FollowRow.id).where(same))).first() is not None:
                raise AlreadyThere(_("This is followed there already. `/following list` shows it."))
            await _require_room(connection, user_id, guild_id, reach, per_person, per_server)
            created = insert(FollowRow).values(row).returning(FollowRow.__table__)
            return _follow_of((await connection.execute(created)).one())

    async def get(self, follow_id: int) -> Follow:
        """Return a follow, including one that was just removed. Raises NotFound."""
        found = await self._list(select(FollowRow.__table__).where(FollowRow.id == known_id(follow_id)))
        if not found:
            raise NotFound(_("This is not followed any more."))
        return found[0]

    async def of_person(self, user_id: int) -> list[Follow]:
        """Return what a person follows by direct message, the oldest first."""
        mine = _present().where(FollowRow.user_id == user_id, FollowRow.private)
        return await self._list(mine.order_by(FollowRow.id))

    async def of_channels(self, guild_id: int) -> list[Follow]:
        """Return what the channels of a server follow, the oldest first."""
        here = _present().where(FollowRow.guild_id == guild_id, ~FollowRow.private)
        return await self._list(here.order_by(FollowRow.id))

    async def change(self, follow_id: int, **values: Any) -> Follow:
        """Change columns of a follow; return its new state. Raises NotFound."""
        known = update(FollowRow).where(FollowRow.id == known_id(follow_id)).values(values)
        async with self._database.writing() as connection:
            row = (await connection.execute(known.returning(FollowRow.__table__))).first()
        if row is None:
            raise NotFound(_("This is not followed any more."))
        return _follow_of(row)

    async def restore(
        self, follow: Follow, next_at: datetime | None, *, per_person: int, per_server: int
    ) -> Follow:
        """Restore a removed follow; return its new state.

        Raises NotFound if that was too long ago, or it is followed anew, and LimitReached like `add`.
        """
        removed = select(FollowRow.__table__).where(FollowRow.id == follow.id)
        async with self._database.writing() as connection:
            await self._database.hold(connection, GUILD_LOCK, follow.guild_id)
            row = (await connection.execute(removed)).first()
            if row is not None and row.removed_at is not None:
                await _require_room(
                    connection, follow.user_id, follow.guild_id, follow.reach, per_person, per_server
                )
                back = update(FollowRow).where(FollowRow.id == follow.id).values(removed_at=None, next_at=next_at)
                row = (await connection.execute(back.returning(FollowRow.__table__))).first()
        if row is None:
            raise NotFound(_("This is not followed any more."))
        return _follow_of(row)

    async def pause(self, reason: str, **where: Any) -> int:
        """Pause all follows with these columns; their person is told later. Return how many are newly paused."""
        conditions = [getattr(FollowRow, name) == value for name, value in where.items()]
        paused = update(FollowRow).where(*conditions, FollowRow.paused_reason.is_(None))
        async with self._database.writing() as connection:
            done = await connection.execute(paused.values(paused_reason=reason, pause_told=False))
        return done.rowcount

    async def pauses_to_tell(self, user_id: int) -> list[Follow]:
        """Return a person's paused follows that they do not know of yet. From now on they do."""
        where = (FollowRow.user_id == user_id, FollowRow.private, FollowRow.paused_reason.is_not(None))
        query = _present().where(*where, ~FollowRow.pause_told)
        found = await self._list(query)
        if found:
            async with self._database.writing() as connection:
                await connection.execute(update(FollowRow).where(*where).values(pause_told=True))
        return found

    # what is due

    async def newest_claim(self) -> int:
        """Return the number of the newest claim that a feed brought; 0 if there is none."""
        async with self._database.reading() as connection:
            return (await connection.execute(select(func.max(FeedClaimRow.claim_id)))).scalar() or 0

    async def servers(self) -> list[int]:
        """Return the servers in which something is followed."""
        query = select(FollowRow.guild_id).where(FollowRow.removed_at.is_(None)).distinct()
        async with self._database.reading() as connection:
            return sorted((await connection.execute(query)).scalars())

    async def servers_with_news(self, after_claim: int) -> list[int]:
        """Return servers with follows whose feeds brought claims with larger numbers."""
        followed = exists().where(FollowRow.guild_id == GuildFeedRow.guild_id, FollowRow.removed_at.is_(None))
        query = (
            select(GuildFeedRow.guild_id)
            .join(FeedClaimRow, FeedClaimRow.feed_id == GuildFeedRow.feed_id)
            .where(FeedClaimRow.claim_id > after_claim, followed)
            .distinct()
        )
        async with self._database.reading() as connection:
            return sorted((await connection.execute(query)).scalars())

    async def wake(self, guild_ids: Sequence[int], now: datetime) -> None:
        """Make instant news in these servers due: now, or a while after the last letter."""
        if not guild_ids:
            return
        lately = FollowRow.told_at > now - AT_ONCE_EVERY
        idle = (FollowRow.rhythm == FollowRhythm.AT_ONCE, FollowRow.next_at.is_(None), *_active(now))
        async with self._database.writing() as connection:
            for some in chunks(guild_ids):
                known = update(FollowRow).where(FollowRow.guild_id.in_(some), *idle)
                await connection.execute(known.where(lately).values(next_at=now + AT_ONCE_EVERY))
                await connection.execute(known.where(~func.coalesce(lately, False)).values(next_at=now))

    async def due(self, now: datetime, limit: int) -> list[Follow]:
        """Return the due follows, the longest due first, without those of servers that removed the bot."""
        departed = exists().where(DepartedGuildRow.guild_id == FollowRow.guild_id)
        query = _present().where(FollowRow.next_at <= now, *_active(now), ~departed)
        query = query.where(~is_held(SetbackStep.FOLLOW, FollowRow.id, now))
        return await self._list(query.order_by(FollowRow.next_at, FollowRow.id).limit(limit))

    async def companions(self, follow: Follow) -> list[Follow]:
        """Return the follows that share a message with this one: for one server, in one place, at one time."""
        reach = follow.reach
        query = _present().where(
            FollowRow.channel_id == reach.channel_id,
            FollowRow.guild_id == follow.guild_id,
            FollowRow.rhythm == reach.rhythm,
            *_active(self._database.clock()),
        )
        found = await self._list(query.order_by(FollowRow.id))
        return [one for one in found if one.reach.together == reach.together]

    async def reschedule(self, follow_ids: Collection[int], next_at: datetime | None) -> None:
        """Set when to look for news about these follows again; None: as soon as there is any."""
        async with self._database.writing() as connection:
            for some in chunks(sorted(follow_ids)):
                known = update(FollowRow).where(FollowRow.id.in_(some))
                await connection.execute(known.values(next_at=next_at))

    async def _list(self, query: Select[Any]) -> list[Follow]:
        async with self._database.reading() as connection:
            return [_follow_of(row) for row in await connection.execute(query)]


def purged_follows(now: datetime) -> Any:
    """Return the statement that deletes follows removed too long ago to be restored."""
    return delete(FollowRow).where(FollowRow.removed_at < now - UNDO_KEPT)


def _present() -> Select[Any]:
    return select(FollowRow.__table__).where(FollowRow.removed_at.is_(None))


def _active(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a follow is neither removed, paused nor muted."""
    awake = or_(FollowRow.muted_until.is_(None), FollowRow.muted_until <= now)
    return FollowRow.removed_at.is_(None), FollowRow.paused_reason.is_(None), awake


def _counted(condition: ColumnElement[bool]) -> Select[Any]:
    return select(func.count()).select_from(FollowRow).where(condition, FollowRow.removed_at.is_(None))


async def _require_room(
    connection: AsyncConnection, user_id: int, guild_id: int, reach: Reach, per_person: int, per_server: int
) -> None:
    """Raise LimitReached if the person, in all servers, or everybody in this one follows as much as allowed."""
    if reach.private:
        of_person = and_(FollowRow.user_id == user_id, FollowRow.private)
        mine = (await connection.execute(_counted(of_person))).scalar_one()
        if mine >= per_person:
            raise LimitReached(
                ngettext(
                    "You follow {count} thing, which is the limit. Remove one first: `/following list`.",
                    "You follow {count} things, which is the limit. Remove one first: `/following list`.",
                    mine,
                )
            )
    here = (await connection.execute(_counted(FollowRow.guild_id == guild_id))).scalar_one()
    if here >= per_server:
        raise LimitReached(
            ngettext(
                "{count} thing is followed in this server by all together, which is the limit.",
                "{count} things are followed in this server by all together, which is the limit.",
                here,
            )
        )


def _folded(subject: Subject) -> str:
    if subject.kind is FollowKind.STORY:
        return str(subject.story_id)
    if subject.kind is FollowKind.ACTOR:
        return folded_name(subject.name)
    return " ".join(words_of(subject.name))


def _follow_of(row: Found[Any]) -> Follow:
    return value_of(Follow, row, subject=value_of(Subject, row), reach=value_of(Reach, row))
