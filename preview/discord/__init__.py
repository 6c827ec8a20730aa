"""A Discord on loopback: REST v10, the gateway, and people who use the bot. Begin with `LocalDiscord`."""

from preview.discord import faults
from preview.discord.errors import (
    CommandHidden,
    LocalDiscordError,
    NoSuchCommand,
    NoSuchComponent,
    NotAnswered,
    NotVisible,
    OptionRefused,
    WaitedInVain,
)
from preview.discord.messages import text_of
from preview.discord.objects import Channel, File, Guild, Json, User
from preview.discord.people import Person
from preview.discord.permissions import MANAGER, Permission
from preview.discord.reply import Reply
from preview.discord.server import LocalDiscord

__all__ = [
    "MANAGER",
    "Channel",
    "CommandHidden",
    "File",
    "Guild",
    "Json",
    "LocalDiscord",
    "LocalDiscordError",
    "NoSuchCommand",
    "NoSuchComponent",
    "NotAnswered",
    "NotVisible",
    "OptionRefused",
    "Permission",
    "Person",
    "Reply",
    "User",
    "WaitedInVain",
    "faults",
    "text_of",
]
