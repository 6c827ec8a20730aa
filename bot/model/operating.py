"""How Hearsay is doing: for everybody in a server, and for the host."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.feeds import FeedState


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """How Hearsay is doing for a server.

    `lag` is for how long the server's feed that has waited longest has been due. `waiting` counts the entries and
    articles of its feeds that wait to be read and analysed, `unposted` the messages that wait to be posted.
    """

    feeds: int
    failing: int
    last_read_at: datetime | None
    lag: timedelta
    waiting: int
    unposted: int
    next_digest_at: datetime | None


@dataclass(frozen=True, slots=True)
class HostStats:
    """How Hearsay is doing at all. `feeds` are those that somebody has, by state; see `ServerStatus`."""

    servers: int
    departed: int
    feeds: Mapping[FeedState, int]
    articles: int
    claims: int
    reports: int
    lag: timedelta
    waiting: Mapping[str, int]
    unposted: int
