"""`/read`, and "Who said what here?" on a message: who said what in any page or text, at once."""

from collections.abc import Iterable, Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.errors import BadInput
from bot.failure_reports import report_failure
from bot.languages.translations import _
from bot.services.read_sources import MessageEmbed, Source, sources_of_message, typed_source
from bot.services.readings import reading_of
from cogs.answering import Interaction, server_of
from cogs.views.readings import (
    ReadingEvidenceSelect,
    ReadingPageButton,
    ReadingShareButton,
    page_of_reading,
)

LONGEST = 4_000


class ReadCog(commands.Cog):
    """Open to anybody anywhere: no server and no feeds are needed."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name="Who said what here?", callback=self._of_message)
        app_commands.allowed_installs(guilds=True, users=True)(self._menu)
        app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(self._menu)
        bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Remove the message command together with the cog."""
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(description="Who said what in an article or a text of your choice, at once.")
    @app_commands.describe(page="The address of an article, or a text.")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def read(self, interaction: Interaction, page: app_commands.Range[str, 1, LONGEST]) -> None:
        """Answer privately with the actors and claims of a page or a text."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._answer(interaction, [typed_source(page)])

    async def _of_message(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer privately with the actors and claims in a message and its links."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        contents = [message.content, *(forwarded.content for forwarded in message.message_snapshots)]
        embeds = [*message.embeds, *(e for forwarded in message.message_snapshots for e in forwarded.embeds)]
        sources = sources_of_message("\n\n".join(part for part in contents if part), _told_in(embeds))
        if not sources:
            raise BadInput(_("This message has neither a link to an article nor a text of a few sentences."))
        await self._answer(interaction, sources)

    async def _answer(self, interaction: Interaction, sources: Sequence[Source]) -> None:
        """Show what each source says: the first as the answer, the others as messages after it."""
        services = self.bot.services
        for number, source in enumerate(sources):
            try:
                reading = await reading_of(
                    services, source, guild_id=server_of(interaction), user_id=interaction.user.id
                )
            except Exception as error:
                if len(sources) == 1:
                    raise
                await report_failure(interaction, error)  # the others are read anyway
                continue
            shown = page_of_reading(reading)
            if number == 0:
                await interaction.edit_original_response(**shown)
            else:
                await interaction.followup.send(**shown, ephemeral=True)


def _told_in(embeds: Iterable[discord.Embed]) -> list[MessageEmbed]:
    """Return the texts of embeds. Embeds that only show a picture or a video have none."""
    return [
        MessageEmbed(
            embed.url,
            tuple(
                text
                for text in (
                    embed.title,
                    embed.description,
                    *(part for field in embed.fields for part in (field.name, field.value)),
                )
                if text
            ),
        )
        for embed in embeds
    ]


async def setup(bot: HearsayBot) -> None:
    """Add the commands and their controls to the bot."""
    bot.add_dynamic_items(ReadingPageButton, ReadingShareButton, ReadingEvidenceSelect)
    await bot.add_cog(ReadCog(bot))
