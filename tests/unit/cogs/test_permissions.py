"""The permissions that Hearsay needs in a channel before it promises a digest there."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import discord
import pytest

from bot.errors import BadInput, ChannelGone
from cogs.digest_choices import channel_id_of, postable_channel

HERE, THERE = 1, 2


def an_interaction(channel: object, held: discord.Permissions, *, member: bool = True) -> Any:
    guild = SimpleNamespace(me=object() if member else None, get_channel_or_thread=lambda _id: channel)
    return SimpleNamespace(guild=guild, channel_id=HERE, app_permissions=held)


def a_channel(kind: type, held: discord.Permissions) -> Any:
    return Mock(spec=kind, permissions_for=lambda _me: held)


def test_in_the_channel_of_the_command_discord_itself_tells_what_is_allowed() -> None:
    postable_channel(an_interaction(None, discord.Permissions.all()), HERE)
    with pytest.raises(BadInput, match="lacks View Channel, Send Messages, Embed Links and Read Message History"):
        postable_channel(an_interaction(None, discord.Permissions.none()), HERE)


def test_a_thread_needs_the_permission_for_threads() -> None:
    held = discord.Permissions.all()
    held.send_messages = False
    thread = a_channel(discord.Thread, held)
    postable_channel(an_interaction(thread, discord.Permissions.none()), THERE)
    held.send_messages_in_threads = False
    with pytest.raises(BadInput, match="lacks Send Messages in Threads there"):
        postable_channel(an_interaction(thread, discord.Permissions.none()), THERE)


def test_a_channel_that_is_not_there_is_reported_as_such() -> None:
    with pytest.raises(ChannelGone):
        postable_channel(an_interaction(None, discord.Permissions.all()), THERE)


def test_a_server_that_has_the_commands_but_not_the_bot_is_told_to_invite_it() -> None:
    with pytest.raises(BadInput, match="Invite it again"):
        postable_channel(an_interaction(None, discord.Permissions.all(), member=False), HERE)


def test_without_a_channel_one_must_be_named() -> None:
    with pytest.raises(BadInput, match="option `channel`"):
        channel_id_of(Mock(channel_id=None))
