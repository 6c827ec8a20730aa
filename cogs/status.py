"""`/status`: whether Hearsay works, for everybody."""

from discord import app_commands
from discord.ext import commands
from discord.utils import format_dt

from bot.client import HearsayBot
from bot.delivery.operating import status_message
from bot.services.operating import can_store, status_of
from cogs.answering import Interaction, guild_id_of
from cogs.views.payloads import sendable


class StatusCog(commands.Cog):
    """Questions about the bot that anybody in a server may ask."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Whether Hearsay works: last read, lag, what waits, the next digest here.")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    async def status(self, interaction: Interaction) -> None:
        """Show it, visible only to the user."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        status = await status_of(self.bot.services, guild_id)
        since = format_dt(self.bot.started_at, "R")
        posts, stores = self.bot.is_connected(), await can_store(self.bot.services)
        await interaction.edit_original_response(
            **sendable(status_message(status, running_since=since, posts=posts, stores=stores))
        )


async def setup(bot: HearsayBot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(StatusCog(bot))
