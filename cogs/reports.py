"""`/reports`: the claims that readers reported, to be withdrawn or kept."""

from typing import Literal

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.model.reports import Decision
from cogs.answering import Interaction
from cogs.permissions import correcting_guild_of
from cogs.views.reviews import DecideButton, ReviewButton, review_of

Shown = Literal["open", "withdrawn", "kept"]


class ReportsCog(commands.Cog):
    """Reports, for members who correct claims for their server."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Claims that readers reported as wrong: withdraw or keep them.")
    @app_commands.describe(show="Which claims. Default: those that nobody has decided about.")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def reports(self, interaction: Interaction, show: Shown = "open") -> None:
        """Show the first claim, visible only to the user."""
        guild_id = await correcting_guild_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        page = await review_of(self.bot.services, guild_id, Decision(show), 0)
        await interaction.edit_original_response(**page)


async def setup(bot: HearsayBot) -> None:
    """Add the command and its buttons to the bot."""
    bot.add_dynamic_items(ReviewButton, DecideButton)
    await bot.add_cog(ReportsCog(bot))
