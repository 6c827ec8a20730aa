"""Articles that are read again: changes replace the stored version, and the earlier version is stored as well."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.articles import Origin, ReadArticle
from bot.store.articles.texts import replace_text, text_of
from bot.store.database import Database, known_id
from bot.store.schema.columns import ArticleState, storable
from bot.store.schema.news_tables import ArticleRevisionRow, ArticleRow, ClaimRow
from bot.store.schema.values import value_of

REVISIONS = 5
"""How many revisions an article can have. After that it does not change any more."""


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier version of an article, current until `replaced_at`."""

    number: int
    title: str
    text_hash: str
    claims: int
    replaced_at: datetime


async def revise_article(
    database: Database, connection: AsyncConnection, article_id: int, url_key: str, new: ReadArticle
) -> bool:
    """Update an article with a new reading. Return whether anything changed.

    It keeps its address, date and story, and is not shown again. If its text changed, it is extracted again.
    Nothing changes if the entry now leads elsewhere, if the page is only available in part or not at all, if the
    text is no longer stored, or if there were too many revisions. `bot.store.feeds.entries` decides how soon the
    next one may come.
    """
    query = select(ArticleRow.__table__).where(ArticleRow.id == article_id).with_for_update()
    old = (await connection.execute(query)).one()
    now = database.clock()
    # not in one query: this one sees what was stored while the other one waited for the lock
    old_text = await text_of(connection, article_id)
    title, text = storable(new.title), storable(new.text)
    retold = " ".join(text.split()) != " ".join(old_text.split())
    if old.url_key != url_key or not (retold or title != old.title):
        return False
    if new.note is not None or (old.origin is Origin.PAGE and new.origin is Origin.FEED):
        return False
    if old.revisions >= REVISIONS or not old_text:
        return False
    counted = select(func.count()).select_from(ClaimRow).where(ClaimRow.article_id == article_id)
    row = {
        "article_id": article_id,
        "number": old.revisions + 1,
        "title": old.title,
        "text_hash": hashlib.sha256(old_text.encode()).hexdigest(),
        "claims": (await connection.execute(counted)).scalar_one(),
        "replaced_at": now,
    }
    await connection.execute(database.insert(ArticleRevisionRow).values(row))
    changes: dict[str, Any] = {"title": title, "revisions": old.revisions + 1, "revised_at": now}
    changes |= {"author": new.author or old.author, "image_url": new.image_url or old.image_url}
    if retold:
        await replace_text(connection, article_id, text)
        changes |= {"origin": new.origin, "language": new.language or old.language}
        changes |= {"state": ArticleState.READ, "attempts": 0, "error": None}
    await connection.execute(update(ArticleRow).where(ArticleRow.id == article_id).values(changes))
    return True


async def revisions_of(connection: AsyncConnection, article_id: int) -> list[Revision]:
    """Return the earlier versions of an article, oldest first."""
    query = select(
        ArticleRevisionRow.number,
        ArticleRevisionRow.title,
        ArticleRevisionRow.text_hash,
        ArticleRevisionRow.claims,
        ArticleRevisionRow.replaced_at,
    ).where(ArticleRevisionRow.article_id == known_id(article_id))
    rows = await connection.execute(query.order_by(ArticleRevisionRow.number))
    return [value_of(Revision, row) for row in rows]
