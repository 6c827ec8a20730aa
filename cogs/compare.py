"""`/compare`: two actors side by side."""

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.services.comparisons import comparison_query
from cogs.answering import Interaction, suggestions
from cogs.periods import period_suggestions
from cogs.questions import actor_suggestions, answer, asked_in
from cogs.turns import Dear, take_turn


class CompareCog(commands.Cog):
    """A question that anyone in a server may ask. Its controls are those of `/said`."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Two actors side by side: what each said, what both said, what one denies.")
    @app_commands.describe(
        first="One: a person, organisation, country or group, by any name. Typing errors are forgiven.",
        second="The other one.",
        topic="About what: words in the claims.",
        since="From when: today, Monday, a week, last month, 1 July 2026.",
        until="Up to when, that day included: yesterday, Monday, June 2026.",
    )
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    async def compare(
        self,
        interaction: Interaction,
        first: app_commands.Range[str, 1, 200],
        second: app_commands.Range[str, 1, 200],
        topic: app_commands.Range[str, 1, 200] | None = None,
        since: app_commands.Range[str, 1, 100] | None = None,
        until: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Answer privately with what the two said."""
        await take_turn(interaction, Dear.SEARCH)
        guild_id = await asked_in(interaction)
        query = await comparison_query(
            self.bot.services,
            guild_id,
            first,
            second,
            topic,
            since=since,
            until=until,
            locale=str(interaction.locale),
        )
        await answer(interaction, guild_id, query)

    @compare.autocomplete("first")
    @compare.autocomplete("second")
    @suggestions
    async def _actors(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await actor_suggestions(interaction, current)

    @compare.autocomplete("since")
    @compare.autocomplete("until")
    @suggestions
    async def _moments(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await period_suggestions(interaction, current)


async def setup(bot: HearsayBot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(CompareCog(bot))
