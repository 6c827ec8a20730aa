"""Manners towards the sites whose pages are read: their robots rules, and a pace for each host.

Feeds are asked for without any of this, as feed readers do: a feed is there to be polled, and its own hints
(ttl, Cache-Control, Retry-After) set the pace. A page that a person asks for is not a robot's visit either.
"""

import asyncio
import ipaddress
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.articles.robots import ANYTHING, LONGEST_FILE, RobotsRules, robots_rules
from bot.clock import Clock
from bot.errors import FeedError, FetchFailed, PageDisallowed, TooLarge
from bot.fetching.client import Answer
from bot.fetching.urls import url_of

ROBOTS_KEPT = timedelta(days=1)
"""How long a robots.txt is believed (RFC 9309, 2.4)."""
ROBOTS_AGAIN = timedelta(minutes=5)
"""How soon a robots.txt that could not be had is asked for again."""
ROBOTS_GIVEN_UP = timedelta(days=30)
"""A site whose robots.txt could not be had for so long is taken to have none (RFC 9309, 2.3.1.4)."""
HOSTS_KEPT = 2_000
LARGEST_ANSWER = 4 * LONGEST_FILE
"""What is longer is no robots.txt; of what is shorter the first 500 KiB count."""
SECONDS_BETWEEN_PAGES = 1.0
PATIENCE = timedelta(seconds=60)
"""A turn that is further away is not waited for: others are to be read meanwhile."""
_ROBOTS_AT_A_TIME = 8
_LARGE = 50_000


class Fetching(Protocol):
    """What asks for a robots.txt: a `bot.fetching.client.Fetcher`."""

    async def fetch(self, url: str, *, accept: str = ..., max_bytes: int = ...) -> Answer:
        """Return what is at `url`, or raise FetchFailed, TooLarge or AddressRefused."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a site's robots.txt: its rules, or why they could not be had."""

    until: datetime
    rules: RobotsRules = ANYTHING
    trouble: FetchFailed | None = None
    since: datetime | None = None
    """Since when they could not be had."""


class Pace:
    """When each host may be asked for a page next, in seconds of any one clock."""

    def __init__(self, hosts: int = HOSTS_KEPT) -> None:
        self._free_at: OrderedDict[str, float] = OrderedDict()
        self._hosts = hosts

    def wait(self, host: str, now: float) -> float:
        """Return how long it is until the next turn at `host`."""
        return max(0.0, self._free_at.get(host, now) - now)

    def take(self, host: str, now: float, seconds: float) -> float:
        """Take the next turn at `host`, after which it has peace for `seconds`; return how long to wait for it."""
        wait = self.wait(host, now)
        self._free_at[host] = now + wait + seconds
        self._free_at.move_to_end(host)
        while len(self._free_at) > self._hosts:
            self._free_at.popitem(last=False)
        return wait


class Manners:
    """What is known of hosts: their robots rules for a day, and when each may be asked again. In memory only."""

    def __init__(
        self,
        fetcher: Fetching,
        clock: Clock,
        *,
        seconds_between_pages: float = SECONDS_BETWEEN_PAGES,
        patience: timedelta = PATIENCE,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._between = seconds_between_pages
        self._patience = patience.total_seconds()
        self._sleep = sleep
        self._pace = Pace()
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._asking: dict[str, asyncio.Task[_Known]] = {}
        self._room = asyncio.Semaphore(_ROBOTS_AT_A_TIME)

    async def check(self, url: str) -> None:
        """Return where the page at `url` may be asked for.

        Raises PageDisallowed where the site asks robots to stay away from it, FetchFailed where what it asks
        cannot be known for the moment, and AddressRefused.
        """
        known = await self._of(_site(url))
        if known.trouble is not None:
            raise known.trouble
        if not known.rules.allow(url):
            raise PageDisallowed

    async def turn(self, url: str) -> timedelta | None:
        """Wait for a turn at the host of `url` and return None, or at once how far off it is, if too far.

        A site gets a second of peace after each page, or as much as its Crawl-delay asks for. Where nothing will
        be asked for there is nothing to wait for.
        """
        try:
            site = _site(url)
            known = await self._of(site)
        except FeedError:
            return None
        host = site.partition("://")[2]
        if known.trouble is not None or not known.rules.allow(url) or _is_own(site):
            return None
        now = self._clock().timestamp()
        wait = self._pace.wait(host, now)
        if wait > self._patience:
            return timedelta(seconds=wait)
        self._pace.take(host, now, max(self._between, known.rules.delay or 0.0))
        if wait:
            await self._sleep(wait)
        return None

    async def _of(self, site: str) -> _Known:
        known = self._known.get(site)
        if known is not None and self._clock() < known.until:
            self._known.move_to_end(site)
            return known
        asking = self._asking.get(site)
        if asking is None:
            # One request for all that wait; it goes on when one of them is cancelled.
            asking = self._asking[site] = asyncio.create_task(self._ask(site, known))
            asking.add_done_callback(lambda _: self._asking.pop(site, None))
        return await asyncio.shield(asking)

    async def _ask(self, site: str, before: _Known | None) -> _Known:
        async with self._room:
            rules, trouble = await self._fetched(site)
        now = self._clock()
        known = _Known(now + ROBOTS_KEPT, rules)
        if trouble is not None:
            since = (before.since if before else None) or now
            if now - since < ROBOTS_GIVEN_UP:
                known = _Known(now + ROBOTS_AGAIN, trouble=trouble, since=since)
            else:
                known = _Known(now + ROBOTS_KEPT, since=since)
        self._known[site] = known
        self._known.move_to_end(site)
        while len(self._known) > HOSTS_KEPT:
            self._known.popitem(last=False)
        return known

    async def _fetched(self, site: str) -> tuple[RobotsRules, FetchFailed | None]:
        try:
            answer = await self._fetcher.fetch(f"{site}/robots.txt", accept="text/plain", max_bytes=LARGEST_ANSWER)
        except TooLarge:
            return ANYTHING, None
        except FetchFailed as error:
            return ANYTHING, None if _has_none(error) else _trouble(error)
        if len(answer.body) > _LARGE:
            return await asyncio.to_thread(robots_rules, answer.body), None
        return robots_rules(answer.body), None


def _site(url: str) -> str:
    """Return the scheme and authority of `url`: robots rules hold for no more. Raises AddressRefused."""
    return str(url_of(url).origin())


def _is_own(site: str) -> bool:
    """Return whether `site` is on this machine: the sample newsroom, which needs no sparing."""
    host = url_of(site).raw_host or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _has_none(error: FetchFailed) -> bool:
    """Return whether a site has no robots.txt, rather than one that is out of reach (RFC 9309, 2.3.1.3)."""
    if error.status is None:
        return not error.retryable  # it redirects without end
    # An empty file has no rules. Whoever says "too many requests" wants fewer, not more.
    return error.status < 500 and error.status != 429


def _trouble(error: FetchFailed) -> FetchFailed:
    return FetchFailed(
        f"The site's rules for robots cannot be read, so its pages are left alone for now. {error.message}",
        status=error.status,
        retry_after=error.retry_after,
    )
