"""Searches for claims, and a page of results."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.claims import ClaimRecord, Kind, Wording


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """Which claims to find. None means no limit.

    `guild_id` None (the command line) covers all feeds. `actor` is any name of an actor, `topic` is free text,
    `outlet` is the exact name of one.
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


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Some of the claims found, those of the newest article first, and how many there are.

    They are not counted to the end: if there is `more`, there are more than `total`.
    """

    claims: tuple[ClaimRecord, ...]
    total: int
    more: bool = False
