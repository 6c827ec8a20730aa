"""The health of a server's feeds, and where warnings go."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import NotFound
from bot.feeds.health import by_urgency
from bot.feeds.health import in_words as state_of
from bot.feeds.websub import in_words
from bot.languages.translations import _
from bot.model.feeds import EntrySummary, Feed, FeedState
from bot.services.engine import Services
from bot.services.feeds import feeds_of

LOOKED_BACK = timedelta(days=7)
"""The maximum age of the entries that are counted."""


@dataclass(frozen=True, slots=True)
class HealthOverview:
    """The state of a server's feeds, failing ones first, and the channel in which its managers are warned."""

    feeds: tuple[Feed, ...]
    counts: Counter[FeedState]
    entries: Mapping[int, EntrySummary]
    """The states of each feed's entries of the last `LOOKED_BACK`, by the id of the feed."""
    notices_channel: int | None


async def health_overview(services: Services, guild_id: int) -> HealthOverview:
    """Return the state of a server's feeds."""
    feeds = await feeds_of(services, guild_id)
    return HealthOverview(
        feeds=tuple(sorted(feeds, key=by_urgency)),
        counts=Counter(feed.state for feed in feeds),
        entries=await services.store.entry_states.entry_summaries(
            [feed.id for feed in feeds], services.clock() - LOOKED_BACK
        ),
        notices_channel=await services.store.notices.channel(guild_id),
    )


async def hub_in_words(services: Services, feed: Feed) -> tuple[str, datetime | None] | None:
    """Return whether the hub of a feed pushes new entries: words, and the time that they end with, if any.

    None if hubs cannot reach this Hearsay, or if the feed names none.
    """
    if services.settings.public_url is None:
        return None
    subscription = await services.store.hub_subscriptions.get(feed.id)
    return in_words(subscription, services.clock()) if subscription else None


async def choose_notices_channel(services: Services, guild_id: int, channel_id: int | None) -> None:
    """Set the channel in which a server is warned of failing feeds. None turns warnings off."""
    await services.store.notices.choose_channel(guild_id, channel_id)


async def noticed_feed(services: Services, guild_id: int, nonce: str) -> Feed:
    """Return the feed that a notice of this server is about. Raises NotFound if the server no longer has it."""
    feed_id = await services.store.notices.feed_of(nonce, guild_id)
    for feed in await feeds_of(services, guild_id):
        if feed.id == feed_id:
            return feed
    raise NotFound(_("This server no longer has this feed."))


def state_in_words(feed: Feed) -> str:
    """Return why a feed is in its state, as a sentence or two."""
    return state_of(feed)
