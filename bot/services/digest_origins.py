"""The independent sources of the stories in a digest."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.model.digests import DigestArticle
from bot.store import Store
from bot.stories.origins import PublishedText, origins_of


async def with_origins(store: Store, articles: Sequence[DigestArticle]) -> list[DigestArticle]:
    """Return `articles` with the origins of those that are in one story with others."""
    stories: defaultdict[int, list[DigestArticle]] = defaultdict(list)
    for article in articles:
        if article.story_id is not None:
            stories[article.story_id].append(article)
    shared = [members for members in stories.values() if len({article.outlet for article in members}) > 1]
    texts = await store.digests.texts([article.article_id for members in shared for article in members])
    # whole texts are compared
    origins = await asyncio.to_thread(_origins, shared, texts)
    return [replace(article, origin=origins.get(article.article_id, article.origin)) for article in articles]


def _origins(
    stories: Sequence[Sequence[DigestArticle]], texts: Mapping[int, tuple[str | None, str]]
) -> dict[int, str]:
    found: dict[int, str] = {}
    for members in stories:
        ordered = sorted(members, key=lambda article: (article.published_at, article.article_id))
        known = [article for article in ordered if article.article_id in texts]
        found |= origins_of([PublishedText(a.article_id, a.outlet, *texts[a.article_id]) for a in known])
    return found
