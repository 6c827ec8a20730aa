"""`/topic`: who said what about something, actor by actor."""

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.services.topics import topic_query
from cogs.answering import Interaction, suggestions
from cogs.periods import period_suggestions
from cogs.questions import SortName, answer, asked_in, outlet_suggestions, sort_named


class TopicCog(commands.Cog):
    """A question that anyone in a server may ask. Its controls are those of `/said`."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Who said what about it, actor by actor, with the evidence.")
    @app_commands.describe(
        topic="About what: one or more words.",
        since="From when: today, Monday, a week, last month, 1 July 2026.",
        until="Up to when, that day included: yesterday, Monday, June 2026.",
        outlet="Where it was published. Typing errors are forgiven.",
        sort="Who comes first. Default: whoever spoke last.",
    )
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    async def topic(
        self,
        interaction: Interaction,
        *,
        topic: app_commands.Range[str, 1, 200],
        since: app_commands.Range[str, 1, 100] | None = None,
        until: app_commands.Range[str, 1, 100] | None = None,
        outlet: app_commands.Range[str, 1, 200] | None = None,
        sort: SortName | None = None,
    ) -> None:
        """Answer privately with those who spoke on the topic."""
        guild_id = await asked_in(interaction)
        services = self.bot.services
        query = await topic_query(
            services,
            guild_id,
            topic,
            since=since,
            until=until,
            outlet=outlet,
            sort=sort_named(sort),
            locale=str(interaction.locale),
        )
        await answer(interaction, guild_id, query)

    @topic.autocomplete("outlet")
    @suggestions
    async def _outlets(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await outlet_suggestions(interaction, current)

    @topic.autocomplete("since")
    @topic.autocomplete("until")
    @suggestions
    async def _moments(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await period_suggestions(interaction, current)


async def setup(bot: HearsayBot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(TopicCog(bot))
