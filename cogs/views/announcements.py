"""The button that posts an announcement, for the host."""

import re
from typing import Any, Self

import discord

from bot.delivery.operating import ANNOUNCE_ID
from bot.languages.translations import ngettext
from bot.services.operating import announce_offered
from cogs.answering import Interaction, failures_told, guild_id_of
from cogs.permissions import require_owner


class AnnounceButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=ANNOUNCE_ID + r":(?P<offer>\d{1,18})"
):
    """Posts an announcement to all willing servers, once. Works after a restart."""

    def __init__(self, offer_id: int) -> None:
        """Take the number of the stored announcement."""
        super().__init__(discord.ui.Button(label="Announce", custom_id=f"{ANNOUNCE_ID}:{offer_id}"))
        self.offer_id = offer_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["offer"]))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Put the announcement into the outbox."""
        await require_owner(interaction)
        guild_id = guild_id_of(interaction)
        await interaction.response.defer()
        new = await announce_offered(interaction.client.services, guild_id, self.offer_id)
        told = ngettext(
            "{count} server gets it now; the others had it before.",
            "{count} servers get it now; any others had it before.",
            new,
        )
        await interaction.edit_original_response(content=told, embeds=[], view=None)
