"""Articles: to be read, as read, and as stored."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.languages.translations import N_


class Origin(StrEnum):
    """Where the text of an article came from."""

    PAGE = "page"
    FEED = "feed"


class ReadBy(StrEnum):
    """How the text of a page was found."""

    PARAGRAPHS = "the page's paragraphs"
    BALANCED = "trafilatura, balanced"
    THOROUGH = "trafilatura, thorough"
    LINKED_DATA = "linked data"
    WHOLE = "the whole page"
    NOTHING = "nothing"


class Wall(StrEnum):
    """Why a page shows only part of its article, or nothing."""

    PAYWALL = "paywall"
    CONSENT = "consent"
    LOGIN = "login"
    SCRIPT = "script"
    CHALLENGE = "challenge"
    GONE = "gone"

    @property
    def message(self) -> str:
        """The reason as a sentence for users."""
        return _MESSAGES[self]


_MESSAGES = {
    Wall.PAYWALL: N_("The article is for subscribers of the site; others get only its beginning."),
    Wall.CONSENT: N_("The site asks for consent before it shows the article."),
    Wall.LOGIN: N_("The site shows the article only to people who have logged in."),
    Wall.SCRIPT: N_("The page needs JavaScript to show the article; without, it holds too little text."),
    Wall.CHALLENGE: N_("The site shows a challenge page to programs, so it cannot be read by a bot."),
    Wall.GONE: N_("The page is no longer there: the site says so, or shows another page in its place."),
}


@dataclass(frozen=True, slots=True)
class EntryToRead:
    """An entry whose article is to be read."""

    entry_id: int
    feed_title: str
    url: str | None
    title: str
    author: str | None
    published_at: datetime | None
    html: str
    attempts: int = 0
    """How often reading has failed so far."""
    was_read: bool = False
    """Whether its article was read before and is now read again."""
    key: str = ""
    """Identifies it among the entries of all feeds."""
    site_url: str | None = None
    """The address of its feed's site, or of the feed if it names none."""
    sharing: tuple[str, ...] = ()
    """The contents of other entries of its feed with the same link and different content."""


@dataclass(frozen=True, slots=True)
class ArticleToExtract:
    """An article whose claims are to be extracted."""

    article_id: int
    language: str | None
    title: str
    text: str
    host: str = field(default="", compare=False)
    """The host of its address."""
    published_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as read. One empty line divides the paragraphs of `text`; `url` is canonical."""

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
    """Why this is not the whole text of the page, as a sentence for users. None if it is."""
    key: str | None = None
    """Identifies it instead of an address that it shares with others. None if the address is its own."""


@dataclass(frozen=True, slots=True)
class PageText:
    """What the page of an article contains. One empty line divides the paragraphs of `text`, which may be empty.

    `canonical_url` is the address that the page claims for itself: absolute, not verified.
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
    """The obstacle between us and the article, as far as the page shows it."""
    read_by: ReadBy = ReadBy.NOTHING
    """How the text was found."""


@dataclass(frozen=True, slots=True)
class Printing:
    """One outlet's publication of a text."""

    outlet: str
    url: str
    title: str
    published_at: datetime
    image_url: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article as stored, with its text."""

    id: int
    url: str
    outlet: str
    title: str
    author: str | None
    published_at: datetime
    language: str | None
    image_url: str | None
    text: str
    story_id: int | None
