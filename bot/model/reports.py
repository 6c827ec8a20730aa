"""What readers report as wrong about a claim."""

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
