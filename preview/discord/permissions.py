"""Who may do what in which channel, computed as Discord documents it (Permissions, "Permission Overwrites")."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag


class Permission(IntFlag):
    """The permissions that matter to a bot that posts and to the people who manage it."""

    NONE = 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CHANGE_NICKNAME = 1 << 26
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38


EVERYTHING = Permission(sum(Permission))

READER = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.CHANGE_NICKNAME
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.SEND_MESSAGES_IN_THREADS
)
"""The default permissions of everyone in a guild."""

MANAGER = Permission.MANAGE_GUILD | Permission.MANAGE_CHANNELS | Permission.MANAGE_MESSAGES
"""The permissions that a server manager's role adds."""


@dataclass(slots=True)
class Overwrite:
    """A change of permissions in one channel, for a role (`for_member` false) or for a member."""

    target_id: str
    for_member: bool
    allow: Permission = Permission.NONE
    deny: Permission = Permission.NONE

    def to_json(self) -> dict[str, object]:
        """Return the API object."""
        return {
            "id": self.target_id,
            "type": 1 if self.for_member else 0,
            "allow": str(int(self.allow)),
            "deny": str(int(self.deny)),
        }


def effective(
    base: Permission, overwrites: Iterable[Overwrite], *, everyone: str, roles: Iterable[str], member: str
) -> Permission:
    """Return `base` (the permissions by roles) as changed by these overwrites of a channel.

    The order is Discord's: @everyone, all roles together, the member. An administrator may do everything.
    """
    if base & Permission.ADMINISTRATOR:
        return EVERYTHING
    overwrites = list(overwrites)
    held = set(roles) - {everyone}
    for step in (
        [o for o in overwrites if not o.for_member and o.target_id == everyone],
        [o for o in overwrites if not o.for_member and o.target_id in held],
        [o for o in overwrites if o.for_member and o.target_id == member],
    ):
        deny = allow = Permission.NONE
        for overwrite in step:
            deny |= overwrite.deny
            allow |= overwrite.allow
        base = (base & ~deny) | allow
    return base if base & Permission.VIEW_CHANNEL else Permission.NONE
