"""`/admin`: for the host, and refused to everybody else."""

from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.delivery.operating import announcement_question, failing_message, stats_message
from bot.languages.formats import listed
from bot.languages.translations import _, ngettext
from bot.model.reports import EVERYWHERE, Decision
from bot.services.operating import (
    failing_feeds,
    host_stats,
    offer_announcement,
    reload_settings,
    willing_servers,
)
from cogs.answering import Interaction, guild_id_of
from cogs.permissions import OWNER_ONLY, require_owner
from cogs.reports import Shown
from cogs.views.announcements import AnnounceButton
from cogs.views.payloads import sendable
from cogs.views.reviews import review_of


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(administrator=True, manage_guild=True)
class AdminCog(
    commands.GroupCog,
    group_name="admin",
    group_description="For whoever runs this bot.",
    group_extras={OWNER_ONLY: True},
):
    """Commands of the owner of the application, or of its team."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="For whoever runs this bot: servers, feeds, claims, what waits.")
    async def stats(self, interaction: Interaction) -> None:
        """Show numbers of the whole bot."""
        await _acknowledge(interaction)
        await interaction.edit_original_response(**sendable(stats_message(await host_stats(self.bot.services))))

    @app_commands.command(description="For whoever runs this bot: the feeds that fail in any server.")
    async def feeds(self, interaction: Interaction) -> None:
        """Show the feeds that fail."""
        await _acknowledge(interaction)
        await interaction.edit_original_response(
            **sendable(failing_message(await failing_feeds(self.bot.services)))
        )

    @app_commands.command(description="For whoever runs this bot: what readers of all servers reported as wrong.")
    @app_commands.describe(show="Which claims. Default: those about which you have not decided.")
    async def reports(self, interaction: Interaction, show: Shown = "open") -> None:
        """Show the first claim; decisions apply to all servers."""
        await _acknowledge(interaction)
        page = await review_of(self.bot.services, EVERYWHERE, Decision(show), 0)
        await interaction.edit_original_response(**page)

    @app_commands.command(
        description="For whoever runs this bot: tell servers something, where they want notices."
    )
    @app_commands.describe(text="What to tell them. \\n is a line break.")
    async def announce(self, interaction: Interaction, text: app_commands.Range[str, 1, 2000]) -> None:
        """Show a preview and the number of servers it reaches, and ask for confirmation."""
        await _acknowledge(interaction)
        services, guild_id = self.bot.services, guild_id_of(interaction)
        number, shown = await offer_announcement(services, guild_id, text)
        message = announcement_question(shown, number, len(await willing_servers(services)))
        await interaction.edit_original_response(content=message["content"], **sendable(message))

    @app_commands.command(description="For whoever runs this bot: load commands and log level anew.")
    async def reload(self, interaction: Interaction) -> None:
        """Load the extensions again, and the settings that can be changed while the bot runs."""
        await _acknowledge(interaction)
        settings = reload_settings(self.bot.services)
        reloaded = await self.bot.reload_everywhere()
        lines = [
            ngettext("{count} module is loaded anew.", "{count} modules are loaded anew.", len(reloaded.loaded))
        ]
        if reloaded.failed:
            lines.append(_("These failed and work as before: {names}.", names=listed(reloaded.failed)))
        if settings.applied:
            lines.append(_("Applied: {names}.", names=listed(settings.applied)))
        if settings.waiting:
            lines.append(_("These changed, and need a restart: {names}.", names=listed(settings.waiting)))
        await interaction.edit_original_response(content="\n".join(lines))


async def _acknowledge(interaction: Interaction) -> None:
    """Refuse everybody but the owner, and acknowledge the command."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    await require_owner(interaction)


async def setup(bot: HearsayBot) -> None:
    """Add the commands and their button to the bot."""
    bot.add_dynamic_items(AnnounceButton)
    await bot.add_cog(AdminCog(bot))
