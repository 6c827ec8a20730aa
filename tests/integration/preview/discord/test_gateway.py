"""Connections that break and come back, guilds that come and go, shards."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import aiohttp
import discord as discord_py
import pytest

from preview.discord import LocalDiscord, WaitedInVain
from preview.discord.gateway import ROUND_TRIP_S
from preview.discord.pointing import discord_py_pointed_at
from tests.integration.preview.discord.conftest import Running
from tests.integration.preview.discord.sample_bot import SampleBot

Up = tuple[LocalDiscord, SampleBot]


@pytest.mark.parametrize("how", ["cut", "drop", "reconnect", "invalid"])
async def test_a_client_resumes_and_gets_what_it_missed(up: Up, how: str) -> None:
    server, bot = up
    joined = asyncio.ensure_future(bot.wait_for("guild_join", timeout=20))
    await asyncio.sleep(0)
    ways: dict[str, Callable[[], object]] = {
        "cut": lambda: server.drop(None),
        "drop": lambda: server.drop(1012),
        "reconnect": server.ask_reconnect,
        "invalid": lambda: server.invalidate_sessions(resumable=True),
    }
    ways[how]()
    await server.until(lambda: not server.connected, "the connection to end")
    server.add_guild("Missed")
    assert (await joined).name == "Missed"
    await server.until(lambda: server.resumed == 1, "the session to be resumed", 20)
    await server.ready()
    reply = await (await server.user("alice").slash(server.channel("general"), "fill")).done()
    assert reply.text == "filled"


@pytest.mark.parametrize("how", ["drop", "invalid"])
async def test_a_client_whose_session_is_gone_identifies_anew(up: Up, how: str) -> None:
    server, _ = up
    if how == "drop":
        server.drop(4009, resumable=False)
    else:
        server.invalidate_sessions()
    await server.until(lambda: not server.connected, "the connection to end")
    await server.ready(20)
    assert server.resumed == 0
    assert (await server.user("alice").slash(server.channel("general"), "panel")).text == "page 1"


async def test_guilds_and_channels_come_and_go(up: Up) -> None:
    server, bot = up
    alice = server.user("alice")
    guild = server.add_guild("Second", ["lobby"])
    joined = await bot.wait_for("guild_join", timeout=5)
    assert joined.id == int(guild.id)
    assert (await alice.slash(guild.channel("lobby"), "panel")).text == "page 1"
    server.add_channel(guild, "more")
    assert (await bot.wait_for("guild_channel_create", timeout=5)).name == "more"
    server.begin_outage(guild)
    await bot.wait_for("guild_unavailable", timeout=5)
    server.end_outage(guild)
    await bot.wait_for("guild_available", timeout=5)
    server.remove_bot(guild)
    assert (await bot.wait_for("guild_remove", timeout=5)).name == "Second"
    with pytest.raises(discord_py.Forbidden):
        await joined.text_channels[0].send("hello")
    server.invite_bot(guild)
    again = await bot.wait_for("guild_join", timeout=5)
    await again.leave()
    await server.until(lambda: not guild.with_bot, "the bot to leave")


async def test_guilds_are_routed_to_their_shards(running: Running) -> None:
    guilds = {"One": ["a"], "Two": ["b"], "Three": ["c"]}
    async with running(guilds=guilds, shards=2) as (server, bot):
        assert {guild.name: guild.shard_id for guild in bot.guilds} == {"One": 0, "Two": 1, "Three": 0}
        alice = server.user("alice")
        for guild in server.guilds:
            reply = await alice.slash(next(iter(guild.channels.values())), "panel")
            assert reply.text == "page 1"


async def test_frames_can_go_uncompressed(running: Running) -> None:
    async with running(compress=False) as (_, bot):
        assert bot.guilds


async def test_an_intent_that_must_be_applied_for_is_refused(running: Running) -> None:
    intents = discord_py.Intents(guilds=True, members=True)
    async with LocalDiscord() as server:
        with discord_py_pointed_at(server.api_base, server.gateway_url):
            async with SampleBot(intents=intents, chunk_guilds_at_startup=False) as bot:
                with pytest.raises(discord_py.PrivilegedIntentsRequired):
                    await bot.start(server.token)


async def test_waiting_names_what_was_waited_for() -> None:
    async with LocalDiscord(patience=0.01) as server:
        with pytest.raises(WaitedInVain, match="a client to identify"):
            await server.ready()
        with pytest.raises(WaitedInVain, match="a message in #general with 'fish'"):
            await server.wait_for_message(server.channel("general"), matching="fish")
        with pytest.raises(WaitedInVain, match="the commands said"):
            await server.commands_registered("said")


async def test_messages_can_be_waited_for(up: Up) -> None:
    server, _ = up
    channel = server.channel("general")
    bob = server.user("bob")
    first = bob.says(channel, "one")
    assert await server.wait_for_message(channel) == first
    waiting = asyncio.ensure_future(server.wait_for_message(channel, 5, after=first, matching="three"))
    await asyncio.sleep(0)
    bob.says(channel, "two")
    bob.says(channel, "three")
    assert (await waiting)["content"] == "three"
    assert len(await server.wait_for_messages(channel, 3)) == 3


async def _close_code(server: LocalDiscord, *frames: object) -> int | None:
    async with aiohttp.ClientSession() as session, session.ws_connect(server.gateway_url) as socket:
        await socket.receive()
        for frame in frames:
            await socket.send_str(frame if isinstance(frame, str) else json.dumps(frame))
        async for _ in socket:
            pass
        return socket.close_code


def _identify(server: LocalDiscord, **changes: Any) -> dict[str, Any]:
    return {"op": 2, "d": {"token": server.token, "intents": 1, "properties": {}} | changes}


async def test_misuse_of_the_gateway_closes_it_with_discords_codes() -> None:
    async with LocalDiscord() as server:
        good = _identify(server)
        for frames, code in (
            (["{"], 4002),
            ([{"op": 3, "d": {}}], 4003),
            ([_identify(server, token="x")], 4004),
            ([good, good], 4005),
            ([_identify(server, shard=[2, 2])], 4010),
            ([_identify(server, intents="all")], 4013),
            ([good, {"op": 99, "d": None}], 4001),
            ([{"op": 6, "d": {"token": "x"}}], 4004),
        ):
            assert await _close_code(server, *frames) == code


async def test_a_heartbeat_is_answered_no_sooner_than_from_afar() -> None:
    """An answer at once is for discord.py one to the heartbeat before: it warns that it lags behind by minutes."""
    async with LocalDiscord() as server, aiohttp.ClientSession() as session:
        socket = await session.ws_connect(server.gateway_url)
        await socket.receive()
        asked = asyncio.get_running_loop().time()
        await socket.send_json({"op": 1, "d": None})
        assert (await socket.receive_json())["op"] == 11
        assert asyncio.get_running_loop().time() - asked > ROUND_TRIP_S * 0.9
