"""Digests: composed when due or on demand, and put into the outbox."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.delivery.digest_messages import addressed, empty_message, is_by_story, messages_of
from bot.digests.compose import compose
from bot.digests.filtering import passes
from bot.digests.filters import Node, parsed_filter
from bot.digests.schedule import next_slot
from bot.errors import NotFound, ShownMeanwhile
from bot.languages.spoken import speaking
from bot.languages.translations import _
from bot.model.digests import (
    Cadence,
    Composition,
    Digest,
    DigestArticle,
    FilterableArticle,
    Look,
    Plan,
    Selection,
    Subscription,
    ToldBefore,
)
from bot.services.digest_origins import with_origins
from bot.services.digest_wishes import DigestWish, wished
from bot.services.digests_together import MOST_ARTICLES, StoredTogether, Together, span_of
from bot.services.engine import Services
from bot.services.server_settings import language_of_server
from bot.store import Store
from bot.store.servers.deliveries import NewDigest
from bot.store.servers.shared_articles import SharedArticles

COMPOSED_AGAIN = 3
"""How often to compose a digest again because another one in its channel showed some of its articles first."""
_HOUR = timedelta(hours=1)
FIRST_WAITS = timedelta(minutes=30)
"""How long the first digest of a subscription waits at most for feeds that were just added."""
LOOKED_AT_EVERY = timedelta(minutes=1)
"""How often to check whether they were read."""
MOST_FILTERED = 10 * MOST_ARTICLES
"""The most unshown articles that the filter of one digest is tried on."""


@dataclass(frozen=True, slots=True)
class PostedNow:
    """A digest that is about to be posted. `digest` is None if there was nothing new."""

    subscription: Subscription
    digest: Digest | None
    waiting: int = 0
    """How many messages of earlier digests still wait to be posted."""


async def post_now(services: Services, subscription: Subscription) -> PostedNow:
    """Put the digest of a subscription into the outbox now and have it posted.

    Its plan does not change. A paused subscription is resumed: somebody who asks for a digest has dealt with the
    reason.
    """
    now = services.clock()
    if subscription.paused_reason is not None:
        await services.store.subscriptions.resume(subscription.id)
    due = subscription.next_at <= now
    next_at = next_slot(subscription.plan, now) if due else subscription.next_at
    # a requested digest is not a slot of the plan: its slot is now, even if the plan is overdue
    waiting = await services.store.deliveries.waiting(subscription.id)
    if waiting:
        await services.store.deliveries.hasten(subscription.id)
    digest = await compose_digest(services.store, subscription, slot=now, now=now, next_at=next_at, asked=True)
    services.runner.wake()
    return PostedNow(subscription, digest, waiting)


async def retry_unposted(services: Services, guild_id: int, nonce: str) -> PostedNow:
    """Post the messages that a notice of this server is about, and what is new. Raises NotFound."""
    subscription_id = await services.store.notices.subscription_of(nonce, guild_id)
    return await post_now(services, await services.store.subscriptions.get(subscription_id, guild_id))


async def digest_sample(services: Services, guild_id: int | None, wish: DigestWish) -> Digest | None:
    """Return the digest that a channel would get now for `wish`. Nothing is stored.

    Raises what `wished` raises.
    """
    plan, selection, look = await wished(services, guild_id, wish)
    return (await digest_of(services.store, plan, selection, services.clock(), look=look)).digest


async def digest_now(
    services: Services, plan: Plan, selection: Selection, *, unshown_in: int | None = None
) -> Digest | None:
    """Return the digest of `selection` now, or None if there is nothing new; nothing is stored.

    Articles that the channel `unshown_in` was given are left out. Raises BadInput for an invalid filter.
    """
    return (await digest_of(services.store, plan, selection, services.clock(), unshown_in=unshown_in)).digest


async def digest_claims(services: Services, guild_id: int, nonce: str) -> list[int]:
    """Return the claims that a digest message of this server shows. Raises NotFound."""
    try:
        await services.store.deliveries.by_nonce(nonce, guild_id)
        claim_ids = await services.store.deliveries.claim_ids(nonce)
    except NotFound:
        raise NotFound(_("The evidence of this digest is no longer stored.")) from None
    if not claim_ids:
        raise NotFound(_("Nothing new was said in the feeds of this digest. `/why` explains a single article."))
    return claim_ids


async def digest_of(
    store: Store,
    plan: Plan,
    selection: Selection,
    now: datetime,
    *,
    slot: datetime | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    unshown_in: int | None = None,
    look: Look = Look(),  # noqa: B008 - a value that nobody can change
    shared: Together | None = None,
) -> Composition:
    """Return the digest of `selection` at `now`, of the size of `look`, and which articles say nothing new.

    `slot` is when it is due, by default now; articles are those published from `since` on, which by default is as
    long ago as the selection's cadence looks back, and none after `until`. Articles that the channel `unshown_in`
    has been given are left out.
    """
    if shared is None:
        shared = Together(
            await store.digests.shared_by([] if selection.guild_id is None else [selection.guild_id])
        )
    articles = await _wanted_articles(
        store, selection, shared.articles, since=since or now - span_of(plan.cadence), unshown_in=unshown_in
    )
    if since is not None:  # late arrivals may have been published before
        articles = [article for article in articles if since <= article.published_at <= (until or now)]
    articles = await with_origins(store, articles, shared.origins)
    story_ids = [article.story_id for article in articles if article.story_id is not None]
    told: dict[int, ToldBefore] = {}
    if unshown_in is not None and story_ids:
        told = await store.digests.told_before(unshown_in, story_ids, selection, shared.articles)
    # comparing claims would block the event loop for too long
    async with shared.comparing:
        return await asyncio.to_thread(
            compose,
            articles,
            slot or now,
            timezone=plan.timezone,
            minimum_confidence=selection.minimum_confidence,
            told_before=told,
            stories_shown=look.stories,
            claims_shown=look.claims,
        )


async def _wanted_articles(
    store: Store, selection: Selection, shared: SharedArticles, *, since: datetime, unshown_in: int | None
) -> list[DigestArticle]:
    """Return unshown articles that pass the filter of `selection`, the newest first.

    Articles that do not pass are not marked as shown: a changed filter may want them. Raises BadInput if the
    filter is invalid.
    """
    unshown = partial(store.digests.unshown_articles, shared=shared)
    if not selection.filter:
        return await unshown(selection, since=since, limit=MOST_ARTICLES, unshown_in=unshown_in)
    wanted: list[DigestArticle] = []
    node = parsed_filter(selection.filter)
    for offset in range(0, MOST_FILTERED, MOST_ARTICLES):
        articles = await unshown(selection, since=since, limit=MOST_ARTICLES, offset=offset, unshown_in=unshown_in)
        seen = await store.filtering.of(selection, [article.article_id for article in articles])
        # folding the words of whole texts would block the event loop for too long
        passing = await asyncio.to_thread(_passing, node, seen)
        wanted += [article for article in articles if article.article_id in passing]
        if len(articles) < MOST_ARTICLES or len(wanted) >= MOST_ARTICLES:
            break
    return wanted[:MOST_ARTICLES]


def _passing(node: Node, articles: Mapping[int, FilterableArticle]) -> set[int]:
    return {article_id for article_id, article in articles.items() if passes(node, article)}


async def compose_digest(
    store: Store,
    subscription: Subscription,
    *,
    slot: datetime,
    now: datetime,
    next_at: datetime,
    asked: bool = False,
    shared: Together | None = None,
    stored: StoredTogether | None = None,
) -> Digest | None:
    """Put the digest of `subscription` for `slot` into the outbox and set when the next is due.

    Returns None if there is nothing new; in that case, a message says so if the subscription wants that, unless
    somebody `asked` for the digest and is told anyway. Raises BadInput if the filter is invalid.
    """
    room = await _room_for_stories(store, subscription, now)
    if room == 0:
        await store.subscriptions.reschedule(subscription.id, next_at)
        return None
    look = replace(subscription.look, stories=min(room, subscription.look.stories))
    subscription = replace(subscription, look=look)
    for attempt in range(COMPOSED_AGAIN + 1):
        try:
            new, digest = await _new_digest(
                store, subscription, slot=slot, now=now, next_at=next_at, asked=asked, shared=shared
            )
            if stored is not None:
                await stored.put(new)
            else:
                await store.deliveries.put_all([new])
        except ShownMeanwhile:  # another digest for the channel was composed at the same moment
            if attempt == COMPOSED_AGAIN:
                raise
            shared = None  # the shared look-ups no longer apply to this channel
        else:
            return digest
    return None


async def waits_for_reading(store: Store, subscription: Subscription, now: datetime) -> bool:
    """Return whether the first digest of a new subscription should wait, because its feeds are just being read.

    Otherwise it would contain the first story that happens to be read, and the others would come a day later.
    """
    if now - subscription.created_at > FIRST_WAITS:
        return False
    if await store.deliveries.composed_since(subscription.id, subscription.created_at - FIRST_WAITS):
        return False
    return await store.digests.are_being_read(subscription.selection)


async def _room_for_stories(store: Store, subscription: Subscription, now: datetime) -> int:
    """Return how many stories may be composed now: fewer than in a digest if they come one by one."""
    plan = subscription.plan
    if plan.cadence is not Cadence.STORY:
        return subscription.look.stories
    return max(0, plan.most_an_hour - await store.deliveries.composed_since(subscription.id, now - _HOUR))


async def _new_digest(
    store: Store,
    subscription: Subscription,
    *,
    slot: datetime,
    now: datetime,
    next_at: datetime,
    asked: bool,
    shared: Together | None,
) -> tuple[NewDigest, Digest | None]:
    """Return what to store of a subscription's digest, and the digest, or None if nothing is new."""
    plan, look = subscription.plan, subscription.look
    composition = await digest_of(
        store, plan, subscription.selection, now, slot=slot, unshown_in=plan.channel_id, look=look, shared=shared
    )
    digest = composition.digest

    def nonce_of(part: int) -> str:
        return hashlib.sha256(f"{subscription.id}:{slot.isoformat()}:{part}".encode()).hexdigest()[:22]

    language = shared.languages.get(subscription.guild_id) if shared is not None else None
    messages: list[dict[str, Any]] = []
    with speaking(language or await language_of_server(store, subscription.guild_id)):
        if digest is not None:
            messages = messages_of(digest, nonce_of, look.layout, one_by_one=is_by_story(plan))
            messages = addressed(messages, digest, plan)
        elif plan.says_when_empty and not asked and plan.cadence is not Cadence.STORY:
            messages = [empty_message(slot, plan, nonce_of(0))]
    payloads = [(nonce_of(part), message) for part, message in enumerate(messages)]
    shown = digest.article_ids if digest is not None else ()
    return NewDigest(subscription.id, slot, payloads, tuple(shown), next_at, composition.covers), digest
