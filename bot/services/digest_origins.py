"""The independent sources of the stories in a digest."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.model.digests import DigestArticle
from bot.store import Store
from bot.stories.origins import PublishedText, origins_of

Origins = dict[tuple[tuple[int, str], ...], dict[int, str]]
"""The origins of articles, by the articles and outlets that share a story."""


async def with_origins(
    store: Store, articles: Sequence[DigestArticle], known: Origins | None = None
) -> list[DigestArticle]:
    """Return `articles` with the origins of those that share a story with others.

    Stories that are `known` are not compared again; newly compared ones are added to them.
    """
    stories: defaultdict[int, list[DigestArticle]] = defaultdict(list)
    for article in articles:
        if article.story_id is not None:
            stories[article.story_id].append(article)
    shared = [members for members in stories.values() if len({article.outlet for article in members}) > 1]
    known = {} if known is None else known
    if new := [members for members in shared if _named(members) not in known]:
        texts = await store.digests.texts([article.article_id for members in new for article in members])
        # whole texts are compared
        known |= await asyncio.to_thread(_origins, new, texts)
    origins = {one: origin for members in shared for one, origin in known[_named(members)].items()}
    return [
        replace(article, origin=origins[article.article_id]) if article.article_id in origins else article
        for article in articles
    ]


def _named(members: Sequence[DigestArticle]) -> tuple[tuple[int, str], ...]:
    return tuple((article.article_id, article.outlet) for article in members)


def _origins(stories: Sequence[Sequence[DigestArticle]], texts: Mapping[int, tuple[str | None, str]]) -> Origins:
    found: Origins = {}
    for members in stories:
        ordered = sorted(members, key=lambda article: (article.published_at, article.article_id))
        stored = [article for article in ordered if article.article_id in texts]
        given = [PublishedText(a.article_id, a.outlet, *texts[a.article_id]) for a in stored]
        found[_named(members)] = origins_of(given)
    return found
