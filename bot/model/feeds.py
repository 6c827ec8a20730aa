"""Feeds: the input of polling, its results, and what is stored."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from bot.languages.translations import N_
from bot.model.websub import Announcement, Pushing


class FeedState(StrEnum):
    """Whether a feed is polled as planned, failing and retried with growing delays, or no longer polled."""

    HEALTHY = "healthy"
    FAILING = "failing"
    DISABLED = "disabled"


class PollStatus(StrEnum):
    """The result of one poll of one feed."""

    NOT_MODIFIED = "not_modified"
    """304, or 200 with the validators that we sent."""
    UNCHANGED = "unchanged"
    """200 with the same body as last time."""
    CHANGED = "changed"
    ERROR = "error"
    GONE = "gone"
    """410: the feed will not come back."""


class EntryProgress(StrEnum):
    """How far an entry has come on its way to claims."""

    WAITING = N_("waits to be read")
    RETRYING = N_("could not be read yet")
    UNREADABLE = N_("could not be read")
    LEFT_OUT = N_("is not to be read")
    READ = N_("waits to be analysed")
    UNANALYSED = N_("could not be analysed")
    DONE = N_("done")


@dataclass(frozen=True, slots=True)
class EntryStatus:
    """How far one entry has come, and the reason if it has not come all the way or if only a part could be read.

    `retry_at` is when it is tried again, if it is.
    """

    entry_id: int
    title: str
    url: str | None
    first_seen_at: datetime
    progress: EntryProgress
    reason: str | None = None
    retry_at: datetime | None = None
    article_id: int | None = None


@dataclass(frozen=True, slots=True)
class EntrySummary:
    """How many entries of a feed have come how far, and why the latest that failed was not read or analysed."""

    counts: Counter[EntryProgress]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """ETag and Last-Modified of the last answer, byte for byte (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Prints:
    """What identifies an entry besides its key: its address, its title, and a sketch of its content.

    A value is empty if it would not identify anything: a front page, no title, too short a text.
    """

    link: str = ""
    title: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One entry of a feed.

    `key` identifies it within its feed: its guid, else its link, else a hash of title and content. `html` is the
    fullest content in the feed. `published_at` is aware, in UTC, and never in the future. `updated_at` is when the
    entry was changed according to the feed.
    """

    key: str
    url: str | None
    title: str
    author: str | None = None
    published_at: datetime | None = None
    html: str = ""
    updated_at: datetime | None = None
    prints: Prints | None = field(default=None, compare=False, repr=False)
    """See `bot.feeds.prints.prints_of`. None if they have not been computed yet."""
    keyed_by_address: bool = field(default=False, compare=False)
    """Whether the key is only its address, as it has no guid."""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document: its description of itself, and its entries in its own order."""

    title: str
    site_url: str | None = None
    language: str | None = None
    entries: tuple[ParsedEntry, ...] = ()
    ttl: timedelta | None = None
    """How long the feed may be cached according to itself (RSS ttl, or the period of the syndication module)."""
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day, in UTC, in which the feed asks not to be polled (RSS skipHours)."""
    skip_days: frozenset[int] = frozenset()
    """Days of the week (Monday is 0), in UTC, on which the feed asks not to be polled (RSS skipDays)."""
    left_out: int = 0
    """How many more entries the document has that are known and unchanged. They are not in `entries`."""
    left_out_dates: tuple[datetime, ...] = ()
    """When these were published, if known. The pace of a feed depends on all its entries."""
    left_out_keys: frozenset[bytes] = frozenset()
    """The digests of their keys (`bot.feeds.prints.key_digest`)."""
    hubs: tuple[str, ...] = ()
    """The addresses of its hubs according to the document (WebSub; rel=hub, or the hubs of a JSON Feed)."""
    self_url: str | None = None
    """Its own address according to the document (rel=self)."""
    item_hashes: bytes = b""
    """Hashes by which the next poll recognises the entries of this document; see `bot.feeds.trim`."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed that a person may mean, and the address to poll it at."""

    url: str
    title: str
    site_url: str | None = None
    language: str | None = None
    last_entry_at: datetime | None = None
    entries_a_week: float | None = None
    """How often it posts, by the dates in its document; None if it gives none."""


class PollPauses(Protocol):
    """Anything that knows when a feed asks not to be polled: a document, or what was stored of the last one."""

    @property
    def skip_hours(self) -> frozenset[int]:
        """Hours of the day, in UTC."""

    @property
    def skip_days(self) -> frozenset[int]:
        """Days of the week (Monday is 0), in UTC."""


@dataclass(frozen=True, slots=True)
class PollTarget:
    """What polling needs to know about a feed."""

    feed_id: int
    url: str
    validators: Validators = Validators()
    body_hash: str | None = None
    wire_hash: str | None = None
    """Hash of the last body before decompression, if it came compressed (see `bot.fetching.compression`)."""
    failures: int = 0
    subscribers: int = 0
    """How many servers have this feed. Sent in the User-Agent."""
    interval: timedelta | None = None
    """The `interval` of the last outcome that had one. Polls that find nothing new use it."""
    skip_hours: frozenset[int] = frozenset()
    """From the last document. Answers without one (304) follow it, too."""
    skip_days: frozenset[int] = frozenset()
    item_hashes: bytes = b""
    """The `item_hashes` of the last document. Empty if they are unknown or it had none."""
    due_at: datetime | None = None
    """When the poll was due."""
    pushing: Pushing | None = None
    """The hub that the feed announces. None if it announces none."""


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """What one poll of one feed found, and when to poll again."""

    feed_id: int
    status: PollStatus
    polled_at: datetime
    next_poll_at: datetime
    state: FeedState
    validators: Validators = Validators()
    body_hash: str | None = None
    wire_hash: str | None = None
    feed: ParsedFeed | None = None
    """The parsed document if the status is CHANGED."""
    error: str | None = None
    failures: int = 0
    moved_to: str | None = None
    """Where a permanent redirect (301, 308) pointed."""
    interval: timedelta | None = None
    """How often the feed brings something new, by its own posting rate and hints. None if unknown."""
    url: str = ""
    """The address that was polled."""
    announced: Announcement | None = None
    """The hubs that the answer announces. None, together with `announces_anew`, means that it no longer announces
    any."""
    announces_anew: bool = False
    """Whether `announced` differs from what was known."""
    quiet_poll_at: datetime | None = None
    """When to poll again instead if there is nothing new because a hub has pushed it before. None without such a
    hub."""
    as_known: bool = False
    """Whether validators, hashes and interval are unchanged, as after nearly every poll."""


@dataclass(slots=True)
class PollSummary:
    """What one pass over the feeds found."""

    statuses: Counter[PollStatus] = field(default_factory=Counter)
    new_entries: int = 0
    errors: dict[str, str] = field(default_factory=dict)
    """What went wrong, by the address of the feed."""

    @property
    def feeds(self) -> int:
        """How many feeds were polled."""
        return self.statuses.total()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, stored and polled once for all servers."""

    id: int
    url: str
    title: str
    site_url: str | None
    state: FeedState
    failures: int
    error: str | None
    last_polled_at: datetime | None
    last_success_at: datetime | None
    next_poll_at: datetime
    kept_by_host: bool
    """The host added it on the command line: it is polled even if no server has it."""
    failing_since: datetime | None = None
    """The first failure since the last success. None while it is healthy."""
    warned_at: datetime | None = None
    """When its servers were warned that it will be disabled."""
    disabled_at: datetime | None = None
    """When it was disabled and its servers were told."""
    kept_back: str | None = None
    """Why entries of its last document were kept back, as a sentence for users. None if none were."""


def title_of(feed: Feed) -> str:
    """Return the display name of a feed: its title, else its host."""
    try:
        return feed.title.strip() or urlsplit(feed.url).hostname or feed.url
    except ValueError:
        return feed.url
