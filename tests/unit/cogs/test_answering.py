"""What every cog needs around an answer."""

import asyncio
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock

import discord
import pytest
from structlog.testing import capture_logs

from bot.errors import BadInput
from bot.services.suggestions_first import SuggestionsFirst
from cogs import answering
from cogs.answering import failures_told, guild_id_of, suggestions


def an_interaction(guild_id: int | None = 5) -> Any:
    response = SimpleNamespace(is_done=lambda: False, send_message=AsyncMock())
    leases = SimpleNamespace(take=AsyncMock(side_effect=lambda _topic, items: dict.fromkeys(items)))
    store = SimpleNamespace(leases=leases)
    client = SimpleNamespace(services=SimpleNamespace(store=store, suggestions_first=SuggestionsFirst()))
    given = {"command": None, "data": {"custom_id": "x"}, "id": 7, "locale": discord.Locale.german}
    return SimpleNamespace(guild_id=guild_id, response=response, client=client, **given)


async def completed(pairs: object, guild_id: int | None = 5) -> list[tuple[str, str | int | float]]:
    async def suggest(_self: object, _interaction: object, _current: str) -> Any:
        if isinstance(pairs, Exception):
            raise pairs
        if callable(pairs):
            return await pairs()
        return pairs

    choices = await suggestions(suggest)(None, an_interaction(guild_id), "a")
    return [(choice.name, choice.value) for choice in choices]


async def test_suggestions_are_cut_to_what_discord_takes() -> None:
    many = [(f"name {i} " + "x" * 200, str(i)) for i in range(40)]
    shown = await completed(many)
    assert len(shown) == 25
    assert all(1 <= len(name) <= 100 for name, _ in shown)


async def test_a_suggestion_that_could_not_be_sent_is_left_out() -> None:
    assert await completed([("", "1"), ("\u200b", "2"), ("long", "v" * 101), ("none", ""), ("good", "3")]) == [
        ("good", "3")
    ]


async def test_a_suggestion_is_one_plain_line() -> None:
    assert await completed([("Two\nlines\u202e of @everyone", "1")]) == [("Two lines of @everyone", "1")]


async def test_suggestions_that_fail_are_empty_and_logged() -> None:
    with capture_logs() as logs:
        assert await completed(RuntimeError("no database")) == []
    assert [log["event"] for log in logs] == ["suggestions_failed"]


async def test_suggestions_that_take_too_long_are_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "SUGGESTION_TIMEOUT", 0.01)
    with capture_logs():
        assert await completed(lambda: asyncio.sleep(60)) == []


async def test_nothing_is_suggested_outside_servers() -> None:
    assert await completed([("secret", "1")], guild_id=None) == []


def test_outside_servers_nothing_is_looked_up() -> None:
    assert guild_id_of(an_interaction(7)) == 7
    with pytest.raises(BadInput, match="in servers"):
        guild_id_of(an_interaction(None))


async def test_the_failure_of_a_button_is_told_to_whoever_pressed_it() -> None:
    @failures_told
    async def press(_self: object, _interaction: object) -> None:
        raise BadInput("Too old.")

    interaction = an_interaction()
    await press(None, interaction)
    interaction.response.send_message.assert_awaited_once()
    assert interaction.response.send_message.await_args.args == ("Too old.",)


async def test_a_button_that_another_process_answers_is_left_to_it() -> None:
    pressed = AsyncMock()

    @failures_told
    async def press(_self: object, _interaction: object) -> None:
        await pressed()

    interaction = an_interaction()
    interaction.client.services.store.leases.take = AsyncMock(return_value={})
    await press(None, interaction)
    pressed.assert_not_awaited()
    interaction.response.send_message.assert_not_awaited()
