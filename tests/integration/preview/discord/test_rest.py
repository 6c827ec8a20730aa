"""What the REST interface answers an unmodified client: channels, messages, permissions, faults."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import discord as discord_py
import pytest

from preview.discord import LocalDiscord, Permission, faults
from preview.discord.contract import contract_at
from preview.discord.pointing import discord_py_pointed_at
from tests.integration.preview.discord.conftest import Running
from tests.integration.preview.discord.sample_bot import SampleBot

Up = tuple[LocalDiscord, SampleBot]
POST = ("POST", "/channels/*/messages")


def _text_channel(bot: SampleBot, server: LocalDiscord, name: str = "general") -> discord_py.TextChannel:
    found = bot.get_channel(int(server.channel(name).id))
    assert isinstance(found, discord_py.TextChannel)
    return found


async def test_a_message_is_posted_read_edited_and_deleted(up: Up) -> None:
    server, bot = up
    channel = _text_channel(bot, server)
    embed = discord_py.Embed(title="Harbour", timestamp=discord_py.utils.utcnow(), colour=0x336699)
    embed.set_author(name="Tide").add_field(name="Kind", value="denial").set_thumbnail(
        url="https://a.example/b.png"
    )
    message = await channel.send("hello", embed=embed)
    assert (await channel.fetch_message(message.id)).embeds[0].fields[0].value == "denial"
    await message.edit(content="bye", embed=None)
    assert [one["content"] for one in server.channel("general").messages] == ["bye"]
    assert server.channel("general").messages[0]["edited_timestamp"]
    await message.delete()
    assert server.channel("general").messages == []
    with pytest.raises(discord_py.NotFound) as error:
        await channel.fetch_message(message.id)
    assert error.value.code == 10008


async def test_history_is_newest_first_and_can_be_cut_at_either_end(up: Up) -> None:
    server, bot = up
    channel = _text_channel(bot, server)
    sent = [server.user("bob").says(server.channel("general"), str(number)) for number in range(7)]
    marks = [discord_py.Object(int(one["id"])) for one in sent]
    assert [one.content async for one in channel.history(limit=3)] == ["6", "5", "4"]
    assert [one.content async for one in channel.history(before=marks[2])] == ["1", "0"]
    assert [one.content async for one in channel.history(after=marks[4])] == ["5", "6"]
    assert [one.content async for one in channel.history(around=marks[3], limit=3)] == ["4", "3", "2"]


async def test_a_nonce_makes_a_message_idempotent_for_some_minutes(running: Running) -> None:
    passed = timedelta()
    async with running(clock=lambda: datetime.now(UTC) + passed) as (server, bot):
        channel = _text_channel(bot, server)
        first = await channel.send("once", nonce="digest-1")
        assert (await channel.send("twice", nonce="digest-1")).id == first.id
        other = await _text_channel(bot, server, "news").send("once", nonce="digest-1")
        assert other.id != first.id
        passed = timedelta(minutes=6)
        assert (await channel.send("again", nonce="digest-1")).id != first.id
        assert [one["content"] for one in server.channel("general").messages] == ["once", "again"]


async def test_a_lost_answer_leaves_a_message_that_the_nonce_finds_again(up: Up) -> None:
    server, bot = up
    channel = _text_channel(bot, server)
    order = server.faults.order(*POST, faults.answer_lost())
    with pytest.raises((aiohttp.ClientError, OSError)):
        await channel.send("digest", nonce="n1")
    assert order.met == 1
    assert len(server.channel("general").messages) == 1
    await channel.send("digest", nonce="n1")
    assert len(server.channel("general").messages) == 1
    assert [seen.status for seen in server.requests if seen.path.endswith("/messages")] == [None, 200]


async def test_a_cut_connection_carries_nothing_out(up: Up) -> None:
    server, bot = up
    server.faults.order(*POST, faults.connection_cut())
    with pytest.raises((aiohttp.ClientError, OSError)):
        await _text_channel(bot, server).send("digest")
    assert server.channel("general").messages == []


@pytest.mark.parametrize(
    "fault", [faults.rate_limited(0.01), faults.rate_limited(0.01, everywhere=True), faults.late(0.01)]
)
async def test_a_client_gets_over_limits_and_lateness(up: Up, fault: faults.Fault) -> None:
    server, bot = up
    order = server.faults.order(*POST, fault)
    await _text_channel(bot, server).send("digest")
    assert order.met == 1
    assert len(server.channel("general").messages) == 1


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.forbidden(), discord_py.Forbidden),
        (faults.not_found(), discord_py.NotFound),
        (faults.server_error(501), discord_py.DiscordServerError),
    ],
)
async def test_ordered_refusals_reach_the_client(up: Up, fault: faults.Fault, error: type[Exception]) -> None:
    server, bot = up
    channel = _text_channel(bot, server)
    order = server.faults.order(*POST, fault, times=None, skip=1)
    await channel.send("passes")
    with pytest.raises(error):
        await channel.send("struck")
    order.cancel()
    await channel.send("passes again")
    assert order.met == 1


async def test_missing_permissions_are_the_same_for_client_and_server(up: Up) -> None:
    server, bot = up
    general = server.channel("general")
    channel = _text_channel(bot, server)
    for lost, code in ((Permission.SEND_MESSAGES, 50013), (Permission.VIEW_CHANNEL, 50001)):
        server.forbid(general, lost)
        await bot.wait_for("guild_channel_update", timeout=5)
        computed = channel.permissions_for(channel.guild.me)
        assert not computed.send_messages
        assert computed.view_channel == bool(general.permissions_of(server.bot) & Permission.VIEW_CHANNEL)
        with pytest.raises(discord_py.Forbidden) as error:
            await channel.send("hello")
        assert error.value.code == code
    server.allow_again(general)
    await bot.wait_for("guild_channel_update", timeout=5)
    assert channel.permissions_for(channel.guild.me).send_messages
    server.forbid(general, Permission.EMBED_LINKS)
    await channel.send("plain text is still fine")
    with pytest.raises(discord_py.Forbidden):
        await channel.send(embed=discord_py.Embed(title="x"))


async def test_a_deleted_channel_is_unknown_afterwards(up: Up) -> None:
    server, bot = up
    channel = _text_channel(bot, server, "news")
    server.delete_channel(server.channel("news"))
    await bot.wait_for("guild_channel_delete", timeout=5)
    assert bot.get_channel(channel.id) is None
    with pytest.raises(discord_py.NotFound) as error:
        await channel.send("hello")
    assert error.value.code == 10003


async def test_without_allowed_mentions_everyone_who_is_named_is_pinged(up: Up) -> None:
    server, bot = up
    bob = server.user("bob").user
    text = f"<@{bob.id}> and @everyone"
    await _text_channel(bot, server).send(text)
    await _text_channel(bot, server).send(text, allowed_mentions=discord_py.AllowedMentions.none())
    loud, quiet = server.channel("general").messages
    assert [one["id"] for one in loud["mentions"]] == [bob.id]
    assert not loud["mention_everyone"]  # The bot lacks the permission.
    assert quiet["mentions"] == []


async def test_files_are_kept_and_can_be_fetched(up: Up) -> None:
    server, bot = up
    file = discord_py.File(io.BytesIO(b"picture"), "plot.png", description="a plot")
    message = await _text_channel(bot, server).send(file=file)
    assert message.attachments[0].description == "a plot"
    assert await message.attachments[0].read() == b"picture"


async def test_direct_messages_guilds_members_and_users_can_be_looked_up(up: Up) -> None:
    server, bot = up
    bob = server.user("bob").user
    user = await bot.fetch_user(int(bob.id))
    await user.send("hello")
    assert server.user("bob").dm.messages[0]["content"] == "hello"
    guild = await bot.fetch_guild(bot.guilds[0].id)
    assert guild.approximate_member_count == 3
    assert (await bot.guilds[0].fetch_member(user.id)).name == "bob"
    assert len(await bot.guilds[0].fetch_channels()) == 2
    assert len(await bot.guilds[0].fetch_roles()) == 2
    assert (await bot.application_info()).owner.name == "owner"
    async with _text_channel(bot, server).typing():
        pass


async def test_commands_keep_their_ids_and_can_be_changed_one_by_one(up: Up) -> None:
    server, bot = up
    before = {command["name"]: command["id"] for command in server.commands}
    synced = await bot.tree.sync()
    assert {command.name: str(command.id) for command in synced} == before
    await synced[0].edit(name="renamed")
    await synced[1].delete()
    assert len(await bot.tree.fetch_commands()) == len(before) - 1
    assert "renamed" in {command["name"] for command in server.commands}
    guild = discord_py.Object(bot.guilds[0].id)
    bot.tree.copy_global_to(guild=guild)
    await bot.tree.sync(guild=guild)
    assert {command.get("guild_id") for command in server.commands} == {None, str(guild.id)}


async def test_a_message_beyond_the_limits_is_refused_and_noted(running: Running) -> None:
    async with running(strict=False) as (server, bot):
        channel = _text_channel(bot, server)
        big = discord_py.Embed(description="x" * 4000)
        for refused in ({"content": "x" * 2001}, {"embeds": [big, big]}, {"content": " "}):
            with pytest.raises(discord_py.HTTPException) as error:
                await channel.send(**refused)
            assert error.value.code == 50035
        assert len(server.violations) >= 3
        assert server.channel("general").messages == []


async def test_a_wrong_token_cannot_log_in(running: Running) -> None:
    async with LocalDiscord() as server:
        with discord_py_pointed_at(server.api_base, server.gateway_url):
            async with SampleBot() as bot:
                with pytest.raises(discord_py.LoginFailure):
                    await bot.login("another.token")


async def test_what_is_not_there_is_told_apart_from_what_is_not_allowed(openapi: Path) -> None:
    async with LocalDiscord(openapi=openapi) as server, aiohttp.ClientSession() as session:
        for method, path, status in (
            ("GET", "/nowhere", 404),
            ("PATCH", "/gateway", 405),
            ("GET", "/gateway", 200),
            ("GET", "/users/@me", 401),
        ):
            async with session.request(method, server.api_base + path) as answer:
                assert answer.status == status
                assert answer.headers["Content-Type"] == "application/json"
        headers = {"Authorization": f"Bot {server.token}"}
        path = f"/channels/{server.channel('general').id}/messages"
        async with session.post(server.api_base + path, json={"contnet": "x"}, headers=headers) as answer:
            assert answer.status == 400
            assert "unknown member 'contnet'" in await answer.text()
        async with session.post(server.api_base + path, data="{", headers=headers) as answer:
            assert answer.status == 400


def test_the_contract_names_the_branch_that_was_meant(openapi: Path) -> None:
    contract = contract_at(openapi)
    button = {"type": 2, "style": 1, "custom_id": "x" * 101}
    body = {"components": [{"type": 1, "components": [button]}]}
    problems = contract.request_problems("POST", "/channels/1/messages", body, ["wait"])
    assert problems == [
        "unknown query parameter 'wait'",
        "$.components[0].components[0].custom_id: has 101, at most 100",
    ]
    assert contract.request_problems("GET", "/channels/1", {"a": 1}, []) == ["there must be no body"]
    assert contract.request_problems("POST", "/nowhere", None, []) == ["there is no such operation"]
    assert contract.request_problems("POST", "/channels/1/messages", None, []) == ["the body is missing"]
    assert contract.answer_problems("GET", "/gateway", 204, None) == ["never answered with 204"]
    assert contract.answer_problems("DELETE", "/channels/1/messages/2", 204, {}) == ["there must be no body"]


def test_what_is_wrong_is_told_each_time_whatever_has_passed_before(openapi: Path) -> None:
    contract = contract_at(openapi)

    def told(custom_id: object) -> list[str]:
        button = {"type": 2, "style": 1, "custom_id": custom_id}
        body = {"components": [{"type": 1, "components": [button]}]}
        return contract.request_problems("POST", "/channels/1/messages", body, [])

    assert told("a") == []
    wrong = told("x" * 101)
    assert wrong == ["$.components[0].components[0].custom_id: has 101, at most 100"]
    assert told("a") == []
    assert told("x" * 101) == wrong

    # an id may be a number in a request, never in an answer, even where the same was a request before
    channel = {"id": "1", "type": 0, "guild_id": 5}
    asked = contract.request_problems("PATCH", "/channels/1", {"parent_id": 5}, [])
    assert asked == []
    for _ in range(2):
        assert any("no snowflake" in x for x in contract.answer_problems("GET", "/channels/1", 200, channel))
