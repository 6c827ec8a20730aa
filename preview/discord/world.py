"""The state of the local Discord, and the ways it changes."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.clock import Clock
from preview.discord.changes import Changes
from preview.discord.errors import LocalDiscordError
from preview.discord.interactions import Interaction
from preview.discord.objects import (
    EPHEMERAL,
    Channel,
    File,
    Forum,
    Guild,
    Json,
    Member,
    Role,
    Snowflakes,
    Thread,
    Upload,
    User,
    guild_snowflake,
)
from preview.discord.permissions import READER, Overwrite, Permission
from preview.discord.webhooks import Webhook

Announce = Callable[[str, Json, str | None], None]
"""Sends an event (name, data, id of the guild) to the connected clients."""

NONCE_KEPT = timedelta(minutes=5)
"""How long a nonce with `enforce_nonce` makes a message idempotent."""


class World:
    """Guilds, channels, users, messages, commands and interactions. Nothing here waits or does I/O."""

    def __init__(self, *, clock: Clock, bot_name: str) -> None:
        """Start with the bot's own account and no guilds."""
        self.clock = clock
        self.snowflakes = Snowflakes(clock)
        self.changes = Changes()
        self.users: dict[str, User] = {}
        self.webhooks: dict[str, Webhook] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.commands: dict[str, Json] = {}
        self.interactions: dict[str, Interaction] = {}
        self.private: dict[str, tuple[Json, User]] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.files_at = ""
        self._nonces: dict[tuple[str, str], tuple[datetime, Json]] = {}
        self._guilds_made = 0
        self.announce: Announce = lambda *_: None
        self.bot = self.add_user(bot_name, bot=True)
        self.owner = self.add_user("owner")

    def keep(self, file: File) -> Upload:
        """Keep a file that a person attaches."""
        file_id = self.snowflakes.next()
        self.files[file_id] = (file.kind, file.content)
        url = f"{self.files_at}/{file_id}/{file.name}"
        shown = {"id": file_id, "filename": file.name, "size": len(file.content), "url": url, "proxy_url": url}
        return Upload(file_id, shown | {"content_type": file.kind, "ephemeral": True})

    # Users and guilds

    def add_user(self, name: str, *, bot: bool = False, shown_name: str | None = None) -> User:
        """Make an account."""
        user = User(self.snowflakes.next(), name, bot, shown_name)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, channels: Sequence[str] = ("general",), *, with_bot: bool = True) -> Guild:
        """Make a guild with these channels. With the bot in it, clients get GUILD_CREATE."""
        guild = Guild(guild_snowflake(self._guilds_made), name, self.owner, self._guilds_made, with_bot=with_bot)
        self._guilds_made += 1
        guild.roles[guild.id] = Role(guild.id, "@everyone", READER)
        self.guilds[guild.id] = guild
        self.join(self.owner, guild)
        for channel in channels:
            self._make_channel(guild, channel)
        if with_bot:
            self._let_bot_in(guild)
            self.announce("GUILD_CREATE", self.guild_event(guild, joined=True), guild.id)
        self.changes.tell()
        return guild

    def join(self, user: User, guild: Guild, permissions: Permission = Permission.NONE) -> Member:
        """Make the user a member, with a role of their own if they have more permissions than everyone."""
        member = guild.members.get(user.id)
        if member is None:
            member = guild.members[user.id] = Member(user, self.clock())
        role_id = next((one for one in member.role_ids if guild.roles[one].name == user.name), None)
        if role_id is None and permissions:
            role_id = self.snowflakes.next()
            guild.roles[role_id] = Role(role_id, user.name, permissions, len(guild.roles))
            member.role_ids.append(role_id)
            role = guild.roles[role_id].to_json()
            self.announce("GUILD_ROLE_CREATE", {"guild_id": guild.id, "role": role}, guild.id)
        elif role_id is not None:
            self.change_role(guild, guild.roles[role_id], permissions)
        return member

    def add_role(self, guild: Guild, name: str, permissions: Permission = Permission.NONE) -> Role:
        """Make a role below the others, for nobody yet."""
        for other in guild.roles.values():
            other.position += other.position > 0
        role = Role(self.snowflakes.next(), name, permissions, 1)
        guild.roles[role.id] = role
        for one in guild.roles.values():
            event = "GUILD_ROLE_CREATE" if one is role else "GUILD_ROLE_UPDATE"
            self.announce(event, {"guild_id": guild.id, "role": one.to_json()}, guild.id)
        return role

    def change_role(self, guild: Guild, role: Role, permissions: Permission) -> None:
        """Give a role these permissions."""
        role.permissions = permissions
        self.announce("GUILD_ROLE_UPDATE", {"guild_id": guild.id, "role": role.to_json()}, guild.id)

    def _let_bot_in(self, guild: Guild) -> None:
        guild.with_bot = True
        role = Role(self.snowflakes.next(), self.bot.name, READER, len(guild.roles), managed_by=self.bot.id)
        guild.roles[role.id] = role
        guild.members[self.bot.id] = Member(self.bot, self.clock(), [role.id])

    def invite_bot(self, guild: Guild) -> None:
        """Let the bot join a guild that it is not in."""
        if guild.with_bot:
            raise LocalDiscordError(f"The bot is in {guild.name} already.")
        self._let_bot_in(guild)
        self.announce("GUILD_CREATE", self.guild_event(guild, joined=True), guild.id)
        self.changes.tell()

    def remove_bot(self, guild: Guild) -> None:
        """Remove the bot from a guild. Its messages stay."""
        guild.with_bot = False
        member = guild.members.pop(self.bot.id, None)
        for role_id in member.role_ids if member else ():
            guild.roles.pop(role_id, None)
        gone = [one for one, command in self.commands.items() if command.get("guild_id") == guild.id]
        for command_id in gone:
            del self.commands[command_id]
        self.announce("GUILD_DELETE", {"id": guild.id}, guild.id)
        self.changes.tell()

    def set_available(self, guild: Guild, *, available: bool) -> None:
        """Begin or end an outage of the guild."""
        guild.available = available
        if available:
            self.announce("GUILD_CREATE", self.guild_event(guild), guild.id)
        else:
            self.announce("GUILD_DELETE", {"id": guild.id, "unavailable": True}, guild.id)

    def guild_event(self, guild: Guild, *, joined: bool = False) -> Json:
        """Return the data of GUILD_CREATE: of all members only the bot, as for a client without their intent.

        `unavailable` is included unless the bot has just `joined`: that is how clients tell the two apart.
        """
        event = guild.to_event([guild.members[self.bot.id]])
        return event if joined else event | {"unavailable": False}

    def can_be_written_to(self, user: User) -> bool:
        """Return whether the bot may write to this person: they installed it, or are in a guild with it."""
        return user.installed or any(user.id in guild.members for guild in self.guilds.values() if guild.with_bot)

    # Channels

    def _make_channel(self, guild: Guild, name: str) -> Channel:
        channel = Channel(self.snowflakes.next(), name, guild, position=len(guild.channels))
        guild.channels[channel.id] = self.channels[channel.id] = channel
        return channel

    def add_channel(self, guild: Guild, name: str, *, announces: bool = False) -> Channel:
        """Make a text channel, or an announcement channel."""
        channel = self._make_channel(guild, name)
        channel.announces = announces
        self.announce("CHANNEL_CREATE", channel.to_json(), guild.id)
        return channel

    def add_forum(
        self, guild: Guild, name: str, tags: Sequence[str] = (), *, requires_tag: bool = False
    ) -> Channel:
        """Make a forum channel with these tags."""
        channel = self._make_channel(guild, name)
        made = [
            {"id": self.snowflakes.next(), "name": tag, "moderated": False, "emoji_id": None, "emoji_name": None}
            for tag in tags
        ]
        channel.forum = Forum(made, requires_tag)
        self.announce("CHANNEL_CREATE", channel.to_json(), guild.id)
        return channel

    def open_post(self, forum: Channel, name: str, owner_id: str, tag_ids: Sequence[str], post_id: str) -> Channel:
        """Open a post of a forum, whose first message has the same id."""
        if forum.guild is None:
            raise LocalDiscordError("Only forums have posts.")
        thread = Thread(forum, owner_id, self.clock(), list(tag_ids))
        made = Channel(post_id, name, forum.guild, thread=thread)
        self.channels[made.id] = forum.guild.threads[made.id] = made
        self.announce("THREAD_CREATE", made.to_json() | {"newly_created": True}, forum.guild.id)
        return made

    def change_thread(
        self,
        channel: Channel,
        *,
        archived: bool | None = None,
        locked: bool | None = None,
    ) -> None:
        """Let a thread rest or open it again, and lock or unlock it."""
        if channel.thread is None or channel.guild is None:
            raise LocalDiscordError("This is no thread.")
        channel.thread.archived = channel.thread.archived if archived is None else archived
        channel.thread.locked = channel.thread.locked if locked is None else locked
        self.announce("THREAD_UPDATE", channel.to_json(), channel.guild.id)
        self.changes.tell()

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel or thread of a guild, and its messages."""
        if channel.guild is None:
            raise LocalDiscordError("Direct messages cannot be deleted.")
        channel.gone = True
        del self.channels[channel.id]
        if channel.thread is not None:
            del channel.guild.threads[channel.id]
            gone = {
                "id": channel.id,
                "guild_id": channel.guild.id,
                "parent_id": channel.thread.parent.id,
                "type": 11,
            }
            self.announce("THREAD_DELETE", gone, channel.guild.id)
        else:
            del channel.guild.channels[channel.id]
            self.announce("CHANNEL_DELETE", channel.to_json(), channel.guild.id)
        self.changes.tell()

    def overwrite(
        self, channel: Channel, of: User | Role, *, allow: Permission | None = None, deny: Permission | None = None
    ) -> None:
        """Allow and deny a member or a role permissions in this channel; without any, remove both."""
        if channel.guild is None:
            raise LocalDiscordError("Direct messages have no permissions.")
        channel.overwrites = [one for one in channel.overwrites if one.target_id != of.id]
        if allow or deny:
            none = Permission.NONE
            channel.overwrites.append(Overwrite(of.id, isinstance(of, User), allow or none, deny or none))
        self.announce("CHANNEL_UPDATE", channel.to_json(), channel.guild.id)

    def direct_messages(self, user: User, other: User | None = None) -> Channel:
        """Return the direct messages of this person and the bot, or another one; created if there are none."""
        for channel in self.channels.values():
            if channel.recipient is not None and {channel.recipient, channel.partner} == {user, other}:
                return channel
        channel = Channel(self.snowflakes.next(), f"@{user.name}", recipient=user, partner=other)
        self.channels[channel.id] = channel
        return channel

    # Messages

    def post(self, channel: Channel, message: Json) -> None:
        """Post a message that everyone can read to the channel."""
        channel.history.append(message)
        self._announce_message("MESSAGE_CREATE", channel, message)

    def changed(self, channel: Channel, message: Json) -> None:
        """Send the event for a changed message. There is none for ephemeral messages."""
        if not message["flags"] & EPHEMERAL:
            self._announce_message("MESSAGE_UPDATE", channel, message)
        self.changes.tell()

    def _announce_message(self, event: str, channel: Channel, message: Json) -> None:
        guild = channel.guild
        data = dict(message)
        if guild is not None:
            data["guild_id"] = guild.id
            author = guild.members.get(message["author"]["id"])
            if author is not None:
                data["member"] = author.to_json(with_user=False)
        self.announce(event, data, guild.id if guild else None)
        self.changes.tell()

    def delete_message(self, channel: Channel, message: Json) -> None:
        """Delete a message, ephemeral or not."""
        self.private.pop(message["id"], None)
        if message in channel.history:
            channel.history.remove(message)
            guild_id = channel.guild.id if channel.guild else None
            data = {"id": message["id"], "channel_id": channel.id}
            self.announce("MESSAGE_DELETE", data | ({"guild_id": guild_id} if guild_id else {}), guild_id)
        self.changes.tell()

    def remember_nonce(self, channel: Channel, nonce: str, message: Json) -> None:
        """Keep the message for those who send the same nonce again."""
        self._nonces[channel.id, nonce] = (self.clock(), message)

    def message_with_nonce(self, channel: Channel, nonce: str) -> Json | None:
        """Return the message that was sent with this nonce in the last minutes, or nothing."""
        at, message = self._nonces.get((channel.id, nonce), (None, None))
        return message if at is not None and self.clock() - at < NONCE_KEPT else None
