"""Articles of a list grouped by event, and claims of a list that say the same: no database, nothing stored."""

from collections.abc import Sequence

from bot.digests.merging import groups_of
from bot.model.digests import DigestClaim
from bot.model.stories import ArticleToGroup
from bot.stories.grouping import placing
from bot.stories.index import StoryIndex
from bot.stories.terms import terms_of


def grouped_by_event(articles: Sequence[ArticleToGroup]) -> list[tuple[ArticleToGroup, int]]:
    """Return the articles in the order of their moments, each with the number of its story.

    All have to be known first: an article may show that two stories are one.
    """
    index = StoryIndex()
    opened = 0
    grouped: list[tuple[ArticleToGroup, int]] = []
    for article in sorted(articles, key=lambda article: article.published_at):
        terms = terms_of(article)
        place = placing(index, article, terms)
        opened += place.story_id is None
        story_id = opened if place.story_id is None else place.story_id
        index.joined(story_id, terms, article.published_at)
        grouped.append((article, story_id))
        if place.absorbed is not None:
            index.merge(place.absorbed, story_id)
            grouped = [(a, story_id if known == place.absorbed else known) for a, known in grouped]
    return grouped


def grouped_by_meaning(claims: Sequence[DigestClaim]) -> list[list[DigestClaim]]:
    """Return the claims in groups, each of claims that say the same, as a digest merges them."""
    return [list(group) for group in groups_of(claims)]
