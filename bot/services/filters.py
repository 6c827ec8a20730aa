"""Sets a filter, and tries one on the latest articles."""

import asyncio
from dataclasses import dataclass, replace

from bot.digests.filtering import explain
from bot.digests.filters import parsed_filter
from bot.errors import BadInput, NotFound
from bot.languages.translations import _
from bot.model.digests import FilterableArticle, Selection, Subscription
from bot.services.digest_wishes import DigestWish, selection_wished
from bot.services.engine import Services
from bot.services.feeds import feeds_of
from bot.services.impossible_wishes import refuse_contradictions
from bot.services.subscriptions import subscription_in, subscription_named

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
    """Whether a digest can show it: it has a claim with enough confidence."""


@dataclass(frozen=True, slots=True)
class FilterTrial:
    """A filter and its results for the latest articles, newest first."""

    filter: str
    articles: tuple[TriedArticle, ...]

    @property
    def passing(self) -> int:
        """How many of the articles pass."""
        return sum(article.passes for article in self.articles)


async def chosen_subscription(
    services: Services, guild_id: int, named: str | None, channel_id: int
) -> Subscription:
    """Return the named subscription, or else that of the channel. Raises NotFound."""
    if named is not None:
        return await subscription_named(services, guild_id, named)
    found = await subscription_in(services, guild_id, channel_id)
    if found is None:
        raise NotFound(
            _("This channel has no digest. Choose one with `subscription`, or start with `/digest subscribe`.")
        )
    return found


async def set_filter(services: Services, subscription: Subscription, text: str) -> Subscription:
    """Limit a subscription to articles that pass a filter. An empty filter allows all.

    Raises BadInput if it is invalid or no article can pass it.
    """
    wanted = subscription.selection.feed_ids
    feeds = await feeds_of(services, subscription.guild_id)
    refuse_contradictions(text, [feed for feed in feeds if not wanted or feed.id in wanted])
    kept = " ".join(text.split())
    await services.store.subscriptions.set_filter(subscription.id, kept)
    return replace(subscription, selection=replace(subscription.selection, filter=kept))


async def selection_to_try(
    services: Services, guild_id: int, channel_id: int, named: str | None, text: str | None
) -> Selection:
    """Return the selection to try, with the filter `text` in place of its own if given.

    Without a name, it is that of the channel's digest, or else one of all feeds. Raises BadInput or NotFound.
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
        raise BadInput(_("This digest has no filter. Write one to try with the option `filter`."))
    return selection


async def tried_filter(services: Services, selection: Selection) -> FilterTrial:
    """Return which of the latest articles pass the filter of a selection, and why. Raises BadInput."""
    node = parsed_filter(selection.filter)
    articles = await services.store.filtering.latest(selection, TRIED)

    def tried(article: FilterableArticle) -> TriedArticle:
        verdict = explain(node, article)
        told = article.title, article.url, article.outlet
        return TriedArticle(*told, verdict.passes, verdict.reason, shown=bool(article.claims))

    # folding the words of whole texts would block the event loop for too long
    made = await asyncio.to_thread(lambda: tuple(tried(article) for article in articles))
    return FilterTrial(selection.filter, made)


async def kept_trial(services: Services, guild_id: int, selection: Selection) -> int:
    """Store which filter was tried on what, so that its pages can be turned later. Return its id."""
    content = {
        "filter": selection.filter,
        "feed_ids": list(selection.feed_ids),
        "minimum_confidence": selection.minimum_confidence,
    }
    return await services.store.offers.add(guild_id, content)


async def known_trial(services: Services, guild_id: int, trial_id: int) -> Selection:
    """Return the selection whose filter was tried. Raises NotFound if it has been deleted."""
    try:
        content = await services.store.offers.get(trial_id, guild_id)
    except NotFound:
        raise NotFound(
            _("This answer is too old to turn its pages. Ask again with `/digest filter test`.")
        ) from None
    feed_ids = tuple(content["feed_ids"])
    return Selection(guild_id, float(content["minimum_confidence"]), feed_ids, str(content["filter"]))
