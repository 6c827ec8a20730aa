"""Stories: their presentation, their sources, and managers' changes to them for their server."""

import asyncio
from collections.abc import Collection, Sequence
from zoneinfo import ZoneInfo

from bot.errors import BadInput
from bot.languages.translations import _
from bot.model.claims import ClaimRecord
from bot.model.queries import ClaimQuery, Form
from bot.model.story_changes import StoryChange
from bot.model.story_told import ArticleOfStory, DayOfStory, StoryTold
from bot.services.engine import Services
from bot.services.feeds import SUGGESTIONS
from bot.services.server_settings import confidence_of, timezone_of
from bot.store.servers.story_changes import SeenStory
from bot.stories.origins import PublishedText, origins_of
from bot.stories.telling import Told, best_headline, course_of, lead_of


async def story_told(services: Services, guild_id: int | None, story_id: int) -> StoryTold:
    """Return a story with its title, lead, course and sources. Raises NotFound if the server sees none of it."""
    story = await services.store.story_changes.story(guild_id, story_id)
    zone = ZoneInfo(await timezone_of(services, guild_id) if guild_id is not None else "UTC")
    # whole texts are compared
    return await asyncio.to_thread(_told, story, zone)


async def story_query(services: Services, guild_id: int, story_id: int) -> ClaimQuery:
    """Return the query for the claims of a story."""
    confidence = await confidence_of(services, guild_id)
    return ClaimQuery(guild_id, minimum_confidence=confidence, form=Form.STORY, story=story_id)


async def claims_of_story(services: Services, query: ClaimQuery, most: int) -> list[ClaimRecord]:
    """Return at most `most` claims of the story of a query, article by article, the newest article first.

    Raises NotFound if the server no longer sees anything of the story.
    """
    story = await services.store.story_changes.story(query.guild_id, query.story or 0)
    claims: list[ClaimRecord] = []
    for article in sorted(story.articles, key=lambda one: one.published_at, reverse=True):
        if len(claims) >= most:
            break
        _printed, some = await services.store.claims.of_article(
            article.article_id, query.guild_id or 0, query.minimum_confidence
        )
        claims += some
    return claims[:most]


async def matching_stories(services: Services, guild_id: int, typed: str) -> list[tuple[int, str]]:
    """Return the ids and newest headlines of recent stories with all typed words in a headline, newest first."""
    return await services.store.story_changes.matching(guild_id, typed, SUGGESTIONS)


async def split_story(
    services: Services, guild_id: int, story_id: int, article_ids: Collection[int], user_id: int
) -> int:
    """Turn articles of a story into another story for this server, permanently. Return the id of the other story.

    Posted messages stay as they are, and nothing is posted again. Raises NotFound, LimitReached.
    """
    return await services.store.story_changes.split(guild_id, story_id, article_ids, user_id)


async def merge_stories(services: Services, guild_id: int, story_id: int, into_id: int, user_id: int) -> None:
    """Merge two stories for this server, including articles that join either later.

    Raises BadInput, NotFound, LimitReached.
    """
    if story_id == into_id:
        raise BadInput(_("This is one story already. Pick two different ones."))
    await services.store.story_changes.merge(guild_id, story_id, into_id, user_id)


async def undo_story_change(services: Services, guild_id: int) -> StoryChange:
    """Undo the newest split or merge by this server. Raises NotFound if there is none."""
    return await services.store.story_changes.undo(guild_id)


def _told(story: SeenStory, zone: ZoneInfo) -> StoryTold:
    articles = [Told(a.article_id, a.title, a.text, a.published_at) for a in story.articles]
    origins = origins_of(
        [PublishedText(a.article_id, a.printed[0].outlet, a.author, a.text) for a in story.articles]
    )
    of_story = {
        a.article_id: ArticleOfStory(a.article_id, a.title, a.published_at, origins[a.article_id], a.printed)
        for a in story.articles
    }
    best = best_headline(articles, story.terms)
    return StoryTold(
        story.story_id,
        best.title,
        lead_of(best),
        of_story[best.article_id].printed[0].url,
        tuple(
            DayOfStory(day.day, day.headline.title, tuple(of_story[a.article_id] for a in day.articles))
            for day in course_of(articles, story.terms, zone)
        ),
        _each_once([place.outlet for a in story.articles for place in a.printed]),
        _each_once(list(origins.values())),
    )


def _each_once(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
