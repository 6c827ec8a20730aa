"""Articles: entries waiting to be read, and articles that were read."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Text, and_, case, cast, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFound
from bot.fetching.canonical_url import host_of
from bot.languages.translations import _
from bot.model.articles import ArticleRecord, ArticleToExtract, EntryToRead, ReadArticle
from bot.store.articles.copies import (
    COPIES_LOCK,
    copy_by_address,
    copy_of_entry,
    first_entry_of,
    follow_revision,
    is_direct,
    link_entry,
    part_copy,
    revise_copy,
    save_copy,
    save_prints,
    share_what_was_shown,
)
from bot.store.articles.rechecks import queue_due_rechecks
from bot.store.articles.revisions import Revision, revise_article, revisions_of
from bot.store.articles.standing_pages import shows_the_next, went_on
from bot.store.articles.texts import save_text, with_text
from bot.store.database import Database, chunks, known_id
from bot.store.leases import Leases, Topic, held_by_others
from bot.store.schema.columns import ArticleState, EntryState, SetbackStep
from bot.store.schema.news_tables import ArticleRow, EntryRow, FeedRow
from bot.store.schema.rows import aliased
from bot.store.schema.values import value_of
from bot.store.setbacks import is_held, note_setback
from bot.text.shingles import shingles_of

EXTRACTION_ATTEMPTS = 3
SHARED_WITH, SHARED_LENGTH = 3, 20_000
"""How many entries with the same link an entry is compared with, and how many characters of each."""
CHOSEN_FROM = 2_000
"""The number of longest-waiting articles among which different hosts take turns."""


class Articles:
    """The articles, each stored once under its canonical address, however many entries lead to it."""

    def __init__(self, database: Database, leases: Leases) -> None:
        self._database = database
        self._leases = leases

    async def waiting_entries(self, now: datetime, limit: int, offset: int) -> list[tuple[int, str | None]]:
        """Return ids and addresses of entries that are due to be read, those that have waited longest first."""
        query = select(EntryRow.id, EntryRow.url).where(EntryRow.read_at <= now)
        query = query.order_by(EntryRow.read_at, EntryRow.id).limit(limit).offset(offset)
        async with self._database.reading() as connection:
            return [(row.id, row.url) for row in await connection.execute(query)]

    async def entries_to_read(
        self, now: datetime, limit: int, *, only: Collection[int] | None = None
    ) -> list[EntryToRead]:
        """Return entries that are due to be read or retried, those that have waited longest first.

        `only` limits the choice to these entries.
        """
        query = (
            select(
                EntryRow.id.label("entry_id"),
                FeedRow.title.label("feed_title"),
                EntryRow.url,
                EntryRow.title,
                EntryRow.author,
                EntryRow.published_at,
                EntryRow.html,
                EntryRow.attempts,
                EntryRow.article_id.is_not(None).label("was_read"),
                (cast(EntryRow.feed_id, Text) + ":" + EntryRow.key).label("key"),
                func.coalesce(FeedRow.site_url, FeedRow.url).label("site_url"),
            )
            .join(FeedRow, FeedRow.id == EntryRow.feed_id)
            .where(EntryRow.read_at <= now, true() if only is None else EntryRow.id.in_(only))
            .order_by(EntryRow.read_at, EntryRow.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
            sharing = await _sharing(connection, [row.entry_id for row in rows])
        return [value_of(EntryToRead, row, sharing=sharing.get(row.entry_id, ())) for row in rows]

    async def save_read(self, entry_id: int, article: ReadArticle) -> int:
        """Store the article that an entry led to. Return its id.

        If an article with this address is stored, it stays unchanged and is also linked to this entry, unless the
        page shows the next article by now (see `standing_pages.py`). An article without a date gets the entry's
        date, or else the time when the entry was first seen.

        An entry that was read before keeps its article. The article is revised (see `revisions.py`) if this entry
        was the first to lead to it: otherwise two feeds of one outlet with different headlines would change it
        back and forth.

        A text that another outlet has already published is stored as a copy of that article, and is revised in the
        same way until it is no longer a copy (see `copies.py`). Raises NotFound.
        """
        key = _url_key(article.url) if article.key is None else _key_of_entry(article.key)
        shingles = await asyncio.to_thread(shingles_of, article.text)
        async with self._database.writing() as connection:
            found = select(
                *(EntryRow.feed_id, EntryRow.key, EntryRow.published_at, EntryRow.first_seen_at),
                EntryRow.article_id,
            )
            entry = (await connection.execute(found.where(EntryRow.id == known_id(entry_id)))).first()
            if entry is None:
                raise NotFound(_("There is no such entry."))
            published_at = article.published_at or entry.published_at or entry.first_seen_at
            if entry.article_id is None:
                if await shows_the_next(connection, key, entry.feed_id, published_at, shingles):
                    key = _key_of_entry(f"{entry.feed_id}:{entry.key}")
                article_id = await self._stored(connection, [entry_id], key, article, shingles, published_at)
            else:
                article_id = await self._again(
                    connection, entry_id, entry.article_id, key, article, shingles, published_at
                )
            done = {"state": EntryState.READ, "read_at": None, "error": article.note, "article_id": article_id}
            await connection.execute(update(EntryRow).where(EntryRow.id == entry_id).values(done))
            return article_id

    async def _again(
        self,
        connection: AsyncConnection,
        entry_id: int,
        article_id: int,
        key: str,
        article: ReadArticle,
        shingles: frozenset[int],
        published_at: datetime,
    ) -> int:
        """Update the article or copy of an entry that was read before. Return the entry's article."""
        database = self._database
        await database.hold(connection, COPIES_LOCK)
        copy = await copy_of_entry(connection, entry_id)
        if copy is None:
            # its page is there again
            back = update(ArticleRow).where(ArticleRow.id == article_id, ArticleRow.withdrawn_at.is_not(None))
            await connection.execute(back.values(withdrawn_at=None, revised_at=database.clock()))
            came = (EntryRow.article_id == article_id, is_direct())
            first = (await connection.execute(select(func.min(EntryRow.id)).where(*came))).scalar_one()
            if first != entry_id or await went_on(connection, entry_id, article_id, shingles):
                return article_id
            if await revise_article(database, connection, article_id, key, article):
                await follow_revision(database, connection, article_id, shingles)
            return article_id
        if await first_entry_of(connection, copy) != entry_id:
            return article_id
        if not await revise_copy(connection, copy, key, article, shingles):
            return article_id
        entry_ids = await part_copy(connection, copy)
        parted_id = await self._stored(connection, entry_ids, key, article, shingles, published_at)
        await connection.execute(update(EntryRow).where(EntryRow.id.in_(entry_ids)).values(article_id=parted_id))
        await share_what_was_shown(database, connection, article_id, parted_id)
        return parted_id

    async def _stored(
        self,
        connection: AsyncConnection,
        entry_ids: Sequence[int],
        key: str,
        article: ReadArticle,
        shingles: frozenset[int],
        published_at: datetime,
    ) -> int:
        """Store the article unless its address is known. Return its id, or that of its original if it is a copy.

        `entry_ids` are the entries that lead to it.
        """
        await self._database.hold(connection, COPIES_LOCK)
        by_address = select(ArticleRow.id).where(ArticleRow.url_key == key)
        known: int | None = (await connection.execute(by_address)).scalar()
        if known is not None:
            return known
        copy = await copy_by_address(connection, key)
        if copy is None:
            copy = await save_copy(self._database, connection, key, article, shingles, published_at)
        if copy is not None:
            for entry_id in entry_ids:
                await link_entry(self._database, connection, entry_id, copy.copy_id)
            return copy.article_id
        new = {
            "url_key": key,
            "url": article.url,
            "outlet": article.outlet,
            "title": article.title,
            "author": article.author,
            "published_at": published_at,
            "language": article.language,
            "image_url": article.image_url,
            "origin": article.origin,
            "state": ArticleState.READ,
            "attempts": 0,
            "read_at": self._database.clock(),
        }
        article_id: int = (
            await connection.execute(insert(ArticleRow).values(new).returning(ArticleRow.id))
        ).scalar_one()
        await save_text(connection, article_id, article.text)
        await save_prints(self._database, connection, article_id, shingles)
        return article_id

    async def queue_rechecks(self, now: datetime, limit: int) -> int:
        """Queue articles whose pages are due to be checked again (see `rechecks.py`); return how many."""
        return await queue_due_rechecks(self._database, now, limit)

    async def read_unchanged(self, entry_id: int) -> None:
        """Record that an entry was read again and that its page has not changed."""
        async with self._database.writing() as connection:
            statement = update(EntryRow).where(EntryRow.id == known_id(entry_id))
            await connection.execute(statement.values(state=EntryState.READ, read_at=None, attempts=0))

    async def withdrawn(self, entry_id: int, now: datetime) -> None:
        """Record that the page of an entry's article is gone. Nothing happens if that page held a copy of it."""
        async with self._database.writing() as connection:
            if await copy_of_entry(connection, known_id(entry_id)) is not None:
                return
            article = select(EntryRow.article_id).where(EntryRow.id == entry_id).scalar_subquery()
            gone = update(ArticleRow).where(ArticleRow.id == article, ArticleRow.withdrawn_at.is_(None))
            await connection.execute(gone.values(withdrawn_at=now))

    async def put_off(self, entry_id: int, until: datetime) -> None:
        """Make an entry wait until its host may be asked again. This does not count as a failure."""
        waiting = update(EntryRow).where(EntryRow.id == known_id(entry_id), EntryRow.read_at.is_not(None))
        async with self._database.writing() as connection:
            await connection.execute(waiting.values(read_at=until))

    async def read_failed(self, entry_id: int, error: str, retry_at: datetime | None) -> None:
        """Record that an entry could not be read. It is retried at `retry_at`; None means that it is given up.

        An entry that was read before stays read, and its article is unchanged.
        """
        async with self._database.writing() as connection:
            counted = (
                update(EntryRow)
                .where(EntryRow.id == known_id(entry_id))
                .values(attempts=EntryRow.attempts + 1, error=error, read_at=retry_at)
                .returning(EntryRow.attempts)
            )
            attempts = (await connection.execute(counted)).scalar()
            if attempts is None:
                raise NotFound(_("There is no such entry."))
            if retry_at is None:
                was_read = EntryRow.article_id.is_not(None)
                state = case((was_read, EntryState.READ.value), else_=EntryState.FAILED.value)
                ended = {"state": state, "read_at": None}
                await connection.execute(update(EntryRow).where(EntryRow.id == entry_id).values(ended))

    async def to_extract(
        self, limit: int, *, last: Collection[str] = (), only: Collection[int] | None = None
    ) -> list[ArticleToExtract]:
        """Return articles waiting for extraction, alternating between hosts.

        Articles that failed wait for a while and come after the others. So do articles of the hosts in `last`,
        which have had their share of time. `only` limits the choice to these articles; without it, articles that
        another process works on are left out.
        """
        waiting = select(ArticleRow.id, ArticleRow.url, ArticleRow.attempts).where(
            ArticleRow.state == ArticleState.READ,
            ~is_held(SetbackStep.EXTRACT, ArticleRow.id, self._database.clock()),
            ~held_by_others(self._leases, Topic.EXTRACT, ArticleRow.id)
            if only is None
            else ArticleRow.id.in_(only),
        )
        waiting = waiting.order_by(ArticleRow.attempts, ArticleRow.id).limit(max(limit, CHOSEN_FROM))
        async with self._database.reading() as connection:
            hosts = {row.id: (row.attempts, host_of(row.url)) for row in await connection.execute(waiting)}
            chosen = in_turn(hosts, last)[:limit]
            named = ArticleRow.id.label("article_id")
            query = with_text(select(named, ArticleRow.language, ArticleRow.title, ArticleRow.published_at))
            found = {}
            for some in chunks(chosen):
                for row in await connection.execute(query.where(ArticleRow.id.in_(some))):
                    found[row.article_id] = value_of(ArticleToExtract, row, host=hosts[row.article_id][1])
        return [found[article_id] for article_id in chosen]

    async def extraction_failed(self, article_id: int, error: str) -> None:
        """Record that extraction failed; the article is retried later, and abandoned after the third time."""
        async with self._database.writing() as connection:
            known = update(ArticleRow).where(ArticleRow.id == known_id(article_id))
            counted = known.values(attempts=ArticleRow.attempts + 1, error=error).returning(ArticleRow.attempts)
            attempts = (await connection.execute(counted)).scalar()
            if attempts is None:
                raise NotFound(_("There is no such article."))
            if attempts >= EXTRACTION_ATTEMPTS:
                await connection.execute(known.values(state=ArticleState.FAILED))
            now = self._database.clock()
            await note_setback(self._database, connection, SetbackStep.EXTRACT, article_id, error, now)

    async def revisions(self, article_id: int) -> list[Revision]:
        """Return the earlier versions of an article, oldest first. Empty if it never changed."""
        async with self._database.reading() as connection:
            return await revisions_of(connection, article_id)

    async def get(self, article_id: int) -> ArticleRecord:
        """Return an article with its text. Raise NotFound."""
        query = select(
            ArticleRow.id,
            ArticleRow.url,
            ArticleRow.outlet,
            ArticleRow.title,
            ArticleRow.author,
            ArticleRow.published_at,
            ArticleRow.language,
            ArticleRow.image_url,
            ArticleRow.story_id,
        ).where(ArticleRow.id == known_id(article_id))
        async with self._database.reading() as connection:
            row = (await connection.execute(with_text(query))).first()
        if row is None:
            raise NotFound(_("There is no such article."))
        return value_of(ArticleRecord, row)


async def _sharing(connection: AsyncConnection, entry_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return, by the ids of entries, the contents of other entries of their feeds with the same link and another
    text.
    """
    other = aliased(EntryRow)
    # an empty print means a front page, or no address
    same = and_(
        other.feed_id == EntryRow.feed_id,
        other.link_print == EntryRow.link_print,
        or_(EntryRow.link_print != "", other.url.is_not_distinct_from(EntryRow.url)),
    )
    query = (
        select(EntryRow.id, func.substr(other.html, 1, SHARED_LENGTH).label("html"))
        .join(other, and_(same, other.id != EntryRow.id, other.html != EntryRow.html, other.html != ""))
        .order_by(EntryRow.id, other.id.desc())
    )
    found: dict[int, tuple[str, ...]] = {}
    for some in chunks(entry_ids):
        for row in await connection.execute(query.where(EntryRow.id.in_(some))):
            known = found.get(row.id, ())
            if len(known) < SHARED_WITH:
                found[row.id] = (*known, row.html)
    return found


def _key_of_entry(key: str) -> str:
    return hashlib.sha256(f"entry {key}".encode(errors="replace")).hexdigest()


def _url_key(url: str) -> str:
    """Return the key of an article: its address, with http and https treated as equal."""
    address = "https://" + url.removeprefix("http://") if url.startswith("http://") else url
    return hashlib.sha256(address.encode(errors="replace")).hexdigest()


def in_turn(articles: Mapping[int, tuple[int, str]], last: Collection[str]) -> list[int]:
    """Return the ids of `articles`, which have attempts and host, reordered so that hosts take turns.

    Articles that failed come after those that did not, and those of the hosts in `last` come last.
    """
    turns: Counter[tuple[bool, int, str]] = Counter()
    order = []
    for number, (article_id, (attempts, host)) in enumerate(articles.items()):
        group = (host in last, attempts, host)
        turns[group] += 1
        order.append((host in last, attempts, turns[group], number, article_id))
    return [one[-1] for one in sorted(order)]
