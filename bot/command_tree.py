"""The command tree: who may ask, and how failures of commands reach their users."""

from typing import Any

import discord
from discord import app_commands

from bot.failure_reports import report_failure, suggest_nothing, tell
from bot.languages.known_languages import language_of
from bot.languages.spoken import speak
from bot.languages.translations import N_, _
from bot.services.interactions import is_ours

NO_QUESTIONS = frozenset({"about", "following", "help", "privacy", "status"})
"""Commands for all that a server cannot keep for a role: they are about the bot, or about oneself."""
ONLY_SOME_ASK = N_("In this server only members with a certain role may ask. Its managers know which.")


def has_role(user: discord.User | discord.Member, role_id: int) -> bool:
    """Return whether somebody has a role in the server that they are in."""
    return isinstance(user, discord.Member) and user.get_role(role_id) is not None


async def may_ask(interaction: discord.Interaction[Any]) -> bool:
    """Return whether the user may ask here: all may, or those with the role that the server chose for that."""
    guild_id = interaction.guild_id
    if guild_id is None or interaction.permissions.manage_guild:
        return True
    role_id = (await interaction.client.services.store.server_settings.get(guild_id)).asking_role_id
    return role_id is None or has_role(interaction.user, role_id)


class HearsayTree(app_commands.CommandTree[Any]):
    """The command tree. Failures of commands are reported to their users."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Return whether to answer: another process with the same token may be doing it.

        Here a command, or a suggestion for one, begins, so from here on the user's language is spoken.
        """
        speak(language_of(interaction.locale.value))
        if not await is_ours(interaction.client.services, interaction.id):
            return False
        if await self._may_use(interaction):
            return True
        if interaction.type is discord.InteractionType.autocomplete:
            await suggest_nothing(interaction)
        else:
            await tell(interaction, _(ONLY_SOME_ASK))
        return False

    async def _may_use(self, interaction: discord.Interaction[Any]) -> bool:
        """Return whether the command is no question, or the server lets this user ask."""
        command = interaction.command
        if command is None:
            return True
        root = command if isinstance(command, app_commands.ContextMenu) else command.root_parent or command
        if root.default_permissions is not None or root.name in NO_QUESTIONS:
            return True
        return await may_ask(interaction)

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Report the failure to the user."""
        await report_failure(interaction, error)
