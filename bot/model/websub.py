"""WebSub: the hubs that a feed announces, and the state of a subscription to one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Announcement:
    """The hubs that a feed names, in the order in which to try them, and the topic to ask them for."""

    hubs: tuple[str, ...]
    topic: str


class HubState(StrEnum):
    """The state of a subscription to a feed's hub."""

    ANNOUNCED = "announced"
    """The feed names a hub that has not been asked yet or has failed. It is asked at `next_at`."""
    ASKED = "asked"
    """The hub was asked and has not verified the subscription yet."""
    ACTIVE = "active"
    """Verified: the hub sends new entries until the lease ends."""
    DENIED = "denied"
    """The hub refused. It is asked again at `next_at`."""
    LEAVING = "leaving"
    """The hub was asked to end the subscription: nobody has the feed any more, or it names another hub."""


@dataclass(frozen=True, slots=True)
class HubSubscription:
    """The stored state of the subscription to the hub of one feed."""

    feed_id: int
    feed_url: str
    announcement: Announcement
    """What the feed announced last. Without hubs if it has stopped announcing any."""
    state: HubState
    hub: str
    """The hub that was or will be asked."""
    topic: str
    """The topic that it was or will be asked for."""
    token: str
    """The part of the callback address that nobody can guess. Secret."""
    secret: str
    """The key with which the hub signs. Secret."""
    next_at: datetime
    """When to ask, to renew, or to stop waiting."""
    asked_at: datetime | None = None
    """When the hub was last asked."""
    pending: bool = False
    """Whether the hub has not verified that request yet."""
    lease_until: datetime | None = None
    failures: int = 0
    """How often in a row asking the hub has failed."""
    method: str | None = None
    """The strongest signature method that the hub has used."""
    pushed_at: datetime | None = None
    """When the last push with a valid signature arrived."""
    error: str | None = None
    """Why the hub refused, or why asking it last failed, in words."""
    wanted: bool = True
    """Whether the host or a server has the feed, and it is not disabled."""

    def active_at(self, now: datetime) -> bool:
        """Return whether the hub has promised to send new entries at this time."""
        return self.state is HubState.ACTIVE and self.lease_until is not None and now < self.lease_until


@dataclass(frozen=True, slots=True)
class Pushing:
    """What a poll needs to know about the hub of its feed."""

    announcement: Announcement
    """What the feed announced last."""
    lease_until: datetime | None = None
    """Until when the hub sends new entries. None if there is no active subscription."""
    pushed_at: datetime | None = None
    """When the last push with a valid signature arrived."""
    pushes: int = 0
    """How many pushes have arrived since the last poll."""
    confirmed: int = 0
    """How many polls in a row found nothing new that the hub had not already sent."""
