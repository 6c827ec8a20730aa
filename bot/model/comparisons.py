"""Two actors side by side: what each said, what both said, and what one denies of the other."""

from dataclasses import dataclass

from bot.model.claims import ClaimRecord


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two actors. `claims` are those of a page, of `total` different ones; there may be `more`.

    `speaker` is the actor's newest claim, under the name that most articles use; None if nothing was found.
    """

    speaker: ClaimRecord | None
    claims: tuple[ClaimRecord, ...] = ()
    total: int = 0
    more: bool = False
    namesakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Denial:
    """What one of the two claims and the other denies. No verdict."""

    claimed: ClaimRecord
    denied: ClaimRecord


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two actors side by side. `shared` are claims that both made, that of the first actor first."""

    sides: tuple[Side, Side]
    shared: tuple[tuple[ClaimRecord, ClaimRecord], ...] = ()
    denials: tuple[Denial, ...] = ()
