"""What people do with a bot, over a real websocket and real HTTP."""

from typing import Any

import discord as discord_py
import pytest

from preview.discord import (
    MANAGER,
    CommandHidden,
    LocalDiscord,
    NoSuchCommand,
    NoSuchComponent,
    NotAnswered,
    NotVisible,
    OptionRefused,
)
from tests.integration.preview.discord.conftest import Running
from tests.integration.preview.discord.sample_bot import SampleBot

Up = tuple[LocalDiscord, SampleBot]


async def test_a_client_sees_guilds_channels_and_itself(up: Up) -> None:
    server, bot = up
    guild = bot.guilds[0]
    assert bot.user is not None
    assert [channel.name for channel in guild.text_channels] == ["general", "news"]
    assert guild.me.id == bot.user.id
    assert {command["name"] for command in server.commands} >= {"said", "feed", "Greet"}


async def test_a_deferred_ephemeral_answer_is_filled_by_an_edit_and_followed_up(up: Up) -> None:
    server, bot = up
    channel = server.channel("general")
    reply = await server.user("alice").slash(channel, "said", actor="Ashton Carter", limit=5)
    assert reply.thinking
    assert not reply.has_message
    bot.pace.set()
    await reply.done()
    assert reply.ephemeral
    assert reply.embeds[0]["description"] == "5"
    assert reply.text == "Ashton Carter\n5"
    assert (await reply.followup())["content"] == "and more"
    assert channel.messages == []


async def test_a_deferred_answer_is_filled_by_the_first_followup(up: Up) -> None:
    server, _ = up
    channel = server.channel("general")
    reply = await (await server.user("alice").slash(channel, "fill")).done()
    assert reply.text == "filled"
    assert reply.followups == []
    assert channel.messages == [reply.message]


async def test_autocompletion_offers_what_fits(up: Up) -> None:
    server, _ = up
    alice = server.user("alice")
    reply = await alice.autocomplete(server.channel("general"), "said", focused="actor", actor="je")
    assert reply.choices == [{"name": "Jens Stoltenberg", "value": "Jens Stoltenberg"}]
    with pytest.raises(OptionRefused, match="no autocompletion"):
        await alice.autocomplete(server.channel("general"), "said", focused="limit")


async def test_every_type_of_option_reaches_the_command(up: Up) -> None:
    server, bot = up
    alice = server.user("alice")
    reply = await alice.slash(
        server.channel("general"),
        "every",
        where=server.channel("news"),
        who=server.user("bob"),
        share=0.5,
        loud=True,
        mood="Good",
    )
    assert reply.text == "news bob 0.5 True g"
    assert bot.errors == []


async def test_what_discord_would_not_send_is_refused(up: Up) -> None:
    server, _ = up
    alice, channel = server.user("alice"), server.channel("general")
    refused: dict[str, dict[str, Any]] = {
        "said": {"actor": "x", "limit": 10},
        "fill": {"unknown": 1},
        "every": {"where": "news"},
    }
    for command, options in refused.items():
        with pytest.raises(OptionRefused):
            await alice.slash(channel, command, **options)
    with pytest.raises(OptionRefused, match="required"):
        await alice.slash(channel, "said")


async def test_subcommands_are_found_in_groups_of_groups(up: Up) -> None:
    server, _ = up
    manager = server.user("mona", permissions=MANAGER)
    channel = server.channel("general")
    assert (await manager.slash(channel, "feed add", url="https://a.example/")).text == "added https://a.example/"
    assert (await manager.slash(channel, "feed more deep", url="b")).text == "deep b"
    with pytest.raises(NoSuchCommand, match="group"):
        await manager.slash(channel, "feed")
    with pytest.raises(NoSuchCommand, match="no subcommand"):
        await manager.slash(channel, "feed drop")


async def test_a_command_is_hidden_from_those_without_its_permissions(up: Up) -> None:
    server, _ = up
    alice = server.user("alice")
    with pytest.raises(CommandHidden):
        await alice.slash(server.channel("general"), "feed add", url="x")
    server.user("alice", permissions=MANAGER)
    assert (await alice.slash(server.channel("general"), "feed add", url="x")).text == "added x"


async def test_an_unknown_command_is_waited_for_and_named(running: Running) -> None:
    async with running(patience=0.05) as (server, _):
        with pytest.raises(NoSuchCommand, match="'nothing' to be registered"):
            await server.user("alice").slash(server.channel("general"), "nothing")


async def test_buttons_update_the_message_at_once_or_later(up: Up) -> None:
    server, _ = up
    alice, channel = server.user("alice"), server.channel("general")
    panel = await alice.slash(channel, "panel")
    turned = await alice.click(panel, "Next")
    assert turned.message["id"] == panel.message["id"]
    assert panel.text == "page 2"
    later = await (await alice.click(panel, "later")).done()
    assert later.text == panel.text == "page 3"
    assert len(channel.messages) == 1


async def test_only_buttons_that_can_be_pressed_are_pressed(up: Up) -> None:
    server, _ = up
    alice = server.user("alice")
    panel = await alice.slash(server.channel("general"), "panel")
    for button, why in {"Source": "is a link", "closed": "is disabled", "Nowhere": "has no 'Nowhere'"}.items():
        with pytest.raises(NoSuchComponent, match=why):
            await alice.click(panel, button)


async def test_selects_take_labels_values_and_channels(up: Up) -> None:
    server, _ = up
    alice, channel = server.user("alice"), server.channel("general")
    panel = await alice.slash(channel, "panel")
    assert (await alice.choose(panel, "pick", "A")).text == "picked a"
    assert (await alice.choose(panel, "Where to?", server.channel("news"))).text == "to news True"
    with pytest.raises(OptionRefused, match="has no option 'Z'"):
        await alice.choose(panel, "pick", "Z")
    with pytest.raises(OptionRefused, match="1 to 1 values"):
        await alice.choose(panel, "pick", ["A", "B"])


async def test_a_modal_is_filled_in_and_sent(up: Up) -> None:
    server, _ = up
    alice = server.user("alice")
    panel = await alice.slash(server.channel("general"), "panel")
    opened = await alice.click(panel, "Rename")
    assert opened.modal["title"] == "Rename"
    with pytest.raises(OptionRefused):
        await alice.submit(opened, name="x", kind="feed")
    with pytest.raises(NoSuchComponent):
        await alice.submit(opened, name="xyz", kind="feed", other="")
    sent = await alice.submit(opened, **{"New name": "Harbour", "kind": "site"})
    assert sent.text == "Harbour, a site"
    assert sent.ephemeral


async def test_context_menus_get_their_message_and_member(up: Up) -> None:
    server, _ = up
    alice, channel = server.user("alice"), server.channel("general")
    said = server.user("bob").says(channel, "Fish is up.")
    assert (await alice.message_menu(channel, "Who said this?", said)).text == "about: Fish is up."
    assert (await alice.user_menu(channel, "Greet", server.user("bob"))).text == "hello bob"


async def test_an_ephemeral_message_is_seen_by_its_user_alone(up: Up) -> None:
    server, bot = up
    alice, channel = server.user("alice"), server.channel("general")
    reply = await alice.slash(channel, "panel")
    private = await alice.choose(reply, "pick", "A")
    with pytest.raises(NotVisible):
        await server.user("bob").click(private, "Next")
    seen_by_bot = bot.get_channel(int(channel.id))
    assert isinstance(seen_by_bot, discord_py.TextChannel)
    with pytest.raises(discord_py.NotFound):
        await seen_by_bot.fetch_message(int(private.message["id"]))


async def test_an_answer_after_the_deadline_is_refused_and_told(running: Running) -> None:
    async with running(answer_deadline=0.1) as (server, bot):
        with pytest.raises(NotAnswered, match="an answer to /slow"):
            await server.user("alice").slash(server.channel("general"), "slow")
        bot.pace.set()
        await server.until(lambda: any("callback" in seen.path for seen in server.requests), "the late answer")
    error = bot.errors[0]
    assert isinstance(error, discord_py.app_commands.CommandInvokeError)
    assert isinstance(error.original, discord_py.HTTPException)
    assert error.original.code == 10062


async def test_an_answer_can_be_taken_back(up: Up) -> None:
    server, _ = up
    channel = server.channel("general")
    reply = await server.user("alice").slash(channel, "vanish")
    await server.until(lambda: not reply.has_message, "the answer to vanish")
    assert channel.messages == []


async def test_commands_work_in_direct_messages(up: Up) -> None:
    server, _ = up
    alice = server.user("alice")
    assert (await (await alice.slash(alice.dm, "fill")).done()).text == "filled"
    assert [message["content"] for message in alice.dm.messages] == ["filled"]


async def test_commands_work_where_only_the_user_installed_the_bot(up: Up) -> None:
    server, bot = up
    guild = server.add_guild("Elsewhere", ["lounge"], with_bot=False)
    alice = server.user("alice", guilds=[guild])
    with pytest.raises(CommandHidden, match="installed"):
        await alice.slash(guild.channel("lounge"), "fill")
    alice.install()
    reply = await alice.slash(guild.channel("lounge"), "fill")
    assert (await reply.done()).text == "filled"
    with pytest.raises(CommandHidden, match="installed"):
        await alice.slash(guild.channel("lounge"), "every")
    assert [one.name for one in bot.guilds] == ["Readers"]


async def test_two_people_use_an_installed_command_in_their_own_messages(up: Up) -> None:
    server, bot = up
    alice, bob = server.user("alice"), server.user("bob")
    alice.install()
    channel = alice.dm_with(bob)
    assert channel is bob.dm_with(alice)
    assert channel is not alice.dm
    assert (await (await alice.slash(channel, "fill")).done()).text == "filled"
    with pytest.raises(CommandHidden):
        await bob.slash(channel, "fill")
    with pytest.raises(discord_py.NotFound):
        await bot.fetch_channel(int(channel.id))


async def test_people_who_closed_their_messages_or_left_cannot_be_written_to(up: Up) -> None:
    server, bot = up
    alice = server.user("alice")
    user = await bot.fetch_user(int(alice.user.id))
    await user.send("hello")
    assert [message["content"] for message in alice.dm.messages] == ["hello"]
    alice.close_direct_messages()
    with pytest.raises(discord_py.Forbidden) as refused:
        await user.send("again")
    assert refused.value.code == 50007
    alice.close_direct_messages(closed=False)
    alice.leave(server.guild())
    with pytest.raises(discord_py.Forbidden) as refused:
        await user.send("again")
    assert refused.value.code == 50278
    with pytest.raises(discord_py.NotFound):
        await bot.guilds[0].fetch_member(int(alice.user.id))
