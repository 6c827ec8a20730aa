"""What people ask for, and a page of what was found."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.claims import ClaimRecord


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """Which claims are asked for. None means no limit on that side.

    `guild_id` None (the command line) sees all feeds. `actor` is any name of an actor, `topic` free words.
    """

    guild_id: int | None = None
    actor: str | None = None
    topic: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    minimum_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Some of the claims found, newest article first, and how many there are in all."""

    claims: tuple[ClaimRecord, ...]
    total: int
