"""What people ask for, in Discord or on the command line: feeds, digests, who said what, and the evidence.

`guild_id` None stands for the host, who is asking on the command line: the host's feeds are kept whether or not
a server has them, and the host sees everything.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.delivery.render import CLAIMS_A_PAGE
from bot.digests.filters import parsed_filter
from bot.digests.schedule import next_slot
from bot.digests.values import Cadence, Digest
from bot.errors import AlreadyThere, BadInput, NotFound
from bot.feeds.addresses import checked_url
from bot.feeds.discovery import Candidate
from bot.feeds.values import FeedState
from bot.jobs import steps
from bot.jobs.moments import WEEKDAYS, moment_since, quoted, zone_name
from bot.store.records import ClaimPage, ClaimQuery, Evidence, Feed, Subscription

if TYPE_CHECKING:
    from bot.app import Services

SUGGESTIONS = 25
"""How many suggestions Discord shows."""
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class DigestWish:
    """What a subscription is to be, as a person asks for it. None leaves the choice to Hearsay."""

    channel_id: int
    cadence: Cadence = Cadence.DAILY
    at: time = time(9, 0)
    weekday: int = 0
    timezone: str | None = None
    feed: str | None = None
    """A feed of the server: its id, address or title. None means all, those added later too."""
    minimum_confidence: float | None = None
    filter: str = ""
    """Which articles, as `bot.digests.filters` reads it; empty means all."""


@dataclass(frozen=True, slots=True)
class PostedNow:
    """A digest that is on its way. `digest` is None where there was nothing new."""

    subscription: Subscription
    digest: Digest | None


async def add_found(services: "Services", guild_id: int | None, user_id: int, found: Candidate) -> Feed:
    """Give a server a feed that was found; it is polled at once.

    Raises AddressRefused for an address that is never fetched (a list of feeds may name any), AlreadyThere, or
    LimitReached.
    """
    checked_url(found.url, allow_private=services.settings.allow_private_addresses)
    known = await services.store.feeds.by_url(found.url)
    feed = await services.store.feeds.add(
        found.url, title=found.title, site_url=found.site_url, kept_by_host=guild_id is None
    )
    failed = known is not None and known.state is not FeedState.HEALTHY
    if failed:  # it has just been seen to work
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
            raise AlreadyThere(
                "This server has this feed already. It had failed, and is read again now."
            ) from None
    return feed


async def remove_feed(services: "Services", guild_id: int | None, named: str) -> Feed:
    """Take a feed from a server, or from the host; return it. Raises NotFound."""
    feed = await feed_named(services, guild_id, named)
    if guild_id is None:
        await services.store.feeds.release(feed.id)
    else:
        await services.store.guilds.detach(guild_id, feed.id)
    return feed


async def feeds_of(services: "Services", guild_id: int | None) -> list[Feed]:
    """Return the feeds of a server, or all feeds for the host."""
    if guild_id is None:
        return await services.store.feeds.all()
    return await services.store.guilds.feeds_of(guild_id)


async def feed_named(services: "Services", guild_id: int | None, named: str) -> Feed:
    """Return the feed with this id, address or title. Raises NotFound."""
    wanted = named.strip()
    feeds = await feeds_of(services, guild_id)
    for feed in feeds:
        if wanted == str(feed.id) or wanted.rstrip("/") == feed.url.rstrip("/"):
            return feed
    titled = [feed for feed in feeds if feed.title and feed.title.casefold() == wanted.casefold()]
    if len(titled) == 1:
        return titled[0]
    raise NotFound(f"There is no feed {quoted(named)} here. Pick one from the list.")


async def matching_feeds(services: "Services", guild_id: int | None, typed: str) -> list[Feed]:
    """Return the feeds whose title or address holds what was typed, at most as many as Discord shows."""
    wanted = typed.casefold().strip()
    feeds = await feeds_of(services, guild_id)
    return [f for f in feeds if wanted in f.title.casefold() or wanted in f.url.casefold()][:SUGGESTIONS]


def title_of(feed: Feed) -> str:
    """Return what a feed is called: its title, else its host."""
    return feed.title.strip() or urlsplit(feed.url).hostname or feed.url


async def timezone_of(services: "Services", guild_id: int | None) -> str:
    """Return the time zone that a server used last for a digest, else UTC."""
    if guild_id is None:
        return "UTC"
    subscriptions = await services.store.subscriptions.of_guild(guild_id)
    newest = max(subscriptions, key=lambda s: (s.created_at, s.id), default=None)
    return newest.timezone if newest else "UTC"


async def subscribe(services: "Services", guild_id: int, user_id: int, wish: DigestWish) -> Subscription:
    """Make a subscription; its first digest is due at its next slot.

    Raises BadInput for a time zone that is none or a filter that cannot be read, NotFound for a feed that the
    server does not have, AlreadyThere or LimitReached.
    """
    if wish.filter:
        parsed_filter(wish.filter)
    timezone = zone_name(wish.timezone) if wish.timezone else await timezone_of(services, guild_id)
    feed_ids = ((await feed_named(services, guild_id, wish.feed)).id,) if wish.feed else ()
    settings = services.settings
    confidence = settings.minimum_confidence if wish.minimum_confidence is None else wish.minimum_confidence
    return await services.store.subscriptions.add(
        guild_id=guild_id,
        channel_id=wish.channel_id,
        cadence=wish.cadence,
        at=wish.at,
        weekday=wish.weekday,
        timezone=timezone,
        feed_ids=feed_ids,
        minimum_confidence=confidence,
        created_by=user_id,
        next_at=next_slot(wish.cadence, wish.at, wish.weekday, timezone, services.clock()),
        limit=settings.digests_per_server,
        filter_text=" ".join(wish.filter.split()),
    )


async def subscription_named(services: "Services", guild_id: int, named: str) -> Subscription:
    """Return the server's subscription with this id. Raises NotFound."""
    for subscription in await services.store.subscriptions.of_guild(guild_id):
        if named.strip() == str(subscription.id):
            return subscription
    raise NotFound(f"There is no digest {quoted(named)} here. Pick one from the list.")


async def subscription_in(services: "Services", guild_id: int, channel_id: int) -> Subscription | None:
    """Return the oldest subscription of a channel, or None."""
    subscriptions = await services.store.subscriptions.of_guild(guild_id)
    return next((s for s in sorted(subscriptions, key=lambda s: s.id) if s.channel_id == channel_id), None)


async def unsubscribe(services: "Services", guild_id: int, named: str) -> Subscription:
    """Remove a subscription; return what it was. Raises NotFound."""
    subscription = await subscription_named(services, guild_id, named)
    await services.store.subscriptions.remove(subscription.id, guild_id)
    return subscription


async def post_now(services: "Services", subscription: Subscription) -> PostedNow:
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
    digest = await steps.compose_digest(services.store, replace(s, next_at=next_at), now, next_at)
    services.runner.wake()
    return PostedNow(s, digest)


async def digest_sample(services: "Services", guild_id: int, wish: DigestWish) -> Digest | None:
    """Return what a channel without a subscription would get now; nothing is kept of it."""
    sample = await unkept_subscription(services, guild_id, wish)
    return await steps.digest_for(services.store, sample, services.clock())


async def unkept_subscription(services: "Services", guild_id: int, wish: DigestWish) -> Subscription:
    """Return the subscription to all feeds that a channel does not have yet; nothing is kept of it."""
    now = services.clock()
    return Subscription(
        id=0,
        guild_id=guild_id,
        channel_id=wish.channel_id,
        cadence=wish.cadence,
        at=wish.at,
        weekday=wish.weekday,
        timezone=await timezone_of(services, guild_id),
        feed_ids=(),
        minimum_confidence=services.settings.minimum_confidence,
        next_at=now,
        created_by=0,
        created_at=now,
        paused_reason=None,
        filter=wish.filter,
    )


async def claim_query(
    services: "Services",
    guild_id: int | None,
    *,
    actor: str | None = None,
    topic: str | None = None,
    since: str | None = None,
    minimum_confidence: float | None = None,
) -> ClaimQuery:
    """Return the query meant by what a person wrote. Raises BadInput.

    Days begin at midnight in the time zone of the server's digests.
    """
    for words in (actor, topic):
        if words and len(words) > LONGEST_QUERY:
            raise BadInput(f"That is too long. Write at most {LONGEST_QUERY} characters.")
    moment: datetime | None = None
    if since and since.strip():
        moment = moment_since(since, services.clock(), await timezone_of(services, guild_id))
    settings = services.settings
    return ClaimQuery(
        guild_id=guild_id,
        actor=(actor or "").strip() or None,
        topic=(topic or "").strip() or None,
        since=moment,
        minimum_confidence=settings.minimum_confidence if minimum_confidence is None else minimum_confidence,
    )


async def said(services: "Services", query: ClaimQuery, page: int = 0) -> ClaimPage:
    """Return one page of the claims that a query finds, the first being page 0."""
    return await services.store.claims.search(query, limit=CLAIMS_A_PAGE, offset=page * CLAIMS_A_PAGE)


async def kept_query(services: "Services", guild_id: int, user_id: int, query: ClaimQuery) -> int:
    """Keep a query so that its buttons work later; return its id."""
    return await services.store.queries.add(guild_id, user_id, query)


async def known_query(services: "Services", guild_id: int, query_id: int) -> ClaimQuery:
    """Return a query of this server that was kept. Raises NotFound where it was forgotten."""
    try:
        return await services.store.queries.get(query_id, guild_id)
    except NotFound:
        raise NotFound("This answer is too old to be paged. Ask again with /said.") from None


async def matching_actors(services: "Services", guild_id: int, typed: str) -> list[str]:
    """Return names of actors that a server can ask for, those with the most claims first."""
    return await services.store.claims.actor_names(typed.strip(), guild_id, SUGGESTIONS)


async def evidence(services: "Services", guild_id: int | None, claim_id: int) -> Evidence:
    """Return a claim in its context. Raises NotFound where the server does not have the feed that brought it."""
    try:
        return await services.store.claims.evidence(claim_id, guild_id)
    except NotFound:
        raise NotFound(
            "This claim is no longer here: its feed was removed, or its article was corrected."
        ) from None


async def digest_claims(services: "Services", guild_id: int, nonce: str) -> list[int]:
    """Return the claims that a digest message of this server shows. Raises NotFound."""
    try:
        await services.store.deliveries.by_nonce(nonce, guild_id)
        claim_ids = await services.store.deliveries.claim_ids(nonce)
    except NotFound:
        claim_ids = []
    if not claim_ids:
        raise NotFound("The evidence of this digest is no longer kept.")
    return claim_ids


def in_words(subscription: Subscription) -> str:
    """Return when a subscription's digests come: "daily at 09:00 (Europe/Berlin)"."""
    s = subscription
    match s.cadence:
        case Cadence.HOURLY:
            return f"hourly at :{s.at.minute:02}"
        case Cadence.WEEKLY:
            return f"weekly on {WEEKDAYS[s.weekday]} at {s.at:%H:%M} ({s.timezone})"
        case _:
            return f"daily at {s.at:%H:%M} ({s.timezone})"
