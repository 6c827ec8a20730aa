"""What the managers of a server, or the host for all servers, change about actors."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.claims import ActorType


class ActorChangeKind(StrEnum):
    """What was changed."""

    MERGE = "merge"
    """Two actors are one."""
    SPLIT = "split"
    """In some articles it is somebody else."""
    RENAME = "rename"
    HIDE = "hide"
    """Nothing that the actor says is shown."""


class ChangedBy(StrEnum):
    """Who changed what is shown of an actor."""

    SERVER = "server"
    """The managers of the server that sees it."""
    HOST = "host"
    """Whoever runs the bot."""


@dataclass(frozen=True, slots=True)
class ActorChange:
    """A change, for one server or for EVERYWHERE: of the actor `actor_id`, as it was seen then.

    A merge makes it one with `into_id`, whose name then was `name`. A split makes it another actor, called `name`,
    in the articles `article_ids`; a rename calls it `name`. What is hidden was called `name`.
    """

    id: int
    guild_id: int
    kind: ActorChangeKind
    actor_id: int
    into_id: int | None
    name: str | None
    article_ids: tuple[int, ...]
    changed_by: int
    changed_at: datetime

    @property
    def becomes(self) -> int:
        """The actor that a merge or a split leads to. Those that a split made have negative numbers."""
        return self.into_id if self.into_id is not None else -self.id


@dataclass(frozen=True, slots=True)
class ActorChoice:
    """An actor to choose from a list, as a server sees it: its number, what it is called, and its last role."""

    actor_id: int
    name: str
    role: str | None
    type: ActorType


@dataclass(frozen=True, slots=True)
class ArticleWithActor:
    """An article in which an actor speaks."""

    article_id: int
    title: str
    outlet: str
