"""A story as a server sees it: title, lead, course and sources."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.model.articles import Printing


@dataclass(frozen=True, slots=True)
class ArticleOfStory:
    """An article of a story, and the outlet or agency that it comes from."""

    article_id: int
    title: str
    published_at: datetime
    origin: str
    printed: tuple[Printing, ...]
    """Where it was published, as far as the server may see; the first is the one to show."""


@dataclass(frozen=True, slots=True)
class DayOfStory:
    """What appeared on one day of the server: the best headline, and the articles, oldest first."""

    day: date
    headline: str
    articles: tuple[ArticleOfStory, ...]


@dataclass(frozen=True, slots=True)
class StoryTold:
    """A story as a server sees it."""

    story_id: int
    title: str
    lead: str
    url: str
    days: tuple[DayOfStory, ...]
    outlets: tuple[str, ...]
    """Who published it, the first one first."""
    origins: tuple[str, ...]
    """The independent sources: agencies, and outlets with a report of their own."""
