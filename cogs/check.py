"""`/check`: was this said?"""

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.delivery.checks import check_message
from bot.model.queries import ClaimQuery, Form
from bot.services.checking import checked
from bot.services.claims import kept_query
from bot.services.feeds import feeds_of
from cogs.answering import Interaction
from cogs.questions import asked_in
from cogs.turns import Dear, take_turn
from cogs.views.payloads import sendable


class CheckCog(commands.Cog):
    """A question that anyone in a server may ask."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(
        description="Was this said? Word for word, changed, or not found; by whom, when and where."
    )
    @app_commands.describe(words="The words, as you heard them.")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    async def check(self, interaction: Interaction, words: app_commands.Range[str, 3, 400]) -> None:
        """Answer privately with the claims most similar to the words."""
        await take_turn(interaction, Dear.SEARCH)
        guild_id = await asked_in(interaction)
        services = self.bot.services
        feeds = await feeds_of(services, guild_id)
        found = await checked(services, guild_id, words)
        shown = [
            (one.claim, [(piece.change, piece.words) for piece in one.comparison.pieces], one.comparison.turned)
            for one in found
        ]
        query_id = None
        if found:
            claim_ids = tuple(one.claim.id for one in found)
            query_id = await kept_query(
                services, guild_id, ClaimQuery(guild_id, form=Form.CHECKED, claims=claim_ids)
            )
        message = check_message(words, shown, len(feeds), query_id)
        await interaction.edit_original_response(**sendable(message))


async def setup(bot: HearsayBot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(CheckCog(bot))
