"""The feeds of a server, or of the host."""

from bot.errors import AlreadyThere, NotFound
from bot.fetching.address_guard import checked_url
from bot.fetching.urls import with_plain_host
from bot.languages.translations import _
from bot.model.feeds import Candidate, EntryStatus, Feed, FeedState
from bot.services.engine import Services
from bot.services.impossible_wishes import refuse_last_feed
from bot.services.typed_times import quoted

SUGGESTIONS = 25
"""How many suggestions Discord shows."""


async def add_found(services: Services, guild_id: int | None, user_id: int, found: Candidate) -> Feed:
    """Add a feed that was found to a server. It is polled at once.

    Raises AddressRefused for an address that is never fetched (a list of feeds may contain any), BadInput for one
    that is too long, AlreadyThere, or LimitReached.
    """
    checked_url(found.url, allow_private=services.settings.allow_private_addresses)
    url = with_plain_host(found.url)
    known = await services.store.feeds.by_url(url)
    feed = await services.store.feeds.add(
        url, title=found.title, site_url=found.site_url, kept_by_host=guild_id is None
    )
    failed = known is not None and known.state is not FeedState.HEALTHY
    if failed:  # it has just proved to work
        await services.store.notices.revive(feed.id)
        feed = await services.store.feeds.get(feed.id)
    services.runner.wake()
    if guild_id is not None:
        limit = services.settings.feeds_per_server
        try:
            await services.store.guilds.attach(guild_id, feed.id, user_id, limit=limit)
        except AlreadyThere:
            if not failed:
                raise
            raise AlreadyThere(_("This server has this feed already. It had failed and is now resumed.")) from None
    return feed


async def remove_feed(services: Services, guild_id: int | None, named: str) -> Feed:
    """Remove a feed from a server, or from the host. Return it.

    Raises NotFound, or BadInput if a digest of the server has no other feed.
    """
    feed = await feed_named(services, guild_id, named)
    if guild_id is None:
        await services.store.feeds.release(feed.id)
    else:
        refuse_last_feed(feed, await services.store.subscriptions.of_guild(guild_id))
        await services.store.guilds.detach(guild_id, feed.id)
    services.suggestions.forget()
    return feed


async def entries_of(
    services: Services, guild_id: int | None, named: str, limit: int
) -> tuple[Feed, list[EntryStatus]]:
    """Return a feed by id, address or title, and the state of its newest entries. Raises NotFound."""
    feed = await feed_named(services, guild_id, named)
    return feed, await services.store.entry_states.entry_states(feed.id, limit)


async def feeds_of(services: Services, guild_id: int | None) -> list[Feed]:
    """Return the feeds of a server, or all feeds for the host."""
    if guild_id is None:
        return await services.store.feeds.all()
    return await services.store.guilds.feeds_of(guild_id)


async def polled_feeds(services: Services) -> set[int]:
    """Return the ids of the feeds that are polled because the host or a server keeps them."""
    return {target.feed_id for target in await services.store.feeds.targets(None)}


async def feed_named(services: Services, guild_id: int | None, named: str) -> Feed:
    """Return the feed with this id, address or title. Raises NotFound."""
    wanted = named.strip()
    addresses = {wanted.rstrip("/"), with_plain_host(wanted).rstrip("/")}
    feeds = await feeds_of(services, guild_id)
    for feed in feeds:
        if wanted == str(feed.id) or feed.url.rstrip("/") in addresses:
            return feed
    titled = [feed for feed in feeds if feed.title and feed.title.casefold() == wanted.casefold()]
    if len(titled) == 1:
        return titled[0]
    if guild_id is None:
        raise NotFound(_("There is no feed {name} here. `feeds list` shows all.", name=quoted(named)))
    raise NotFound(_("There is no feed {name} here. Pick one from the list.", name=quoted(named)))


async def matching_feeds(services: Services, guild_id: int | None, typed: str) -> list[Feed]:
    """Return feeds whose title or address contains what was typed, at most as many as Discord shows."""
    wanted = typed.casefold().strip()
    feeds = await feeds_of(services, guild_id)
    return [f for f in feeds if wanted in f.title.casefold() or wanted in f.url.casefold()][:SUGGESTIONS]
