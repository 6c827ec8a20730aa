"""From the bytes of a feed to its entries. The work is done in `bot.feeds.documents`, in a worker process.

This module stays light: the main process imports it only to name the function that a worker shall run.
"""

from datetime import datetime

from bot.feeds.values import ParsedFeed


def parse_feed(body: bytes, url: str, content_type: str | None, now: datetime) -> ParsedFeed:
    """Return the feed that `body`, fetched from `url` at `now`, holds: RSS, RDF, Atom or JSON Feed.

    Raises NotAFeed, and nothing else, whatever the bytes are (time and memory are the worker's to limit).
    """
    from bot.feeds.documents import parsed_document  # noqa: PLC0415 - feedparser is for workers only

    return parsed_document(body, url, content_type, now)
