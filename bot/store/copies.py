"""Copies of articles: the same text in other outlets, kept as an address only.

The text, its claims and its story are the original's: the article that was read first. An entry that leads to a
copy is an entry of the original, so whoever has the feed of a copy sees the claims, and no digest shows them
twice; `entry_copies` says which address the entry meant. A server that has only feeds with copies is shown these
in place of the original, of which it knows nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, desc, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.articles.copies import is_copy, prints_of, shingles_of
from bot.articles.values import ReadArticle
from bot.digests.values import Printing
from bot.store.columns import ArticleState
from bot.store.database import Database, chunks, insert_rows
from bot.store.server_tables import GuildFeedRow
from bot.store.tables import ArticlePrintRow, ArticleRow, CopyRow, EntryCopyRow, EntryRow

COPIES_LOCK = 3
"""The topic under which originals are sought: of two copies that are read at once one is the original."""
COPIED_WITHIN = timedelta(days=7)
"""How long after its original a text may come to be its copy."""
CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class KnownCopy:
    """A copy and its original."""

    copy_id: int
    article_id: int


async def copy_by_address(connection: AsyncConnection, url_key: str) -> KnownCopy | None:
    """Return the copy at an address, or None."""
    query = select(CopyRow.id, CopyRow.article_id).where(CopyRow.url_key == url_key)
    row = (await connection.execute(query)).first()
    return KnownCopy(*row) if row else None


async def save_copy(
    database: Database,
    connection: AsyncConnection,
    url_key: str,
    article: ReadArticle,
    shingles: frozenset[int],
    published_at: datetime,
) -> KnownCopy | None:
    """Store `article` as a copy, where it is one of an article that was read lately; None where it is not."""
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
    """Let an article be found as the original of what comes after it."""
    rows = [{"print": one, "article_id": article_id} for one in prints_of(shingles)]
    await insert_rows(connection, database.insert(ArticlePrintRow).on_conflict_do_nothing(), rows)


async def link_entry(database: Database, connection: AsyncConnection, entry_id: int, copy_id: int) -> None:
    """Note that an entry leads to a copy."""
    statement = database.insert(EntryCopyRow).values(entry_id=entry_id, copy_id=copy_id)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["entry_id"], set_={"copy_id": copy_id})
    )


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
        text = (await connection.execute(select(ArticleRow.text).where(ArticleRow.id == article_id))).scalar_one()
        if is_copy(shingles, shingles_of(text)):
            return article_id
    return None


async def printings(
    connection: AsyncConnection, article_ids: Sequence[int], guild_id: int | None, feed_ids: Sequence[int] = ()
) -> dict[int, list[Printing]]:
    """Return where the articles were printed that have copies which the server may see, the one to show first.

    That is the article itself where one of the server's feeds (`feed_ids`: of these) has it, else the copy that
    was published first. Articles without such copies are left out. None, the host, sees everything.
    """
    found: dict[int, list[Printing]] = {}
    for some in chunks(list(dict.fromkeys(article_ids))):
        came = (EntryCopyRow.copy_id == CopyRow.id, EntryRow.id == EntryCopyRow.entry_id)
        copies = select(*_printed(CopyRow), CopyRow.article_id).where(
            CopyRow.article_id.in_(some), exists().where(*came, *_brought(guild_id, feed_ids))
        )
        for *printed, article_id in await connection.execute(copies.order_by(CopyRow.published_at, CopyRow.id)):
            found.setdefault(article_id, []).append(Printing(*printed))
    for some in chunks(list(found)):
        own = exists().where(EntryRow.article_id == ArticleRow.id, is_direct(), *_brought(guild_id, feed_ids))
        direct = select(*_printed(ArticleRow), ArticleRow.id).where(ArticleRow.id.in_(some), own)
        for *printed, article_id in await connection.execute(direct):
            found[article_id].insert(0, Printing(*printed))
    return found


def also_in(printed: Sequence[Printing]) -> tuple[Printing, ...]:
    """Return the printings besides the first one, one for each other outlet."""
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
