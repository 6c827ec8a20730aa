"""`/trending`: what is said more often than usual."""

from typing import Literal

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.services.trending import trends_query
from cogs.answering import Interaction
from cogs.questions import answer, asked_in
from cogs.turns import Dear, take_turn

SpanName = Literal["today", "this week"]
_DAYS = {"today": 1, "this week": 7}


class TrendingCog(commands.Cog):
    """A question that anyone in a server may ask."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Who and what is said more often than usual, in the feeds of this server.")
    @app_commands.describe(
        span="What counts as now: the last 24 hours or the last 7 days. Default: the last 7 days."
    )
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    async def trending(self, interaction: Interaction, span: SpanName = "this week") -> None:
        """Answer privately with actors and topics that are in more stories than usual."""
        await take_turn(interaction, Dear.PLOT)
        guild_id = await asked_in(interaction)
        await answer(interaction, guild_id, await trends_query(self.bot.services, guild_id, _DAYS[span]))


async def setup(bot: HearsayBot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(TrendingCog(bot))
