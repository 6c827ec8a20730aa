"""`/settings`: what a server has chosen."""

import re
from typing import Any

import pytest

from bot.digests.schedule import next_slot
from preview.discord import Reply
from preview.discord.errors import CommandHidden
from tests.e2e.printed import feed_in
from tests.e2e.whole import WholeBot


async def settings(whole_bot: WholeBot, command: str, **options: Any) -> Reply:
    return await (await whole_bot.manager.slash(whole_bot.news, f"settings {command}", **options)).done()


async def test_the_time_zone_of_the_server_is_chosen_by_any_name_and_used_by_new_digests(
    whole_bot: WholeBot,
) -> None:
    assert "Not chosen, so UTC" in (await settings(whole_bot, "show")).text
    typing = await whole_bot.manager.autocomplete(
        whole_bot.news, "settings timezone", focused="zone", zone="india"
    )
    assert re.fullmatch(r"India: Asia/Kolkata · \d\d:\d\d now", typing.choices[0]["name"])
    reply = await settings(whole_bot, "timezone", zone=typing.choices[0]["value"])
    assert reply.ephemeral
    assert re.search(r"is now Asia/Kolkata. It is \d\d:\d\d there now", reply.text)
    await whole_bot.restart()
    assert "Asia/Kolkata: it is" in (await settings(whole_bot, "show")).text
    subscribed = await (await whole_bot.manager.slash(whole_bot.news, "digest subscribe")).done()
    assert "daily at 09:00 (Asia/Kolkata)" in subscribed.text


async def test_hours_from_utc_are_meant_as_written_and_shown_so(whole_bot: WholeBot) -> None:
    reply = await settings(whole_bot, "timezone", zone="GMT+2")
    assert "is now UTC+2" in reply.text
    subscribed = await (await whole_bot.manager.slash(whole_bot.news, "digest subscribe")).done()
    assert "daily at 09:00 (UTC+2)" in subscribed.text
    (made,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    assert next_slot(made.plan, whole_bot.clock()).hour == 7


@pytest.mark.parametrize(
    ("command", "options", "told"),
    [
        ("timezone", {"zone": "Atlantis"}, "“Atlantis” is not a time zone."),
        ("timezone", {"zone": "UTC+15"}, "is not a time zone."),
        ("confidence", {"percent": 100}, "no claim is 100% sure"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_changes(
    whole_bot: WholeBot, command: str, options: dict[str, Any], told: str
) -> None:
    assert told in (await settings(whole_bot, command, **options)).text
    shown = (await settings(whole_bot, "show")).text
    assert "Not chosen" in shown
    assert "Hearsay's own choice" in shown


async def test_the_confidence_of_the_server_counts_for_answers_and_new_digests_and_can_be_left_to_hearsay(
    whole_bot: WholeBot,
) -> None:
    await feed_in(whole_bot.services, whole_bot.guild_id)
    assert "at least 90% sure" in (await settings(whole_bot, "confidence", percent=90)).text
    await (await whole_bot.manager.slash(whole_bot.news, "digest subscribe")).done()
    (made,) = await whole_bot.services.store.subscriptions.of_guild(whole_bot.guild_id)
    assert made.selection.minimum_confidence == 0.9
    again = await settings(whole_bot, "confidence")
    assert f"at least {whole_bot.settings.minimum_confidence:.0%} sure" in again.text


async def test_only_managers_may_choose_and_everything_goes_with_the_server(whole_bot: WholeBot) -> None:
    with pytest.raises(CommandHidden):
        await whole_bot.reader.slash(whole_bot.news, "settings show")
    await settings(whole_bot, "timezone", zone="Berlin")
    await whole_bot.services.store.guilds.forget(whole_bot.guild_id)
    assert (await whole_bot.services.store.server_settings.get(whole_bot.guild_id)).timezone is None


async def test_commands_that_an_answer_names_can_be_pressed_in_every_language(whole_bot: WholeBot) -> None:
    manager = whole_bot.manager
    for locale, told in (("en-GB", "Everybody may ask."), ("de", "Alle dürfen fragen.")):
        manager.user.locale = locale
        shown = (await (await manager.slash(whole_bot.news, "settings show")).done()).text
        assert re.search(rf"{told} </settings asking:\d+>", shown)
        assert "`/" not in shown
    await whole_bot.restart()  # the commands are not sent again
    assert "</settings timezone:" in (await (await manager.slash(whole_bot.news, "settings show")).done()).text
