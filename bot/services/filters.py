"""What people ask for about filters: setting one, and trying it on the articles that came last."""

import asyncio
from dataclasses import dataclass, replace

from bot.digests.filtering import explain
from bot.digests.filters import parsed_filter
from bot.errors import BadInput, NotFound
from bot.model.digests import FilterableArticle, Subscription
from bot.services.core import Services
from bot.services.subscriptions import DigestWish, subscription_in, subscription_named, unkept_subscription

TRIED = 50
"""How many articles a filter is tried on."""


@dataclass(frozen=True, slots=True)
class TriedArticle:
    """An article that a filter was tried on. `reason` is the part of the filter that decided, in words."""

    title: str
    url: str
    outlet: str
    passes: bool
    reason: str
    shown: bool
    """Whether a digest can show it: something that is sure enough is said in it."""


@dataclass(frozen=True, slots=True)
class FilterTrial:
    """A filter, and what it makes of the articles that came last, newest first."""

    filter: str
    articles: tuple[TriedArticle, ...]

    @property
    def passing(self) -> int:
        """How many of the articles pass."""
        return sum(article.passes for article in self.articles)


async def chosen_subscription(
    services: Services, guild_id: int, named: str | None, channel_id: int
) -> Subscription:
    """Return the subscription that is named, else that of the channel. Raises NotFound."""
    if named is not None:
        return await subscription_named(services, guild_id, named)
    found = await subscription_in(services, guild_id, channel_id)
    if found is None:
        raise NotFound(
            "This channel has no digest. Name one with the option `subscription`, or begin with /digest subscribe."
        )
    return found


async def set_filter(services: Services, subscription: Subscription, text: str) -> Subscription:
    """Let a subscription want only articles that pass a filter, all for an empty one. Raises BadInput."""
    if text:
        parsed_filter(text)
    kept = " ".join(text.split())
    await services.store.subscriptions.set_filter(subscription.id, kept)
    return replace(subscription, filter=kept)


async def filter_to_try(
    services: Services, guild_id: int, channel_id: int, named: str | None, text: str | None
) -> Subscription:
    """Return the subscription whose filter is to be tried, with `text` in place of its own where there is any.

    Without a name it is that of the channel, else one to all feeds. Raises BadInput, or NotFound for a name.
    """
    if text:
        parsed_filter(text)
    if named is None and (await subscription_in(services, guild_id, channel_id)) is None:
        subscription = await unkept_subscription(services, guild_id, DigestWish(channel_id))
    else:
        subscription = await chosen_subscription(services, guild_id, named, channel_id)
    if text:
        subscription = replace(subscription, filter=" ".join(text.split()))
    if not subscription.filter:
        raise BadInput("This digest has no filter. Write one to try with the option `filter`.")
    return subscription


async def tried_filter(services: Services, subscription: Subscription) -> FilterTrial:
    """Return what the filter of a subscription makes of the articles that came last. Raises BadInput."""
    node = parsed_filter(subscription.filter)
    articles = await services.store.filtering.latest(subscription, TRIED)

    def tried(article: FilterableArticle) -> TriedArticle:
        verdict = explain(node, article)
        told = article.title, article.url, article.outlet
        return TriedArticle(*told, verdict.passes, verdict.reason, shown=bool(article.claims))

    # folding the words of whole texts takes long enough to be felt on the event loop
    made = await asyncio.to_thread(lambda: tuple(tried(article) for article in articles))
    return FilterTrial(subscription.filter, made)


async def kept_trial(services: Services, guild_id: int, user_id: int, subscription: Subscription) -> int:
    """Keep which filter was tried on what, so that its pages can be turned later; return its id."""
    content = {
        "filter": subscription.filter,
        "feed_ids": list(subscription.feed_ids),
        "minimum_confidence": subscription.minimum_confidence,
    }
    return await services.store.offers.add(guild_id, user_id, content)


async def known_trial(services: Services, guild_id: int, trial_id: int) -> Subscription:
    """Return the subscription whose filter was tried. Raises NotFound where that was forgotten."""
    try:
        content = await services.store.offers.get(trial_id, guild_id)
    except NotFound:
        raise NotFound("This answer is too old to be paged. Ask again with /digest filter test.") from None
    subscription = await unkept_subscription(services, guild_id, DigestWish(0))
    return replace(
        subscription,
        filter=str(content["filter"]),
        feed_ids=tuple(content["feed_ids"]),
        minimum_confidence=float(content["minimum_confidence"]),
    )
