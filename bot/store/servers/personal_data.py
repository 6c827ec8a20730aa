"""The stored data about a person or a server: listed, and deleted.

A person's id is only stored beside what they set up: the feeds that they added, the digests that they created, the
stories and actors that they changed, the claims that they reported or decided about, and what they follow. When
they are forgotten, all of that stays without their id, except what they follow themselves, and the letters about
it: that is theirs alone, and no server is shown it. Their reports do not stay either: otherwise one reader could
report a claim, be forgotten, and report it again as a second one.
"""

from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from bot.model.personal import Trace
from bot.store.database import Database
from bot.store.schema.news_tables import FeedRow
from bot.store.schema.person_tables import FollowRow, LetterRow
from bot.store.schema.rows import Row
from bot.store.schema.server_tables import (
    ActorChangeRow,
    ClaimDecisionRow,
    GuildFeedRow,
    ReportRow,
    StoryChangeRow,
    SubscriptionRow,
)
from bot.store.servers.guilds import OF_A_GUILD

NOBODY = 0
"""The id that replaces a forgotten person. No Discord id is 0."""
PERSONS: tuple[InstrumentedAttribute[Any], ...] = (
    GuildFeedRow.added_by,
    SubscriptionRow.created_by,
    StoryChangeRow.changed_by,
    ReportRow.reported_by,
    ClaimDecisionRow.decided_by,
    ActorChangeRow.changed_by,
    FollowRow.user_id,
    LetterRow.user_id,
)
"""All columns that hold a person's id."""
MOST_ROWS = 50_000
"""How many rows of one table, the newest, an export contains: more would not fit into 10 MB even if compressed."""


class PersonalData:
    """The stored traces of people and servers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_person(self, user_id: int) -> list[Trace]:
        """Return each place in which a person's id is stored."""
        feeds = (
            select(GuildFeedRow.guild_id, FeedRow.url, GuildFeedRow.added_at)
            .join(FeedRow, FeedRow.id == GuildFeedRow.feed_id)
            .where(GuildFeedRow.added_by == user_id)
            .order_by(GuildFeedRow.added_at)
        )
        digests = (
            select(SubscriptionRow.guild_id, SubscriptionRow.id, SubscriptionRow.created_at)
            .where(SubscriptionRow.created_by == user_id)
            .order_by(SubscriptionRow.id)
        )
        changes = (
            select(StoryChangeRow.guild_id, StoryChangeRow.id, StoryChangeRow.changed_at)
            .where(StoryChangeRow.changed_by == user_id)
            .order_by(StoryChangeRow.id)
        )
        actors = (
            select(ActorChangeRow.guild_id, ActorChangeRow.name, ActorChangeRow.id, ActorChangeRow.changed_at)
            .where(ActorChangeRow.changed_by == user_id)
            .order_by(ActorChangeRow.id)
        )
        reports = (
            select(ReportRow.guild_id, ReportRow.content, ReportRow.remark, ReportRow.reported_at)
            .where(ReportRow.reported_by == user_id)
            .order_by(ReportRow.id)
        )
        decisions = (
            select(ClaimDecisionRow.guild_id, ClaimDecisionRow.content_text, ClaimDecisionRow.decided_at)
            .where(ClaimDecisionRow.decided_by == user_id)
            .order_by(ClaimDecisionRow.id)
        )
        follows = (
            select(FollowRow.guild_id, FollowRow.kind, FollowRow.name, FollowRow.created_at)
            .where(FollowRow.user_id == user_id)
            .order_by(FollowRow.id)
        )
        letters = select(LetterRow.guild_id, LetterRow.id, LetterRow.slot).where(LetterRow.user_id == user_id)
        async with self._database.reading() as connection:
            added = [Trace("added a feed", *row) for row in await connection.execute(feeds)]
            created = [
                Trace("created a digest", guild_id, f"digest {number}", at)
                for guild_id, number, at in await connection.execute(digests)
            ]
            changed = [
                Trace("changed a story", guild_id, f"change {number}", at)
                for guild_id, number, at in await connection.execute(changes)
            ]
            renamed = [
                Trace("changed an actor", guild_id, name or f"change {number}", at)
                for guild_id, name, number, at in await connection.execute(actors)
            ]
            reported = [
                Trace("reported a claim", guild_id, f"{content} ({remark})" if remark else content, at)
                for guild_id, content, remark, at in await connection.execute(reports)
            ]
            decided = [Trace("decided about a claim", *row) for row in await connection.execute(decisions)]
            followed = [
                Trace("followed", guild_id, f"{kind.value} {name}", at)
                for guild_id, kind, name, at in await connection.execute(follows)
            ]
            written = [
                Trace("were sent a letter", guild_id, f"letter {number}", at)
                for guild_id, number, at in await connection.execute(letters.order_by(LetterRow.id))
            ]
        return added + created + changed + renamed + reported + decided + followed + written

    async def forget_person(self, user_id: int) -> int:
        """Remove a person's id from everything, and delete what is theirs alone. Return from how many rows."""
        if user_id == NOBODY:
            return 0
        count = 0
        own = (
            delete(ReportRow).where(ReportRow.reported_by == user_id),
            delete(LetterRow).where(LetterRow.user_id == user_id),
            delete(FollowRow).where(FollowRow.user_id == user_id, FollowRow.private),
        )
        async with self._database.writing() as connection:
            for deletion in own:
                count += (await connection.execute(deletion)).rowcount
            for column in PERSONS:
                statement = update(column.table).where(column == user_id).values({column.key: NOBODY})
                count += (await connection.execute(statement)).rowcount
        return count

    async def counts_of_guild(self, guild_id: int) -> dict[str, int]:
        """Return how many rows of each table belong to a server, by the name of the table."""
        async with self._database.reading() as connection:
            counts = {}
            for table in _tables():
                query = select(func.count()).select_from(table).where(*_shown(table, guild_id))
                counts[table.name] = (await connection.execute(query)).scalar_one()
        return counts

    async def of_guild(self, guild_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of a server, by the name of the table, the newest `MOST_ROWS` of each, in order.

        Who reported a claim stays private.
        """
        async with self._database.reading() as connection:
            rows = {}
            for table in _tables():
                columns = [column for column in table.c if column is not ReportRow.__table__.c.reported_by]
                newest = [column.desc() for column in table.primary_key.columns]
                query = select(*columns).where(*_shown(table, guild_id)).order_by(*newest).limit(MOST_ROWS)
                found = [dict(row._mapping) for row in await connection.execute(query)]  # noqa: SLF001
                rows[table.name] = found[::-1]
        return rows


def _shown(table: Table, guild_id: int) -> list[ColumnElement[bool]]:
    """Return the conditions that limit rows to those shown to a server, without its members' own follows."""
    own = [~table.c.private] if "private" in table.c else []
    return [table.c.guild_id == guild_id, *own]


def _tables() -> list[Table]:
    return [Row.metadata.tables[row.__tablename__] for row in OF_A_GUILD]
