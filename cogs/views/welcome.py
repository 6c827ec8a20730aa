"""The buttons of the welcome: set Hearsay up, or learn what it does."""

from typing import Any

import discord

from bot.languages.translations import N_, _, pgettext
from cogs.answering import Interaction, failures_told
from cogs.views.custom_ids import NothingInId
from cogs.views.setup import open_panel

HOW = N_(
    "Hearsay reads news feeds, finds who is reported to have said what, and posts "
    "digests to channels, with the sentence behind every claim. Members ask `/said` who "
    "said what. It reads no messages, except to find its own last digest after a "
    "crash.\n**Set up** takes a minute: choose topics, look at a preview, start. "
    "Everything can be changed afterwards with `/feed`, `/digest` and `/settings`."
)


class SetupButton(NothingInId, discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"hearsay:setup"):
    """Opens the panel, on the welcome."""

    def __init__(self) -> None:
        style = discord.ButtonStyle.primary
        super().__init__(
            discord.ui.Button(label=pgettext("button", "Set up"), custom_id="hearsay:setup", style=style)
        )

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Answer privately with a new setup."""
        await open_panel(interaction)


class HowButton(NothingInId, discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"hearsay:how"):
    """Says what Hearsay does, on the welcome."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label=pgettext("button", "What does it do?"), custom_id="hearsay:how"))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Answer privately."""
        await interaction.response.send_message(_(HOW), ephemeral=True)
