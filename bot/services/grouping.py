"""Groups a list of articles by event, and a list of claims by meaning: no database, nothing stored."""

from collections.abc import Mapping, Sequence

from bot.digests.merging import groups_of
from bot.model.digests import DigestClaim
from bot.model.stories import ArticleToGroup
from bot.stories.index import StoryIndex
from bot.stories.passes import ROUNDS, StoryPass, passes_of
from bot.stories.terms import terms_of


def grouped_by_event(articles: Sequence[ArticleToGroup]) -> list[tuple[ArticleToGroup, int]]:
    """Return the articles in the order of their moments, each with the number of its story.

    They are placed in passes, as the runner does with waiting articles. All have to be known first, because an
    article may show that two stories are one.
    """
    index = StoryIndex()
    opened = 0
    merged: dict[int, int] = {}
    grouped: list[tuple[ArticleToGroup, int]] = []
    ordered = sorted(articles, key=lambda article: article.published_at)
    for together in passes_of(ordered):
        vectors = [terms_of(article) for article in together]
        story_pass = StoryPass(index)
        for _ in range(ROUNDS):
            for article, terms in zip(together, vectors, strict=True):
                story_pass.place(article, terms)
        numbers: dict[int, int] = {}
        for article, terms in zip(together, vectors, strict=True):
            place = story_pass.placed(article)
            story_id = place.story_id
            if place.is_new:
                opened += place.story_id not in numbers
                story_id = numbers.setdefault(place.story_id, opened)
            index.joined(story_id, terms, article.published_at)
            grouped.append((article, story_id))
            for gone in place.absorbed:
                index.merge(gone, story_id)
                merged[gone] = story_id
    return [(article, _stays(merged, story_id)) for article, story_id in grouped]


def _stays(merged: Mapping[int, int], story_id: int) -> int:
    while story_id in merged:
        story_id = merged[story_id]
    return story_id


def grouped_by_meaning(claims: Sequence[DigestClaim]) -> list[list[DigestClaim]]:
    """Return the claims in groups of equal ones, as a digest merges them."""
    return [list(group) for group in groups_of(claims)]
