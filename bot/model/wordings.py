"""One claim in the wordings of several outlets, side by side."""

from dataclasses import dataclass
from enum import StrEnum

from bot.model.digests import DigestClaim


class Part(StrEnum):
    """Which of two wordings has a run of words."""

    BOTH = "both"
    LEFT_OUT = "left out"
    """Only the first: the second leaves it out."""
    ADDED = "added"
    """Only the second."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together in both wordings, or in one."""

    part: Part
    words: str


@dataclass(frozen=True, slots=True)
class Wording:
    """How one outlet words a claim, compared with the fullest wording."""

    claim: DigestClaim
    runs: tuple[Run, ...]
    cuts_quotation: bool
    """Whether it leaves out a part of the fullest quotation, and changes nothing else."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """The fullest wording of a claim, and those of other outlets."""

    fullest: DigestClaim
    others: tuple[Wording, ...]

    @property
    def cues_differ(self) -> bool:
        """Whether the outlets report it with different words, such as "slammed" and "questioned"."""
        cues = {self.fullest.cue.casefold(), *(other.claim.cue.casefold() for other in self.others)}
        return len(cues - {""}) > 1
