"""What is stored about a person."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """One place in which a person's Discord id is stored.

    `what` is what they did there ("added a feed"), `of` what it was, such as the feed's address. `at` is when, if
    that is stored.
    """

    what: str
    guild_id: int
    of: str
    at: datetime | None = None
