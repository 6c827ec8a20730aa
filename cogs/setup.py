"""`/setup`, and the welcome when Hearsay joins a server."""

from collections.abc import Iterator

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.delivery.escape import escaped
from bot.delivery.permissions import missing
from bot.languages.known_languages import language_of
from bot.languages.spoken import speak
from bot.languages.translations import N_, _
from bot.services.feeds import feeds_of
from cogs.answering import COLOUR, Interaction
from cogs.views.setup import SetupChannel, SetupSelect, SetupStep, open_panel
from cogs.views.welcome import HowButton, SetupButton

WELCOME = N_(
    "I read news feeds and post who said what, with the sentence behind every claim. A "
    "member who may manage this server can set me up in a minute, without typing any "
    "address."
)
_log = structlog.get_logger(__name__)


class SetupCog(commands.Cog):
    """The way from an empty server to its first digest."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(
        description="Set Hearsay up in a minute: choose news, a channel and a time, and preview it."
    )
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def setup(self, interaction: Interaction) -> None:
        """Open the panel, visible only to the user."""
        await open_panel(interaction)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Welcome a server that has nothing set up: in a channel, or else in a message to its owner."""
        if await feeds_of(self.bot.services, guild.id):
            return
        speak(language_of(guild.preferred_locale.value))
        view = discord.ui.View(timeout=None)
        view.add_item(SetupButton())
        view.add_item(HowButton())
        view.stop()
        embed = discord.Embed(title=_("Hello, this is Hearsay"), description=_(WELCOME), colour=COLOUR)
        for channel in _writable(guild):
            try:
                await channel.send(embed=embed, view=view)
            except discord.HTTPException as error:
                _log.info("welcome_refused", guild_id=guild.id, channel_id=channel.id, code=error.code)
            else:
                return
        await self._write_to_owner(guild)

    async def _write_to_owner(self, guild: discord.Guild) -> None:
        if guild.owner_id is None:
            return
        told = _(
            "I have joined **{name}**, but may not write in any of its channels. Give me View "
            "Channel, Send Messages and Embed Links in one of them, and use `/setup` there.",
            name=escaped(guild.name),
        )
        try:
            owner = await self.bot.fetch_user(guild.owner_id)
            await owner.send(told, allowed_mentions=discord.AllowedMentions.none())
        except discord.HTTPException as error:  # direct messages are closed: `/setup` is in the list of commands
            _log.info("welcome_undelivered", guild_id=guild.id, code=error.code)


def _writable(guild: discord.Guild) -> Iterator[discord.TextChannel]:
    """Yield the channels in which Hearsay may write, the one for system messages first."""
    system = [guild.system_channel] if guild.system_channel else []
    for channel in dict.fromkeys((*system, *guild.text_channels)):
        if not missing(channel.permissions_for(guild.me)):
            yield channel


async def setup(bot: HearsayBot) -> None:
    """Add the command and its controls to the bot."""
    bot.add_dynamic_items(SetupButton, HowButton, SetupSelect, SetupChannel, SetupStep)
    await bot.add_cog(SetupCog(bot))
