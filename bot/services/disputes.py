"""Where the sources of a story contradict each other, as far as that is certain."""

import asyncio
from collections.abc import Sequence

from bot.digests.disputes import disputes_of
from bot.digests.figures import differing_figures
from bot.model.digests import DigestArticle
from bot.model.disputes import Disagreements
from bot.services.engine import Services
from bot.services.server_settings import confidence_of


async def disagreements_in(services: Services, guild_id: int, story_id: int) -> Disagreements:
    """Return the disagreements between the sources of a story, as a server sees it. Raises NotFound.

    Only claims with the confidence that this server's digests require count.
    """
    story = await services.store.story_changes.story(guild_id, story_id)
    found = await services.store.digests.as_now([article.article_id for article in story.articles], guild_id)
    minimum = await confidence_of(services, guild_id)
    ordered = [found[article.article_id] for article in story.articles if article.article_id in found]
    # each denial is compared with all claims
    return await asyncio.to_thread(_disagreements, ordered, minimum)


def _disagreements(articles: Sequence[DigestArticle], minimum: float) -> Disagreements:
    claims = [claim for article in articles for claim in article.claims if claim.confidence >= minimum]
    title = articles[0].title if articles else ""
    return Disagreements(tuple(disputes_of(claims)), tuple(differing_figures(claims)), title)
