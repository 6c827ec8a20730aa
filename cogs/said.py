"""`/said`: who said what, about what, when and where, with the evidence."""

from typing import Literal

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.model.claims import Kind, Wording
from bot.services.claims import claim_query
from cogs.answering import Interaction, suggestions
from cogs.periods import period_suggestions
from cogs.questions import KindName, SortName, actor_suggestions, answer, asked_in, outlet_suggestions, sort_named
from cogs.views.claims import (
    EvidenceButton,
    EvidenceSelect,
    PageSelect,
    SaidPageButton,
    ShareButton,
    WordingsButton,
)
from cogs.views.reports import WrongButton

WordingName = Literal["exact words", "paraphrased", "partly quoted"]
_WORDINGS = {"exact words": Wording.VERBATIM, "paraphrased": Wording.PARAPHRASED, "partly quoted": Wording.MIXED}


class SaidCog(commands.Cog):
    """Questions that anyone in a server may ask."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Who said what in the news: exact words, outlet, link and evidence.")
    @app_commands.describe(
        actor="Who: a person, organisation, country or group, by any name. Typing errors are forgiven.",
        topic="About what: words in the claim.",
        since="From when: today, Monday, a week, last month, 1 July 2026.",
        until="Up to when, that day included: yesterday, Monday, June 2026.",
        outlet="Where it was published.",
        kind="What kind of claim.",
        wording="Whose words: the speaker's own, or the reporter's.",
        sort="Which claims come first. Default: the newest.",
        confidence="Only claims that are at least this likely to be right, in percent.",
    )
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    async def said(
        self,
        interaction: Interaction,
        *,
        actor: app_commands.Range[str, 1, 200] | None = None,
        topic: app_commands.Range[str, 1, 200] | None = None,
        since: app_commands.Range[str, 1, 100] | None = None,
        until: app_commands.Range[str, 1, 100] | None = None,
        outlet: app_commands.Range[str, 1, 200] | None = None,
        kind: KindName | None = None,
        wording: WordingName | None = None,
        sort: SortName | None = None,
        confidence: app_commands.Range[int, 0, 100] | None = None,
    ) -> None:
        """Answer privately with the claims found. Without options, show the latest."""
        guild_id = await asked_in(interaction)
        services = self.bot.services
        query = await claim_query(
            services,
            guild_id,
            actor=actor,
            topic=topic,
            since=since,
            until=until,
            outlet=outlet,
            kind=Kind(kind) if kind else None,
            wording=_WORDINGS[wording] if wording else None,
            sort=sort_named(sort),
            minimum_confidence=None if confidence is None else confidence / 100,
            locale=str(interaction.locale),
        )
        await answer(interaction, guild_id, query)

    @said.autocomplete("actor")
    @suggestions
    async def _actors(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await actor_suggestions(interaction, current)

    @said.autocomplete("outlet")
    @suggestions
    async def _outlets(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await outlet_suggestions(interaction, current)

    @said.autocomplete("since")
    @said.autocomplete("until")
    @suggestions
    async def _moments(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await period_suggestions(interaction, current)


async def setup(bot: HearsayBot) -> None:
    """Add the command and its controls to the bot."""
    bot.add_dynamic_items(
        SaidPageButton, PageSelect, ShareButton, EvidenceButton, EvidenceSelect, WordingsButton, WrongButton
    )
    await bot.add_cog(SaidCog(bot))
