"""`/privacy`: the stored data about a person or a server, to see, export and delete."""

import io
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import format_dt

from bot.client import HearsayBot
from bot.delivery.escape import escaped
from bot.languages.formats import shown_number
from bot.languages.translations import N_, _, ngettext
from bot.services import privacy
from bot.text.clipping import clip
from cogs.answering import COLOUR, Interaction
from cogs.views.privacy import ME, SERVER, ForgetButton, KeepButton, managed_server, question

About = Literal["me", "this server"]
ABOUT_OPTION = "About you, or about this server (for its managers). Default: about you."
NOT_STORED = N_(
    "Hearsay does not store who asks what, and reads no messages, except those that somebody asks about, and to "
    "find its own last digest after a crash. Your id is stored only beside what you set up for a server, beside "
    "what you follow and the letters about it, and for 30 days beside claims that you reported."
)
TRACES = {
    "added a feed": N_("You added a feed: {of}"),
    "created a digest": N_("You created a digest: {of}"),
    "changed a story": N_("You changed a story: {of}"),
    "reported a claim": N_("You reported a claim: {of}"),
    "decided about a claim": N_("You decided about a claim: {of}"),
    "changed an actor": N_("You changed an actor: {of}"),
    "followed": N_("You followed: {of}"),
    "were sent a letter": N_("You were sent a letter: {of}"),
}
"""What somebody did, by its name in the store."""
_SHOWN = 15


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class PrivacyCog(
    commands.GroupCog, group_name="privacy", group_description="What Hearsay stores, and deleting it."
):
    """Questions that anybody may ask about themselves, and managers about their server."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Show what Hearsay stores about you, or about this server.")
    @app_commands.describe(about=ABOUT_OPTION)
    async def show(self, interaction: Interaction, about: About = "me") -> None:
        """Show it, visible only to the user."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        if about == "this server":
            held = await privacy.held_for(services, managed_server(interaction))
            lines = [f"{shown_number(count)} × {_(what)}" for what, count in held.items()]
            title = _("Stored for this server")
        else:
            traces = await privacy.traces_of(services, interaction.user.id)
            lines = [
                _(TRACES[trace.what], of=clip(escaped(trace.of), 100))
                + (f" · {format_dt(trace.at, 'D')}" if trace.at else "")
                for trace in traces[:_SHOWN]
            ]
            if len(traces) > _SHOWN:
                lines.append(_("And {count} more: `/privacy export` has them all.", count=len(traces) - _SHOWN))
            title = _("Stored about you")
        embed = discord.Embed(title=title, description="\n".join(lines) or _("Nothing."), colour=COLOUR)
        embed.set_footer(text=_(NOT_STORED))
        await interaction.edit_original_response(embed=embed)

    @app_commands.command(description="Get what Hearsay stores about you, or about this server, as a JSON file.")
    @app_commands.describe(about=ABOUT_OPTION)
    async def export(self, interaction: Interaction, about: About = "me") -> None:
        """Send it as a file, visible only to the user."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        services, largest = self.bot.services, interaction.filesize_limit
        if about == "this server":
            made = await privacy.server_as_file(services, managed_server(interaction), largest)
        else:
            made = await privacy.person_as_file(services, interaction.user.id, largest)
        told = None
        if left_out := sum(made.left_out.values()):
            told = ngettext(
                "The file holds the newest rows: {count} older row is too much for a file on Discord. "
                "Whoever runs this bot has it.",
                "The file holds the newest rows: {count} older rows are too much for a file on Discord. "
                "Whoever runs this bot has them.",
                left_out,
            )
        file = discord.File(io.BytesIO(made.content), made.name)
        await interaction.edit_original_response(content=told, attachments=[file])

    @app_commands.command(description="Delete what Hearsay stores about you, or about this server. Asks first.")
    @app_commands.describe(about=ABOUT_OPTION)
    async def delete(self, interaction: Interaction, about: About = "me") -> None:
        """Ask whether to delete it."""
        if about == "this server":
            managed_server(interaction)
        told, view = question(SERVER if about == "this server" else ME)
        await interaction.response.send_message(told, view=view, ephemeral=True)


async def setup(bot: HearsayBot) -> None:
    """Add the commands and their buttons to the bot."""
    bot.add_dynamic_items(ForgetButton, KeepButton)
    await bot.add_cog(PrivacyCog(bot))
