"""What reading an article gives."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.articles.walls import Wall


class Origin(StrEnum):
    """Where the text of an article was taken from."""

    PAGE = "page"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class EntryToRead:
    """What reading needs to know of an entry."""

    entry_id: int
    feed_title: str
    url: str | None
    title: str
    author: str | None
    published_at: datetime | None
    html: str
    attempts: int = 0
    """How often reading has failed before."""
    was_read: bool = False
    """Whether it led to an article before, and is read again."""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as read. `text` has its paragraphs divided by one empty line; `url` is canonical."""

    url: str
    outlet: str
    title: str
    text: str
    origin: Origin
    author: str | None = None
    published_at: datetime | None = None
    image_url: str | None = None
    language: str | None = None
    note: str | None = None
    """Why this is not the whole text of the page, in words for a person; None where it is."""


@dataclass(frozen=True, slots=True)
class PageText:
    """What the page of an article holds. `text` has its paragraphs divided by one empty line; it may be empty.

    `canonical_url` is what the page itself names as its address, absolute, and not yet believed.
    """

    text: str
    title: str = ""
    author: str | None = None
    published_at: datetime | None = None
    image_url: str | None = None
    site_name: str | None = None
    language: str | None = None
    canonical_url: str | None = None
    wall: Wall | None = None
    """What stands before the article, as far as the page tells."""
