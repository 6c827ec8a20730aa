"""Articles of a list grouped by event, and claims of a list that say the same: no database, nothing stored."""

from collections.abc import Iterator, Sequence

from bot.digests.merging import groups_of
from bot.model.digests import DigestClaim
from bot.model.stories import ArticleToGroup
from bot.stories.grouping import StoryIndex, terms_of


def grouped_by_event(articles: Sequence[ArticleToGroup]) -> Iterator[tuple[ArticleToGroup, int]]:
    """Yield each article with the number of its story, in the order in which they were published."""
    index = StoryIndex()
    opened = 0
    for article in sorted(articles, key=lambda article: article.published_at):
        terms = terms_of(article)
        story_id = index.assign(article, terms)
        if story_id is None:
            opened += 1
            story_id = opened
        index.joined(story_id, terms, article.published_at)
        yield article, story_id


def grouped_by_meaning(claims: Sequence[DigestClaim]) -> list[list[DigestClaim]]:
    """Return the claims in groups, each of claims that say the same, as a digest merges them."""
    return [list(group) for group in groups_of(claims)]
