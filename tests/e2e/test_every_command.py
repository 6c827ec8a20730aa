"""Every command, button, select and form, used in three languages, with wrong input and after a restart.

What there is comes from the command tree and the registered controls: what is new fails here until it is used.
"""

from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands
from pydantic import HttpUrl, WebsocketUrl

from bot.client import HearsayBot
from config.settings import Settings
from preview.discord import CommandHidden, File, LocalDiscord
from tests.databases import Templates
from tests.e2e import journey_managing as managing
from tests.e2e import journey_walks as walks
from tests.e2e.journey import Journey
from tests.e2e.test_feed_choice import site
from tests.e2e.whole import WholeBot

__all__ = ["site"]

WALKS: tuple[walks.Walk, ...] = (
    walks.welcome,
    walks.feeds,
    walks.ask,
    walks.read,
    walks.outside,
    walks.follow,
    managing.digests,
    managing.correct,
    managing.operate,
    managing.settle,
)
A_DATE = (
    "I do not understand {typed} as a date. Write today, Monday, 3 days, last month, 1 July 2026 or 2026-07-01."
)
NO_WORD = "There is no word in this topic that could be looked for. Write one or more words."
NO_NAME = "There is no word in this name that could be looked for. Write a name, or a part of one."
NO_STORY = "Pick a story or an article from the list that appears while you type."
NO_ACTOR = "There is no such actor here. Pick one from the list that appears while you type."
NO_FOLLOW = "Pick what you follow from the list that appears while you type."
NO_DIGEST = "There is no digest {named} here. Pick one from the list."
NO_FILTER = "This filter cannot be read: {what}, at character {place}."
NO_ADDRESS = "This is not a web address. Paste the address of a site or a feed."
NO_FEED = "There is no feed {name} here. Pick one from the list."
TOO_SURE = (
    "Nothing would be shown: no claim is {minimum_confidence} sure. Choose a confidence of at most {most_sure}; "
    "80% is strict."
)
NOT_YOURS = "This is only for whoever runs this bot."
WRONG: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("said", {"since": "whenever"}, A_DATE),
    ("topic", {"topic": "?!"}, NO_WORD),
    ("actor", {"actor": "?!"}, NO_NAME),
    (
        "compare",
        {"first": "Marsh", "second": "Elena Marsh"},
        "Both names mean the same actor. Name two that differ.",
    ),
    ("timeline", {"actor": "?!"}, NO_NAME),
    ("export", {"format": "CSV", "since": "whenever"}, A_DATE),
    (
        "check",
        {"words": "a b"},
        "Write at least {fewest} words that were said, and at most {longest_query} characters.",
    ),
    ("catchup", {"since": "2999-01-01"}, "{typed} is in the future. Give a date or time in the past."),
    ("story", {"story": "x"}, NO_STORY),
    ("disputes", {"story": "x"}, NO_STORY),
    ("why", {"url": "nonsense"}, NO_ADDRESS),
    ("read", {"page": "hm"}, "{words} is neither an address nor a text."),
    ("follow actor", {"actor": "?!"}, NO_NAME),
    (
        "follow topic",
        {"topic": "the of"},
        "There is no word in this topic that tells something. Write one or more words.",
    ),
    (
        "follow outlet",
        {"outlet": "Nowhere"},
        "No outlet that this server reads is called {typed}. There are {outlets}.",
    ),
    ("follow story", {"story": "x"}, NO_STORY),
    ("following mute", {"follow": "x"}, NO_FOLLOW),
    ("following resume", {"follow": "x"}, NO_FOLLOW),
    ("following remove", {"follow": "x"}, NO_FOLLOW),
    ("privacy show", {"about": "this server"}, "Only members with the Manage Server permission can {to_do}."),
    ("privacy export", {"about": "this server"}, "Only members with the Manage Server permission can {to_do}."),
    ("privacy delete", {"about": "this server"}, "Only members with the Manage Server permission can {to_do}."),
)
WRONG_OF_MANAGERS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("feed add", {"address": "nonsense"}, NO_ADDRESS),
    ("feed import", {"file": File("x.opml", b"hm")}, "This is not an OPML file."),
    ("feed remove", {"feed": "x"}, NO_FEED),
    ("feed check", {"feed": "99"}, NO_FEED),
    ("digest subscribe", {"confidence": 100}, TOO_SURE),
    ("digest edit", {"subscription": "1"}, "Say what to change: name at least one of the options."),
    ("digest now", {"subscription": "99"}, NO_DIGEST),
    ("digest unsubscribe", {"subscription": "99"}, NO_DIGEST),
    ("digest filter set", {"filter": "dam or outlet:", "subscription": "1"}, NO_FILTER),
    ("digest filter show", {"subscription": "99"}, NO_DIGEST),
    ("digest filter clear", {"subscription": "99"}, NO_DIGEST),
    ("digest filter test", {"filter": "dam or outlet:"}, NO_FILTER),
    ("actors merge", {"actor": "x", "into": "y"}, NO_ACTOR),
    ("actors split", {"actor": "x", "name": "y"}, NO_ACTOR),
    ("actors rename", {"actor": "x", "name": "y"}, NO_ACTOR),
    ("actors hide", {"actor": "x"}, NO_ACTOR),
    ("actors undo", {"change": "99"}, "There is no such change of an actor to undo here."),
    ("stories merge", {"story": "x", "into": "y"}, NO_STORY),
    ("stories split", {"story": "x", "article": "y"}, NO_STORY),
    ("stories undo", {}, "There is no change of a story to undo in this server."),
    (
        "settings timezone",
        {"zone": "Atlantis"},
        "{typed} is not a time zone. Did you mean {zones}?",
    ),
    ("settings confidence", {"percent": 100}, TOO_SURE),
    ("settings profile", {"picture": File("x.png", b"hm")}, "A picture must be a PNG, JPEG, GIF or WebP file."),
    ("admin stats", {}, NOT_YOURS),
    ("admin feeds", {}, NOT_YOURS),
    ("admin reports", {}, NOT_YOURS),
    ("admin announce", {"text": "Hello"}, NOT_YOURS),
    ("admin reload", {}, NOT_YOURS),
)
NOTHING_TO_MISTYPE = {
    "about", "help", "status", "trending", "setup", "reports", "following list", "feed list", "feed health",
    "feed notices", "feed export", "digest list", "actors list", "settings show", "settings asking",
    "settings correcting", "settings language", "Who said what here?",
}  # fmt: skip
"""Commands without options, or whose options Discord checks itself."""


@pytest.fixture
def settings(
    tmp_path: Path, local: LocalDiscord, templates: Templates, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """Settings with a catalogue of one feed that nothing answers."""
    monkeypatch.chdir(tmp_path)
    templates.sqlite_copy(tmp_path)
    catalogue = tmp_path / "catalogue.toml"
    catalogue.write_text('[[group]]\nname = "World"\nfeeds = [["X", "http://127.0.0.1:9/f"]]', encoding="utf-8")
    return Settings(
        data_dir=tmp_path,
        discord_token=local.token,
        discord_api_base=HttpUrl(local.api_base),
        discord_gateway_url=WebsocketUrl(local.gateway_url),
        allow_private_addresses=True,
        catalogue=catalogue,
    )


@pytest.mark.parametrize("tag", ["en-US", "de", "hi"])
async def test_everything_is_used_in_a_language_and_after_a_restart(
    whole_bot: WholeBot, site: str, tag: str
) -> None:
    on = await walks.staged(whole_bot, tag, site)
    journey = Journey(whole_bot, tag)
    under_way = [walk(journey, on) for walk in WALKS]
    for walk in under_way:
        await anext(walk)
    await whole_bot.restart()
    for walk in under_way:
        async for _ in walk:
            pass
    assert not journey.foreign, "\n".join(sorted(set(journey.foreign)))
    tree = {command_name(one) for one in commands_of(whole_bot.bot)}
    assert tree - journey.commands == set(), "commands that nobody used"
    unused = [
        kind.__name__
        for pattern, kind in controls_of(whole_bot.bot).items()
        if not any(pattern.fullmatch(used) for used in journey.controls)
    ]
    assert unused == [], "controls that nobody used"
    assert {"wrong"} == journey.forms
    assert len(forms()) == len(journey.forms), "forms that nobody filled in"


@pytest.mark.parametrize("tag", ["en-US", "de"])
async def test_wrong_input_is_refused_in_words(whole_bot: WholeBot, tag: str) -> None:
    on = await walks.staged(whole_bot, tag)
    journey = Journey(whole_bot, tag)
    await journey.ask("digest subscribe", by=on.manager)
    for person, wrong in ((on.reader, WRONG), (on.manager, WRONG_OF_MANAGERS)):
        for command, options, told in wrong:
            await journey.ask(command, told, by=person, **options)
    assert not journey.foreign, "\n".join(sorted(set(journey.foreign)))
    tried = journey.commands - {"digest subscribe"} | {one for one, _options, _told in WRONG_OF_MANAGERS}
    tree = {command_name(one) for one in commands_of(whole_bot.bot)}
    assert tree == tried | NOTHING_TO_MISTYPE, "say what happens if somebody mistypes it"
    assert not tried & NOTHING_TO_MISTYPE


@pytest.mark.parametrize("tag", ["en-US", "de"])
async def test_without_a_server_that_has_it_what_needs_one_is_not_offered_and_the_rest_answers(
    whole_bot: WholeBot, tag: str
) -> None:
    on = await walks.staged(whole_bot, tag)
    guest, elsewhere = on.guest, whole_bot.local.add_guild("Elsewhere", with_bot=False)
    await whole_bot.restart()
    journey = Journey(whole_bot, tag)
    for where in (guest.dm, guest.dm_with(on.reader), elsewhere.channel("general")):
        for command in commands_of(whole_bot.bot):
            if isinstance(command, app_commands.ContextMenu):
                await journey.ask_of(guest.says(where, "hm"), by=guest, where=where)
            elif offered_outside(command):
                await journey.ask(command.qualified_name, by=guest, where=where, **needed(command))
            else:
                with pytest.raises(CommandHidden):
                    await guest.slash(where, command.qualified_name, **needed(command))
        for name, options, told in WRONG:
            if name in journey.commands and options.get("about") != "this server":
                await journey.ask(name, told, by=guest, where=where, **options)
    assert {"read", "privacy show", "following list", "help"} <= journey.commands
    assert not {"said", "feed add"} & journey.commands
    assert not journey.foreign, "\n".join(sorted(set(journey.foreign)))


def offered_outside(command: app_commands.Command[Any, ..., Any]) -> bool:
    """Return whether somebody who installed Hearsay for themselves has a command everywhere."""
    root = command.root_parent or command
    contexts, installs = root.allowed_contexts, root.allowed_installs
    anywhere = contexts is None or (contexts.dm_channel and contexts.private_channel)
    return not root.guild_only and anywhere and installs is not None and installs.user


def needed(command: app_commands.Command[Any, ..., Any]) -> dict[str, Any]:
    """Return some value for each option that a command needs."""
    values: dict[str, Any] = {}
    for option in command.parameters:
        if option.required and option.type is discord.AppCommandOptionType.attachment:
            values[option.display_name] = File("x.txt", b"x")
        elif option.required:
            values[option.display_name] = option.choices[0].value if option.choices else "xxx"
    return values


def commands_of(bot: HearsayBot) -> list[app_commands.Command[Any, ..., Any] | app_commands.ContextMenu]:
    """Return all commands of the tree, those in menus too."""
    menus = [one for kind in discord.AppCommandType for one in bot.tree.get_commands(type=kind)]
    found = [one for one in menus if isinstance(one, app_commands.ContextMenu)]
    return [*found, *(one for one in bot.tree.walk_commands() if isinstance(one, app_commands.Command))]


def command_name(command: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu) -> str:
    return command.qualified_name


def controls_of(bot: HearsayBot) -> dict[Any, Any]:
    """Return the registered controls that work after a restart, by the pattern of their custom ids."""
    return dict(bot._connection._view_store._dynamic_items)


def forms() -> set[str]:
    """Return the names of the forms of the cogs, which are loaded again with them."""
    kinds = discord.ui.Modal.__subclasses__()
    return {kind.__name__ for kind in kinds if kind.__module__.startswith("cogs.")}
