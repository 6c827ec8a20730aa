"""`/help`: the commands that somebody may use where they are."""

import re

import pytest
from discord import app_commands

from bot.languages.known_languages import LANGUAGES, Language, tag_of
from preview.discord import Channel, Person
from preview.discord.messages import SELECTS, all_components
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot

MENTION = re.compile(r"</([a-z ]+):(\d+)>")


async def help_for(person: Person, channel: Channel) -> str:
    """Return the texts of all pages of the help."""
    reply = await (await person.slash(channel, "help")).done()
    assert reply.ephemeral
    assert not reply.followups
    told = [reply.text]
    for select in (one for one in all_components(reply.message["components"]) if one["type"] in SELECTS):
        for option in select["options"][1:]:
            page = await (await person.choose(reply, "hearsay:help", [option["value"]])).done()
            told += [page.text]
    return "\n".join(told)


async def test_a_reader_sees_what_readers_may_do_with_an_example_that_works_here(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    await print_article(whole_bot.services, feed, "Dam under watch", [Words("Elena Marsh", "The dam will hold")])
    told = await help_for(whole_bot.reader, whole_bot.news)
    ids = {command["name"]: command["id"] for command in whole_bot.local.commands}
    named = dict(MENTION.findall(told))
    assert {"said", "why", "about", "privacy show"} <= {*named}
    assert "feed add" not in named
    for name, number in named.items():
        assert ids[name.split()[0]] == number
    assert "Try: /said actor: Elena Marsh since: a week" in told
    answer = await (
        await whole_bot.reader.slash(whole_bot.news, "said", actor="Elena Marsh", since="a week")
    ).done()
    assert "1 claim" in answer.text
    (word,) = re.findall(r"Try: /topic topic: (\w+)", told)
    answer = await (await whole_bot.reader.slash(whole_bot.news, "topic", topic=word)).done()
    assert "1 actor" in answer.text


async def test_a_manager_sees_all_commands_and_how_to_begin(whole_bot: WholeBot) -> None:
    told = await help_for(whole_bot.manager, whole_bot.news)
    assert {"setup", "feed add", "digest subscribe", "settings show"} <= {*dict(MENTION.findall(told))}
    assert "This server has no feeds yet" in told
    assert "Try:" not in told


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
async def test_each_page_is_one_message_even_for_whoever_runs_the_bot(
    whole_bot: WholeBot, language: Language
) -> None:
    owner = whole_bot.local.owner
    owner.user.locale = tag_of(language)
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    name = "Her Excellency Maria-Theresa Featherstonehaugh-Cholmondeley"
    await print_article(whole_bot.services, feed, "Dam under watch", [Words(name, "The dam will hold")])
    listed = len(MENTION.findall(await help_for(owner, whole_bot.news)))
    commands = [one for one in whole_bot.bot.tree.walk_commands() if isinstance(one, app_commands.Command)]
    assert listed == len(commands) - 1  # all but the help itself


def _under_headings(told: str) -> dict[str, set[str]]:
    parts = [part.partition("\n") for part in told.split("### ")[1:]]
    return {heading: {*dict(MENTION.findall(rest))} for heading, _, rest in parts}


async def test_commands_stand_under_what_they_are_for(whole_bot: WholeBot) -> None:
    for_readers = _under_headings(await help_for(whole_bot.reader, whole_bot.news))
    assert list(for_readers) == ["Ask", "Follow", "About Hearsay and you"]
    assert for_readers["Ask"] >= {"said", "read", "why"}
    assert for_readers["Follow"] >= {"follow actor", "following list"}
    assert for_readers["About Hearsay and you"] >= {"about", "status", "privacy delete"}
    for_managers = _under_headings(await help_for(whole_bot.manager, whole_bot.news))
    assert for_managers["Set up this server"] >= {"setup", "feed add", "actors merge"}


async def test_in_a_server_without_hearsay_only_what_works_there_is_listed(whole_bot: WholeBot) -> None:
    elsewhere = whole_bot.local.add_guild("Elsewhere", with_bot=False)
    whole_bot.manager.install()
    told = await help_for(whole_bot.manager, elsewhere.channel("general"))
    named = dict(MENTION.findall(told))
    assert {"about", "privacy show", "read", "following list"} <= {*named}
    assert {"said", "feed add", "follow actor"} & {*named} == set()
    assert "**Who said what here?**" in told
    assert "no feeds yet" not in told
    about = await (await whole_bot.manager.slash(elsewhere.channel("general"), "about")).done()
    assert "This server" not in about.text


async def test_in_direct_messages_only_what_works_there_is_listed(whole_bot: WholeBot) -> None:
    named = dict(MENTION.findall(await help_for(whole_bot.reader, whole_bot.reader.dm)))
    assert {"about", "privacy show"} <= {*named}
    assert "said" not in named
    assert "feed add" not in named
