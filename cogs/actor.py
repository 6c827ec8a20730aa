"""`/actor`: who somebody in the news is."""

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.services.claims import kept_query, matching_actors
from bot.services.feeds import feeds_of
from bot.services.profiles import profile_query
from cogs.answering import Interaction, guild_id_of, suggestions
from cogs.said import NO_FEEDS
from cogs.views.claims import page_of_answer


class ActorCog(commands.Cog):
    """A question that anyone in a server may ask. Its controls are those of `/said`."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Who somebody in the news is: roles, names, outlets, claims and promises.")
    @app_commands.describe(
        actor="Who: a person, organisation, country or group, by any name. Typing errors are forgiven."
    )
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    async def actor(self, interaction: Interaction, actor: app_commands.Range[str, 1, 200]) -> None:
        """Answer privately with the profile of an actor."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        if not await feeds_of(services, guild_id):
            await interaction.edit_original_response(content=NO_FEEDS)
            return
        query_id = await kept_query(services, guild_id, await profile_query(services, guild_id, actor))
        await interaction.edit_original_response(**await page_of_answer(services, guild_id, query_id, 0))

    @actor.autocomplete("actor")
    @suggestions
    async def _actors(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        names = await matching_actors(self.bot.services, guild_id_of(interaction), current)
        return [(name, name) for name in names]


async def setup(bot: HearsayBot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(ActorCog(bot))
