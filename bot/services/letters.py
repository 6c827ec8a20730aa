"""Letters: news about what a person or a channel follows, from the articles that the server sees."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.delivery.letters import CLAIMS_SHOWN, letter_message
from bot.errors import NotFound
from bot.languages.known_languages import language_of
from bot.languages.spoken import speaking
from bot.model.claims import ClaimRecord, Evidence
from bot.model.follows import Follow, FollowKind
from bot.model.queries import ClaimQuery
from bot.services.claims import evidence_of
from bot.services.engine import Engine, Services
from bot.services.follows import next_letter
from bot.services.server_settings import confidence_of
from bot.store.servers.letters import NewLetter
from bot.text.folding import fold

LOOKS_BACK = timedelta(days=2)
"""Older articles are not news, even if no letter could be sent in the meantime."""
SEARCHED = 60
"""How many of the newest claims of each follow are examined."""
CLAIMS_AN_ARTICLE = 3


async def write_letter(engine: Engine, follow: Follow) -> bool:
    """Put the news about a follow, and all that share its letter, into the outbox. Return whether there is any.

    Raises ShownMeanwhile if a digest in the channel showed one of the articles in the meantime.
    """
    store, now = engine.store, engine.clock()
    together = await store.follows.companions(follow)
    if not together:
        return False
    next_at = next_letter(follow.reach, now)
    minimum = await confidence_of(engine, follow.guild_id)
    found: dict[int, dict[int, ClaimRecord]] = {}
    news: list[Follow] = []
    for one in together:
        claims = await _news_of(engine, one, minimum, now)
        if claims:
            news.append(one)
        for claim in claims:
            found.setdefault(claim.article_id, {})[claim.id] = claim
    if not found:
        await store.follows.reschedule([one.id for one in together], next_at)
        return False
    shown, more = _chosen({article_id: list(claims.values()) for article_id, claims in found.items()})
    nonce = secrets.token_hex(11)
    with speaking(language_of(follow.reach.language)):
        payload = letter_message(news, shown, more, nonce=nonce, now=now)
    letter = NewLetter(
        follows=tuple(together),
        nonce=nonce,
        payload=payload,
        article_ids=tuple(sorted(found)),
        claim_ids=tuple(claim.id for claim in shown),
    )
    await store.letters.put(letter, next_at)
    return True


async def evidence_in_letter(services: Services, nonce: str, channel_id: int, claim_id: int) -> Evidence:
    """Return a claim of a letter in this channel in its context. Raises NotFound."""
    letter = await services.store.letters.showing(nonce, channel_id, claim_id)
    return await evidence_of(services, letter.guild_id, claim_id)


async def _news_of(engine: Engine, follow: Follow, minimum: float, now: datetime) -> list[ClaimRecord]:
    """Return the claims of a follow in articles that its place was not told of, the newest first."""
    since = max(follow.since, now - LOOKS_BACK)
    channel_id = follow.reach.channel_id
    if follow.subject.kind is FollowKind.STORY:
        return await _news_of_story(engine, follow, minimum, since)
    query = ClaimQuery(follow.guild_id, since=now - LOOKS_BACK, minimum_confidence=minimum)
    claims = list((await engine.store.claims.search(_asking(query, follow), limit=SEARCHED)).claims)
    if follow.subject.kind is FollowKind.ACTOR:  # a query for a name finds similar ones, too
        known = await engine.store.actor_changes.called(follow.guild_id, follow.subject.name)
        claims = [claim for claim in claims if claim.actor_id in known]
    new = await engine.store.letters.untold(channel_id, [claim.article_id for claim in claims], since)
    return [claim for claim in claims if claim.article_id in new]


def _asking(query: ClaimQuery, follow: Follow) -> ClaimQuery:
    """Return the query for the claims of a follow."""
    name = follow.subject.name
    if follow.subject.kind is FollowKind.ACTOR:
        return replace(query, actor=name)
    return replace(query, topic=name) if follow.subject.kind is FollowKind.TOPIC else replace(query, outlet=name)


async def _news_of_story(engine: Engine, follow: Follow, minimum: float, since: datetime) -> list[ClaimRecord]:
    try:
        story = await engine.store.story_changes.story(follow.guild_id, follow.subject.story_id or 0)
    except NotFound:  # its articles were deleted, or the server has removed their feeds
        return []
    articles = [article.article_id for article in story.articles if article.published_at >= since - LOOKS_BACK]
    new = await engine.store.letters.untold(follow.reach.channel_id, articles, since)
    claims: list[ClaimRecord] = []
    for article_id in sorted(new, reverse=True):
        claims += (await engine.store.claims.of_article(article_id, follow.guild_id, minimum))[1]
    return claims


def _chosen(found: Mapping[int, list[ClaimRecord]]) -> tuple[list[ClaimRecord], int]:
    """Return the claims to show, those of the newest article first, and how many others there are.

    Words that two articles share are shown once.
    """
    articles = sorted(
        found.values(), key=lambda claims: (claims[0].published_at, claims[0].article_id), reverse=True
    )
    chosen: list[ClaimRecord] = []
    seen: set[tuple[str, str]] = set()
    total = 0
    for claims in articles:
        total += len(claims)
        for claim in _surest(claims):
            words = fold(claim.actor or ""), fold(claim.content_text)
            if words not in seen and len(chosen) < CLAIMS_SHOWN:
                chosen.append(claim)
            seen.add(words)
    return chosen, total - len(chosen)


def _surest(claims: Iterable[ClaimRecord]) -> list[ClaimRecord]:
    """Return the claims of an article with the highest confidence, in the order in which they were found."""
    listed = list(claims)
    best = sorted(listed, key=lambda claim: claim.confidence, reverse=True)[:CLAIMS_AN_ARTICLE]
    return [claim for claim in listed if claim in best]
