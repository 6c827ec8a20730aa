"""Stories and the articles in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFound
from bot.languages.translations import _
from bot.model.stories import ArticleToGroup, StoryProfile
from bot.store.actors.actors import named_actors
from bot.store.actors.seen_actors import SeenActors
from bot.store.articles.texts import with_text
from bot.store.database import Database, known_id
from bot.store.schema.columns import ArticleState, SetbackStep
from bot.store.schema.news_tables import ArticleRow, StoryAliasRow, StoryRow
from bot.store.schema.server_tables import StoryChangeRow
from bot.store.schema.values import value_of
from bot.store.setbacks import is_held
from bot.stories.terms import summed


class Stories:
    """The stories."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def to_group(self, limit: int) -> list[ArticleToGroup]:
        """Return extracted articles that are not in a story yet, in order of publication."""
        query = (
            select(ArticleRow.id.label("article_id"), ArticleRow.title, ArticleRow.published_at)
            .where(ArticleRow.state == ArticleState.EXTRACTED, ArticleRow.story_id.is_(None))
            .where(~is_held(SetbackStep.GROUP, ArticleRow.id, self._database.clock()))
            .order_by(ArticleRow.published_at, ArticleRow.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(with_text(query))).all()
            actors = await named_actors(connection, [row.article_id for row in rows], SeenActors())
        return [value_of(ArticleToGroup, row, actors=actors.get(row.article_id, ())) for row in rows]

    async def profiles(self, since: datetime, *, after: int = 0, limit: int = 500) -> list[StoryProfile]:
        """Return the stories with an article at `since` or later, by id, at most `limit` after the id `after`."""
        query = select(StoryRow.id.label("story_id"), StoryRow.terms, StoryRow.size, StoryRow.last_at)
        query = query.where(StoryRow.last_at >= since, StoryRow.id > after).order_by(StoryRow.id).limit(limit)
        async with self._database.reading() as connection:
            return [value_of(StoryProfile, row) for row in await connection.execute(query)]

    async def save(self, article_id: int, story_id: int | None, terms: Mapping[str, float]) -> int:
        """Put an article into a story, or a new one for None, and add the article's `terms` to it. Return its id.

        An article that is already in a story stays there, and nothing is added twice. Raises NotFound.
        """
        async with self._database.writing() as connection:
            query = select(ArticleRow.story_id, ArticleRow.published_at).where(
                ArticleRow.id == known_id(article_id)
            )
            article = (await connection.execute(query.with_for_update())).first()
            if article is None:
                raise NotFound(_("There is no such article."))
            if article.story_id is not None:
                return int(article.story_id)
            at = article.published_at
            if story_id is None:
                new = {"terms": summed({}, terms), "size": 1, "first_at": at, "last_at": at}
                created = insert(StoryRow).values(new).returning(StoryRow.id)
                story_id = (await connection.execute(created)).scalar_one()
            else:
                known = select(StoryRow.__table__).where(StoryRow.id == known_id(story_id)).with_for_update()
                story = (await connection.execute(known)).first()
                if story is None:
                    raise NotFound(_("There is no such story."))
                changed = {
                    "terms": summed(story.terms, terms),
                    "size": story.size + 1,
                    "first_at": min(story.first_at, at),
                    "last_at": max(story.last_at, at),
                }
                await connection.execute(update(StoryRow).where(StoryRow.id == story_id).values(changed))
            placed = update(ArticleRow).where(ArticleRow.id == article_id).values(story_id=story_id)
            await connection.execute(placed)
            return story_id

    async def absorb(self, story_id: int, into: int) -> None:
        """Move the articles of a story to the story `into`, which is found by both ids from then on.

        Raises NotFound if there is no story `into`. Does nothing if `story_id` is already gone.
        """
        async with self._database.writing() as connection:
            found = {row.id: row for row in await connection.execute(_locked([story_id, into]))}
            if into not in found:
                raise NotFound(_("There is no such story."))
            if story_id == into or (gone := found.get(story_id)) is None:
                return
            stays = found[into]
            changed = {
                "terms": summed(stays.terms, gone.terms),
                "size": stays.size + gone.size,
                "first_at": min(stays.first_at, gone.first_at),
                "last_at": max(stays.last_at, gone.last_at),
            }
            await connection.execute(update(StoryRow).where(StoryRow.id == into).values(changed))
            await _replace(connection, story_id, into)
            await connection.execute(delete(StoryRow).where(StoryRow.id == story_id))


def _locked(story_ids: Sequence[int]) -> Any:
    """Return the query for stories, in an order that prevents deadlocks between writers."""
    known = [known_id(story_id) for story_id in story_ids]
    return select(StoryRow.__table__).where(StoryRow.id.in_(known)).order_by(StoryRow.id).with_for_update()


async def _replace(connection: AsyncConnection, story_id: int, into: int) -> None:
    """Move references from a story to another one, and keep its id as an alias."""
    moved = update(ArticleRow).where(ArticleRow.story_id == story_id).values(story_id=into)
    await connection.execute(moved)
    older = update(StoryAliasRow).where(StoryAliasRow.story_id == story_id).values(story_id=into)
    await connection.execute(older)
    await connection.execute(insert(StoryAliasRow).values(former_id=story_id, story_id=into))
    for column in (StoryChangeRow.story_id, StoryChangeRow.into_id):
        await connection.execute(update(StoryChangeRow).where(column == story_id).values({column.key: into}))
