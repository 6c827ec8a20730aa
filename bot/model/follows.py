"""Follows: what a person or a channel gets news about, and when."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.model.delivery import Delivery


class FollowKind(StrEnum):
    """What is followed."""

    ACTOR = "actor"
    TOPIC = "topic"
    OUTLET = "outlet"
    STORY = "story"


class FollowRhythm(StrEnum):
    """When news about a follow is sent."""

    AT_ONCE = "at once"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is followed: an actor, topic or outlet by its name, or a story by its number and its title."""

    kind: FollowKind
    name: str
    story_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Where and when news is told.

    `channel_id` is a channel of the server, or if it is `private`, the direct messages with the person. `at` and
    `timezone` are the time of a daily letter. `language` is Discord's tag for the language of the letters.
    """

    channel_id: int
    private: bool
    rhythm: FollowRhythm
    at: time
    timezone: str
    language: str = ""

    @property
    def together(self) -> tuple[object, ...]:
        """Return what everything in one message shares: the place, and for a daily letter its time."""
        time_of_day = (self.at, self.timezone) if self.rhythm is FollowRhythm.DAILY else ()
        return self.channel_id, self.rhythm, *time_of_day


@dataclass(frozen=True, slots=True)
class Follow:
    """Something that a person follows in a server, or that a channel does, set up by a person.

    Articles read at `since` or before are not told. `muted_until` is the end of a pause that the person chose;
    `paused_reason` says why nothing is told until somebody resumes it. `next_at` is when to look for news; None if
    there is nothing to look for. `removed_at` is when it was removed; for a while that can be undone.
    """

    id: int
    user_id: int
    guild_id: int
    subject: Subject
    reach: Reach
    since: datetime
    created_at: datetime
    muted_until: datetime | None = None
    paused_reason: str | None = None
    next_at: datetime | None = None
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message about what is followed, in the outbox. `user_id` is the person if it is a direct message."""

    delivery: Delivery
    guild_id: int
    user_id: int | None
