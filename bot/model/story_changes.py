"""What the managers of a server change about its stories."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class StoryChangeKind(StrEnum):
    """What was changed."""

    MERGE = "merge"
    """Two stories are one."""
    SPLIT = "split"
    """Some articles are another story."""


@dataclass(frozen=True, slots=True)
class StoryChange:
    """A change, for one server: a story is one with `into_id`, or its articles `article_ids` are `into_id`."""

    id: int
    kind: StoryChangeKind
    story_id: int
    into_id: int
    article_ids: tuple[int, ...]
    changed_by: int
    changed_at: datetime


def story_seen(changes: Iterable[StoryChange], article_id: int, story_id: int) -> int:
    """Return the story of an article, which was put into `story_id`, for a server with `changes`, oldest first."""
    for change in changes:
        moved = change.kind is StoryChangeKind.MERGE or article_id in change.article_ids
        if moved and story_id == change.story_id:
            story_id = change.into_id
    return story_id


def stories_behind(changes: Sequence[StoryChange], story_ids: Iterable[int]) -> set[int]:
    """Return all stories whose articles may be in one of `story_ids` for a server with `changes`."""
    known = set(story_ids)
    for change in reversed(changes):
        if change.into_id in known:
            known.add(change.story_id)
    return known
