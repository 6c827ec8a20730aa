"""Servers' changes to their stories, and the stories as a server sees them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import LimitReached, NotFound
from bot.languages.translations import _
from bot.model.articles import Printing
from bot.model.story_changes import StoryChange, StoryChangeKind, stories_behind, story_seen
from bot.store.articles.copies import printings
from bot.store.articles.texts import with_text
from bot.store.database import Database, chunks, known_id
from bot.store.schema.columns import ArticleState
from bot.store.schema.news_tables import ArticleRow, StoryAliasRow, StoryRow
from bot.store.schema.server_tables import StoryChangeRow
from bot.store.schema.values import value_of
from bot.store.visibility import visible_to

MOST_CHANGES = 500
"""The most changes that a server may have; all are examined for each of its digests."""
MOST_ARTICLES = 200
"""How many articles of a story are read, the newest."""


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article of a story, in a place visible to the server: the first of `printed`."""

    article_id: int
    title: str
    author: str | None
    text: str
    published_at: datetime
    printed: tuple[Printing, ...]


@dataclass(frozen=True, slots=True)
class SeenStory:
    """A story as a server sees it: its terms, and its articles, oldest first, at least one."""

    story_id: int
    terms: dict[str, float]
    articles: tuple[StoryArticle, ...]


class StoryChanges:
    """The changes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, guild_id: int) -> list[StoryChange]:
        """Return the changes of a server, the oldest first."""
        async with self._database.reading() as connection:
            return await changes_of(connection, guild_id)

    async def merge(self, guild_id: int, story_id: int, into_id: int, user_id: int) -> int:
        """Merge a story, including articles that join it later, into another one, for one server. Return the
        change's id.

        Raises NotFound if the server sees no such story, and LimitReached.
        """
        async with self._database.writing() as connection:
            for one in (story_id, into_id):
                await _seen_articles(connection, guild_id, one)
            return await self._note(connection, guild_id, StoryChangeKind.MERGE, story_id, into_id, (), user_id)

    async def split(self, guild_id: int, story_id: int, article_ids: Collection[int], user_id: int) -> int:
        """Turn articles of a story into a story of their own, for one server. Return the id of the new story.

        Raises NotFound if the server sees no such articles in the story, or if none would be left.
        """
        async with self._database.writing() as connection:
            seen = {row.id: row for row in await _seen_articles(connection, guild_id, story_id)}
            parted = [row for article_id, row in seen.items() if article_id in set(article_ids)]
            if not parted or len(parted) == len(seen):
                raise NotFound(_("The story has no such articles, or no others: there is nothing to split."))
            times = [row.published_at for row in parted]
            # without terms, no further article joins it: a server's change affects nobody else
            new = {"terms": {}, "size": len(parted), "first_at": min(times), "last_at": max(times)}
            created = await connection.execute(insert(StoryRow).values(new).returning(StoryRow.id))
            into_id: int = created.scalar_one()
            ids = sorted(row.id for row in parted)
            await self._note(connection, guild_id, StoryChangeKind.SPLIT, story_id, into_id, ids, user_id)
            return into_id

    async def undo(self, guild_id: int) -> StoryChange:
        """Undo the newest change by a server, and return it. Raises NotFound if there is none."""
        async with self._database.writing() as connection:
            changes = await changes_of(connection, guild_id)
            if not changes:
                raise NotFound(_("There is no change of a story to undo in this server."))
            last = changes[-1]
            await connection.execute(delete(StoryChangeRow).where(StoryChangeRow.id == last.id))
            if last.kind is StoryChangeKind.SPLIT:
                await connection.execute(delete(StoryRow).where(StoryRow.id == last.into_id))
            return last

    async def story(self, guild_id: int | None, story_id: int) -> SeenStory:
        """Return a story as a server sees it; None is the host. Former ids are known. Raises NotFound."""
        async with self._database.reading() as connection:
            alias = select(StoryAliasRow.story_id).where(StoryAliasRow.former_id == known_id(story_id))
            story_id = (await connection.execute(alias)).scalar() or story_id
            changes = [] if guild_id is None else await changes_of(connection, guild_id)
            for change in changes:
                if change.kind is StoryChangeKind.MERGE and change.story_id == story_id:
                    story_id = change.into_id
            rows = await _seen_articles(connection, guild_id, story_id, changes)
            printed = await printings(connection, [row.id for row in rows], guild_id)
            query = select(StoryRow.terms).where(StoryRow.id.in_([story_id, *(row.story_id for row in rows)]))
            terms = next((terms for terms in (await connection.execute(query)).scalars() if terms), {})
        articles = tuple(_article(row, printed.get(row.id)) for row in rows)
        return SeenStory(story_id, terms, articles)

    async def with_article(self, guild_id: int, article_id: int) -> SeenStory:
        """Return the story that contains an article, as a server sees it. Raises NotFound."""
        async with self._database.reading() as connection:
            query = select(ArticleRow.story_id).where(ArticleRow.id == known_id(article_id))
            story_id = (await connection.execute(query)).scalar()
            changes = await changes_of(connection, guild_id)
        if story_id is None:
            raise NotFound(_("There is no such story."))
        return await self.story(guild_id, story_seen(changes, article_id, story_id))

    async def matching(self, guild_id: int, typed: str, limit: int) -> list[tuple[int, str]]:
        """Return the ids and newest headlines of stories with all typed words in a headline, newest first."""
        words = [word for word in typed.split() if word][:8]
        query = (
            select(ArticleRow.id, ArticleRow.story_id, ArticleRow.title)
            .where(
                ArticleRow.story_id.is_not(None),
                ArticleRow.state == ArticleState.EXTRACTED,
                visible_to(guild_id, ArticleRow.id),
                *(ArticleRow.title.icontains(word, autoescape=True) for word in words),
            )
            .order_by(ArticleRow.published_at.desc(), ArticleRow.id.desc())
            .limit(limit * 8)
        )
        stories: dict[int, str] = {}
        async with self._database.reading() as connection:
            changes = await changes_of(connection, guild_id)
            rows = (await connection.execute(query)).all()
            printed = await printings(connection, [row.id for row in rows], guild_id)
        for row in rows:
            title = printed[row.id][0].title if row.id in printed else row.title
            stories.setdefault(story_seen(changes, row.id, row.story_id), title)
        return list(stories.items())[:limit]

    async def _note(
        self,
        connection: AsyncConnection,
        guild_id: int,
        kind: StoryChangeKind,
        story_id: int,
        into_id: int,
        article_ids: Iterable[int],
        user_id: int,
    ) -> int:
        if len(await changes_of(connection, guild_id)) >= MOST_CHANGES:
            raise LimitReached(
                _("This server has changed {most_changes} stories, which is the limit.", most_changes=MOST_CHANGES)
            )
        new = {
            "guild_id": guild_id,
            "kind": kind,
            "story_id": story_id,
            "into_id": into_id,
            "article_ids": list(article_ids),
            "changed_by": user_id,
            "changed_at": self._database.clock(),
        }
        stored = await connection.execute(insert(StoryChangeRow).values(new).returning(StoryChangeRow.id))
        return int(stored.scalar_one())


async def changes_of(connection: AsyncConnection, guild_id: int) -> list[StoryChange]:
    """Return the changes by a server, the oldest first."""
    query = select(StoryChangeRow.__table__).where(StoryChangeRow.guild_id == guild_id)
    rows = await connection.execute(query.order_by(StoryChangeRow.id))
    return [value_of(StoryChange, row, article_ids=tuple(row.article_ids)) for row in rows]


async def _seen_articles(
    connection: AsyncConnection, guild_id: int | None, story_id: int, changes: Sequence[StoryChange] | None = None
) -> list[Any]:
    """Return the articles of a story as a server sees it, oldest first. Raises NotFound if there are none."""
    if changes is None:
        changes = [] if guild_id is None else await changes_of(connection, guild_id)
    known = stories_behind(changes, [known_id(story_id)])
    found: list[Any] = []
    for some in chunks(sorted(known)):
        query = select(
            ArticleRow.id,
            ArticleRow.story_id,
            ArticleRow.title,
            ArticleRow.author,
            ArticleRow.published_at,
            ArticleRow.outlet,
            ArticleRow.url,
            ArticleRow.image_url,
        ).where(
            ArticleRow.story_id.in_(some),
            ArticleRow.state == ArticleState.EXTRACTED,
            visible_to(guild_id, ArticleRow.id),
        )
        newest = query.order_by(ArticleRow.published_at.desc(), ArticleRow.id.desc()).limit(MOST_ARTICLES)
        for row in await connection.execute(with_text(newest)):
            if story_seen(changes, row.id, row.story_id) == story_id:
                found.append(row)  # noqa: PERF401
    if not found:
        raise NotFound(_("There is no such story."))
    return sorted(found, key=lambda row: (row.published_at, row.id))[-MOST_ARTICLES:]


def _article(row: Any, printed: Sequence[Printing] | None) -> StoryArticle:
    places = tuple(printed or [Printing(row.outlet, row.url, row.title, row.published_at, row.image_url)])
    return StoryArticle(row.id, places[0].title, row.author, row.text, places[0].published_at, places)
