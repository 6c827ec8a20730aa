"""One claim in the wordings of several outlets."""

import asyncio

from bot.digests.wordings import wordings_of
from bot.errors import ClaimGone
from bot.model.wordings import Wordings
from bot.services.claims import evidence_of
from bot.services.engine import Services


async def wordings_of_claim(services: Services, guild_id: int, claim_id: int) -> Wordings:
    """Return how the outlets of a server word a claim. Raises NotFound if it sees no such claim."""
    claim = (await evidence_of(services, guild_id, claim_id)).claim
    story = await services.store.story_changes.with_article(guild_id, claim.article_id)
    found = await services.store.digests.as_now([article.article_id for article in story.articles], guild_id)
    claims = [one for article in found.values() for one in article.claims]
    # each claim is compared with all others
    wordings = await asyncio.to_thread(wordings_of, claim_id, claims)
    if wordings is None:
        raise ClaimGone
    return wordings
