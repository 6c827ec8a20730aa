"""Permissions for commands and buttons that change what others see."""

import discord

from bot.command_tree import ONLY_SOME_ASK, has_role, may_ask
from bot.errors import BadInput
from bot.languages.translations import _
from bot.services.server_settings import settings_of
from cogs.answering import Interaction, guild_id_of

OWNER_ONLY = "owner only"
"""The mark in the extras of a command for the host: the help does not show it to others."""


async def may_correct(interaction: Interaction) -> bool:
    """Return whether the user may withdraw claims and change actors for their server.

    Members who may manage it, or who have the role that it chose for corrections, may do so.
    """
    if interaction.guild_id is None or interaction.permissions.manage_guild:
        return interaction.guild_id is not None
    role_id = (await settings_of(interaction.client.services, interaction.guild_id)).correcting_role_id
    return role_id is not None and has_role(interaction.user, role_id)


async def correcting_guild_of(interaction: Interaction) -> int:
    """Return the server. Raises BadInput for users who may not correct what it shows."""
    guild_id = guild_id_of(interaction)
    if not await may_correct(interaction):
        raise BadInput(
            _(
                "Only members with the Manage Server permission, or with the role that `/settings correcting` "
                "names, can correct what Hearsay shows here."
            )
        )
    return guild_id


async def asking_guild_of(interaction: Interaction) -> int:
    """Return the server. Raises BadInput for users whom it does not let ask: answers are not for them either."""
    guild_id = guild_id_of(interaction)
    await require_asking(interaction)
    return guild_id


async def reading_guild_of(interaction: Interaction) -> int:
    """Return the server, for a control that shows more of a message.

    Raises BadInput if the message is an answer, and the server does not let this user ask. Messages posted for
    everybody, such as digests, are open to all who see them, including their details.
    """
    if _is_answer(interaction):
        return await asking_guild_of(interaction)
    return guild_id_of(interaction)


async def require_asking(interaction: Interaction) -> None:
    """Raise BadInput if the server, if there is one, does not let this user ask."""
    if not await may_ask(interaction):
        raise BadInput(_(ONLY_SOME_ASK))


def _is_answer(interaction: Interaction) -> bool:
    """Return whether the control is on the answer to a command, or on one that was shared.

    Discord says what a message answers. A digest answers nothing, and its controls open private messages.
    """
    message = interaction.message
    made = message.interaction_metadata if message is not None else None
    if message is None or made is None:
        return False
    return not message.flags.ephemeral or made.type is discord.InteractionType.application_command


async def is_owner(interaction: Interaction) -> bool:
    """Return whether the user runs this bot: they, or their team, own its application."""
    return await interaction.client.is_owner(interaction.user)


async def require_owner(interaction: Interaction) -> None:
    """Raise BadInput unless the user runs this bot."""
    if not await is_owner(interaction):
        raise BadInput(_("This is only for whoever runs this bot."))
