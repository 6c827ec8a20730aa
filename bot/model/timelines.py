"""What an actor said over time: positions by date."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.claims import ClaimRecord


@dataclass(frozen=True, slots=True)
class Position:
    """Something that an actor said, once or several times, the oldest first.

    `number` counts the positions of a timeline from 1. `reversed_by` is the first of these claims that is the
    contrary of an earlier claim, `contrary`, which has the number `contrary_number`.
    """

    number: int
    said: tuple[ClaimRecord, ...]
    reversed_by: ClaimRecord | None = None
    contrary: ClaimRecord | None = None
    contrary_number: int | None = None

    @property
    def claim(self) -> ClaimRecord:
        """The claim that stands for the position: the first."""
        return self.said[0]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The positions of a page, of `total`, the oldest first.

    `speaker` is the actor's newest claim, under the name that most articles use. `moments` are when each claim of
    the whole timeline was published. It is drawn from the newest claims; there may be `more` older ones.
    """

    speaker: ClaimRecord
    positions: tuple[Position, ...]
    total: int
    moments: tuple[datetime, ...]
    namesakes: tuple[str, ...] = ()
    more: bool = False
