"""Stories of posted digests, in full."""

import asyncio
from collections.abc import Sequence

from bot.digests.merging import merged
from bot.digests.salience import most_salient
from bot.digests.shown_stories import shown_digest
from bot.errors import NotFound
from bot.languages.translations import N_
from bot.model.digests import DigestArticle, DigestStory, MergedClaim
from bot.services.engine import Services
from bot.services.server_settings import confidence_of

GONE = N_("This digest is no longer stored. Newer digests have all of their stories.")


async def told_message(services: Services, guild_id: int, nonce: str) -> tuple[DigestStory, ...]:
    """Return the stories of a digest message of this server, as it shows them. Raises NotFound."""
    message = await services.store.deliveries.posted(nonce, guild_id)
    digest = shown_digest(message.shows.get("digest", {})) if message is not None else None
    if digest is None:
        raise NotFound(GONE)
    return digest.stories


async def told_story(
    services: Services, guild_id: int, nonce: str, place: int
) -> tuple[tuple[DigestStory, ...], list[MergedClaim]]:
    """Return the stories of a digest message of this server, and all claims of the one at `place`, best first.

    They are the present claims of its articles with the confidence that this server's digests require. Claims
    shown in the message are always included, if they still exist. Raises NotFound.
    """
    stories = await told_message(services, guild_id, nonce)
    if not 0 <= place < len(stories):
        raise NotFound(GONE)
    story = stories[place]
    articles = await services.store.digests.as_now(story.article_ids, guild_id)
    minimum = await confidence_of(services, guild_id)
    shown = {one.claim.claim_id for one in story.claims}
    return stories, await asyncio.to_thread(_claims, list(articles.values()), minimum, shown)


def _claims(articles: Sequence[DigestArticle], minimum: float, shown: set[int]) -> list[MergedClaim]:
    sure = [c for a in articles for c in a.claims if c.confidence >= minimum or c.claim_id in shown]
    claims = merged(sure)
    return list(most_salient(claims, [article.title for article in articles], len(claims)))
