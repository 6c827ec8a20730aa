"""Politeness towards the sites whose pages are read: their robots.txt, and a pace for each host.

None of this applies to feeds: a feed is there to be polled, and its own hints (ttl, Cache-Control, Retry-After)
set the pace. Nor does it apply to a page that a person asks for.
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
from bot.languages.translations import _

ROBOTS_KEPT = timedelta(days=1)
"""How long a robots.txt stays valid (RFC 9309, 2.4)."""
ROBOTS_AGAIN = timedelta(minutes=5)
"""The delay before a robots.txt that could not be fetched is requested again."""
ROBOTS_GIVEN_UP = timedelta(days=30)
"""A site whose robots.txt is unreachable for this long is treated as having none (RFC 9309, 2.3.1.4)."""
HOSTS_KEPT = 2_000
LARGEST_ANSWER = 4 * LONGEST_FILE
"""A larger answer is not a robots.txt; the first 500 KiB of a smaller one count."""
SECONDS_BETWEEN_PAGES = 1.0
PATIENCE = timedelta(seconds=60)
"""The longest wait for a turn; if it is further away, other pages are read first."""
_ROBOTS_AT_A_TIME = 8
_LARGE = 50_000


class Fetching(Protocol):
    """The client that fetches a robots.txt: a `bot.fetching.client.Fetcher`."""

    async def fetch(self, url: str, *, accept: str = ..., max_bytes: int = ...) -> Answer:
        """Return the content at `url`, or raise FetchFailed, TooLarge or AddressRefused."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known about a site's robots.txt: its rules, or why they could not be fetched."""

    until: datetime
    rules: RobotsRules = ANYTHING
    trouble: FetchFailed | None = None
    since: datetime | None = None
    """Since when they could not be fetched."""


class Pace:
    """When the next page may be requested from each host, in seconds of any steady clock."""

    def __init__(self, hosts: int = HOSTS_KEPT) -> None:
        self._free_at: OrderedDict[str, float] = OrderedDict()
        self._hosts = hosts

    def wait(self, host: str, now: float) -> float:
        """Return the seconds until the next turn at `host`."""
        return max(0.0, self._free_at.get(host, now) - now)

    def take(self, host: str, now: float, seconds: float) -> float:
        """Reserve the next turn at `host`, with `seconds` of rest after it; return how long to wait for it."""
        wait = self.wait(host, now)
        self._free_at[host] = now + wait + seconds
        self._free_at.move_to_end(host)
        while len(self._free_at) > self._hosts:
            self._free_at.popitem(last=False)
        return wait


class Manners:
    """The robots rules of each host, kept for a day, and when it may be asked again. In memory only."""

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
        """Return normally if the page at `url` may be requested.

        Raises PageDisallowed if the site excludes robots from it, FetchFailed if its rules are temporarily
        unreachable, and AddressRefused.
        """
        known = await self._of(_site(url))
        if known.trouble is not None:
            raise known.trouble
        if not known.rules.allow(url):
            raise PageDisallowed

    async def turn(self, url: str) -> timedelta | None:
        """Wait for a turn at the host of `url` and return None; if it is too far off, return at once how far.

        A site gets a second of rest after each page, or as long as its Crawl-delay asks for. If its rules forbid
        the request, there is nothing to wait for.
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
            # One request serves all who wait; it continues if one of them is cancelled.
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
    """Return the scheme and authority of `url`, which is what robots rules apply to. Raises AddressRefused."""
    return str(url_of(url).origin())


def _is_own(site: str) -> bool:
    """Return whether `site` is on this machine: the sample newsroom, which needs no pace."""
    host = url_of(site).raw_host or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _has_none(error: FetchFailed) -> bool:
    """Return whether a site has no robots.txt, rather than an unreachable one (RFC 9309, 2.3.1.3)."""
    if error.status is None:
        return not error.retryable  # it redirects endlessly
    # An empty file has no rules. A site that answers "too many requests" wants fewer, not more.
    return error.status < 500 and error.status != 429


def _trouble(error: FetchFailed) -> FetchFailed:
    return FetchFailed(
        _(
            "The site's rules for robots cannot be read, so its pages are left alone for now. {message}",
            message=error.message,
        ),
        status=error.status,
        retry_after=error.retry_after,
    )
