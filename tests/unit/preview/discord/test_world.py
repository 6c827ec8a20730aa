"""The parts of the local Discord that need no network."""

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preview.discord import LocalDiscordError, OptionRefused, Permission, WaitedInVain, faults
from preview.discord.changes import Changes
from preview.discord.faults import Faults
from preview.discord.messages import change_message, components_of, mentions_in, new_message, text_of
from preview.discord.objects import Snowflakes, User, guild_snowflake
from preview.discord.options import data_of, may_see
from preview.discord.permissions import EVERYTHING, Overwrite, effective
from preview.discord.server import LocalDiscord, openapi_in
from preview.discord.world import World

NOW = datetime(2026, 5, 4, tzinfo=UTC)


def test_snowflakes_rise_and_carry_the_moment() -> None:
    snowflakes = Snowflakes(lambda: NOW)
    made = [int(snowflakes.next()) for _ in range(10_000)]
    assert made == sorted(set(made))
    assert (made[0] >> 22) + 1_420_070_400_000 == NOW.timestamp() * 1000


@pytest.mark.parametrize("shards", [1, 2, 3, 4, 8, 16])
def test_guilds_are_dealt_to_shards_in_turn(shards: int) -> None:
    assert [(int(guild_snowflake(n)) >> 22) % shards for n in range(20)] == [n % shards for n in range(20)]


MANY = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["e", "r", "s", "m"]), st.integers(0, 2**13), st.integers(0, 2**13))
)


@given(MANY)
def test_a_member_may_do_only_what_the_last_word_allows(changes: list[tuple[bool, str, int, int]]) -> None:
    overwrites = [Overwrite(who, member, Permission(a), Permission(d)) for member, who, a, d in changes]
    view = Permission.VIEW_CHANNEL
    got = effective(view, overwrites, everyone="e", roles=["r"], member="m")
    assert not got or got & view
    assert effective(Permission.ADMINISTRATOR, overwrites, everyone="e", roles=["r"], member="m") == EVERYTHING


def test_a_members_overwrite_beats_those_of_roles() -> None:
    send, view = Permission.SEND_MESSAGES, Permission.VIEW_CHANNEL
    everyone = Overwrite("e", False, deny=send)
    role = Overwrite("r", False, allow=send)
    member = Overwrite("m", True, deny=send)

    def held(*overwrites: Overwrite) -> Permission:
        return effective(view | send, overwrites, everyone="e", roles=["r"], member="m")

    assert held(everyone) == view
    assert held(everyone, role) == view | send
    assert held(everyone, role, member) == view


def test_a_command_is_seen_by_those_who_have_all_its_permissions() -> None:
    needed = {"default_member_permissions": str(int(Permission.MANAGE_GUILD | Permission.MANAGE_CHANNELS))}
    assert not may_see(needed, Permission.MANAGE_GUILD)
    assert may_see(needed, Permission.MANAGE_GUILD | Permission.MANAGE_CHANNELS)
    assert may_see(needed, Permission.ADMINISTRATOR)
    assert not may_see({"default_member_permissions": "0"}, Permission.MANAGE_GUILD)
    assert may_see({"default_member_permissions": None}, Permission.NONE)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ({"type": 3}, 1),
        ({"type": 3, "max_length": 2}, "abc"),
        ({"type": 4}, True),
        ({"type": 4}, "1"),
        ({"type": 4, "min_value": 2}, 1),
        ({"type": 5}, 1),
        ({"type": 6}, "alice"),
        ({"type": 10}, "x"),
        ({"type": 11}, "file"),
        ({"type": 3, "choices": [{"name": "A", "value": "a"}]}, "b"),
    ],
)
def test_a_value_that_cannot_be_typed_is_refused(option: dict[str, object], value: object) -> None:
    command = {"id": "1", "name": "c", "type": 1, "options": [{"name": "o"} | option]}
    with pytest.raises(OptionRefused):
        data_of(command, [], {"o": value})


@given(st.text(max_size=40))
def test_nobody_is_mentioned_where_nothing_is_allowed(text: str) -> None:
    users = {"1": User("1", "bob")}
    made = mentions_in(f"{text} <@1> <@&2> @everyone", {"parse": []}, users, may_ping_everyone=True)
    assert made == {"mentions": [], "mention_roles": [], "mention_everyone": False}


def test_mentions_can_be_allowed_one_by_one() -> None:
    users = {"1": User("1", "bob"), "2": User("2", "eve")}
    made = mentions_in("<@1> <@2> <@&3>", {"users": ["2"], "parse": ["roles"]}, users, may_ping_everyone=True)
    assert [one["id"] for one in made["mentions"]] == ["2"]
    assert made["mention_roles"] == ["3"]


def test_components_come_back_numbered_and_complete() -> None:
    gallery = {"type": 12, "items": [{"media": {"url": "https://a.example/b"}}]}
    thumbnail = {"type": 11, "media": {"url": "https://a.example/b"}}
    section = {"type": 9, "components": [{"type": 10, "content": "x"}], "accessory": thumbnail}
    made = components_of([{"type": 17, "components": [gallery, section, {"type": 14}]}])
    assert made[0]["id"] == 1
    assert made[0]["components"][0]["items"][0]["media"]["proxy_url"]
    assert made[0]["components"][1]["accessory"]["spoiler"] is False
    assert made[0]["components"][2]["divider"] is True


def test_an_edit_changes_what_it_names_and_nothing_else() -> None:
    sent = {"content": " a ", "embeds": [{"title": "t", "image": {"url": "https://a.example"}}]}
    message = new_message("1", "2", User("3", "bot", bot=True), sent, NOW)
    message["attachments"] = [{"id": "7"}, {"id": "8"}]
    change_message(message, {"content": "b", "attachments": [{"id": "8"}], "flags": 4})
    assert (message["content"], message["flags"], message["attachments"]) == ("b", 4, [{"id": "8"}])
    assert text_of(message) == "b\nt"


def test_faults_strike_in_order_and_as_often_as_ordered() -> None:
    ordered = Faults()
    first = ordered.order("post", "/channels/{id}/messages", faults.late(1), times=2, skip=1)
    ordered.order("*", "/channels/*/messages", faults.late(2))
    struck = [ordered.next_for("POST", "/channels/1/messages") for _ in range(5)]
    assert [fault.seconds if fault else None for fault in struck] == [2, 1, 1, None, None]
    assert first.met == 2
    assert ordered.next_for("POST", "/channels/1/messages/2") is None
    ordered.order("GET", "/gateway", faults.late(3), times=None)
    ordered.clear()
    assert ordered.next_for("GET", "/gateway") is None


async def test_a_wait_ends_with_what_was_found_or_says_what_was_awaited() -> None:
    changes = Changes()
    found: list[int] = []
    waiting = asyncio.create_task(changes.until(lambda: found, seconds=5, what="something"))
    await asyncio.sleep(0)
    changes.tell()
    await asyncio.sleep(0)
    found.append(1)
    changes.tell()
    assert await waiting == [1]
    with pytest.raises(WaitedInVain, match=r"Waited 0\.01 seconds for a miracle"):
        await changes.until(lambda: None, seconds=0.01, what="a miracle")


def test_the_world_refuses_what_makes_no_sense() -> None:
    world = World(clock=lambda: NOW, bot_name="bot")
    guild = world.add_guild("G")
    with pytest.raises(LocalDiscordError, match="already"):
        world.invite_bot(guild)
    letters = world.direct_messages(world.owner)
    with pytest.raises(LocalDiscordError):
        world.delete_channel(letters)
    with pytest.raises(LocalDiscordError):
        world.overwrite(letters, world.bot)
    with pytest.raises(KeyError, match="#nowhere"):
        guild.channel("nowhere")


def test_a_server_that_is_not_started_has_no_address() -> None:
    server = LocalDiscord()
    with pytest.raises(LocalDiscordError, match="not been started"):
        _ = server.api_base
    with pytest.raises(LocalDiscordError, match="no guild 'X'"):
        server.guild("X")


def test_a_specification_that_is_not_there_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    assert openapi_in({}) is None
    assert openapi_in({"DISCORD_OPENAPI": "nowhere.json"}) is None
    assert "names no file" in caplog.text
    assert openapi_in({"DISCORD_OPENAPI": __file__}) is not None
