"""`/why`: why an article was or was not posted."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.delivery.explanations import why_embed
from bot.services import explanations
from cogs.answering import Interaction, guild_id_of


class WhyCog(commands.Cog):
    """A question that anyone in a server may ask."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Why an article was or was not posted in this server.")
    @app_commands.describe(url="Address of the article, from a digest or from the site.")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    async def why(self, interaction: Interaction, url: app_commands.Range[str, 1, 500]) -> None:
        """Give the one cause, visible only to the user."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        told = await explanations.why(
            self.bot.services, guild_id, url, sees=lambda channel_id: _sees(interaction, channel_id)
        )
        await interaction.edit_original_response(embed=discord.Embed.from_dict(why_embed(told, guild_id)))


def _sees(interaction: Interaction, channel_id: int) -> bool:
    """Return whether the user may see a channel. Everyone may see a deleted one."""
    if channel_id == interaction.channel_id:
        return True
    guild, user = interaction.guild, interaction.user
    channel = guild.get_channel_or_thread(channel_id) if guild else None
    if channel is None:
        return True
    return isinstance(user, discord.Member) and channel.permissions_for(user).view_channel


async def setup(bot: HearsayBot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(WhyCog(bot))
