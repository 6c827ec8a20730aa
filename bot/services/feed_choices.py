"""The choice between several feeds at one address: offering them, and adding the chosen ones."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.errors import AlreadyThere, HearsayError, LimitReached, NotFound
from bot.feeds.discovery import find_feeds
from bot.feeds.opml import LARGEST, OpmlFeed, listed_feeds, opml_of
from bot.languages.translations import _, ngettext
from bot.model.feeds import Candidate
from bot.services.engine import Services
from bot.services.feeds import add_found, feeds_of

LARGEST_LIST = LARGEST
"""Bytes that a list of feeds may have."""
OFFERED = 25
"""How many feeds are offered: a select on Discord has no more options."""


@dataclass(frozen=True, slots=True)
class Added:
    """The result for one chosen feed: it was added, or `problem` says why not."""

    candidate: Candidate
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """How many feeds of a list were added or known, which were refused and why, how many exceeded the limit."""

    added: int
    known: int
    refused: tuple[Added, ...]
    left: int


async def feeds_at(services: Services, address: str) -> tuple[Candidate, ...]:
    """Return the feeds that an address may mean, at least one. Raises a FeedError or BadInput."""
    return await find_feeds(address, fetcher=services.fetcher, workers=services.workers, clock=services.clock)


async def offer(services: Services, guild_id: int, candidates: Sequence[Candidate]) -> int:
    """Store what somebody in a server can choose from. Return its id."""
    kept = [asdict(candidate) for candidate in candidates[:OFFERED]]
    for values in kept:
        if values["last_entry_at"] is not None:
            values["last_entry_at"] = values["last_entry_at"].isoformat()
    return await services.store.offers.add(guild_id, {"candidates": kept})


async def offered(services: Services, guild_id: int, offer_id: int) -> tuple[Candidate, ...]:
    """Return what was offered. Raises NotFound if it has been deleted."""
    try:
        content = await services.store.offers.get(offer_id, guild_id)
    except NotFound:
        raise NotFound(_("This choice has expired. Ask again with `/feed add`.")) from None
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


async def import_feeds(services: Services, guild_id: int | None, user_id: int, opml: bytes) -> Imported:
    """Add the feeds of an OPML document to a server, up to its limit, or to the host. They are polled later.

    Raises BadInput if it is not OPML, is too large, or names no feed.
    """
    listed = await services.workers.run(listed_feeds, opml)
    feeds = await feeds_of(services, guild_id)
    known = {feed.url for feed in feeds if guild_id is not None or feed.kept_by_host}
    counts: Counter[str] = Counter()
    refused: list[Added] = []
    for place, feed in enumerate(listed):
        if feed.url in known:
            counts["known"] += 1
            continue
        candidate = Candidate(feed.url, feed.title)
        try:
            await add_found(services, guild_id, user_id, candidate)
        except AlreadyThere:
            counts["known"] += 1
        except LimitReached:
            counts["left"] = sum(other.url not in known for other in listed[place:])
            counts["known"] += len(listed) - place - counts["left"]
            break
        except HearsayError as error:  # a problem with one address must not keep other feeds out
            refused.append(Added(candidate, error.message))
        else:
            counts["added"] += 1
    return Imported(counts["added"], counts["known"], tuple(refused), counts["left"])


async def export_feeds(services: Services, guild_id: int | None) -> bytes:
    """Return the feeds of a server, or all feeds for the host, as OPML. Raises NotFound if a server has none."""
    feeds = await feeds_of(services, guild_id)
    if not feeds and guild_id is not None:
        raise NotFound(_("This server has no feeds yet. Add one with `/feed add`."))
    return opml_of(OpmlFeed(feed.url, feed.title) for feed in feeds)


def facts_of(candidate: Candidate) -> str:
    """Return what distinguishes a feed from others, in words: "en, about 12 a day"."""
    return ", ".join(part for part in (candidate.language, pace_in_words(candidate.entries_a_week)) if part)


def pace_in_words(entries_a_week: float | None) -> str:
    """Return how often a feed posts: "about 12 a day", "less than one a month"; nothing if that is unknown."""
    if entries_a_week is None:
        return ""
    if (count := round(entries_a_week / 7)) >= 2:
        return ngettext("about {count} a day", "about {count} a day", count)
    if (count := round(entries_a_week)) >= 2:
        return ngettext("about {count} a week", "about {count} a week", count)
    if (count := round(entries_a_week * 30 / 7)) >= 1:
        return ngettext("about {count} a month", "about {count} a month", count)
    return _("less than one a month")
