"""Copies of articles: the same text in other outlets, stored as an address only.

The text, its claims and its story belong to the original, which is the article that was read first. An entry that
leads to a copy is an entry of the original. So everyone with the feed of a copy sees the claims, and no digest
shows them twice. `entry_copies` says which address the entry meant. A server whose feeds only list copies is shown
a copy instead of the original, and learns nothing of the original.

Both can change later. If the page of a copy changes, the copy is updated; once it is no longer the same text, it
becomes an article of its own, and counts as shown wherever the original was shown. If the original changes, its
copies are read again.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, desc, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.articles.copies import is_copy, prints_of
from bot.model.articles import Printing, ReadArticle
from bot.store.articles.texts import text_of
from bot.store.database import Database, chunks, insert_rows
from bot.store.feeds.entries import REREADS
from bot.store.schema.columns import ArticleState, storable
from bot.store.schema.news_tables import (
    ArticlePrintRow,
    ArticleRow,
    CopyRow,
    EntryCopyRow,
    EntryRow,
)
from bot.store.schema.server_tables import GuildFeedRow, ShownArticleRow
from bot.store.schema.values import value_of
from bot.text.shingles import shingles_of

COPIES_LOCK = 3
"""The lock topic for finding originals: of two copies read at the same time, only one can be the original."""
COPIED_WITHIN = timedelta(days=7)
"""How long after its original a text can still be its copy."""
CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class KnownCopy:
    """A copy and its original."""

    copy_id: int
    article_id: int


async def copy_by_address(connection: AsyncConnection, url_key: str) -> KnownCopy | None:
    """Return the copy at an address, or None."""
    query = select(CopyRow.id.label("copy_id"), CopyRow.article_id).where(CopyRow.url_key == url_key)
    row = (await connection.execute(query)).first()
    return value_of(KnownCopy, row) if row else None


async def save_copy(
    database: Database,
    connection: AsyncConnection,
    url_key: str,
    article: ReadArticle,
    shingles: frozenset[int],
    published_at: datetime,
) -> KnownCopy | None:
    """Store `article` as a copy if it is one of a recent article. Return None if it is not."""
    original = await _original(database, connection, shingles)
    if original is None:
        return None
    new = {
        "article_id": original,
        "url_key": url_key,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "image_url": article.image_url,
        "published_at": published_at,
    }
    stored = await connection.execute(insert(CopyRow).values(new).returning(CopyRow.id))
    return KnownCopy(stored.scalar_one(), original)


async def save_prints(
    database: Database, connection: AsyncConnection, article_id: int, shingles: frozenset[int]
) -> None:
    """Let later articles be recognised as copies of an article."""
    rows = [{"print": one, "article_id": article_id} for one in prints_of(shingles)]
    await insert_rows(connection, database.insert(ArticlePrintRow).on_conflict_do_nothing(), rows)


async def link_entry(database: Database, connection: AsyncConnection, entry_id: int, copy_id: int) -> None:
    """Record that an entry leads to a copy."""
    statement = database.insert(EntryCopyRow).values(entry_id=entry_id, copy_id=copy_id)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["entry_id"], set_={"copy_id": copy_id})
    )


async def copy_of_entry(connection: AsyncConnection, entry_id: int) -> KnownCopy | None:
    """Return the copy that an entry leads to. None if it leads to the article itself."""
    query = select(CopyRow.id.label("copy_id"), CopyRow.article_id).join(
        EntryCopyRow, EntryCopyRow.copy_id == CopyRow.id
    )
    row = (await connection.execute(query.where(EntryCopyRow.entry_id == entry_id))).first()
    return value_of(KnownCopy, row) if row else None


async def first_entry_of(connection: AsyncConnection, copy: KnownCopy) -> int | None:
    """Return the entry through which a copy was first found."""
    query = select(func.min(EntryCopyRow.entry_id)).where(EntryCopyRow.copy_id == copy.copy_id)
    found: int | None = (await connection.execute(query)).scalar()
    return found


async def revise_copy(
    connection: AsyncConnection, copy: KnownCopy, url_key: str, new: ReadArticle, shingles: frozenset[int]
) -> bool:
    """Update a copy with a new reading. Return whether it is no longer a copy.

    As with articles, nothing changes if its entry now leads elsewhere, or if only part of the page is available.
    """
    known = (await connection.execute(select(CopyRow.url_key).where(CopyRow.id == copy.copy_id))).scalar_one()
    if known != url_key or new.note is not None or not shingles:
        return False
    if not is_copy(shingles, shingles_of(await text_of(connection, copy.article_id))):
        return True
    changes: dict[str, Any] = {"title": storable(new.title)}
    changes |= {"image_url": new.image_url} if new.image_url else {}
    await connection.execute(update(CopyRow).where(CopyRow.id == copy.copy_id).values(changes))
    return False


async def part_copy(connection: AsyncConnection, copy: KnownCopy) -> list[int]:
    """Turn a copy into an article of its own. Return the entries that led to it."""
    query = select(EntryCopyRow.entry_id).where(EntryCopyRow.copy_id == copy.copy_id)
    entry_ids = list((await connection.execute(query)).scalars())
    await connection.execute(delete(CopyRow).where(CopyRow.id == copy.copy_id))
    return entry_ids


async def share_what_was_shown(
    database: Database, connection: AsyncConnection, article_id: int, parted_id: int
) -> None:
    """Mark an article that used to be a copy as shown in every channel that got its original."""
    given = select(ShownArticleRow.__table__).where(ShownArticleRow.article_id == article_id)
    rows = [row._asdict() | {"article_id": parted_id} for row in await connection.execute(given)]
    await insert_rows(connection, database.insert(ShownArticleRow).on_conflict_do_nothing(), rows)


async def follow_revision(
    database: Database, connection: AsyncConnection, article_id: int, shingles: frozenset[int]
) -> None:
    """Update the fingerprints of a revised article, and have its copies read again."""
    await connection.execute(delete(ArticlePrintRow).where(ArticlePrintRow.article_id == article_id))
    await save_prints(database, connection, article_id, shingles)
    first = (
        select(func.min(EntryCopyRow.entry_id))
        .join(CopyRow, CopyRow.id == EntryCopyRow.copy_id)
        .where(CopyRow.article_id == article_id)
        .group_by(CopyRow.id)
    )
    now = database.clock()
    again = update(EntryRow).where(
        EntryRow.id.in_(first), EntryRow.read_at.is_(None), EntryRow.rereads < REREADS, EntryRow.url.is_not(None)
    )
    read = {"read_at": now, "reread_at": now, "attempts": 0, "rereads": EntryRow.rereads + 1}
    await connection.execute(again.values(read))


def is_direct() -> ColumnElement[bool]:
    """Return the condition that an entry leads to its article itself, not to a copy."""
    return ~exists().where(EntryCopyRow.entry_id == EntryRow.id)


async def _original(database: Database, connection: AsyncConnection, shingles: frozenset[int]) -> int | None:
    hits: dict[int, int] = defaultdict(int)
    since = database.clock() - COPIED_WITHIN
    for some in chunks(sorted(shingles)):
        found = (
            select(ArticlePrintRow.article_id, func.count().label("hits"))
            .join(ArticleRow, ArticleRow.id == ArticlePrintRow.article_id)
            .where(
                ArticlePrintRow.print.in_(some),
                ArticleRow.read_at >= since,
                ArticleRow.state != ArticleState.FAILED,
            )
            .group_by(ArticlePrintRow.article_id)
            .order_by(desc("hits"), ArticlePrintRow.article_id)
            .limit(CANDIDATES)
        )
        for row in await connection.execute(found):
            hits[row.article_id] += row.hits
    for article_id in sorted(hits, key=lambda one: (-hits[one], one))[:CANDIDATES]:
        if is_copy(shingles, shingles_of(await text_of(connection, article_id))):
            return article_id
    return None


async def printings(
    connection: AsyncConnection, article_ids: Sequence[int], guild_id: int | None, feed_ids: Sequence[int] = ()
) -> dict[int, list[Printing]]:
    """Return where the articles with copies were published, as far as the server may see, the one to show first.

    That is the article itself if one of the server's feeds (or one of `feed_ids`) has it, or else the copy that
    was published first. Articles without such copies are left out. None, the host, sees everything.
    """
    found: dict[int, list[Printing]] = {}
    for some in chunks(list(dict.fromkeys(article_ids))):
        came = (EntryCopyRow.copy_id == CopyRow.id, EntryRow.id == EntryCopyRow.entry_id)
        copies = select(*_printed(CopyRow), CopyRow.article_id).where(
            CopyRow.article_id.in_(some), exists().where(*came, *_brought(guild_id, feed_ids))
        )
        for row in await connection.execute(copies.order_by(CopyRow.published_at, CopyRow.id)):
            found.setdefault(row.article_id, []).append(value_of(Printing, row))
    for some in chunks(list(found)):
        own = exists().where(EntryRow.article_id == ArticleRow.id, is_direct(), *_brought(guild_id, feed_ids))
        direct = select(*_printed(ArticleRow), ArticleRow.id).where(ArticleRow.id.in_(some), own)
        for row in await connection.execute(direct):
            found[row.id].insert(0, value_of(Printing, row))
    return found


def also_in(printed: Sequence[Printing]) -> tuple[Printing, ...]:
    """Return the other places, one for each other outlet."""
    others: dict[str, Printing] = {}
    for one in printed[1:]:
        if one.outlet != printed[0].outlet:
            others.setdefault(one.outlet, one)
    return tuple(others.values())


def _printed(table: type[ArticleRow] | type[CopyRow]) -> tuple[Any, ...]:
    return table.outlet, table.url, table.title, table.published_at, table.image_url


def _brought(guild_id: int | None, feed_ids: Sequence[int]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if guild_id is not None:
        conditions += [GuildFeedRow.feed_id == EntryRow.feed_id, GuildFeedRow.guild_id == guild_id]
    if feed_ids:
        conditions.append(EntryRow.feed_id.in_(feed_ids))
    return conditions
