"""The newest items of a document that is not well-formed, found in its text."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.feeds.dates import reader_of_many
from bot.feeds.guard import ITEM_END
from bot.feeds.trim import window_of
from bot.feeds.xml_items import CHANGED, PUBLISHED

_START = re.compile(r"<(?:[A-Za-z_][\w.-]{0,30}:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
_DATE = re.compile(
    rf"<(?:[A-Za-z_][\w.-]{{0,30}}:)?({'|'.join(sorted(PUBLISHED | CHANGED))})(?:\s[^<>]{{0,200}})?>"
    r"\s*(?:<!\[CDATA\[)?([^<>\]]{4,120})",
    re.IGNORECASE,
)


def newest_items(xml: str, most: int, now: datetime) -> str:
    """Return `xml` with only its newest `most` items, or its first ones if it is unclear where each begins."""
    ends = [match.end() for match in ITEM_END.finditer(xml)]
    if len(ends) <= most:
        return xml
    starts = [match.start() for match in _START.finditer(xml)]
    if not _side_by_side(starts, ends):
        return xml[: ends[most - 1]]
    spans = list(zip(starts, ends, strict=True))
    read = reader_of_many(now)
    dates = [_date_in(xml[start:end], read) for start, end in spans]
    kept = window_of(dates, [False] * len(dates), most)
    return "".join([xml[: starts[0]], *(xml[slice(*spans[i])] for i in kept), xml[ends[-1] :]])


def _side_by_side(starts: Sequence[int], ends: Sequence[int]) -> bool:
    if len(starts) != len(ends):
        return False
    return all(start < end for start, end in zip(starts, ends, strict=True)) and all(
        end <= start for end, start in zip(ends, starts[1:], strict=False)
    )


def _date_in(item: str, read: Callable[[str], datetime | None]) -> datetime | None:
    found: dict[bool, datetime] = {}
    for name, text in _DATE.findall(item):
        if moment := read(text):
            found.setdefault(name.lower() in PUBLISHED, moment)
    return found.get(True, found.get(False))
