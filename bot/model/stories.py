"""Articles and stories as grouping sees them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ArticleToGroup:
    """What grouping needs to know about an article."""

    article_id: int
    title: str
    text: str
    actors: tuple[str, ...]
    published_at: datetime


@dataclass(frozen=True, slots=True)
class StoryProfile:
    """A story: the summed weights of its terms, and the date of its newest article."""

    story_id: int
    terms: dict[str, float]
    size: int
    last_at: datetime
