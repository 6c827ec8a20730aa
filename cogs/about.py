"""`/about`: what Hearsay is, what this server has set up, and what is stored."""

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import format_dt

from bot import __version__
from bot.client import HearsayBot
from bot.languages.translations import N_, _, ngettext
from bot.services.feeds import feeds_of
from bot.services.subscriptions import subscriptions_of
from cogs.answering import COLOUR, Interaction, server_of

WHAT = N_(
    "Hearsay reads news feeds, finds who is reported to have said what, and shows where "
    "it was published. “Words in quotation marks” are the speaker's own; words after ≈ "
    "are the reporter's. Software makes mistakes: press **Evidence** to see the sentence "
    "before you rely on a claim."
)
PRIVACY = N_(
    "Stored: what this server has set up (feeds, digests, settings, changes of stories and actors, decisions "
    "about claims), with who did it; what somebody follows, for them alone; for some months, posted digests and "
    "the questions that page buttons need, without who asked; and reports of wrong claims, with who "
    "reported them for 30 days. Hearsay reads no messages, except those that somebody "
    "asks about with **Who said what here?** (what was found is kept for a day), and to find its own last digest "
    "after a crash. All of it is deleted 30 days after Hearsay leaves the server, or at once with "
    "`/privacy delete`."
)


class AboutCog(commands.Cog):
    """Questions about Hearsay itself, open to anybody."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="What Hearsay is, what this server has set up, and what is stored about it.")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def about(self, interaction: Interaction) -> None:
        """Say what Hearsay is, visible only to the user."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        embed = discord.Embed(
            title="Hearsay", description=_(WHAT), url=str(services.settings.contact_url), colour=COLOUR
        )
        if (guild_id := server_of(interaction)) is not None:
            feeds = await feeds_of(services, guild_id)
            digests = await subscriptions_of(services, guild_id)
            told = _(
                "{feeds}, {digests}",
                feeds=ngettext("{count} feed", "{count} feeds", len(feeds)),
                digests=ngettext("{count} digest", "{count} digests", len(digests)),
            )
            if not feeds:
                told = _("{feeds_and_digests}. Start with `/feed add`.", feeds_and_digests=told)
            embed.add_field(name=_("This server"), value=told)
        embed.add_field(name=_("Running"), value=_("since {time}", time=format_dt(self.bot.started_at, "R")))
        embed.add_field(name=_("Privacy"), value=_(PRIVACY), inline=False)
        embed.set_footer(text=_("Version {version}", version=__version__))
        await interaction.edit_original_response(embed=embed)


async def setup(bot: HearsayBot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(AboutCog(bot))
