"""The choice between several feeds at one address: what is offered, and adding what was chosen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.errors import AlreadyThere, HearsayError, LimitReached, NotFound
from bot.feeds.discovery import Candidate, find_feeds, pace_in_words
from bot.feeds.opml import OpmlFeed, listed_feeds, opml_of
from bot.services.core import Services
from bot.services.feeds import add_found, feeds_of

OFFERED = 25
"""How many feeds are offered: a select on Discord has no more options."""


@dataclass(frozen=True, slots=True)
class Added:
    """The result for one chosen feed: it was added, or `problem` says why not."""

    candidate: Candidate
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """How many feeds of a list were added, were known, have an unusable address, or exceeded the limit."""

    added: int
    known: int
    refused: int
    left: int


async def feeds_at(services: Services, address: str) -> tuple[Candidate, ...]:
    """Return the feeds that an address may mean, at least one. Raises a FeedError or BadInput."""
    return await find_feeds(address, fetcher=services.fetcher, workers=services.workers, clock=services.clock)


async def offer(services: Services, guild_id: int, user_id: int, candidates: Sequence[Candidate]) -> int:
    """Store what a user in a server can choose from. Return its id."""
    kept = [asdict(candidate) for candidate in candidates[:OFFERED]]
    for values in kept:
        if values["last_entry_at"] is not None:
            values["last_entry_at"] = values["last_entry_at"].isoformat()
    return await services.store.offers.add(guild_id, user_id, {"candidates": kept})


async def offered(services: Services, guild_id: int, offer_id: int) -> tuple[Candidate, ...]:
    """Return what was offered. Raises NotFound if it has been deleted."""
    try:
        content = await services.store.offers.get(offer_id, guild_id)
    except NotFound:
        raise NotFound("This choice has expired. Ask again with /feed add.") from None
    return tuple(_candidate(values) for values in content["candidates"])


def _candidate(values: "dict[str, object]") -> Candidate:
    moment = values.pop("last_entry_at", None)
    last = datetime.fromisoformat(str(moment)) if moment else None
    return Candidate(**values, last_entry_at=last)  # type: ignore[arg-type]  # as `asdict` gave them


async def add_chosen(
    services: Services, guild_id: int, user_id: int, candidates: Sequence[Candidate]
) -> list[Added]:
    """Add several feeds to a server. A problem with one does not keep the others from being added."""
    added = []
    for candidate in candidates:
        try:
            await add_found(services, guild_id, user_id, candidate)
        except HearsayError as error:
            added.append(Added(candidate, error.message))
        else:
            added.append(Added(candidate))
    return added


async def import_feeds(services: Services, guild_id: int, user_id: int, opml: bytes) -> Imported:
    """Add the feeds of an OPML document to a server, up to its limit. They are polled when it is their turn.

    Raises BadInput if it is not OPML, is too large, or names no feed.
    """
    listed = await services.workers.run(listed_feeds, opml)
    known = {feed.url for feed in await feeds_of(services, guild_id)}
    counts: Counter[str] = Counter()
    for feed in listed:
        if feed.url in known:
            counts["known"] += 1
        elif counts["left"]:
            counts["left"] += 1
        else:
            counts[await _imported(services, guild_id, user_id, Candidate(feed.url, feed.title))] += 1
    return Imported(counts["added"], counts["known"], counts["refused"], counts["left"])


async def _imported(services: Services, guild_id: int, user_id: int, feed: Candidate) -> str:
    try:
        await add_found(services, guild_id, user_id, feed)
    except AlreadyThere:
        return "known"
    except LimitReached:
        return "left"
    except HearsayError:  # a problem with one address must not keep other feeds out
        return "refused"
    return "added"


async def export_feeds(services: Services, guild_id: int) -> bytes:
    """Return the feeds of a server as OPML. Raises NotFound if it has none."""
    feeds = await feeds_of(services, guild_id)
    if not feeds:
        raise NotFound("This server has no feeds yet. Add one with /feed add.")
    return opml_of(OpmlFeed(feed.url, feed.title) for feed in feeds)


def facts_of(candidate: Candidate) -> str:
    """Return what distinguishes a feed from others, in words: "en, about 12 a day"."""
    return ", ".join(part for part in (candidate.language, pace_in_words(candidate.entries_a_week)) if part)
