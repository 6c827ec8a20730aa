"""Digests: composed when due or on demand, and put into the outbox."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.delivery.render import messages_of
from bot.digests.compose import compose
from bot.digests.filtering import passes
from bot.digests.filters import Node, parsed_filter
from bot.digests.schedule import next_slot
from bot.errors import NotFound
from bot.model.digests import Cadence, Digest, DigestArticle, FilterableArticle, Subscription
from bot.services.core import Services
from bot.services.subscriptions import DigestWish, unkept_subscription
from bot.store import Store


@dataclass(frozen=True, slots=True)
class PostedNow:
    """A digest that is on its way. `digest` is None where there was nothing new."""

    subscription: Subscription
    digest: Digest | None


async def post_now(services: Services, subscription: Subscription) -> PostedNow:
    """Put the digest of a subscription into the outbox at once, and let it be posted.

    Its plan stays as it was. A paused subscription is resumed: whoever asks has seen to the reason.
    """
    now = services.clock()
    s = subscription
    if s.paused_reason is not None:
        await services.store.subscriptions.resume(s.id)
    due = s.next_at <= now
    next_at = next_slot(s.cadence, s.at, s.weekday, s.timezone, now) if due else s.next_at
    # asking for a digest is no slot of the plan: the slot is now, also where the plan is overdue
    digest = await compose_digest(services.store, replace(s, next_at=next_at), now, next_at)
    services.runner.wake()
    return PostedNow(s, digest)


async def digest_sample(services: Services, guild_id: int, wish: DigestWish) -> Digest | None:
    """Return what a channel without a subscription would get now; nothing is kept of it."""
    sample = await unkept_subscription(services, guild_id, wish)
    return await digest_for(services.store, sample, services.clock())


async def digest_claims(services: Services, guild_id: int, nonce: str) -> list[int]:
    """Return the claims that a digest message of this server shows. Raises NotFound."""
    try:
        await services.store.deliveries.by_nonce(nonce, guild_id)
        claim_ids = await services.store.deliveries.claim_ids(nonce)
    except NotFound:
        claim_ids = []
    if not claim_ids:
        raise NotFound("The evidence of this digest is no longer kept.")
    return claim_ids


MOST_ARTICLES = 200
"""How many unshown articles go into one digest at the most."""
MOST_FILTERED = 10 * MOST_ARTICLES
"""How many unshown articles a filter is tried on for one digest."""


def span_of(cadence: Cadence) -> timedelta:
    """Return how far back a digest of this cadence looks for articles."""
    return timedelta(days=8) if cadence is Cadence.WEEKLY else timedelta(days=2)


async def digest_for(store: Store, subscription: Subscription, now: datetime) -> Digest | None:
    """Return what `subscription` would get at `now`, or None where there is nothing new."""
    articles = await _wanted_articles(store, subscription, since=now - span_of(subscription.cadence))
    return compose(subscription, articles, now)


async def _wanted_articles(store: Store, subscription: Subscription, *, since: datetime) -> list[DigestArticle]:
    """Return unshown articles that pass the filter of `subscription`, the newest first.

    What does not pass is left as it is: it is shown once a changed filter wants it. Raises BadInput for a filter
    that cannot be read.
    """
    if not subscription.filter:
        return await store.digests.unshown_articles(subscription, since=since, limit=MOST_ARTICLES)
    wanted: list[DigestArticle] = []
    node = parsed_filter(subscription.filter)
    for offset in range(0, MOST_FILTERED, MOST_ARTICLES):
        articles = await store.digests.unshown_articles(
            subscription, since=since, limit=MOST_ARTICLES, offset=offset
        )
        seen = await store.filtering.of(subscription, [article.article_id for article in articles])
        # folding the words of whole texts takes long enough to be felt on the event loop
        passing = await asyncio.to_thread(_passing, node, seen)
        wanted += [article for article in articles if article.article_id in passing]
        if len(articles) < MOST_ARTICLES or len(wanted) >= MOST_ARTICLES:
            break
    return wanted[:MOST_ARTICLES]


def _passing(node: Node, articles: Mapping[int, FilterableArticle]) -> set[int]:
    return {article_id for article_id, article in articles.items() if passes(node, article)}


async def compose_digest(
    store: Store, subscription: Subscription, now: datetime, next_at: datetime
) -> Digest | None:
    """Put the digest of `subscription` into the outbox and set its next slot; None where nothing is new."""
    digest = await digest_for(store, subscription, now)
    if digest is None:
        await store.subscriptions.reschedule(subscription.id, next_at)
        return None

    def nonce_of(part: int) -> str:
        return hashlib.sha256(f"{subscription.id}:{digest.slot.isoformat()}:{part}".encode()).hexdigest()[:22]

    messages = messages_of(digest, nonce_of)
    payloads = [(nonce_of(part), payload) for part, payload in enumerate(messages)]
    await store.deliveries.put(subscription.id, digest.slot, payloads, digest.article_ids, next_at)
    return digest
