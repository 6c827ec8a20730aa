"""What grouping articles into stories needs and gives."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ArticleToGroup:
    """What grouping needs to know of an article."""

    article_id: int
    title: str
    text: str
    actors: tuple[str, ...]
    published_at: datetime


@dataclass(frozen=True, slots=True)
class StoryProfile:
    """A story as grouping sees it: the summed weights of its terms, and when it was last in the news."""

    story_id: int
    terms: dict[str, float]
    size: int
    last_at: datetime
