"""What is said more often now than usual."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Subject(StrEnum):
    """What a trend is about."""

    ACTOR = "actor"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stories an actor or a word is in, by day, the oldest day first, and how many there are at all."""

    with_it: tuple[int, ...]
    all: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """An actor or a topic that is in more stories than usual.

    `recent` of `recent_all` stories have it, and `before` of `before_all` had it. `times` is how many times as
    often that is at least, with 95 percent confidence. `days` are its stories by day, the oldest day first.
    """

    subject: Subject
    name: str
    recent: int
    recent_all: int
    before: int
    before_all: int
    times: float
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """What is said more often than usual, actors first, then topics.

    `days` is how many days count as now; the `past_days` before them are what is usual. `until` is when now ends.
    `stories` and `past_stories` are how many stories with claims both have; `enough` is whether the past ones tell
    what is usual.
    """

    trends: tuple[Trend, ...]
    days: int
    past_days: int
    until: datetime
    stories: int
    past_stories: int
    enough: bool = True
