"""`/settings`: this server's own choices."""

import discord
from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.client import HearsayBot
from bot.errors import BadInput
from bot.languages.formats import shown_percent
from bot.languages.known_languages import LANGUAGES, tag_of
from bot.languages.translations import N_, _
from bot.model.servers import ServerSettings
from bot.services.server_settings import (
    choose_asking_role,
    choose_confidence,
    choose_correcting_role,
    choose_language,
    choose_timezone,
    confidence_of,
    language_of_server,
    settings_of,
    timezone_of,
)
from bot.text.time_zones import shown_zone, time_there
from cogs.answering import COLOUR, Interaction, as_typed, guild_id_of, suggestions, zone_suggestions
from cogs.own_profile import change_profile

WHO_MAY = N_(
    "Members who may manage the server. To let others use a command, or to forbid one, "
    "open Server Settings, Integrations, Hearsay."
)


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class SettingsCog(commands.GroupCog, group_name="settings", group_description="What this server has chosen."):
    """Choices of a server, for members who may manage it."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Show what this server has chosen, and how to change it.")
    async def show(self, interaction: Interaction) -> None:
        """Show all choices, visible only to the user."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        chosen = await settings_of(services, guild_id)
        zone = await timezone_of(services, guild_id)
        there = {"zone": shown_zone(zone), "time": time_there(zone, services.clock())}
        embed = discord.Embed(title=_("Settings of this server"), colour=COLOUR)
        embed.add_field(
            name=_("Time zone"),
            value=_("{zone}: it is {time} there now. `/settings timezone`", **there)
            if chosen.timezone
            else _("Not chosen, so {zone}: it is {time} there now. `/settings timezone`", **there),
            inline=False,
        )
        language = await language_of_server(services.store, guild_id)
        embed.add_field(
            name=_("Language"),
            value=_("{language}, as chosen. `/settings language`", language=language.own_name)
            if chosen.language
            else _(
                "{language}, as Discord has it for this server. `/settings language`", language=language.own_name
            ),
            inline=False,
        )
        sure = shown_percent(await confidence_of(services, guild_id))
        embed.add_field(
            name=_("Confidence"),
            value=_("Claims are shown that are at least {percent} sure. `/settings confidence`", percent=sure)
            if chosen.minimum_confidence is not None
            else _(
                "Claims are shown that are at least {percent} sure, Hearsay's own choice. `/settings confidence`",
                percent=sure,
            ),
            inline=False,
        )
        embed.add_field(name=_("Who may do what"), value=_who_may(chosen), inline=False)
        embed.add_field(name=_("Who may change this"), value=_(WHO_MAY), inline=False)
        await interaction.edit_original_response(embed=embed)

    @app_commands.command(description="Choose the time zone of this server: for its digests, and for “today”.")
    @app_commands.describe(zone="A city, a country or hours from UTC: Berlin, India, UTC+2.")
    async def timezone(self, interaction: Interaction, zone: app_commands.Range[str, 1, 100]) -> None:
        """Set the zone, and say what time it is there."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = self.bot.services
        chosen = await choose_timezone(services, guild_id, zone)
        await interaction.edit_original_response(
            content=_(
                "The time zone of this server is now {zone}. It is {time} there now.\nNew "
                "digests use it. Digests that exist keep their time zone.",
                zone=shown_zone(chosen),
                time=time_there(chosen, services.clock()),
            )
        )

    @timezone.autocomplete("zone")
    @suggestions
    async def _zones(self, _interaction: Interaction, current: str) -> list[tuple[str, str]]:
        return zone_suggestions(current, self.bot.services.clock())

    @app_commands.command(description="Choose the language of digests, notices and shared answers in this server.")
    @app_commands.describe(language="The language. Default: that of this server on Discord.")
    @app_commands.choices(language=[Choice(name=one.own_name, value=tag_of(one)) for one in LANGUAGES])
    async def language(self, interaction: Interaction, language: str | None = None) -> None:
        """Set the language, and say which it is."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = await choose_language(self.bot.services, guild_id, language)
        await interaction.edit_original_response(
            content=_(
                "Digests, notices and shared answers are now in {language}. "
                "Everybody gets private answers in the language of their own Discord. "
                "What news says stays in the language of the article.",
                language=chosen.own_name,
            )
        )

    @app_commands.command(description="Let a role correct: withdraw reported claims, change actors and stories.")
    @app_commands.describe(role="Who may, besides those who manage the server. Default: nobody else.")
    async def correcting(self, interaction: Interaction, role: discord.Role | None = None) -> None:
        """Set the role, and say how its members get the commands."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        if role is not None and role.is_default():
            raise BadInput(
                _("Choose a role that not everybody has: whoever corrects changes what all others see.")
            )
        await choose_correcting_role(self.bot.services, guild_id, role.id if role else None)
        told = _("Only those who may manage this server can correct what Hearsay shows.")
        if role is not None:
            told = _(
                "Members with {role} can now withdraw claims that they report with **Wrong?**. To let them use "
                "`/reports`, `/actors` and `/stories`, too, allow these commands for the role: Server Settings, "
                "Integrations, Hearsay.",
                role=role.mention,
            )
        await interaction.edit_original_response(content=told)

    @app_commands.command(description="Let only members with a role ask, or everybody.")
    @app_commands.describe(role="Who may ask, besides those who manage the server. Default: everybody.")
    async def asking(self, interaction: Interaction, role: discord.Role | None = None) -> None:
        """Set the role."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        limited = None if role is None or role.is_default() else role
        await choose_asking_role(self.bot.services, guild_id, limited.id if limited else None)
        told = _("Everybody in this server may ask.")
        if limited is not None:
            told = _(
                "Only members with {role}, and those who may manage this server, can use the commands that ask. "
                "Digests and their buttons stay open to all who see the channel.",
                role=limited.mention,
            )
        await interaction.edit_original_response(content=told)

    @app_commands.command(description="Choose how sure a claim must be to be shown in this server.")
    @app_commands.describe(percent="How likely it must be to be right, in percent. Default: Hearsay's own choice.")
    async def confidence(
        self, interaction: Interaction, percent: app_commands.Range[int, 0, 100] | None = None
    ) -> None:
        """Set the minimum confidence of answers and of new digests."""
        guild_id = guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        wanted = None if percent is None else percent / 100
        sure = await choose_confidence(self.bot.services, guild_id, wanted)
        await interaction.edit_original_response(
            content=_(
                "Answers and new digests now show claims that are at least {sure} sure. Digests that "
                "exist keep their own confidence.",
                sure=shown_percent(sure),
            )
        )

    @app_commands.command(description="Choose what Hearsay is called and looks like in this server.")
    @app_commands.describe(
        name="Its name here. It needs Change Nickname for that.",
        picture="Its picture here: PNG, JPEG, GIF or WebP.",
        banner="The wide picture of its profile here.",
        about="What its profile says here.",
        reset="Undo all of this first.",
    )
    async def profile(
        self,
        interaction: Interaction,
        name: app_commands.Range[str, 1, 32] | None = None,
        picture: discord.Attachment | None = None,
        banner: discord.Attachment | None = None,
        about: app_commands.Range[str, 1, 190] | None = None,
        reset: bool = False,
    ) -> None:
        """Change the bot's own member of this server."""
        guild_id_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        told = await change_profile(
            interaction, name=name, picture=picture, banner=banner, about=about, reset=reset
        )
        await interaction.edit_original_response(content=told)


def _who_may(chosen: ServerSettings) -> str:
    """Return which roles may ask and correct, in sentences."""
    ask, correct = chosen.asking_role_id, chosen.correcting_role_id
    asking = _("Everybody may ask.") if ask is None else _("Only {role} may ask.", role=f"<@&{ask}>")
    correcting = (
        _("Only those who may manage the server correct claims and actors.")
        if correct is None
        else _("{role} may correct claims and actors, too.", role=f"<@&{correct}>")
    )
    asked, corrected = as_typed("settings", "asking"), as_typed("settings", "correcting")
    return f"{asking} `{asked}`\n{correcting} `{corrected}`"


async def setup(bot: HearsayBot) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(SettingsCog(bot))
