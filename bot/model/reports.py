"""Readers' reports about a claim, and the decision about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with a claim."""

    SPEAKER = "speaker"
    """Somebody else said it."""
    WORDS = "words"
    """The speaker said something else."""
    NOT_SAID = "not said"
    """Nobody said anything of the kind."""
    MIXED_UP = "mixed up"
    """Two people were taken for one."""
    OUTDATED = "outdated"
    """It was right once: the article was corrected, or the speaker took it back."""


EVERYWHERE = 0
"""Stands for all servers, where the host decides for them. No Discord id is 0."""


HOST = 0
"""Stands for the host on the command line, who has no Discord id there."""


class Decision(StrEnum):
    """What those who manage a server, or the host, decided about a claim."""

    WITHDRAWN = "withdrawn"
    """It is not shown any more."""
    KEPT = "kept"
    """It is right: what was reported before does not count."""
    OPEN = "open"
    """Nothing: an earlier decision was taken back."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report with the claim as it was then. Who sent it is not told.

    `remark` is what the reader wrote, maybe nothing. `sentence` is the sentence of the article, or several.
    """

    id: int
    guild_id: int
    claim_id: int
    article_id: int
    url: str
    title: str
    sentence: str
    actor: str | None
    cue: str
    content: str
    fault: Fault
    remark: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewedClaim:
    """A claim that was reported or decided about, as those see it who may decide.

    `content` and the like are what was reported or decided about. `reports` are the newest, `readers` is how many
    there are. `decision` is the own one of the server, or of the host; `everywhere` says that the host withdrew
    the claim for all servers.
    """

    claim_id: int
    article_id: int
    actor: str | None
    content: str
    title: str
    url: str
    reports: tuple[Report, ...]
    readers: int
    decision: Decision
    decided_at: datetime | None
    everywhere: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One claim of a list of claims to decide about, or None if the list is empty: page `number` of `count`."""

    claim: ReviewedClaim | None
    number: int
    count: int
