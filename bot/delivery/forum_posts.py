"""The forum posts that contain digests: their names and tags.

A message that may go to a forum has a "post" in its payload, as JSON: the "key" that messages of one post share,
its "name", the "tags" that the manager picked, and the "topics" that tags may match.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.delivery.digest_parts import UNTITLED, local_date
from bot.delivery.escape import cleaned
from bot.digests.schedule import zone_of
from bot.digests.topics import topic_of
from bot.languages.translations import _
from bot.model.digests import DigestStory
from bot.text.clipping import clip
from bot.text.folding import words_of

NAME_LIMIT = 100
TAGS_LIMIT = 5
"""The most tags that a forum post may have."""
_TOPICS = 40
_LONGEST_TOPIC = 60


class Tag(Protocol):
    """A tag of a forum, as discord.py has it."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def name(self) -> str:
        """Its name."""


T = TypeVar("T", bound=Tag)


def day_post(slot: datetime, timezone: str, tag_ids: Iterable[int] = ()) -> dict[str, Any]:
    """Return the post for the day of `slot` in `timezone`."""
    day = slot.astimezone(zone_of(timezone)).date()
    name = _("Who said what: {day}", day=local_date(slot, timezone))
    return {"key": f"day:{day.isoformat()}", "name": clip(name, NAME_LIMIT), "tags": list(tag_ids), "topics": []}


def story_post(story: DigestStory, tag_ids: Iterable[int] = ()) -> dict[str, Any]:
    """Return the post for a story: named after its headline, with topics from its topic, actors and headline."""
    lead = story.lead
    key = f"article:{lead.article_id}" if lead.story_id is None else f"story:{lead.story_id}"
    topic = topic_of(story)
    named = [topic.value, *topic.value.split(" and ")] if topic else []
    topics = [*named, *story.actors, *cleaned(lead.title).split()]
    return {
        "key": key,
        "name": clip(cleaned(lead.title), NAME_LIMIT) or UNTITLED,
        "tags": list(tag_ids),
        "topics": [clip(one, _LONGEST_TOPIC) for one in dict.fromkeys(topics)][:_TOPICS],
    }


def tags_for(post: Mapping[str, Any], available: Iterable[T]) -> list[T]:
    """Return the tags of a new post, out of those of its forum: the manager's, otherwise the matching ones.

    A tag matches if it has the name of the topic, of an actor or of a word of the headline, whatever its case or
    accents.
    """
    tags = list(available)
    picked = [tag for tag in tags if tag.id in post.get("tags", ())]
    if not picked:
        topics = {_bare(topic) for topic in post.get("topics", ())} - {""}
        picked = [tag for tag in tags if _bare(tag.name) in topics]
    return picked[:TAGS_LIMIT]


def _bare(name: str) -> str:
    return " ".join(words_of(name))
