"""What pages and texts say that somebody had read."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.claims import ClaimRecord, Evidence


@dataclass(frozen=True, slots=True)
class Reading:
    """A page or a text, and who is reported in it to have said what.

    `key` finds it again. `claims` are those sure enough to be shown, actor by actor, the key actor first. Without
    an `article_id` they are not stored as claims, and `evidence` has one of each, in the same order. `url` is None
    for a text. `note` says why this is not all that the page says.
    """

    key: str
    title: str
    outlet: str
    url: str | None
    published_at: datetime | None
    claims: tuple[ClaimRecord, ...]
    evidence: tuple[Evidence, ...] = ()
    note: str | None = None
    article_id: int | None = None
