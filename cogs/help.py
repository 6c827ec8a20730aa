"""`/help`: the commands that the user may use here, from the command tree."""

from collections.abc import Iterable, Iterator, Mapping
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
from cogs.answering import COLOUR, Interaction, as_typed, server_of
from cogs.permissions import OWNER_ONLY, is_owner

_ROOMS = 4_000, 1_700
"""Units for the embeds of a message: readers see theirs in one, and both fit into a message."""
MOST_PARTS = len(_ROOMS)
_SLASH = app_commands.Command[Any, ..., Any]
_ASK, _FOLLOW, _SERVER, _ABOUT, _HOST = (
    N_("Ask"),
    N_("Follow"),
    N_("Set up this server"),
    N_("About Hearsay and you"),
    N_("Run Hearsay"),
)
_HEADINGS = _ASK, _FOLLOW, _SERVER, _ABOUT, _HOST
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
        services = self.bot.services
        guild_id = server_of(interaction)
        examples = await examples_for(services, guild_id)
        ids = self.bot.command_ids
        usable = list(self._usable(interaction, owner=await is_owner(interaction)))
        parts = in_parts(self._lines(usable, ids, examples))
        if len(parts) > MOST_PARTS:  # the complete list matters more than examples
            parts = in_parts(self._lines(usable, ids, {}))
        embeds = [discord.Embed(description=part, colour=COLOUR) for part in parts[:MOST_PARTS]]
        embeds[0].title = _("What you can do here")
        if guild_id is not None and not await feeds_of(services, guild_id):
            embeds[-1].set_footer(
                text=_("This server has no feeds yet, so there is nothing to ask. /setup changes that.")
            )
        await interaction.edit_original_response(embeds=embeds)
        for part in parts[MOST_PARTS:]:
            await interaction.followup.send(embed=discord.Embed(description=part, colour=COLOUR), ephemeral=True)

    def _lines(
        self, usable: Iterable[_SLASH], ids: Mapping[str, int], examples: Mapping[str, Mapping[str, str]]
    ) -> Iterator[str]:
        """Yield the commands by purpose, one line each, under headings."""
        found: dict[str, list[str]] = {heading: [] for heading in _HEADINGS}
        for command in usable:
            found[_heading_of(command)].append(self._line(command, ids, examples))
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

    def _line(self, command: _SLASH, ids: Mapping[str, int], examples: Mapping[str, Mapping[str, str]]) -> str:
        name = command.qualified_name
        root = ids.get((command.root_parent or command).name)
        shown = f"</{name}:{root}>" if root else f"`/{name}`"
        line = f"{shown} {clip(escaped(pgettext('description', command.description)), 120)}"
        example = examples.get(name)
        if not example:
            return line
        return f"{line}\n-# " + _("Try: {example}", example=as_typed(*name.split(), options=example))


async def setup(bot: HearsayBot) -> None:
    """Add the command to the bot."""
    await bot.add_cog(HelpCog(bot))
