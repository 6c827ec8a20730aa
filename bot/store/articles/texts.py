"""The texts of articles, apart from the articles: most queries need no text, and texts are deleted first.

An article without a text has no row in their table; its text is empty.
"""

from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema.news_tables import ArticleRow, ArticleTextRow


def with_text(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return a query for articles with a further column `text`."""
    text = func.coalesce(ArticleTextRow.text, "").label("text")
    return query.add_columns(text).outerjoin(ArticleTextRow, ArticleTextRow.article_id == ArticleRow.id)


async def text_of(connection: AsyncConnection, article_id: int) -> str:
    """Return the text of an article, or nothing if it is not stored."""
    query = select(ArticleTextRow.text).where(ArticleTextRow.article_id == article_id)
    return (await connection.execute(query)).scalar() or ""


async def save_text(connection: AsyncConnection, article_id: int, text: str) -> None:
    """Store the text of a new article."""
    if text:
        await connection.execute(insert(ArticleTextRow).values(article_id=article_id, text=text))


async def replace_text(connection: AsyncConnection, article_id: int, text: str) -> None:
    """Replace the text of an article that has one."""
    known = update(ArticleTextRow).where(ArticleTextRow.article_id == article_id)
    await connection.execute(known.values(text=text))
