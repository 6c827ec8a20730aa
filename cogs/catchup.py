"""`/catchup`: what a reader missed, in one message."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.delivery.answers import evidence_select, export_button
from bot.delivery.digest_embeds import embed_parts
from bot.delivery.digest_parts import local_moment
from bot.delivery.message_parts import button_row
from bot.languages.formats import shown_number
from bot.languages.translations import _
from bot.model.queries import ClaimQuery, Form
from bot.services.catching_up import missed_since
from bot.services.claims import claims_still_seen, kept_query
from cogs.answering import Interaction, suggestions
from cogs.periods import period_suggestions
from cogs.questions import asked_in
from cogs.views.payloads import sendable


class CatchupCog(commands.Cog):
    """A question that anyone in a server may ask."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="What you missed: the most important stories since a day, in one message.")
    @app_commands.describe(since="Since when: yesterday, Monday, 3 days, 1 July. Default: yesterday.")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    async def catchup(
        self, interaction: Interaction, since: app_commands.Range[str, 1, 100] = "yesterday"
    ) -> None:
        """Answer privately. Articles shown here still count as unshown."""
        guild_id = await asked_in(interaction)
        services = self.bot.services
        missed = await missed_since(services, guild_id, since, str(interaction.locale))
        begin = local_moment(missed.since, missed.timezone)
        if missed.digest is None:
            nothing = _("You missed nothing: there is no news since {day}.", day=begin)
            if missed.period is not None:
                nothing = _("You missed nothing: there is no news from {period}.", period=missed.period)
            await interaction.edit_original_response(content=nothing)
            return
        part = embed_parts(missed.digest)[0]
        embeds = [*part.payload["embeds"]]
        shown, there = len(part.stories), len(missed.digest.stories) + missed.digest.stories_left_out
        told = _("All stories.")
        if shown < there:
            told = _(
                "The {shown} most important of {count} stories.",
                shown=shown_number(shown),
                count=shown_number(there),
            )
        title = _("What you missed since {day}", day=begin)
        if missed.period is not None:
            title = _("What you missed: {period}", period=missed.period)
        embeds[0] = embeds[0] | {"title": title, "description": told}
        claims = await claims_still_seen(services, guild_id, part.claim_ids)
        controls = evidence_select(claims, None)
        if claims:
            query = ClaimQuery(guild_id, form=Form.MISSED, claims=tuple(claim.id for claim in claims))
            if query_id := await kept_query(services, guild_id, query):
                controls += button_row([export_button(query_id)])
        await interaction.edit_original_response(
            **sendable({"embeds": embeds, "components": controls}),
            allowed_mentions=discord.AllowedMentions.none(),
        )

    @catchup.autocomplete("since")
    @suggestions
    async def _moments(self, interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return await period_suggestions(interaction, current)


async def setup(bot: HearsayBot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(CatchupCog(bot))
