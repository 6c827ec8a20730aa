"""What the store gives: rows as plain frozen values. All times are aware and in UTC."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from bot.digests.values import Cadence, Printing
from bot.extraction.values import ActorType, Kind, Span, Wording
from bot.feeds.values import FeedState


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


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article as stored, with its text."""

    id: int
    url: str
    outlet: str
    title: str
    author: str | None
    published_at: datetime
    language: str | None
    image_url: str | None
    text: str
    story_id: int | None


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A claim as found, with the article that printed it."""

    id: int
    article_id: int
    actor_id: int | None
    actor: str | None
    actor_type: ActorType | None
    role: str | None
    source_text: str
    cue_text: str
    content_text: str
    kind: Kind
    verbatim: Wording
    confidence: float
    title: str
    url: str
    outlet: str
    published_at: datetime
    also_in: tuple[Printing, ...] = ()
    """Other outlets with the same article, word for word."""
    hedged: bool | None = None
    """Whether the source, or the report, does not vouch for it; None where it was not looked at."""
    addressee: str | None = None
    """To whom it was said, in the article's words."""
    time: str | None = None
    """When it was said, in the article's words."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim in its context: `text` is an excerpt of the article; the spans are offsets into `text`."""

    claim: ClaimRecord
    text: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """Which claims are asked for. None means no limit on that side.

    `guild_id` None (the command line) sees all feeds. `actor` is any name of an actor, `topic` free words.
    """

    guild_id: int | None = None
    actor: str | None = None
    topic: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    minimum_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Some of the claims found, newest article first, and how many there are in all."""

    claims: tuple[ClaimRecord, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel that gets digests.

    `at` is local time in `timezone` (daily, weekly); `weekday` counts from Monday = 0 (weekly).
    `feed_ids` empty means every feed of the server. `guild_id` None is the host, who looks at all feeds from
    the command line; such a subscription is never stored.
    """

    id: int
    guild_id: int | None
    channel_id: int
    cadence: Cadence
    at: time
    weekday: int
    timezone: str
    feed_ids: tuple[int, ...]
    minimum_confidence: float
    next_at: datetime
    created_by: int
    created_at: datetime
    paused_reason: str | None
    filter: str = ""
    """Which articles it wants, as `bot.digests.filters` reads it; empty means all."""


class NoticeKind(StrEnum):
    """What a server's managers are told of a feed, each once while it fails."""

    WARNING = "warning"
    DISABLED = "disabled"


class DeliveryState(StrEnum):
    """Where a delivery stands in the outbox."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message in the outbox.

    `payload` is the message as Discord's REST API takes it ("embeds", "components"). `nonce` makes posting
    it idempotent for some minutes. `attempted_at` is set before a message leaves: where it is set and the
    state is PENDING, the message may or may not have been posted.
    """

    id: int
    subscription_id: int | None
    """None: a notice about a feed, not a digest."""
    channel_id: int
    slot: datetime
    part: int
    nonce: str
    payload: dict[str, Any]
    state: DeliveryState
    attempts: int
    attempted_at: datetime | None
    next_try_at: datetime
    message_id: int | None
    error: str | None
