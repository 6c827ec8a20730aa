"""Messages in the outbox. All times are aware and in UTC."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class NoticeKind(StrEnum):
    """What the managers of a server are told, each once per failure of a feed or a digest."""

    WARNING = "warning"
    DISABLED = "disabled"
    UNPOSTED = "unposted"
    """A digest cannot be posted: a permission is missing, a thread is locked, or Discord refuses it."""
    ANNOUNCEMENT = "announcement"
    """Whoever runs Hearsay has something to say to the servers that chose a channel for notices."""


class DeliveryState(StrEnum):
    """The state of a delivery in the outbox."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PostedMessage:
    """A message of a digest that was posted, with what it shows (`bot.digests.shown_stories`)."""

    id: int
    guild_id: int
    channel_id: int
    message_id: int
    nonce: str
    shows: dict[str, Any]
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class PostedAt:
    """Where a message was posted: its id, and the forum post that it stands in."""

    message_id: int
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message in the outbox.

    `payload` is the message as Discord's REST API takes it ("embeds", "components"). For some minutes `nonce`
    makes posting it idempotent. `attempted_at` is set before a message is sent: if it is set and the state is
    PENDING, the message may or may not have been posted.
    """

    id: int
    subscription_id: int | None
    """None if it is a notice about a feed and not a digest."""
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
    """The posted message. If it is set while the delivery waits, that message is to be edited."""
    error: str | None
    thread_id: int | None = None
    """The forum post in which the message stands, or is to be posted if it has been opened."""
