"""Shards: the parts into which Discord divides the servers of a bot, each with a connection of its own."""

import re
from dataclasses import dataclass

from bot.errors import BadInput

MOST = 100_000
"""More shards than any bot has: each serves at most 2,500 servers."""
_FORM = re.compile(r"(\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*)/(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards that one gateway holds, of all that the bot has."""

    ids: tuple[int, ...]
    count: int


def shards_of(text: str) -> Shards:
    """Return the shards named by "0-7/32" (the first eight of 32) or "0,3,8-9/32". Raises BadInput."""
    found = _FORM.fullmatch(text.replace(" ", ""))
    if found is None or len(text) > 1000:
        raise BadInput(f"Shards are written like 0-7/32: the first eight of 32. {text[:40]!r} is not.")
    count = int(found[2])
    if not 1 <= count <= MOST:
        raise BadInput(f"A bot has between 1 and {MOST:,} shards.")
    ids: set[int] = set()
    for part in found[1].split(","):
        first, _, last = part.partition("-")
        low, high = int(first), int(last or first)
        if not low <= high < count:
            raise BadInput(f"With {count} shards, their numbers are 0 to {count - 1}, the lower one first.")
        ids.update(range(low, high + 1))
    return Shards(tuple(sorted(ids)), count)
