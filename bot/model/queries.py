"""Searches for claims, and a page of results."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.claims import ClaimRecord, Kind, Wording


class Sort(StrEnum):
    """The order of claims. Relevance is that to the topic."""

    NEWEST = "newest"
    RELEVANT = "relevant"


class Form(StrEnum):
    """How an answer is laid out: by claim or actor, as a profile, two actors compared, by date, or trends.

    The last three have no pages and are stored to be exported: a story, the claims that somebody missed, and those
    that are like the words that were checked.
    """

    CLAIMS = "claims"
    ACTORS = "actors"
    PROFILE = "profile"
    COMPARISON = "comparison"
    TIMELINE = "timeline"
    TRENDS = "trends"
    STORY = "story"
    MISSED = "missed"
    CHECKED = "checked"


NOT_KEPT = 0
"""In place of the id of a question that could not be stored."""


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """Which claims to find. None means no limit.

    `guild_id` None (the command line) covers all feeds. `actor` is any name of an actor, `topic` is free text,
    `outlet` is the exact name of one. `misspelt` is what was typed for `actor`, if that was corrected.
    `form` is how the answer is laid out. `other` and `other_misspelt` are the second actor of a comparison,
    `days` how many days count as now in trends, `story` the id of a story, `claims` the claims that were shown.
    """

    guild_id: int | None = None
    actor: str | None = None
    topic: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    minimum_confidence: float = 0.0
    outlet: str | None = None
    kind: Kind | None = None
    wording: Wording | None = None
    sort: Sort = Sort.NEWEST
    misspelt: str | None = None
    form: Form = Form.CLAIMS
    other: str | None = None
    other_misspelt: str | None = None
    days: int | None = None
    story: int | None = None
    claims: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Some of the claims found, in the order asked for, and how many there are.

    They are not counted to the end: if there is `more`, there are more than `total`.
    """

    claims: tuple[ClaimRecord, ...]
    total: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """What one actor said on a topic: some claims, in the order asked for, and how many others there are.

    All are of the same actor, or of speakers who are not known.
    """

    claims: tuple[ClaimRecord, ...]
    others: int = 0


@dataclass(frozen=True, slots=True)
class VoicePage:
    """Some of the actors who spoke on a topic, in the order asked for, and how many there are.

    `among` is how many claims were grouped; if there are `more`, older ones were left out.
    """

    voices: tuple[Voice, ...]
    total: int
    among: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role, and when the first and the last claim was published that shows its speaker in it."""

    role: str
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """What the articles that a server sees show of one actor.

    `speaker` is the actor's newest claim, under the name that most articles use. `called` are the names that
    articles use, `outlets` how many claims each outlet has, the most first. `repeated` are claims with how many
    articles have them. `namesakes` are others whom the name fits too. `among` is how many of the newest claims the
    profile is drawn from; there may be `more`.
    """

    speaker: ClaimRecord
    called: tuple[str, ...]
    roles: tuple[RoleHeld, ...]
    outlets: tuple[tuple[str, int], ...]
    latest: tuple[ClaimRecord, ...]
    repeated: tuple[tuple[ClaimRecord, int], ...]
    promises: tuple[ClaimRecord, ...]
    namesakes: tuple[str, ...]
    among: int
    more: bool = False
