"""The question before data is deleted for good."""

import re
from typing import Any, Self

import discord

from bot.languages.translations import N_, _, ngettext, pgettext
from bot.services import privacy
from cogs.answering import Interaction, failures_told, managed_guild_of
from cogs.views.custom_ids import NothingInId

ME, SERVER = "me", "server"
QUESTIONS = {
    ME: N_(
        "Remove your id from everything that Hearsay stores? What you set up for a server stays, without you; "
        "what you follow, and what you reported in the last 30 days, is deleted."
    ),
    SERVER: N_(
        "Delete everything that Hearsay stores for this server: its feeds, digests, settings "
        "and history? This cannot be undone."
    ),
}


def question(what: str) -> tuple[str, discord.ui.View]:
    """Return the question, and the buttons to say yes or no."""
    view = discord.ui.View(timeout=None)
    view.add_item(ForgetButton(what))
    view.add_item(KeepButton())
    return _(QUESTIONS[what]), view


def managed_server(interaction: Interaction) -> int:
    """Return the server. Raises BadInput outside servers, and for those who may not manage it."""
    return managed_guild_of(interaction, _("see or delete what is stored for it"))


class ForgetButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=rf"hearsay:forget:(?P<what>{ME}|{SERVER})"
):
    """Deletes the stored data about the person who presses it, or about the server."""

    def __init__(self, what: str) -> None:
        """Take what to delete."""
        label = pgettext("button", "Delete it") if what == SERVER else pgettext("button", "Remove my id")
        super().__init__(
            discord.ui.Button(label=label, custom_id=f"hearsay:forget:{what}", style=discord.ButtonStyle.danger)
        )
        self.what = what

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(match["what"])

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Delete, and say what is gone."""
        services = interaction.client.services
        guild_id = managed_server(interaction) if self.what == SERVER else None
        await interaction.response.defer()
        if guild_id is not None:
            await privacy.forget_server(services, guild_id)
            told = _("Deleted. Nothing is stored for this server any more. `/setup` begins anew.")
        else:
            count = await privacy.forget_person(services, interaction.user.id)
            told = ngettext(
                "Removed your id from {count} place. Nothing is stored about you any more.",
                "Removed your id from {count} places. Nothing is stored about you any more.",
                count,
            )
        await interaction.edit_original_response(content=told, view=None)


class KeepButton(NothingInId, discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"hearsay:keep"):
    """Leaves everything as it is."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label=pgettext("button", "Keep it"), custom_id="hearsay:keep"))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Say that nothing was deleted."""
        await interaction.response.edit_message(content=_("Nothing was deleted."), view=None)
