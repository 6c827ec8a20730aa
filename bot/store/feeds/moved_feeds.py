"""Feeds that move: a redirect that has held is followed, and feeds that turn out to be one are merged."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import delete, exists, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, insert_rows
from bot.store.schema.news_tables import EntryCopyRow, EntryRow, FeedRow, TombstoneRow
from bot.store.schema.rows import aliased
from bot.store.schema.server_tables import GuildFeedRow, ShownArticleRow, SubscriptionRow

POLLS = 3
"""How many polls in a row must have been sent to the new address before it is stored …"""
HELD = timedelta(days=2)
"""… and over how long a time: a site that redirects everything for an afternoon has not moved."""
STAYED: dict[str, Any] = {"moved_to": None, "moved_since": None, "moved_polls": 0}
"""The columns of a feed that was found at its own address."""


@dataclass(frozen=True, slots=True)
class Move:
    """The meaning of a redirect for a feed: `changes` to its row, and whether it gets the new address."""

    changes: dict[str, Any]
    held: bool


def move_of(feed: Found[Any], moved_to: str, now: datetime) -> Move:
    """Return what a successful poll that was permanently redirected to `moved_to` means for `feed`."""
    if feed.moved_to != moved_to or feed.moved_since is None:
        return Move({"moved_to": moved_to, "moved_since": now, "moved_polls": 1}, held=False)
    polls = feed.moved_polls + 1
    if polls >= POLLS and now - feed.moved_since >= HELD:
        return Move(STAYED, held=True)
    return Move({"moved_to": moved_to, "moved_since": feed.moved_since, "moved_polls": polls}, held=False)


async def merge_feeds(
    database: Database, connection: AsyncConnection, old_id: int, kept_id: int, now: datetime
) -> None:
    """Merge the feed `old_id` into `kept_id`, which is the same: servers, entries, tombstones and subscriptions.

    This shows nothing again: if both feeds had an entry, everyone who was given the article of one counts as
    having been given that of the other, too. The kept feed is due at once.
    """
    await _share_what_was_shown(database, connection, old_id, kept_id)
    await _move_entries(database, connection, old_id, kept_id)
    columns = ["guild_id", "feed_id", "added_by", "added_at"]
    attached = select(GuildFeedRow.guild_id, literal(kept_id), GuildFeedRow.added_by, GuildFeedRow.added_at)
    had = aliased(GuildFeedRow)
    present = exists().where(had.feed_id == kept_id, had.guild_id == GuildFeedRow.guild_id)
    await connection.execute(
        insert(GuildFeedRow).from_select(columns, attached.where(GuildFeedRow.feed_id == old_id, ~present))
    )
    await _name_anew(connection, old_id, kept_id)
    old = (await connection.execute(select(FeedRow.kept_by_host).where(FeedRow.id == old_id))).one()
    changes: dict[str, Any] = {"next_poll_at": now}
    if old.kept_by_host:
        changes["kept_by_host"] = True
    await connection.execute(update(FeedRow).where(FeedRow.id == kept_id).values(changes))
    await connection.execute(delete(FeedRow).where(FeedRow.id == old_id))


async def _share_what_was_shown(
    database: Database, connection: AsyncConnection, old_id: int, kept_id: int
) -> None:
    old, kept = aliased(EntryRow), aliased(EntryRow)
    for same in (kept.key == old.key, kept.link_print == old.link_print):
        pairs = (
            select(ShownArticleRow.__table__, kept.article_id.label("kept_id"))
            .join(old, old.article_id == ShownArticleRow.article_id)
            .join(kept, same)
            .where(old.feed_id == old_id, kept.feed_id == kept_id, old.article_id != kept.article_id)
        )
        if same.left.key == "link_print":
            pairs = pairs.where(old.link_print != "")
        found = [row._asdict() for row in await connection.execute(pairs)]
        rows = [row | {"article_id": row.pop("kept_id")} for row in found]
        await insert_rows(connection, database.insert(ShownArticleRow).on_conflict_do_nothing(), rows)


async def _move_entries(database: Database, connection: AsyncConnection, old_id: int, kept_id: int) -> None:
    """Give the kept feed the entries and tombstones that it lacks; the others go with the old feed.

    A shared entry that the old feed had read leads the kept feed's entry to the same article, or copy, at once.
    """
    twin = aliased(EntryRow)
    same = (twin.feed_id == old_id) & (twin.key == EntryRow.key) & twin.article_id.is_not(None)
    article = select(twin.article_id).where(same).scalar_subquery()
    kept = aliased(EntryRow)
    copies = (
        select(kept.id, EntryCopyRow.copy_id)
        .join(twin, twin.key == kept.key)
        .join(EntryCopyRow, EntryCopyRow.entry_id == twin.id)
        .where(kept.feed_id == kept_id, kept.article_id.is_(None), twin.feed_id == old_id)
    )
    leading = [{"entry_id": row.id, "copy_id": row.copy_id} for row in await connection.execute(copies)]
    await insert_rows(connection, database.insert(EntryCopyRow).on_conflict_do_nothing(), leading)
    unread = update(EntryRow).where(EntryRow.feed_id == kept_id, EntryRow.article_id.is_(None))
    linked = {"article_id": article, "state": "read", "read_at": None, "error": None}
    await connection.execute(unread.where(exists().where(same)).values(linked))
    await _move_rows(connection, EntryRow, old_id, kept_id)
    await _move_rows(connection, TombstoneRow, old_id, kept_id)


async def _move_rows(
    connection: AsyncConnection, table: type[EntryRow] | type[TombstoneRow], old_id: int, kept_id: int
) -> None:
    other = aliased(table)
    address = (other.link_print == table.link_print) & (table.link_print != "")
    present = exists().where(other.feed_id == kept_id, (other.key == table.key) | address)
    await connection.execute(update(table).where(table.feed_id == old_id, ~present).values(feed_id=kept_id))


async def _name_anew(connection: AsyncConnection, old_id: int, kept_id: int) -> None:
    """Replace the old feed by the kept one in subscriptions that named it."""
    servers = select(GuildFeedRow.guild_id).where(GuildFeedRow.feed_id == old_id)
    query = select(SubscriptionRow.id, SubscriptionRow.feed_ids).where(SubscriptionRow.guild_id.in_(servers))
    for row in (await connection.execute(query)).all():
        if old_id in row.feed_ids:
            feed_ids = sorted({kept_id if feed_id == old_id else feed_id for feed_id in row.feed_ids})
            known = update(SubscriptionRow).where(SubscriptionRow.id == row.id)
            await connection.execute(known.values(feed_ids=feed_ids))
