"""How failures of commands and buttons are reported to users, in one sentence."""

import secrets
from collections.abc import Mapping
from typing import Any

import aiohttp
import discord
import structlog
from discord import app_commands

from bot.errors import ExtractionError, HearsayError, SettingsError, StoreError, StoreUnavailable
from bot.languages.translations import N_, _

_log = structlog.get_logger(__name__)

_UNKNOWN_INTERACTION = 10062
_UNKNOWN_WEBHOOK = 10015
_ALREADY_ANSWERED = 40060
_LOST = {_UNKNOWN_INTERACTION, _UNKNOWN_WEBHOOK, _ALREADY_ANSWERED}
"""Discord's error codes for an interaction that can no longer be answered."""

_INTERNAL = (StoreError, SettingsError, ExtractionError)
"""Errors that only the host can fix: the user gets an id, the log gets the details."""

_SENTENCES: tuple[tuple[type[BaseException], str], ...] = (
    (
        app_commands.TransformerError,
        N_("One of these options cannot be used. Pick a value from the list."),
    ),
    (app_commands.NoPrivateMessage, N_("This works only in a server.")),
    (app_commands.MissingPermissions, N_("You need the Manage Server permission for this.")),
    (
        app_commands.CommandNotFound,
        N_("This command has changed. Reload Discord (Ctrl+R) and try again."),
    ),
    (
        app_commands.CommandSignatureMismatch,
        N_("This command has changed. Reload Discord (Ctrl+R) and try again."),
    ),
    (app_commands.CheckFailure, N_("You may not use this here.")),
    (TimeoutError, N_("That took too long. Try again in a minute.")),
)
"""What users are told about failures of the command tree; the first match counts."""


async def report_failure(interaction: discord.Interaction[Any], error: Exception) -> None:
    """Report a failure to the user in one sentence. If only the host can fix it, add an id that the log has.

    Never raises. If the interaction was already answered or has expired, that is only logged.
    """
    cause = getattr(error, "original", None) or error
    where = _name_of(interaction)
    if isinstance(cause, discord.HTTPException) and cause.code in _LOST:
        _log.warning("interaction_lost", interaction=where, code=cause.code)
        return
    sentence = sentence_of(cause)
    if sentence is None:
        error_id = secrets.token_hex(4)
        _log.error("interaction_failed", error_id=error_id, interaction=where, exc_info=cause)
        sentence = _("{problem} Error id: `{error_id}`", problem=_problem_of(cause), error_id=error_id)
    await tell(interaction, sentence)


def _problem_of(error: BaseException) -> str:
    """Return what users are told of an error that only the host can fix."""
    if isinstance(error, StoreUnavailable):
        return _(
            "Hearsay cannot use its store right now. Try again later. Whoever runs it finds the reason in its log."
        )
    told = error.message if isinstance(error, HearsayError) and not isinstance(error, _INTERNAL) else None
    return told or _("Something went wrong here, and it is not your fault.")


def sentence_of(error: BaseException) -> str | None:
    """Return what to tell the user about `error`, or None if only the host can fix it."""
    if isinstance(error, HearsayError):
        internal = isinstance(error, _INTERNAL) or type(error) is HearsayError
        return None if internal else error.message
    return next((_(sentence) for kind, sentence in _SENTENCES if isinstance(error, kind)), None)


async def tell(interaction: discord.Interaction[Any], sentence: str) -> None:
    """Answer with a sentence, visible only to the user if that can still be chosen. Never raises."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True)
        else:
            await interaction.response.send_message(sentence, ephemeral=True)
    except (discord.DiscordException, aiohttp.ClientError, OSError, RuntimeError) as error:
        _log.warning("answer_undelivered", interaction=_name_of(interaction), reason=str(error))


async def suggest_nothing(interaction: discord.Interaction[Any]) -> None:
    """Answer a user who is typing with an empty list of suggestions. Never raises."""
    try:
        await interaction.response.autocomplete([])
    except (discord.DiscordException, aiohttp.ClientError, OSError, RuntimeError) as error:
        _log.warning("answer_undelivered", interaction=_name_of(interaction), reason=str(error))


def _name_of(interaction: discord.Interaction[Any]) -> str:
    """Return the name of the command, or the id of the button, that was used."""
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    data: Mapping[str, object] = dict(interaction.data or {})
    return str(data.get("custom_id", "unknown"))
