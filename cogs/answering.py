"""Shared by all cogs: the server, suggestions while typing, reporting of failures."""

import asyncio
import functools
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

import discord
import structlog
from discord import app_commands

from bot.client import HearsayBot
from bot.delivery.escape import cleaned, escaped
from bot.delivery.message_parts import ACCENT
from bot.errors import AnswerGone, BadInput
from bot.failure_reports import report_failure
from bot.languages.known_languages import language_of
from bot.languages.spoken import speak
from bot.languages.translations import _, pgettext
from bot.services.interactions import is_ours
from bot.text.clipping import clip
from bot.text.time_zones import matching_zones, time_there, zone_label

Interaction = discord.Interaction[HearsayBot]

COLOUR = discord.Colour(ACCENT)
SUGGESTION_TIMEOUT = 2.0
"""Seconds. Discord waits three seconds for suggestions, which cannot be deferred."""
LONGEST_CHOICE = 100
SUGGESTED = 25
"""How many suggestions Discord shows."""

_log = structlog.get_logger(__name__)
_Self = TypeVar("_Self")
_Suggest = Callable[[_Self, Interaction, str], Awaitable[Iterable[tuple[str, str]]]]
_Complete = Callable[[_Self, Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]
_Press = Callable[[_Self, Interaction], Coroutine[Any, Any, None]]
_Pressed = Callable[[_Self, discord.Interaction[Any]], Coroutine[Any, Any, None]]


def guild_id_of(interaction: Interaction) -> int:
    """Return the server that the user is in. Raises BadInput in direct messages.

    Every lookup needs a server: what a server sees depends on its own feeds.
    """
    if interaction.guild_id is None:
        raise BadInput(_("Hearsay answers only in servers. Use this command in a server that Hearsay is in."))
    return interaction.guild_id


def server_of(interaction: Interaction) -> int | None:
    """Return the server that the user is in if Hearsay is in it, too; None elsewhere.

    Somebody who installed Hearsay for themselves uses it in servers that do not have it.
    """
    return interaction.guild_id if interaction.is_guild_integration() else None


def managed_guild_of(interaction: Interaction, to_do: str) -> int:
    """Return the server. Raises BadInput, which names the action `to_do`, for users who may not manage it."""
    guild_id = guild_id_of(interaction)
    if not interaction.permissions.manage_guild:
        raise BadInput(_("Only members with the Manage Server permission can {to_do}.", to_do=to_do))
    return guild_id


def zone_suggestions(typed: str, now: datetime) -> list[tuple[str, str]]:
    """Return time zones that match what was typed, each shown with its local name and current time."""
    found = matching_zones(typed, SUGGESTED)
    return [(zone_shown_with_time(zone_label(one), time_there(one.zone, now)), one.zone) for one in found]


def zone_shown_with_time(label: str, time: str) -> str:
    """Return a time zone with its time now: "Europe/Berlin · 14:05 now"."""
    return pgettext("option", "{zone} · {time} now", zone=label, time=time)


def as_typed(*name: str, options: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a command, given word by word, with options, as somebody types it in their Discord's language."""
    words = " ".join(pgettext("command name", word) for word in name)
    given = " ".join(f"{pgettext('option name', option)}: {value}" for option, value in options.items())
    return f"/{words} {clip(escaped(given), 150)}".rstrip()


def suggestions(suggest: "_Suggest[_Self]") -> "_Complete[_Self]":
    """Make an autocompletion like `suggestions_anywhere`, without suggestions outside servers."""

    @functools.wraps(suggest)
    async def in_servers(self: _Self, interaction: Interaction, current: str) -> Iterable[tuple[str, str]]:
        return [] if interaction.guild_id is None else await suggest(self, interaction, current)

    return suggestions_anywhere(in_servers)


def suggestions_anywhere(suggest: "_Suggest[_Self]") -> "_Complete[_Self]":
    """Make an autocompletion from a function that returns (shown, value) pairs.

    It never raises. Failures and timeouts are logged, and the user sees no suggestions.
    """

    @functools.wraps(suggest)
    async def complete(self: _Self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        try:
            with interaction.client.services.suggestions_first.one():
                async with asyncio.timeout(SUGGESTION_TIMEOUT):
                    pairs = list(await suggest(self, interaction, current))
        except Exception:  # noqa: BLE001 - whatever it is, the log has it and the user types on
            command = interaction.command.qualified_name if interaction.command else None
            _log.exception("suggestions_failed", command=command)
            return []
        shown = ((clip(cleaned(name), LONGEST_CHOICE), value) for name, value in pairs)
        choices = [
            app_commands.Choice(name=name, value=value)
            for name, value in shown
            if name and 0 < len(value) <= LONGEST_CHOICE
        ]
        return choices[:SUGGESTED]

    return complete


def failures_told(press: "_Press[_Self]") -> "_Pressed[_Self]":
    """Make the callback of a button report failures to the user. discord.py would only log them."""

    @functools.wraps(press)
    async def callback(self: _Self, interaction: discord.Interaction[Any]) -> None:
        speak(language_of(interaction.locale.value))
        try:
            # another process with the same token may be answering it
            if await is_ours(interaction.client.services, interaction.id):
                await press(self, interaction)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user is told and the log has it
            await report_failure(interaction, error)
            if isinstance(error, AnswerGone):
                await end_controls(interaction)

    return callback


async def end_controls(interaction: discord.Interaction[Any]) -> None:
    """Disable the controls of a message that no longer answers anything, if this interaction may edit it."""
    deferred = discord.InteractionResponseType.deferred_message_update
    if interaction.message is None or interaction.response.type is not deferred:
        return
    view = discord.ui.View.from_message(interaction.message, timeout=None)
    for item in view.walk_children():
        if isinstance(item, discord.ui.Select) or (isinstance(item, discord.ui.Button) and not item.url):
            item.disabled = True
    view.stop()
    with suppress(discord.HTTPException):  # the message may be gone
        await interaction.edit_original_response(view=view)
