"""What a feed announces of hubs, and what is kept of a subscription to one (WebSub)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Announcement:
    """The hubs that a feed names, in the order in which they are to be tried, and the topic to ask them for."""

    hubs: tuple[str, ...]
    topic: str


class HubState(StrEnum):
    """Where the subscription to a feed's hub stands."""

    ANNOUNCED = "announced"
    """The feed names a hub, which has not been asked yet or has failed; it is asked at `next_at`."""
    ASKED = "asked"
    """The hub has been asked and has not verified it yet."""
    ACTIVE = "active"
    """Verified: the hub sends what is new until the lease ends."""
    DENIED = "denied"
    """The hub refuses; it is asked again at `next_at`."""
    LEAVING = "leaving"
    """The hub has been asked to end it, as nobody wants the feed any more or it names another hub."""


@dataclass(frozen=True, slots=True)
class HubSubscription:
    """What is kept of the subscription to the hub of one feed."""

    feed_id: int
    feed_url: str
    announcement: Announcement
    """What the feed announced last; without hubs if it has stopped."""
    state: HubState
    hub: str
    """The hub that was or is to be asked."""
    topic: str
    """The topic that it was or is to be asked for."""
    token: str
    """The part of the callback address that nobody can guess. Secret."""
    secret: str
    """The key with which the hub signs. Secret."""
    next_at: datetime
    """When to ask, to renew, or to give up waiting."""
    asked_at: datetime | None = None
    """When the hub was asked last."""
    pending: bool = False
    """Whether it has not verified that yet."""
    lease_until: datetime | None = None
    failures: int = 0
    """How often in a row asking the hub has failed."""
    method: str | None = None
    """The strongest signature method that the hub has used."""
    pushed_at: datetime | None = None
    """When the last push with a valid signature came."""
    error: str | None = None
    """Why it was denied, or why asking failed last, in words."""
    wanted: bool = True
    """Whether the host or a server has the feed, and it is not disabled."""

    def active_at(self, now: datetime) -> bool:
        """Return whether the hub has promised to send what is new at this time."""
        return self.state is HubState.ACTIVE and self.lease_until is not None and now < self.lease_until


@dataclass(frozen=True, slots=True)
class Pushing:
    """What a poll needs to know of the hub of its feed."""

    announcement: Announcement
    """What the feed announced last."""
    lease_until: datetime | None = None
    """Until when the hub sends what is new; None if there is no active subscription."""
    pushed_at: datetime | None = None
    """When the last push with a valid signature came."""
    pushes: int = 0
    """How many have come since the last poll."""
    confirmed: int = 0
    """How many polls in a row found nothing new that the hub had not sent before."""
