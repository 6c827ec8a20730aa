"""Answers as files."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.delivery.exports import ENDINGS, exported_claims, exported_trends
from bot.errors import NotFound
from bot.languages.translations import _
from bot.model.claims import ClaimRecord
from bot.model.exports import Export, ExportFormat
from bot.model.queries import ClaimQuery, Form, Sort
from bot.services.claims import claims_still_seen
from bot.services.engine import Services
from bot.services.one_actor import claims_of_one
from bot.services.relevance import most_relevant
from bot.services.told_stories import claims_of_story
from bot.services.trending import trends_of

MOST = 500
"""Claims in a file: as many as the store returns well within its two seconds."""
_NAMES = {
    Form.CLAIMS: "said",
    Form.ACTORS: "topic",
    Form.PROFILE: "actor",
    Form.COMPARISON: "compared",
    Form.TIMELINE: "timeline",
    Form.TRENDS: "trending",
    Form.STORY: "story",
    Form.MISSED: "missed",
    Form.CHECKED: "checked",
}


async def exported(services: Services, query: ClaimQuery, wanted: ExportFormat) -> Export:
    """Return the answer to a query as a file: all its claims up to `MOST` of each actor, or its trends.

    Raises NotFound if there is nothing to export, BadInput if this format is not available for it, and TooSlow.
    """
    now = services.clock()
    name = f"hearsay-{_NAMES[query.form]}-{now:%Y-%m-%d}.{ENDINGS[wanted]}"
    if query.form is Form.TRENDS:
        trends = (await trends_of(services, query)).trends
        if not trends:
            raise NotFound(_("There is nothing to export: nothing is said more often than usual."))
        return Export(name, exported_trends(trends, wanted), len(trends), "trend")
    claims, more = await _claims(services, query)
    if not claims:
        raise NotFound(_("There is nothing to export: no claims were found."))
    content = await asyncio.to_thread(exported_claims, claims, wanted, now)
    return Export(name, content, len(claims), "claim", more)


async def _claims(services: Services, query: ClaimQuery) -> tuple[Sequence[ClaimRecord], bool]:
    """Return the claims of an answer in its order, and whether there are more."""
    if query.claims is not None:
        return await claims_still_seen(services, query.guild_id, query.claims), False
    if query.form is Form.STORY:
        claims = await claims_of_story(services, query, MOST + 1)
        return claims[:MOST], len(claims) > MOST
    if query.form in (Form.PROFILE, Form.TIMELINE, Form.COMPARISON):
        asked = [query, replace(query, actor=query.other)] if query.form is Form.COMPARISON else [query]
        found = [one for each in asked if (one := await claims_of_one(services, each, MOST)) is not None]
        claims = [claim for one in found for claim in one.claims]
        if query.form is Form.TIMELINE:
            claims.reverse()
        return claims, any(one.more for one in found)
    page = await services.store.claims.search(query, limit=MOST)
    relevant = query.sort is Sort.RELEVANT
    return most_relevant(page.claims, query.topic or "") if relevant else page.claims, page.more
