"""The controls below a change to an actor: Undo, and the articles in which an actor is somebody else."""

import re
from typing import Any, Self

import discord

from bot.delivery.actor_changes import SPLIT_ID, UNDO_ID, changed_message, undone
from bot.languages.translations import pgettext
from bot.services.actor_changes import split_offered, undo_actor_change
from cogs.answering import Interaction, failures_told
from cogs.permissions import correcting_guild_of
from cogs.views.payloads import sendable


class UndoActorButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=UNDO_ID + r":(?P<change>\d{1,18})"):
    """Undoes a change to an actor. Works after a restart."""

    def __init__(self, change_id: int) -> None:
        """Take the number of the change."""
        super().__init__(discord.ui.Button(label=pgettext("button", "Undo"), custom_id=f"{UNDO_ID}:{change_id}"))
        self.change_id = change_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["change"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Undo the change, for those who may correct."""
        guild_id = await correcting_guild_of(interaction)
        await interaction.response.defer()
        change = await undo_actor_change(interaction.client.services, guild_id, self.change_id)
        await interaction.edit_original_response(content=undone(change), embeds=[], view=None)


class SplitSelect(discord.ui.DynamicItem[discord.ui.Select[Any]], template=SPLIT_ID + r":(?P<offer>\d{1,18})"):
    """Splits an actor in the chosen articles. Works after a restart."""

    def __init__(self, offer_id: int) -> None:
        """Take the number of the offer."""
        options = [discord.SelectOption(label="…", value="0")]
        super().__init__(discord.ui.Select(custom_id=f"{SPLIT_ID}:{offer_id}", options=options))
        self.offer_id = offer_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the choice that was made."""
        return cls(int(match["offer"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Split the actor, for those who may correct."""
        guild_id = await correcting_guild_of(interaction)
        await interaction.response.defer()
        chosen = {int(one) for one in self.item.values if one.isascii() and one.isdecimal() and len(one) < 19}
        services, user = interaction.client.services, interaction.user.id
        change, former = await split_offered(services, guild_id, self.offer_id, chosen, user)
        message = changed_message(change, former)
        await interaction.edit_original_response(content=message["content"], **sendable(message))
