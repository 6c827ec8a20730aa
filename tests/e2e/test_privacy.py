"""`/privacy`: seen, taken along, deleted."""

import json
from typing import Any

import aiohttp
import pytest

from preview.discord import Channel, Person, Reply
from tests.e2e.printed import feed_in
from tests.e2e.whole import WholeBot

SERVER = {"about": "this server"}


async def privacy(person: Person, channel: Channel, command: str, **options: Any) -> Reply:
    return await (await person.slash(channel, f"privacy {command}", **options)).done()


async def with_a_digest(whole_bot: WholeBot) -> None:
    await feed_in(whole_bot.services, whole_bot.guild_id)
    await (await whole_bot.manager.slash(whole_bot.news, "digest subscribe")).done()


async def test_everybody_sees_what_is_stored_about_them_also_in_direct_messages(whole_bot: WholeBot) -> None:
    await with_a_digest(whole_bot)
    for channel in (whole_bot.news, whole_bot.manager.dm):
        reply = await privacy(whole_bot.manager, channel, "show")
        assert reply.ephemeral
        assert "You created a digest: digest 1" in reply.text
    nothing = await privacy(whole_bot.reader, whole_bot.reader.dm, "show")
    assert "Nothing." in nothing.text
    assert "reads no messages, except" in nothing.text


async def test_a_person_is_forgotten_after_a_question_and_what_they_set_up_stays(whole_bot: WholeBot) -> None:
    await with_a_digest(whole_bot)
    asked = await privacy(whole_bot.manager, whole_bot.manager.dm, "delete")
    kept = await (await whole_bot.manager.click(asked, "Keep it")).done()
    assert kept.text == "Nothing was deleted."
    assert "created a digest" in (await privacy(whole_bot.manager, whole_bot.news, "show")).text
    asked = await privacy(whole_bot.manager, whole_bot.news, "delete")
    await whole_bot.restart()
    done = await (await whole_bot.manager.click(asked, "Remove my id")).done()
    assert "Removed your id from 1 place." in done.text
    assert done.message["components"] == []
    assert "Nothing." in (await privacy(whole_bot.manager, whole_bot.news, "show")).text
    assert len(await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)) == 1


async def test_a_server_is_shown_exported_and_deleted_by_its_managers_alone(whole_bot: WholeBot) -> None:
    await with_a_digest(whole_bot)
    shown = await privacy(whole_bot.manager, whole_bot.news, "show", **SERVER)
    assert "1 × feeds" in shown.text
    assert "1 × digests" in shown.text
    exported = await privacy(whole_bot.manager, whole_bot.news, "export", **SERVER)
    async with (
        aiohttp.ClientSession() as session,
        session.get(exported.message["attachments"][0]["url"]) as answer,
    ):
        content = json.loads(await answer.read())
    assert content["subscriptions"][0]["channel_id"] == int(whole_bot.news.id)
    for command in ("show", "export", "delete"):
        refused = await privacy(whole_bot.reader, whole_bot.news, command, **SERVER)
        assert "Only members with the Manage Server permission" in refused.text
    asked = await privacy(whole_bot.manager, whole_bot.news, "delete", **SERVER)
    assert "This cannot be undone." in asked.text
    done = await (await whole_bot.manager.click(asked, "Delete it")).done()
    assert "Nothing is stored for this server any more." in done.text
    assert await whole_bot.services.store.guilds.feeds_of(whole_bot.guild_id) == []
    assert await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id) == []
    assert "Nothing." in (await privacy(whole_bot.manager, whole_bot.news, "show", **SERVER)).text


@pytest.mark.parametrize("command", ["show", "export", "delete"])
async def test_there_is_no_server_in_direct_messages(whole_bot: WholeBot, command: str) -> None:
    reply = await privacy(whole_bot.reader, whole_bot.reader.dm, command, **SERVER)
    assert "answers only in servers" in reply.text
