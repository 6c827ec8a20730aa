"""`/actor`: who somebody in the news is."""

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.services.profiles import profile_query
from cogs.answering import Interaction, suggestions
from cogs.questions import actor_suggestions, answer, asked_in


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
        guild_id = await asked_in(interaction)
        await answer(interaction, guild_id, await profile_query(self.bot.services, guild_id, actor))

    @actor.autocomplete("actor")
    @suggestions
    async def _actors(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await actor_suggestions(interaction, current)


async def setup(bot: HearsayBot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(ActorCog(bot))
