"""The client: which modules it loads, what it tells of failures, when it sends its commands."""

import asyncio
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock, Mock

import aiohttp
import discord
import pytest
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from structlog.testing import capture_logs

from bot import errors
from bot.client import TREE_KEY
from bot.discord_access import point_at
from bot.extension_modules import extension_names
from bot.failure_reports import report_failure, sentence_of, tell
from tests.unit.cogs.stubs import bot_with


def http_error(code: int, status: int = 404) -> discord.HTTPException:
    response = Mock(spec=aiohttp.ClientResponse, status=status, reason="why")
    return discord.NotFound(response, {"code": code, "message": "no"})


def an_interaction(*, answered: bool = False) -> Any:
    return SimpleNamespace(
        command=None,
        data={"custom_id": "hearsay:said:1:2:next"},
        response=SimpleNamespace(is_done=lambda: answered, send_message=AsyncMock()),
        followup=SimpleNamespace(send=AsyncMock()),
    )


def test_modules_that_define_setup_are_extensions_and_are_not_imported_to_find_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "some_commands"
    (package / "deeper").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "deeper" / "__init__.py").write_text("")
    (package / "first.py").write_text("async def setup(bot): ...")
    (package / "deeper" / "second.py").write_text("async def setup(bot): ...")
    (package / "buttons.py").write_text("raise RuntimeError('imported')")
    monkeypatch.syspath_prepend(tmp_path)
    assert extension_names("some_commands") == ["some_commands.deeper.second", "some_commands.first"]
    assert "some_commands.first" not in sys.modules


def test_a_package_of_commands_that_does_not_exist_is_named() -> None:
    with pytest.raises(errors.SettingsError, match="no_such_package"):
        extension_names("no_such_package")


def test_discord_py_can_be_pointed_at_another_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", "before")
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", "before")
    point_at(None, None)
    assert Route.BASE == "before"
    point_at("http://127.0.0.1:1/api/v10/", "ws://127.0.0.1:1/")
    assert Route.BASE == "http://127.0.0.1:1/api/v10"
    assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "ws://127.0.0.1:1/"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (errors.NotAFeed(), "There is no feed at this address"),
        (errors.BadInput("Too long."), "Too long."),
        (app_commands.NoPrivateMessage(), "only in a server"),
        (app_commands.MissingPermissions(["manage_guild"]), "Manage Server"),
        (app_commands.CheckFailure(), "may not"),
        (app_commands.CommandNotFound("old", []), "has changed"),
        (TimeoutError(), "took too long"),
    ],
)
def test_what_a_user_can_fix_is_reported_in_a_sentence(error: Exception, told: str) -> None:
    assert told in (sentence_of(error) or "")


async def test_a_store_that_is_away_is_named_and_its_reason_is_for_the_log() -> None:
    interaction = an_interaction()
    with capture_logs() as logs:
        await report_failure(interaction, errors.StoreUnavailable("The file /var/hearsay.db was deleted."))
    (sentence,) = interaction.response.send_message.await_args.args
    assert sentence.startswith("Hearsay cannot use its store right now. Try again later.")
    assert "/var" not in sentence
    assert logs[0]["error_id"] in sentence


@pytest.mark.parametrize("error", [errors.StoreError("disk /var full"), errors.HearsayError(), KeyError("secret")])
async def test_what_a_user_cannot_mend_gets_an_id_that_the_log_has(error: Exception) -> None:
    interaction = an_interaction()
    with capture_logs() as logs:
        await report_failure(interaction, error)
    (told,) = interaction.response.send_message.await_args.args
    (log,) = logs
    assert log["error_id"] in told
    assert log["exc_info"] is error
    assert log["interaction"] == "hearsay:said:1:2:next"
    assert "secret" not in told
    assert "/var" not in told


async def test_the_cause_of_a_failed_command_is_what_is_reported() -> None:
    interaction = an_interaction(answered=True)
    command: Any = SimpleNamespace(name="feed")
    await report_failure(interaction, app_commands.CommandInvokeError(command, errors.NotAFeed("No feed.")))
    assert interaction.followup.send.await_args.args == ("No feed.",)
    interaction.response.send_message.assert_not_awaited()


@pytest.mark.parametrize("code", [10062, 10015, 40060])
async def test_an_interaction_that_discord_gave_up_is_only_logged(code: int) -> None:
    interaction = an_interaction()
    with capture_logs() as logs:
        await report_failure(interaction, http_error(code))
    assert [log["event"] for log in logs] == ["interaction_lost"]
    interaction.response.send_message.assert_not_awaited()


@pytest.mark.parametrize(
    "failure", [http_error(10062), discord.InteractionResponded(Mock()), aiohttp.ClientConnectionError()]
)
async def test_an_answer_that_cannot_be_delivered_raises_nothing(failure: Exception) -> None:
    interaction = an_interaction()
    interaction.response.send_message.side_effect = failure
    with capture_logs() as logs:
        await tell(interaction, "Sorry.")
    assert [log["event"] for log in logs] == ["answer_undelivered"]


async def test_commands_are_sent_once_and_again_when_they_change(monkeypatch: pytest.MonkeyPatch) -> None:
    bot = bot_with()
    sync = AsyncMock(return_value=[])
    async with bot:
        monkeypatch.setattr(bot.tree, "sync", sync)
        assert await bot.sync_tree()
        assert not await bot.sync_tree()

        @bot.tree.command(description="New.")
        async def new(interaction: discord.Interaction) -> None: ...

        assert await bot.sync_tree()
    assert sync.await_count == 2


async def test_commands_that_discord_refuses_are_sent_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.client.SYNC_FIRST", 0.01)
    bot = bot_with()
    accepted = asyncio.Event()

    async def sync() -> list[object]:
        sync_calls.append(None)
        if len(sync_calls) < 3:
            raise http_error(50001, 403)
        accepted.set()
        return []

    sync_calls: list[None] = []
    async with bot:
        monkeypatch.setattr(bot.tree, "sync", sync)
        assert not await bot.sync_tree()
        await asyncio.wait_for(accepted.wait(), 10)
    assert len(sync_calls) == 3


async def test_commands_are_sent_again_however_the_next_attempts_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.client.SYNC_FIRST", 0.01)
    bot = bot_with()
    failures = [http_error(50001, 403), aiohttp.ClientConnectionError(), TimeoutError(), errors.StoreError()]
    accepted = asyncio.Event()

    async def sync() -> list[object]:
        if failures:
            raise failures.pop(0)
        accepted.set()
        return []

    async with bot:
        monkeypatch.setattr(bot.tree, "sync", sync)
        assert not await bot.sync_tree()
        await asyncio.wait_for(accepted.wait(), 10)


async def test_commands_that_discord_refuses_are_sent_again_at_the_next_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bot = bot_with()
    async with bot:
        monkeypatch.setattr(bot.tree, "sync", AsyncMock(side_effect=http_error(50001, 403)))
        with capture_logs() as logs:
            assert not await bot.sync_tree()
        assert [log["event"] for log in logs] == ["command_tree_refused"]
        assert await bot.services.store.installation.get(TREE_KEY) is None


async def test_the_failure_of_an_event_is_logged() -> None:
    bot = bot_with()
    async with bot:
        with capture_logs() as logs:
            await bot.on_error("on_guild_remove")
    assert [log["event"] for log in logs] == ["event_failed"]


async def test_a_bot_that_is_ready_again_looks_at_its_servers_again_and_closes_after_both_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bot = bot_with()
    looks: list[str] = []
    began, go_on = asyncio.Event(), asyncio.Event()

    async def look() -> list[int]:
        looks.append("begun")
        began.set()
        await go_on.wait()
        looks.append("done")
        return []

    monkeypatch.setattr(bot, "note_locales", AsyncMock())
    monkeypatch.setattr(bot, "note_absent_guilds", look)
    async with bot:
        ready = [asyncio.create_task(bot.on_ready()) for _ in range(2)]
        await began.wait()
        assert looks == ["begun"], "one after the other"
        closing = asyncio.create_task(bot.close())
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(closing, *ready)
    assert looks == ["begun", "done"] * 2
