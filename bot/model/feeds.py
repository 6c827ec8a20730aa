"""What passes between the phases of polling."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from bot.model.websub import Announcement, Pushing


class FeedState(StrEnum):
    """How a feed fares: polled as planned, failing and retried ever later, or no longer polled."""

    HEALTHY = "healthy"
    FAILING = "failing"
    DISABLED = "disabled"


class PollStatus(StrEnum):
    """How one poll of one feed ended."""

    NOT_MODIFIED = "not_modified"
    """304, or 200 with the validators that were sent."""
    UNCHANGED = "unchanged"
    """200 with the body of last time."""
    CHANGED = "changed"
    ERROR = "error"
    GONE = "gone"
    """410: the feed is not coming back."""


class EntryProgress(StrEnum):
    """How far an entry has come on its way to claims."""

    WAITING = "waits to be read"
    RETRYING = "could not be read yet"
    UNREADABLE = "could not be read"
    LEFT_OUT = "is not to be read"
    READ = "waits to be analysed"
    UNANALYSED = "could not be analysed"
    DONE = "done"


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
    """The ETag and Last-Modified of the last answer, byte-exact (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Prints:
    """What an entry is told by besides its key: its address, its title, and a sketch of its content.

    Each is empty where it would not tell: a front page, no title, too short a text.
    """

    link: str = ""
    title: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One entry as the feed gives it.

    `key` identifies it within its feed: its guid, else its link, else a hash of title and content.
    `html` is the fullest content that the feed carries. `published_at` is aware UTC, never in the future.
    `updated_at` is when the feed says that the entry was changed.
    """

    key: str
    url: str | None
    title: str
    author: str | None = None
    published_at: datetime | None = None
    html: str = ""
    updated_at: datetime | None = None
    prints: Prints | None = field(default=None, compare=False, repr=False)
    """See `bot.feeds.identity.prints_of`; None where nobody has found them yet."""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document: what it says of itself, and its entries, newest first as it lists them."""

    title: str
    site_url: str | None = None
    language: str | None = None
    entries: tuple[ParsedEntry, ...] = ()
    ttl: timedelta | None = None
    """How long the feed says it may be cached (RSS ttl, or the period of the syndication module)."""
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day, in UTC, in which the feed asks not to be polled (RSS skipHours)."""
    skip_days: frozenset[int] = frozenset()
    """Days of the week (Monday is 0), in UTC, on which the feed asks not to be polled (RSS skipDays)."""
    left_out: int = 0
    """How many more entries the document has that are known to be as they were: they are not in `entries`."""
    left_out_dates: tuple[datetime, ...] = ()
    """When those were published, as far as it is known: the pace of a feed goes by all its entries."""
    left_out_keys: frozenset[bytes] = frozenset()
    """The digests of their keys (`bot.feeds.identity.key_digest`)."""
    hubs: tuple[str, ...] = ()
    """Where the document says that its hubs are (WebSub; rel=hub, or the hubs of a JSON Feed)."""
    self_url: str | None = None
    """What the document says is its own address (rel=self)."""
    item_hashes: bytes = b""
    """By what the next poll knows the entries of this document; see `bot.feeds.trim`."""


class Skipping(Protocol):
    """What knows when a feed asks not to be polled: a document of it, or what is remembered of the last one."""

    @property
    def skip_hours(self) -> frozenset[int]:
        """Hours of the day in UTC."""

    @property
    def skip_days(self) -> frozenset[int]:
        """Days of the week, Monday being 0, in UTC."""


@dataclass(frozen=True, slots=True)
class PollTarget:
    """What polling needs to know of a feed."""

    feed_id: int
    url: str
    validators: Validators = Validators()
    body_hash: str | None = None
    wire_hash: str | None = None
    """That of the last body as it came, where it came compressed (see `bot.fetching.compression`)."""
    failures: int = 0
    subscribers: int = 0
    """Servers that have this feed; told in the User-Agent."""
    interval: timedelta | None = None
    """The `interval` of the last outcome that had one: what polls that find nothing new go by."""
    skip_hours: frozenset[int] = frozenset()
    """As in the last document: answers without one (304) go by it, too."""
    skip_days: frozenset[int] = frozenset()
    item_hashes: bytes = b""
    """The `item_hashes` of the last document; empty where it is not known or had none."""
    due_at: datetime | None = None
    """When it was to be polled."""
    pushing: Pushing | None = None
    """The hub that the feed announces; None if it announces none."""


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
    """The parsed document where the status is CHANGED."""
    error: str | None = None
    failures: int = 0
    moved_to: str | None = None
    """Where a permanent redirect (301, 308) pointed."""
    interval: timedelta | None = None
    """How often the feed brings something new, by its own posting rate and hints; None where unknown."""
    url: str = ""
    """The address that was polled."""
    announced: Announcement | None = None
    """The hubs that the answer announces; with `announces_anew` None means that it announces none any more."""
    announces_anew: bool = False
    """Whether that is not what was known."""
    quiet_poll_at: datetime | None = None
    """When to poll again instead if nothing is new because a hub has pushed it before; None without such a hub."""
    as_known: bool = False
    """Whether validators, hashes and interval are as the target had them, as after nearly every poll."""


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
    """The host asked for it on the command line: polled even where no server has it."""
    failing_since: datetime | None = None
    """The first failure since the last success; None while it is healthy."""
    warned_at: datetime | None = None
    """When its servers were warned that it is about to be disabled."""
    disabled_at: datetime | None = None
    """When it was disabled and its servers were told."""
    kept_back: str | None = None
    """Why entries of its last document were kept back, in words for a person; None where none were."""


def title_of(feed: Feed) -> str:
    """Return what a feed is called: its title, else its host."""
    try:
        return feed.title.strip() or urlsplit(feed.url).hostname or feed.url
    except ValueError:
        return feed.url
