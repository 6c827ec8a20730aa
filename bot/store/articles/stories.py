"""Stories and the articles in them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.errors import NotFound
from bot.model.stories import ArticleToGroup, StoryProfile
from bot.store.actors.actors import named_actors
from bot.store.database import Database, known_id
from bot.store.schema.columns import ArticleState, SetbackStep
from bot.store.schema.news_tables import ArticleRow, StoryRow
from bot.store.schema.values import value_of
from bot.store.setbacks import is_held
from bot.stories.grouping import summed


class Stories:
    """The stories."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def to_group(self, limit: int) -> list[ArticleToGroup]:
        """Return extracted articles that are not in a story yet, in order of publication."""
        query = (
            select(ArticleRow.id.label("article_id"), ArticleRow.title, ArticleRow.text, ArticleRow.published_at)
            .where(ArticleRow.state == ArticleState.EXTRACTED, ArticleRow.story_id.is_(None))
            .where(~is_held(SetbackStep.GROUP, ArticleRow.id, self._database.clock()))
            .order_by(ArticleRow.published_at, ArticleRow.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
            actors = await named_actors(connection, [row.article_id for row in rows])
        return [value_of(ArticleToGroup, row, actors=actors.get(row.article_id, ())) for row in rows]

    async def profiles(self, since: datetime) -> list[StoryProfile]:
        """Return the stories with an article published at `since` or later."""
        query = select(StoryRow.id.label("story_id"), StoryRow.terms, StoryRow.size, StoryRow.last_at)
        async with self._database.reading() as connection:
            rows = await connection.execute(query.where(StoryRow.last_at >= since).order_by(StoryRow.id))
            return [value_of(StoryProfile, row) for row in rows]

    async def save(self, article_id: int, story_id: int | None, terms: Mapping[str, float]) -> int:
        """Put an article into a story, or a new one for None, and add the article's `terms` to it. Return its id.

        An article that is in a story stays there, and nothing is added twice. Raises NotFound.
        """
        async with self._database.writing() as connection:
            query = select(ArticleRow.story_id, ArticleRow.published_at).where(
                ArticleRow.id == known_id(article_id)
            )
            article = (await connection.execute(query.with_for_update())).first()
            if article is None:
                raise NotFound("There is no such article.")
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
                    raise NotFound("There is no such story.")
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
