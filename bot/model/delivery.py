"""What the store gives: rows as plain frozen values. All times are aware and in UTC."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


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
