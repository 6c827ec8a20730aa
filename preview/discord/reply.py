"""The reply to something that a person did, as that person sees it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from preview.discord.errors import LocalDiscordError, NotAnswered
from preview.discord.interactions import AnswerKind, Interaction
from preview.discord.messages import text_of
from preview.discord.objects import LOADING, Json

if TYPE_CHECKING:
    from preview.discord.changes import Changes


class Reply:
    """The answer to one interaction. It changes as the application edits it or follows it up."""

    def __init__(self, interaction: Interaction, changes: "Changes", *, what: str, patience: float) -> None:
        """Watch `interaction`, called `what` in errors; waits last `patience` seconds at most."""
        self.interaction = interaction
        self._changes = changes
        self._what = what
        self._patience = patience

    def __repr__(self) -> str:
        return f"<Reply to {self._what}: {self.text if self.has_message else self.interaction.answer!r}>"

    async def _until(self, look: Callable[[], Any], what: str, patience: float | None = None) -> None:
        await self._changes.until(look, seconds=patience or self._patience, what=what, error=NotAnswered)

    async def done(self) -> "Reply":
        """Wait for the answer, or for the content of a deferred one. Raises `NotAnswered` after the time limit."""
        await self._until(self._settled, f"the answer to {self._what}")
        return self

    def _settled(self) -> bool:
        return self.interaction.answer is not None and not self.interaction.thinking

    async def followup(self, number: int = 1) -> Json:
        """Wait for the follow-up message with this number, counted from 1, and return it."""
        followups = self.interaction.followups
        await self._until(lambda: len(followups) >= number, f"follow-up {number} to {self._what}")
        return followups[number - 1]

    async def edited(self, until: Callable[["Reply"], bool], *, patience: float | None = None) -> "Reply":
        """Wait until `until` is true of the reply, for `patience` seconds at most."""
        await self._until(lambda: until(self), f"an edit of the answer to {self._what}", patience)
        return self

    @property
    def kind(self) -> AnswerKind | None:
        """The kind of the first response; nothing before there is one."""
        answer = self.interaction.answer
        return AnswerKind(answer["type"]) if answer else None

    @property
    def has_message(self) -> bool:
        """Whether there is a message to read."""
        original = self.interaction.original
        return original is not None and not self.interaction.original_deleted and not original["flags"] & LOADING

    @property
    def message(self) -> Json:
        """The message of the answer, or the one that was updated. Raises NotAnswered if there is none."""
        if not self.has_message or self.interaction.original is None:
            raise LocalDiscordError(f"There is no message in the answer to {self._what}; it is {self.kind!r}.")
        return self.interaction.original

    @property
    def thinking(self) -> bool:
        """Whether the answer was deferred and is still awaited."""
        return self.interaction.thinking

    @property
    def ephemeral(self) -> bool:
        """Whether only its user sees the answer."""
        return self.interaction.ephemeral

    @property
    def content(self) -> str:
        """The content of the message."""
        return str(self.message["content"])

    @property
    def embeds(self) -> list[Json]:
        """The embeds of the message."""
        embeds: list[Json] = self.message["embeds"]
        return embeds

    @property
    def text(self) -> str:
        """Everything that can be read in the message: content, embeds, text displays."""
        return text_of(self.message)

    @property
    def followups(self) -> list[Json]:
        """The messages that followed the answer."""
        return self.interaction.followups

    @property
    def choices(self) -> list[Json]:
        """The choices of autocompletion, each with `name` and `value`."""
        answer = self.interaction.answer or {}
        choices: list[Json] = (answer.get("data") or {}).get("choices") or []
        return choices

    @property
    def modal(self) -> Json:
        """The modal that was opened: `title`, `custom_id`, `components`. Raises if there is none."""
        answer = self.interaction.answer
        if answer is None or self.kind is not AnswerKind.MODAL:
            raise LocalDiscordError(f"The answer to {self._what} is no modal; it is {self.kind!r}.")
        modal: Json = answer["data"]
        return modal
