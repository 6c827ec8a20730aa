"""Interactions: the events that a client receives when a person does something, and its answers."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from preview.discord.objects import EPHEMERAL, LOADING, Channel, Json, User
from preview.discord.permissions import EVERYTHING

TOKEN_KEPT = timedelta(minutes=15)
"""How long the token of an interaction can be used."""


class Kind(IntEnum):
    """What a person did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class AnswerKind(IntEnum):
    """The kinds of first response."""

    PONG = 1
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(slots=True, eq=False)
class Interaction:
    """One interaction. `born` is in the seconds of the event loop, `made_at` a date."""

    id: str
    kind: Kind
    user: User
    channel: Channel
    data: Json
    born: float
    made_at: datetime
    message: Json | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(64))
    answer: Json | None = None
    original: Json | None = None
    followups: list[Json] = field(default_factory=list)
    original_deleted: bool = False
    update_pending: bool = False
    too_late: bool = False

    @property
    def ephemeral(self) -> bool:
        """Whether the first response is visible only to its user; fixed when it is deferred."""
        return bool(self.original and self.original["flags"] & EPHEMERAL)

    @property
    def thinking(self) -> bool:
        """Whether the answer was deferred and is still awaited."""
        loading = self.original is not None and bool(self.original["flags"] & LOADING)
        return (loading and not self.original_deleted) or self.update_pending

    def expired(self, now: datetime) -> bool:
        """Return whether the token has expired."""
        return now - self.made_at > TOKEN_KEPT

    def metadata(self) -> Json:
        """Return the member `interaction_metadata` of messages that answer this interaction."""
        made: Json = {
            "id": self.id,
            "type": int(self.kind),
            "user": self.user.to_json(),
            "authorizing_integration_owners": self._owners(),
        }
        if self.kind is Kind.COMPONENT and self.message is not None:
            made["interacted_message_id"] = self.message["id"]
        if self.kind is Kind.MODAL:
            made["triggering_interaction_metadata"] = made | {"type": int(Kind.COMMAND)}
        return made

    def _owners(self) -> Json:
        """Return for whom the application is installed here: the guild, the user, or both."""
        guild = self.channel.guild
        owners = {"1": self.user.id} if self.user.installed else {}
        if guild is not None and guild.with_bot:
            owners["0"] = guild.id
        elif self.channel.context == 1:
            owners["0"] = "0"
        return owners

    def payload(self, application_id: str, bot: User) -> Json:
        """Return the data of INTERACTION_CREATE."""
        guild = self.channel.guild
        permissions = self.channel.permissions_of(self.user)
        app = self.channel.permissions_of(bot) if guild is None or guild.with_bot else EVERYTHING
        made: Json = {
            "id": self.id,
            "application_id": application_id,
            "type": int(self.kind),
            "token": self.token,
            "version": 1,
            "data": self.data,
            "channel_id": self.channel.id,
            "channel": self.channel.to_json() | {"permissions": str(int(permissions))},
            "app_permissions": str(int(app)),
            "locale": self.user.locale,
            "entitlements": [],
            "authorizing_integration_owners": self._owners(),
            "attachment_size_limit": 10 * 1024 * 1024,
            "context": self.channel.context,
        }
        if guild is None:
            made["user"] = self.user.to_json()
        else:
            member = guild.members[self.user.id].to_json() | {"permissions": str(int(permissions))}
            shown = {"id": guild.id, "locale": guild.locale, "features": []}
            made |= {"guild_id": guild.id, "guild": shown, "guild_locale": guild.locale, "member": member}
        if self.message is not None:
            made["message"] = self.message
        return made
