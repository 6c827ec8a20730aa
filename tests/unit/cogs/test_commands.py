"""All commands are described, within Discord's limits, and available to the right people."""

import inspect
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.client import HearsayBot
from bot.extension_modules import extension_names
from bot.store.servers import personal_data
from cogs import privacy
from tests.unit.cogs.stubs import bot_with

Json = dict[str, Any]
MANAGE_GUILD = 1 << 5
GUILD, BOT_DM, PRIVATE = 0, 1, 2
FOR_GUILDS, FOR_USERS = 0, 1
FOR_ALL = {
    "about",
    "actor",
    "catchup",
    "check",
    "compare",
    "disputes",
    "follow",
    "following",
    "export",
    "help",
    "privacy",
    "read",
    "said",
    "status",
    "story",
    "timeline",
    "topic",
    "trending",
    "why",
}


@pytest.fixture
async def bot() -> AsyncIterator[HearsayBot]:
    made = bot_with()
    async with made:
        for name in extension_names("cogs"):
            await made.load_extension(name)
        yield made


def payloads(bot: HearsayBot) -> list[Json]:
    """Return the slash commands as Discord gets them."""
    commands = bot.tree.get_commands(type=discord.AppCommandType.chat_input)
    return [command.to_dict(bot.tree) for command in commands]


def described(command: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """Yield every command, subcommand and option with its path."""
    here = f"{path} {command['name']}".strip()
    yield here, command
    for option in command.get("options") or ():
        yield from described(option, here)


async def test_the_commands_of_the_bot_are_those_that_are_documented(bot: HearsayBot) -> None:
    commands = {c.qualified_name for c in bot.tree.walk_commands() if not isinstance(c, app_commands.Group)}
    assert commands >= {
        "feed add",
        "feed remove",
        "feed list",
        "feed health",
        "feed check",
        "feed notices",
        "why",
        "digest subscribe",
        "story",
        "stories merge",
        "stories split",
        "stories undo",
        "digest list",
        "digest now",
        "digest unsubscribe",
        "said",
        "about",
        "setup",
        "check",
        "compare",
        "catchup",
        "read",
        "help",
        "privacy show",
        "privacy export",
        "privacy delete",
        "settings show",
        "settings timezone",
        "settings confidence",
        "actors merge",
        "reports",
        "status",
        "admin stats",
    }


async def test_every_command_and_option_is_named_and_described_within_the_limits(bot: HearsayBot) -> None:
    commands = payloads(bot)
    assert len(commands) <= 100
    for command in commands:
        for path, part in described(command):
            assert re.fullmatch(r"[-_a-z0-9]{1,32}", part["name"]), path
            assert 8 <= len(part["description"]) <= 100, path
            assert part["description"] != "…", f"{path} is not described"
            assert part["description"].endswith("."), path
            assert len(part.get("options") or ()) <= 25, path
            assert len(part.get("choices") or ()) <= 25, path
            required = [option.get("required", False) for option in part.get("options") or ()]
            assert required == sorted(required, reverse=True), f"{path}: required options come first"
        assert sum(len(str(part["name"]) + part["description"]) for _, part in described(command)) <= 8000


async def test_commands_that_change_a_server_are_for_its_managers_and_only_in_servers(bot: HearsayBot) -> None:
    for command in payloads(bot):
        if command["name"] not in FOR_ALL:
            assert int(command["default_member_permissions"]) & MANAGE_GUILD, command["name"]
            assert command["contexts"] == [GUILD], command["name"]
            assert command["integration_types"] == [FOR_GUILDS], command["name"]


async def test_questions_are_for_everybody_and_offered_only_where_they_are_answered(bot: HearsayBot) -> None:
    everywhere = ([GUILD, BOT_DM, PRIVATE], [FOR_GUILDS, FOR_USERS])
    where = dict.fromkeys(("about", "following", "help", "privacy", "read"), everywhere)
    for command in payloads(bot):
        if command["name"] in FOR_ALL:
            assert command["default_member_permissions"] is None
            contexts, installs = where.get(command["name"], ([GUILD], [FOR_GUILDS]))
            assert command["contexts"] == contexts
            assert command["integration_types"] == installs


async def test_options_that_name_something_known_are_completed_while_typing(bot: HearsayBot) -> None:
    completed = {
        path for command in payloads(bot) for path, part in described(command) if part.get("autocomplete")
    }
    assert completed >= {
        "feed remove feed",
        "feed check feed",
        "digest subscribe timezone",
        "digest subscribe feed",
        "digest now subscription",
        "digest unsubscribe subscription",
        "said actor",
        "said since",
    }


async def test_every_text_option_has_a_longest_length(bot: HearsayBot) -> None:
    for command in payloads(bot):
        for path, part in described(command):
            if part.get("type") == 3 and not part.get("choices"):
                longest = {"read page": 4_000, "admin announce text": 2_000}  # whole texts are typed there
                assert part.get("max_length", 6001) <= longest.get(path, 500), path


async def test_the_command_on_messages_is_for_everybody_everywhere(bot: HearsayBot) -> None:
    (menu,) = bot.tree.get_commands(type=discord.AppCommandType.message)
    payload = menu.to_dict(bot.tree)
    assert payload["name"] == "Who said what here?"
    assert payload["default_member_permissions"] is None
    assert payload["contexts"] == [GUILD, BOT_DM, PRIVATE]
    assert payload["integration_types"] == [FOR_GUILDS, FOR_USERS]


def test_everything_that_is_stored_about_a_person_has_words() -> None:
    stored = set(re.findall(r'Trace\(\s*"([^"]+)"', inspect.getsource(personal_data)))
    assert len(stored) >= 8
    assert stored <= privacy.TRACES.keys()
