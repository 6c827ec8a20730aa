"""The texts of the command tree for the catalogues: whatever Discord gets of it in words."""

import asyncio
from typing import Any

import discord
from discord import app_commands

from bot.command_reference import with_commands
from bot.delivery.command_translator import CONTEXTS, OWN_NAMES


def command_messages() -> list[tuple[str, str]]:
    """Return each text of the command tree with its context, each once, in the order of the tree."""
    return list(dict.fromkeys(asyncio.run(with_commands(_messages))))


async def _messages(tree: app_commands.CommandTree[Any]) -> list[tuple[str, str]]:
    recorder = _Recorder()
    for command in sorted(tree.get_commands(), key=lambda one: one.name):
        await command.get_translated_payload(tree, recorder)
    return recorder.found


class _Recorder(app_commands.Translator):
    """Translates nothing, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,  # noqa: ARG002 - the interface is discord.py's
        context: app_commands.TranslationContextTypes,
    ) -> None:
        """Remember the text."""
        if context.location in CONTEXTS and string.message not in OWN_NAMES:
            self.found.append((CONTEXTS[context.location], string.message))
