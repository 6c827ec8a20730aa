"""`/help`: the commands that the user may use here, from the command tree."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import HearsayBot
from bot.command_tree import NO_QUESTIONS
from bot.delivery.escape import escaped
from bot.languages.translations import N_, _, pgettext
from bot.services.examples import examples_for
from bot.services.feeds import feeds_of
from bot.text.clipping import clip, length
from cogs.answering import COLOUR, Interaction, as_typed, failures_told, server_of
from cogs.permissions import OWNER_ONLY, is_owner
from cogs.views.claims import number_chosen
from cogs.views.custom_ids import NothingInId

_ROOMS = 4_000, 1_700
"""Units of the embeds of a message: both fit into one."""
MOST_PARTS = len(_ROOMS)
_SLASH = app_commands.Command[Any, ..., Any]
_ASK, _FOLLOW, _SERVER, _ABOUT, _HOST = (
    N_("Ask"),
    N_("Follow"),
    N_("Set up this server"),
    N_("About Hearsay and you"),
    N_("Run Hearsay"),
)
_PAGES = (
    (N_("For everybody"), (_ASK, _FOLLOW, _ABOUT)),
    (_SERVER, (_SERVER,)),
    (_HOST, (_HOST,)),
)
"""What a select offers, if there is more than one: its label, and the headings on that page."""
_FOLLOWING = frozenset({"follow", "following"})


def _heading_of(command: _SLASH) -> str:
    """Return the heading under which a command is listed."""
    root = command.root_parent or command
    if root.extras.get(OWNER_ONLY):
        return _HOST
    if root.name in _FOLLOWING:
        return _FOLLOW
    if root.name in NO_QUESTIONS:
        return _ABOUT
    return _ASK if root.default_permissions is None else _SERVER


def in_parts(lines: Iterable[str]) -> list[str]:
    """Return lines in as few texts as possible that each fit into an embed; at least one."""
    parts = [""]
    for line in lines:
        if length(parts[-1]) + length(line) > _ROOMS[(len(parts) - 1) % MOST_PARTS]:
            parts.append("")
        parts[-1] += f"{line}\n"
    return [part.strip() for part in parts]


class HelpCog(commands.Cog):
    """Help on the commands, open to anybody."""

    def __init__(self, bot: HearsayBot) -> None:
        self.bot = bot

    @app_commands.command(description="Show the commands that you can use here, with examples.")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help(self, interaction: Interaction) -> None:
        """List the commands, visible only to the user."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self.show(interaction, 0)

    async def show(self, interaction: Interaction, number: int) -> None:
        """Show a page in the answer to an interaction: the first one if the user has no such page."""
        services = self.bot.services
        guild_id = server_of(interaction)
        examples = await examples_for(services, guild_id)
        usable = list(self._usable(interaction, owner=await is_owner(interaction)))
        found = {_heading_of(command) for command in usable}
        pages = [(label, headings) for label, headings in _PAGES if found.intersection(headings)]
        number = number if number < len(pages) else 0
        headings = pages[number][1]
        parts = in_parts(self._lines(usable, headings, examples))
        if len(parts) > MOST_PARTS:  # the complete list matters more than examples
            parts = in_parts(self._lines(usable, headings, {}))
        embeds = [discord.Embed(description=part, colour=COLOUR) for part in parts]
        embeds[0].title = _("What you can do here")
        if guild_id is not None and not await feeds_of(services, guild_id):
            embeds[-1].set_footer(
                text=_("This server has no feeds yet, so there is nothing to ask. /setup changes that.")
            )
        labels = [label for label, _headings in pages]
        await interaction.edit_original_response(embeds=embeds, view=help_select(labels, number))

    def _lines(
        self, usable: Iterable[_SLASH], headings: Collection[str], examples: Mapping[str, Mapping[str, str]]
    ) -> Iterator[str]:
        """Yield the commands by purpose, one line each, under headings."""
        found: dict[str, list[str]] = {heading: [] for heading in headings}
        for command in usable:
            if (heading := _heading_of(command)) in found:
                found[heading].append(self._line(command, examples))
        if _ASK in found:
            where = _("under Apps on any message")
            found[_ASK] += [f"**{pgettext('command name', menu.name)}** ({where})" for menu in self._menus()]
        for heading, (first, *others) in ((heading, lines) for heading, lines in found.items() if lines):
            yield f"### {_(heading)}\n{first}"  # a heading stays with its first command
            yield from others

    def _usable(self, interaction: Interaction, *, owner: bool) -> Iterator[_SLASH]:
        """Yield the commands that this user may use in this place, by name."""
        for command in sorted(self.bot.tree.walk_commands(), key=lambda one: one.qualified_name):
            root = command.root_parent or command
            needed = root.default_permissions
            if not isinstance(command, app_commands.Command) or command is self.help:
                continue
            installs = root.allowed_installs
            if server_of(interaction) is None and (root.guild_only or not (installs and installs.user)):
                continue
            if needed is not None and not interaction.permissions.is_superset(needed):
                continue
            if root.extras.get(OWNER_ONLY) and not owner:
                continue
            yield command

    def _menus(self) -> list[app_commands.ContextMenu]:
        """Return the commands on messages. They are for everybody everywhere."""
        return self.bot.tree.get_commands(type=discord.AppCommandType.message)

    def _line(self, command: _SLASH, examples: Mapping[str, Mapping[str, str]]) -> str:
        name = command.qualified_name
        root = self.bot.command_ids.get((command.root_parent or command).name)
        shown = f"</{name}:{root}>" if root else f"`/{name}`"
        line = f"{shown} {clip(escaped(pgettext('description', command.description)), 120)}"
        example = examples.get(name)
        if not example:
            return line
        return f"{line}\n-# " + _("Try: {example}", example=as_typed(*name.split(), options=example))


class HelpSelect(NothingInId, discord.ui.DynamicItem[discord.ui.Select[Any]], template=r"hearsay:help"):
    """Turns the help to another page. Works after a restart."""

    def __init__(self, labels: Collection[str] = (), number: int = 0) -> None:
        """Take the labels of the pages, and which one is shown."""
        options = [
            discord.SelectOption(label=_(label), value=str(place), default=place == number)
            for place, label in enumerate(labels)
        ]
        super().__init__(discord.ui.Select(custom_id="hearsay:help", options=options))

    @failures_told
    async def callback(self, interaction: Interaction) -> None:
        """Show the chosen page."""
        await interaction.response.defer()
        cog = interaction.client.get_cog(HelpCog.__cog_name__)
        assert isinstance(cog, HelpCog)
        await cog.show(interaction, number_chosen(self.item))


def help_select(labels: Collection[str], number: int) -> discord.ui.View:
    """Return the select of the pages; empty if there is only one."""
    view = discord.ui.View(timeout=None)
    if len(labels) > 1:
        view.add_item(HelpSelect(labels, number))
    view.stop()
    return view


async def setup(bot: HearsayBot) -> None:
    """Add the command and its select to the bot."""
    bot.add_dynamic_items(HelpSelect)
    await bot.add_cog(HelpCog(bot))
