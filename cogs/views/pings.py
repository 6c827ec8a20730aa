"""Ping me: a reader takes the role that a digest mentions, or gives it back."""

import re
from typing import Any, Self

import discord

from bot.delivery.permissions import role_problem
from bot.errors import BadInput
from bot.languages.translations import _, pgettext
from bot.services.subscriptions import require_ping_button
from cogs.answering import Interaction, failures_told, guild_id_of

REASON = "Asked for with the button of a digest"


class PingButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"hearsay:ping:(?P<role>\d{1,20})"):
    """Gives the role that a digest mentions, or takes it back. Works after a restart."""

    def __init__(self, role_id: int) -> None:
        """Take the id of the role."""
        super().__init__(
            discord.ui.Button(label=pgettext("button", "Ping me"), custom_id=f"hearsay:ping:{role_id}")
        )
        self.role_id = role_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["role"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Give the role to a member without it, take it from one with it, and tell only that member."""
        guild_id, guild, member = guild_id_of(interaction), interaction.guild, interaction.user
        await interaction.response.defer(ephemeral=True, thinking=True)
        await require_ping_button(interaction.client.services, guild_id, self.role_id)
        role = guild.get_role(self.role_id) if guild is not None else None
        if guild is None or role is None or not isinstance(member, discord.Member):
            raise BadInput(_("This role does not exist any more."))
        if (problem := role_problem(role, guild.me)) is not None:
            raise BadInput(problem)
        if role in member.roles:
            await member.remove_roles(role, reason=REASON)
            told = _("You are no longer pinged: you gave {role} back.", role=role.mention)
        else:
            await member.add_roles(role, reason=REASON)
            told = _(
                "You now have {role}, and are pinged by each digest. Press again to stop that.", role=role.mention
            )
        await interaction.edit_original_response(content=told)
