"""Articles: entries that wait to be read, and what was read."""

import hashlib
from datetime import datetime

from sqlalchemy import select, update

from bot.articles.values import EntryToRead, ReadArticle
from bot.errors import NotFound
from bot.store.database import Database, known_id
from bot.store.records import ArticleRecord
from bot.store.tables import ArticleRow, ArticleState, EntryRow, EntryState, FeedRow

READ_ATTEMPTS = 5
EXTRACTION_ATTEMPTS = 3


class Articles:
    """The articles, each stored once by its canonical address, whatever entries lead to it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def entries_to_read(self, now: datetime, limit: int) -> list[EntryToRead]:
        """Return entries that wait to be read, or to be tried again, those that have waited longest first."""
        query = (
            select(
                EntryRow.id,
                FeedRow.title.label("feed_title"),
                EntryRow.url,
                EntryRow.title,
                EntryRow.author,
                EntryRow.published_at,
                EntryRow.html,
                EntryRow.attempts,
            )
            .join(FeedRow, FeedRow.id == EntryRow.feed_id)
            .where(EntryRow.read_at <= now)
            .order_by(EntryRow.read_at, EntryRow.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [EntryToRead(*row) for row in await connection.execute(query)]

    async def save_read(self, entry_id: int, article: ReadArticle) -> int:
        """Store what an entry led to and return the article's id.

        An article that is known by its address stays as it is and is linked to this entry, too. Without a date
        of its own it gets the entry's, else the moment that the entry was first seen. Raises NotFound.
        """
        key = hashlib.sha256(article.url.encode(errors="replace")).hexdigest()
        async with self._database.writing() as connection:
            found = select(EntryRow.published_at, EntryRow.first_seen_at).where(EntryRow.id == known_id(entry_id))
            entry = (await connection.execute(found)).first()
            if entry is None:
                raise NotFound("There is no such entry.")
            new = {
                "url_key": key,
                "url": article.url,
                "outlet": article.outlet,
                "title": article.title,
                "author": article.author,
                "published_at": article.published_at or entry.published_at or entry.first_seen_at,
                "language": article.language,
                "image_url": article.image_url,
                "text": article.text,
                "origin": article.origin,
                "state": ArticleState.READ,
                "attempts": 0,
                "read_at": self._database.clock(),
            }
            insert = self._database.insert(ArticleRow).values(new)
            await connection.execute(insert.on_conflict_do_nothing(index_elements=["url_key"]))
            article_id = (
                await connection.execute(select(ArticleRow.id).where(ArticleRow.url_key == key))
            ).scalar_one()
            done = {"state": EntryState.READ, "read_at": None, "error": None, "article_id": article_id}
            await connection.execute(update(EntryRow).where(EntryRow.id == entry_id).values(done))
            return article_id

    async def read_failed(self, entry_id: int, error: str, retry_at: datetime | None) -> None:
        """Note that an entry could not be read. It waits until `retry_at`; None, or the fifth time, ends it."""
        async with self._database.writing() as connection:
            counted = (
                update(EntryRow)
                .where(EntryRow.id == known_id(entry_id))
                .values(attempts=EntryRow.attempts + 1, error=error, read_at=retry_at)
                .returning(EntryRow.attempts)
            )
            attempts = (await connection.execute(counted)).scalar()
            if attempts is None:
                raise NotFound("There is no such entry.")
            if retry_at is None or attempts >= READ_ATTEMPTS:
                ended = {"state": EntryState.FAILED, "read_at": None}
                await connection.execute(update(EntryRow).where(EntryRow.id == entry_id).values(ended))

    async def to_extract(self, limit: int) -> list[tuple[int, str | None, str]]:
        """Return articles that wait for extraction: id, language and text; those that failed before come last."""
        query = (
            select(ArticleRow.id, ArticleRow.language, ArticleRow.text)
            .where(ArticleRow.state == ArticleState.READ)
            .order_by(ArticleRow.attempts, ArticleRow.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [(row.id, row.language, row.text) for row in await connection.execute(query)]

    async def extraction_failed(self, article_id: int, error: str) -> None:
        """Note that extraction failed; after the third time the article is left alone."""
        async with self._database.writing() as connection:
            known = update(ArticleRow).where(ArticleRow.id == known_id(article_id))
            counted = known.values(attempts=ArticleRow.attempts + 1, error=error).returning(ArticleRow.attempts)
            attempts = (await connection.execute(counted)).scalar()
            if attempts is None:
                raise NotFound("There is no such article.")
            if attempts >= EXTRACTION_ATTEMPTS:
                await connection.execute(known.values(state=ArticleState.FAILED))

    async def get(self, article_id: int) -> ArticleRecord:
        """Return an article with its text; raise NotFound."""
        query = select(
            ArticleRow.id,
            ArticleRow.url,
            ArticleRow.outlet,
            ArticleRow.title,
            ArticleRow.author,
            ArticleRow.published_at,
            ArticleRow.language,
            ArticleRow.image_url,
            ArticleRow.text,
            ArticleRow.story_id,
        ).where(ArticleRow.id == known_id(article_id))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            raise NotFound("There is no such article.")
        return ArticleRecord(**row._asdict())
