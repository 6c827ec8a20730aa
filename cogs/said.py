"""`/said`: who said what, about what, since when, with the evidence."""

from zoneinfo import ZoneInfo

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.errors import BadInput
from bot.services.claims import claim_page, claim_query, kept_query, matching_actors
from bot.services.feeds import feeds_of
from bot.services.server_settings import timezone_of
from bot.services.typed_times import SINCE_WORDS, moment_since
from cogs.answering import Interaction, guild_id_of, suggestions
from cogs.views.claims import EvidenceButton, SaidPageButton, answer_page


class SaidCog(commands.Cog):
    """Questions that anyone in a server may ask."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Who said what in the news: exact words, outlet, link and evidence.")
    @app_commands.describe(
        actor="Who: a person, organisation, country or group. Pick one from the list.",
        topic="About what: words in the claim.",
        since="Since when: today, 3 days, this week, this month or a date such as 2026-07-01.",
        confidence="Only claims that are at least this likely to be right, in percent.",
    )
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    async def said(
        self,
        interaction: Interaction,
        actor: app_commands.Range[str, 1, 200] | None = None,
        topic: app_commands.Range[str, 1, 200] | None = None,
        since: app_commands.Range[str, 1, 100] | None = None,
        confidence: app_commands.Range[int, 0, 100] | None = None,
    ) -> None:
        """Answer in the channel with the claims found, the newest first. Without options, show the latest."""
        guild_id = guild_id_of(interaction)
        services = self.bot.services
        # before the answer becomes public: errors in the options are shown only to the user
        query = await claim_query(
            services,
            guild_id,
            actor=actor,
            topic=topic,
            since=since,
            minimum_confidence=None if confidence is None else confidence / 100,
        )
        await interaction.response.defer(thinking=True)
        found = await claim_page(services, query)
        if not found.claims and not await feeds_of(services, guild_id):
            await interaction.edit_original_response(
                content="This server has no feeds yet. Someone who manages it can add one with `/feed add`."
            )
            return
        query_id = await kept_query(services, guild_id, interaction.user.id, query)
        await interaction.edit_original_response(**answer_page(found, query, query_id, 0))

    @said.autocomplete("actor")
    @suggestions
    async def _actors(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        names = await matching_actors(self.bot.services, guild_id_of(interaction), current)
        return [(name, name) for name in names]

    @said.autocomplete("since")
    @suggestions
    async def _moments(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        typed = " ".join(current.split())
        services = self.bot.services
        starting = [words for words in SINCE_WORDS if typed.casefold() in words]
        if typed and typed.casefold() not in starting:
            try:
                timezone = await timezone_of(services, guild_id_of(interaction))
                moment = moment_since(typed, services.clock(), timezone)
            except BadInput:
                return [(words, words) for words in starting]
            day = moment.astimezone(ZoneInfo(timezone))
            return [(f"{typed} ({day:%d %B %Y})", typed), *((words, words) for words in starting)]
        return [(words, words) for words in starting]


async def setup(bot: HearsayBot) -> None:
    """Add the command and its buttons to the bot."""
    bot.add_dynamic_items(SaidPageButton, EvidenceButton)
    await bot.add_cog(SaidCog(bot))
