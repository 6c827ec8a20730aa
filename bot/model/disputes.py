"""Where the sources of a story contradict each other. Both sides, and no verdict."""

from dataclasses import dataclass

from bot.model.digests import DigestClaim


@dataclass(frozen=True, slots=True)
class Dispute:
    """What somebody claims, and somebody else denies; each side with all claims that say so."""

    claimed: tuple[DigestClaim, ...]
    denied: tuple[DigestClaim, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, as its sources give it, and their claims."""

    number: str
    claims: tuple[DigestClaim, ...]


@dataclass(frozen=True, slots=True)
class DifferingFigures:
    """Different numbers for one thing ("dead"), the smallest first."""

    counted: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Disagreements:
    """All disagreements between the sources of a story, as far as they are certain."""

    disputes: tuple[Dispute, ...] = ()
    figures: tuple[DifferingFigures, ...] = ()
    title: str = ""
    """A headline of the story."""
