"""Pages that show one article after another: a briefing, a ticker or a podcast has one address every day.

Each entry that announces the next one leads to an article of its own, and the earlier article keeps its text.
"""

import asyncio
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.articles.copies import is_direct
from bot.store.articles.texts import text_of, with_text
from bot.store.schema.news_tables import ArticleRow, EntryRow
from bot.store.schema.rows import aliased
from bot.text.shingles import shingles_of

STILL_THE_SAME = 0.2
"""The share of a text's shingles that even a rewritten version keeps; another text at the address has hardly any.
"""


async def shows_the_next(
    connection: AsyncConnection, url_key: str, feed_id: int, published_at: datetime, shingles: frozenset[int]
) -> bool:
    """Return whether a known page shows another article now, one of whose texts has the given `shingles`.

    It does if a later entry of the feed that brought the known article leads to it, and hardly any of the words
    are the same.
    """
    query = select(ArticleRow.id).where(ArticleRow.url_key == url_key, ArticleRow.published_at < published_at)
    known = (await connection.execute(with_text(query))).first()
    if known is None:
        return False
    first = select(EntryRow.feed_id).where(EntryRow.article_id == known.id, is_direct()).order_by(EntryRow.id)
    if (await connection.execute(first.limit(1))).scalar() != feed_id:
        return False
    return await _is_another(known.text, shingles)


async def went_on(connection: AsyncConnection, entry_id: int, article_id: int, shingles: frozenset[int]) -> bool:
    """Return whether the page of an entry's article shows that of a later entry by now."""
    later = aliased(EntryRow)
    follows = exists().where(
        later.feed_id == EntryRow.feed_id,
        later.link_print == EntryRow.link_print,
        later.link_print != "",
        func.coalesce(later.published_at, later.first_seen_at)
        > func.coalesce(EntryRow.published_at, EntryRow.first_seen_at),
    )
    if (await connection.execute(select(EntryRow.id).where(EntryRow.id == entry_id, follows))).scalar() is None:
        return False
    return await _is_another(await text_of(connection, article_id), shingles)


async def _is_another(text: str, shingles: frozenset[int]) -> bool:
    old = await asyncio.to_thread(shingles_of, text)
    return bool(old and shingles) and len(old & shingles) < STILL_THE_SAME * min(len(old), len(shingles))
