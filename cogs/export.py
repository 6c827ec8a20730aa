"""`/export`: claims as a file."""

from typing import Literal

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.model.claims import Kind
from bot.model.exports import ExportFormat
from bot.services.claims import claim_query
from cogs.answering import Interaction, suggestions
from cogs.periods import period_suggestions
from cogs.questions import KindName, actor_suggestions, asked_in, outlet_suggestions
from cogs.turns import Dear, take_turn
from cogs.views.exports import ExportButton, send_export

FormatName = Literal["CSV", "JSON", "BibTeX", "CSL-JSON"]
_FORMATS: dict[FormatName, ExportFormat] = {
    "CSV": ExportFormat.CSV,
    "JSON": ExportFormat.JSON,
    "BibTeX": ExportFormat.BIBTEX,
    "CSL-JSON": ExportFormat.CSL,
}


class ExportCog(commands.Cog):
    """A question that anyone in a server may ask."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Who said what as a file: CSV, JSON, or citations of the articles.")
    @app_commands.describe(
        format="What the file is for: CSV for tables, JSON for programs, BibTeX or CSL-JSON to cite.",
        actor="Who: a person, organisation, country or group, by any name. Typing errors are forgiven.",
        topic="About what: words in the claim.",
        since="From when: today, Monday, a week, last month, 1 July 2026.",
        until="Up to when, that day included: yesterday, Monday, June 2026.",
        outlet="Where it was published.",
        kind="What kind of claim.",
        confidence="Only claims that are at least this likely to be right, in percent.",
    )
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    async def export(
        self,
        interaction: Interaction,
        *,
        format: FormatName,  # noqa: A002 - what Discord calls the option
        actor: app_commands.Range[str, 1, 200] | None = None,
        topic: app_commands.Range[str, 1, 200] | None = None,
        since: app_commands.Range[str, 1, 100] | None = None,
        until: app_commands.Range[str, 1, 100] | None = None,
        outlet: app_commands.Range[str, 1, 200] | None = None,
        kind: KindName | None = None,
        confidence: app_commands.Range[int, 0, 100] | None = None,
    ) -> None:
        """Answer privately with a file of the claims found."""
        await take_turn(interaction, Dear.EXPORT)
        guild_id = await asked_in(interaction)
        query = await claim_query(
            self.bot.services,
            guild_id,
            actor=actor,
            topic=topic,
            since=since,
            until=until,
            outlet=outlet,
            kind=Kind(kind) if kind else None,
            minimum_confidence=None if confidence is None else confidence / 100,
            locale=str(interaction.locale),
        )
        await send_export(interaction, query, _FORMATS[format])

    @export.autocomplete("actor")
    @suggestions
    async def _actors(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await actor_suggestions(interaction, current)

    @export.autocomplete("outlet")
    @suggestions
    async def _outlets(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await outlet_suggestions(interaction, current)

    @export.autocomplete("since")
    @export.autocomplete("until")
    @suggestions
    async def _moments(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await period_suggestions(interaction, current)


async def setup(bot: HearsayBot) -> None:
    """Add the command and its button to the bot."""
    bot.add_dynamic_items(ExportButton)
    await bot.add_cog(ExportCog(bot))
