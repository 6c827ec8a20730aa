"""Parsing feeds in a worker process. The work is done in `bot.feeds.documents`.

This module stays light: the main process imports it only to name the functions that a worker runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import HearsayError
from bot.model.feeds import ParsedFeed


@dataclass(frozen=True, slots=True)
class Document:
    """The body of a feed as fetched from `url` at `now`, and the hashes of the items known from the last poll."""

    body: bytes
    url: str
    content_type: str | None
    now: datetime
    item_hashes: bytes = b""


def parse_feed(document: Document) -> ParsedFeed:
    """Return the feed in `document` (RSS, RDF, Atom or JSON Feed), without its known items.

    Raises NotAFeed and nothing else, whatever the bytes are (the worker limits time and memory).
    """
    from bot.feeds.documents import parsed_document  # noqa: PLC0415 - feedparser is for workers only

    return parsed_document(document)


def parse_feeds(documents: Sequence[Document]) -> list[ParsedFeed | HearsayError]:
    """Return the feed in each of `documents`, or the error that says why there is none."""
    found: list[ParsedFeed | HearsayError] = []
    for each in documents:
        try:
            found.append(parse_feed(each))
        except HearsayError as error:
            found.append(error)
    return found
