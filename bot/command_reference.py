"""The slash commands as Markdown, from the command tree that Discord gets."""

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from discord import AppCommandOptionType, app_commands

from bot.client import HearsayBot
from bot.clock import utc_now
from bot.extension_modules import extension_names
from bot.services.engine import Services

_T = TypeVar("_T")


def slash_command_lines() -> list[str]:
    """Return the lines of the reference: each command, its options, and who may use it."""
    lines: list[str] = []
    for command in sorted(asyncio.run(with_commands(_commands)), key=lambda c: c.qualified_name):
        root = command.root_parent or command
        lines += [f"## `/{command.qualified_name}`", "", command.description, ""]
        permissions = root.default_permissions
        if permissions is not None:
            names = ", ".join(shown_name(name) for name, wanted in permissions if wanted)
            lines += [f"For members with: {names}. A server can change that under Integrations.", ""]
        if command.parameters:
            lines += ["| option | | what it is |", "|---|---|---|"]
            lines += [_row(parameter) for parameter in command.parameters]
            lines.append("")
    return lines


def shown_name(permission: str) -> str:
    """Return Discord's own name for a permission, given discord.py's name."""
    return permission.replace("guild", "server").replace("_", " ").title()


async def with_commands(use: Callable[[app_commands.CommandTree[Any]], Awaitable[_T]]) -> _T:
    """Return what `use` returns for the command tree with all commands. Nothing is connected."""
    # the extensions get a bot that never connects, so its services are never used
    services = cast("Services", SimpleNamespace(clock=utc_now))
    async with HearsayBot(services) as bot:
        for name in extension_names("cogs"):
            await bot.load_extension(name)
        return await use(bot.tree)


async def _commands(tree: app_commands.CommandTree[Any]) -> list[app_commands.Command[Any, ..., Any]]:
    return [c for c in tree.walk_commands() if isinstance(c, app_commands.Command)]


def _row(parameter: app_commands.Parameter) -> str:
    need = "required" if parameter.required else "optional"
    choices = ", ".join(choice.name for choice in parameter.choices)
    kind = {
        AppCommandOptionType.channel: "channel",
        AppCommandOptionType.integer: "number",
        AppCommandOptionType.number: "number",
        AppCommandOptionType.boolean: "true or false",
        AppCommandOptionType.attachment: "file",
    }.get(parameter.type, "completes as you type" if parameter.autocomplete else "text")
    text = str(parameter.description).replace("|", "\\|")
    return f"| `{parameter.display_name}` | {need}, {choices or kind} | {text} |"
