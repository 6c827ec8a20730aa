"""Guilds, channels, roles and users, and the API objects that show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.clock import Clock
from preview.discord.permissions import EVERYTHING, READER, Overwrite, Permission, effective

Json = dict[str, Any]
"""An API object."""

EPOCH = 1_420_070_400_000
"""The first millisecond of 2015, where snowflakes start to count."""

GUILD_EPOCH = 5040 * 60_000_000
"""Milliseconds from EPOCH to the first guild: a multiple of 5040, so that guild k is on shard k % shards."""

EPHEMERAL = 1 << 6
LOADING = 1 << 7
COMPONENTS_V2 = 1 << 15
REQUIRE_TAG = 1 << 4
"""The flag of a forum whose posts must have a tag."""


class Snowflakes:
    """Makes ids: each is larger than the last and contains the current time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> str:
        """Return a new id."""
        moment = int(self._clock().timestamp() * 1000) - EPOCH
        self._last = max(self._last + 1, moment << 22)
        return str(self._last)


def guild_snowflake(number: int) -> str:
    """Return the id of the guild with this number, which decides its shard."""
    return str((GUILD_EPOCH + number) << 22)


@dataclass(slots=True, eq=False)
class User:
    """An account: a person's, or the bot's."""

    id: str
    name: str
    bot: bool = False
    shown_name: str | None = None
    locale: str = "en-GB"
    installed: bool = False
    """Whether they have installed the application for themselves."""
    closed: bool = False
    """Whether they take no direct messages from the bot."""

    def to_json(self) -> Json:
        """Return the API object `User`."""
        return {
            "id": self.id,
            "username": self.name,
            "global_name": self.shown_name,
            "avatar": None,
            "discriminator": "0",
            "public_flags": 0,
            "flags": 0,
            "bot": self.bot,
            "primary_guild": None,
        }


@dataclass(frozen=True, slots=True)
class File:
    """A file that a person attaches to a command."""

    name: str
    content: bytes
    kind: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that Discord keeps. `shown` is the API object `Attachment`."""

    id: str
    shown: Json


@dataclass(slots=True, eq=False)
class Role:
    """A role of a guild."""

    id: str
    name: str
    permissions: Permission
    position: int = 0
    managed_by: str | None = None
    mentionable: bool = False

    def to_json(self) -> Json:
        """Return the API object `Role`."""
        made: Json = {
            "id": self.id,
            "name": self.name,
            "permissions": str(int(self.permissions)),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": self.managed_by is not None,
            "mentionable": self.mentionable,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
        }
        if self.managed_by is not None:
            made["tags"] = {"bot_id": self.managed_by}
        return made


@dataclass(slots=True, eq=False)
class Member:
    """A user in a guild."""

    user: User
    joined_at: datetime
    role_ids: list[str] = field(default_factory=list)
    profile: Json = field(default_factory=lambda: {"nick": None, "avatar": None, "banner": None})
    """The name and the pictures that the member has in this guild."""
    bio: str | None = None

    def to_json(self, *, with_user: bool = True) -> Json:
        """Return the API object `Guild Member`."""
        made: Json = {
            **self.profile,
            "roles": list(self.role_ids),
            "joined_at": self.joined_at.isoformat(),
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
            "communication_disabled_until": None,
            "premium_since": None,
        }
        return made | {"user": self.user.to_json()} if with_user else made


@dataclass(slots=True, eq=False)
class Forum:
    """What a forum channel has besides: its tags, and whether each post must have one."""

    tags: list[Json] = field(default_factory=list)
    requires_tag: bool = False


@dataclass(slots=True, eq=False)
class Thread:
    """What a thread has besides."""

    parent: "Channel"
    owner_id: str
    created_at: datetime
    tag_ids: list[str] = field(default_factory=list)
    archived: bool = False
    locked: bool = False


@dataclass(slots=True, eq=False)
class Channel:
    """A channel of a guild (for text, announcements or a forum), a thread, or direct messages.

    Those are between one person and the bot, or another person.
    """

    id: str
    name: str
    guild: "Guild | None" = None
    recipient: User | None = None
    position: int = 0
    overwrites: list[Overwrite] = field(default_factory=list)
    history: list[Json] = field(default_factory=list)
    gone: bool = False
    announces: bool = False
    """Whether it is an announcement channel."""
    forum: Forum | None = None
    thread: Thread | None = None
    partner: User | None = None
    """The second person of direct messages in which the bot takes no part."""

    @property
    def context(self) -> int:
        """Where interactions here come from: 0 a guild, 1 direct messages with the bot, 2 those of two people."""
        return 0 if self.guild is not None else 1 if self.partner is None else 2

    @property
    def messages(self) -> list[Json]:
        """The messages that everyone in the channel can read, oldest first, without those that are still
        "thinking"."""
        return [message for message in self.history if not message["flags"] & LOADING]

    def message(self, message_id: str) -> Json | None:
        """Return the message with this id, or nothing."""
        return next((message for message in self.history if message["id"] == message_id), None)

    def permissions_of(self, user: User) -> Permission:
        """Return what this user may do here."""
        if self.guild is None:
            return (
                READER if self.recipient in (None, user) or user.bot or user is self.partner else Permission.NONE
            )
        member = self.guild.members.get(user.id)
        if member is None:
            return Permission.NONE
        if self.guild.owner is user:
            return EVERYTHING
        return effective(
            self.guild.permissions_of(user),
            self.thread.parent.overwrites if self.thread else self.overwrites,
            everyone=self.guild.id,
            roles=member.role_ids,
            member=user.id,
        )

    def to_json(self) -> Json:
        """Return the API object `Channel`."""
        last = self.history[-1]["id"] if self.history else None
        if self.guild is None:
            recipients = [one.to_json() for one in (self.recipient, self.partner) if one]
            return {"id": self.id, "type": 1, "flags": 0, "last_message_id": last, "recipients": recipients}
        if self.thread is not None:
            return self._thread_json(self.thread, self.guild, last)
        if self.forum is not None:
            return self._forum_json(self.forum, self.guild, last)
        return {
            "id": self.id,
            "type": 5 if self.announces else 0,
            "flags": 0,
            "guild_id": self.guild.id,
            "name": self.name,
            "position": self.position,
            "permission_overwrites": [overwrite.to_json() for overwrite in self.overwrites],
            "nsfw": False,
            "topic": None,
            "parent_id": None,
            "last_message_id": last,
            "rate_limit_per_user": 0,
        }

    def _forum_json(self, forum: Forum, guild: "Guild", last: str | None) -> Json:
        return {
            "id": self.id,
            "type": 15,
            "flags": REQUIRE_TAG if forum.requires_tag else 0,
            "guild_id": guild.id,
            "name": self.name,
            "position": self.position,
            "permission_overwrites": [overwrite.to_json() for overwrite in self.overwrites],
            "nsfw": False,
            "topic": None,
            "parent_id": None,
            "last_message_id": last,
            "rate_limit_per_user": 0,
            "available_tags": forum.tags,
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
        }

    def _thread_json(self, thread: Thread, guild: "Guild", last: str | None) -> Json:
        return {
            "id": self.id,
            "type": 11,
            "flags": 0,
            "guild_id": guild.id,
            "name": self.name,
            "parent_id": thread.parent.id,
            "owner_id": thread.owner_id,
            "last_message_id": last,
            "rate_limit_per_user": 0,
            "message_count": len(self.history),
            "member_count": 1,
            "total_message_sent": len(self.history),
            "applied_tags": list(thread.tag_ids),
            "thread_metadata": {
                "archived": thread.archived,
                "archive_timestamp": thread.created_at.isoformat(),
                "auto_archive_duration": 4320,
                "locked": thread.locked,
                "create_timestamp": thread.created_at.isoformat(),
            },
        }


@dataclass(slots=True, eq=False)
class Guild:
    """A guild (server, to people). `with_bot` is false if the bot is not a member."""

    id: str
    name: str
    owner: User
    number: int
    locale: str = "en-US"
    with_bot: bool = True
    available: bool = True
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    threads: dict[str, Channel] = field(default_factory=dict)

    def channel(self, name: str) -> Channel:
        """Return the channel with this name. Raises `KeyError` if there is none."""
        for channel in self.channels.values():
            if channel.name == name:
                return channel
        raise KeyError(f"{self.name} has no channel #{name}")

    def permissions_of(self, user: User) -> Permission:
        """Return the user's permissions by roles, before the overwrites of a channel."""
        if self.owner is user:
            return EVERYTHING
        permissions = self.roles[self.id].permissions
        for role_id in self.members[user.id].role_ids:
            permissions |= self.roles[role_id].permissions
        return permissions

    def to_json(self) -> Json:
        """Return the API object `Guild`."""
        nothing = (
            "icon",
            "description",
            "home_header",
            "splash",
            "discovery_splash",
            "banner",
            "application_id",
            "afk_channel_id",
            "system_channel_id",
            "widget_channel_id",
            "vanity_url_code",
            "rules_channel_id",
            "safety_alerts_channel_id",
            "public_updates_channel_id",
            "max_presences",
            "incidents_data",
        )
        return dict.fromkeys(nothing) | {
            "id": self.id,
            "name": self.name,
            "features": [],
            "owner_id": self.owner.id,
            "region": "deprecated",
            "afk_timeout": 300,
            "system_channel_flags": 0,
            "widget_enabled": False,
            "verification_level": 0,
            "roles": [role.to_json() for role in self.roles.values()],
            "default_message_notifications": 0,
            "mfa_level": 0,
            "explicit_content_filter": 0,
            "max_members": 500_000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": self.locale,
            "premium_progress_bar_enabled": False,
            "nsfw": False,
            "nsfw_level": 0,
            "emojis": [],
            "stickers": [],
        }

    def to_event(self, present: Iterable[Member]) -> Json:
        """Return the data of GUILD_CREATE, with these members (the bot's own is needed by clients)."""
        present = list(present)
        joined = present[0].joined_at.isoformat() if present else None
        return self.to_json() | {
            "joined_at": joined,
            "large": False,
            "member_count": len(self.members),
            "members": [member.to_json() for member in present],
            "channels": [channel.to_json() for channel in self.channels.values()],
            "threads": [one.to_json() for one in self.threads.values() if one.thread and not one.thread.archived],
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }
