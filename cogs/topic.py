"""`/topic`: who said what about something, actor by actor."""

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.model.queries import Sort
from bot.services.claims import kept_query
from bot.services.feeds import feeds_of
from bot.services.outlets import matching_outlets
from bot.services.topics import topic_query
from cogs.answering import Interaction, guild_id_of, suggestions
from cogs.periods import period_suggestions
from cogs.said import NO_FEEDS, SortName
from cogs.views.claims import page_of_answer


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
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        if not await feeds_of(services, guild_id):
            await interaction.edit_original_response(content=NO_FEEDS)
            return
        query = await topic_query(
            services,
            guild_id,
            topic,
            since=since,
            until=until,
            outlet=outlet,
            sort=Sort.RELEVANT if sort == "most relevant first" else Sort.NEWEST,
            locale=str(interaction.locale),
        )
        query_id = await kept_query(services, guild_id, query)
        await interaction.edit_original_response(**await page_of_answer(services, guild_id, query_id, 0))

    @topic.autocomplete("outlet")
    @suggestions
    async def _outlets(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        names = await matching_outlets(self.bot.services, guild_id_of(interaction), current)
        return [(name, name) for name in names]

    @topic.autocomplete("since")
    @topic.autocomplete("until")
    @suggestions
    async def _moments(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await period_suggestions(interaction, current)


async def setup(bot: HearsayBot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(TopicCog(bot))
