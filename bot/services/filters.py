"""What people ask for about filters: setting one, and trying it on the articles that came last."""

import asyncio
from dataclasses import dataclass, replace

from bot.digests.filtering import explain
from bot.digests.filters import parsed_filter
from bot.errors import BadInput, NotFound
from bot.model.digests import FilterableArticle, Selection, Subscription
from bot.services.core import Services
from bot.services.subscriptions import DigestWish, selection_wished, subscription_in, subscription_named

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
    """Let a subscription take only articles that pass a filter; an empty one takes all. Raises BadInput."""
    if text:
        parsed_filter(text)
    kept = " ".join(text.split())
    await services.store.subscriptions.set_filter(subscription.id, kept)
    return replace(subscription, selection=replace(subscription.selection, filter=kept))


async def selection_to_try(
    services: Services, guild_id: int, channel_id: int, named: str | None, text: str | None
) -> Selection:
    """Return the selection whose filter is to be tried, with `text`, if given, in place of its own filter.

    Without a name it is that of the channel's digest, or one of all feeds. Raises BadInput, or NotFound.
    """
    if text:
        parsed_filter(text)
    if named is None and (await subscription_in(services, guild_id, channel_id)) is None:
        selection = await selection_wished(services, guild_id, DigestWish(channel_id))
    else:
        selection = (await chosen_subscription(services, guild_id, named, channel_id)).selection
    if text:
        selection = replace(selection, filter=" ".join(text.split()))
    if not selection.filter:
        raise BadInput("This digest has no filter. Write one to try with the option `filter`.")
    return selection


async def tried_filter(services: Services, selection: Selection) -> FilterTrial:
    """Return which of the latest articles pass the filter of a selection, and why. Raises BadInput."""
    node = parsed_filter(selection.filter)
    articles = await services.store.filtering.latest(selection, TRIED)

    def tried(article: FilterableArticle) -> TriedArticle:
        verdict = explain(node, article)
        told = article.title, article.url, article.outlet
        return TriedArticle(*told, verdict.passes, verdict.reason, shown=bool(article.claims))

    # folding the words of whole texts takes long enough to be felt on the event loop
    made = await asyncio.to_thread(lambda: tuple(tried(article) for article in articles))
    return FilterTrial(selection.filter, made)


async def kept_trial(services: Services, guild_id: int, user_id: int, selection: Selection) -> int:
    """Keep which filter was tried on what, so that its pages can be turned later; return its id."""
    content = {
        "filter": selection.filter,
        "feed_ids": list(selection.feed_ids),
        "minimum_confidence": selection.minimum_confidence,
    }
    return await services.store.offers.add(guild_id, user_id, content)


async def known_trial(services: Services, guild_id: int, trial_id: int) -> Selection:
    """Return the selection whose filter was tried. Raises NotFound if it was forgotten."""
    try:
        content = await services.store.offers.get(trial_id, guild_id)
    except NotFound:
        raise NotFound("This answer is too old to be paged. Ask again with /digest filter test.") from None
    feed_ids = tuple(content["feed_ids"])
    return Selection(guild_id, float(content["minimum_confidence"]), feed_ids, str(content["filter"]))
