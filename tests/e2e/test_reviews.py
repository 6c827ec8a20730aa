"""Managers decide about reported claims: what they withdraw is gone, also from posted messages, until the undo."""

from datetime import timedelta
from typing import Any

import pytest

from bot.model.reports import Decision
from preview.discord import Permission, Person, Reply
from preview.discord.errors import NoSuchComponent
from preview.discord.messages import all_components
from tests.e2e.controls import choose_evidence
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.test_reports import evidence, sent
from tests.e2e.test_said import press_forged, said
from tests.e2e.whole import WholeBot
from tests.factories import a_subscription

GATE, RAIN = "The gate of the dam will hold until spring", "The rain on the dam will end on Sunday evening"


async def printed(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    words = [Words("Elena Marsh", GATE), Words("Tom Okafor", RAIN)]
    await print_article(whole_bot.services, feed, "Dam under watch", words)


async def reviews(whole_bot: WholeBot, **options: Any) -> Reply:
    return await (await whole_bot.manager.slash(whole_bot.news, "reports", **options)).done()


async def pressed(person: Person, shown: Reply, label: str) -> Reply:
    return await (await person.click(shown, label)).done()


async def posted(whole_bot: WholeBot) -> str:
    """Let everything run that is due, and return the channel's messages."""
    whole_bot.ahead += timedelta(minutes=1)
    await whole_bot.work()
    await whole_bot.work()
    return str(whole_bot.news.messages)


async def test_a_manager_withdraws_a_reported_claim_everywhere_and_takes_it_back_after_a_restart(
    whole_bot: WholeBot,
) -> None:
    await printed(whole_bot)
    await a_subscription(
        whole_bot.services.store,
        whole_bot.guild_id,
        channel_id=int(whole_bot.news.id),
        next_at=whole_bot.clock() - timedelta(minutes=1),
    )
    assert GATE in await posted(whole_bot)
    assert "nothing to decide" in (await reviews(whole_bot)).text
    assert GATE in (await evidence(whole_bot)).text
    await sent(whole_bot.reader, await evidence(whole_bot), remark="It was @everyone Otto.")
    shown = await reviews(whole_bot)
    assert shown.ephemeral
    for words in ("Reported by 1 reader", "Somebody else said it: It was", "Open.", GATE):
        assert words in shown.text
    assert "rita" not in str(shown.message).lower(), "who reported it stays private"
    done = await pressed(whole_bot.manager, shown, "Withdraw")
    assert "Withdrawn. It is shown nowhere from now on" in done.text
    edited = await posted(whole_bot)
    assert GATE not in edited
    assert "1 claim was withdrawn as wrong." in edited
    assert RAIN in edited
    answer = await said(whole_bot)
    assert GATE not in answer.text
    assert RAIN in answer.text
    assert "No claim" in (await said(whole_bot, actor="Elena Marsh")).text
    await whole_bot.restart()
    assert "nothing to decide" in (await pressed(whole_bot.manager, done, "Go on with the list")).text
    withdrawn = await reviews(whole_bot, show="withdrawn")
    undone = await pressed(whole_bot.manager, withdrawn, "Undo")
    assert "Undone" in undone.text
    back = await posted(whole_bot)
    assert GATE in back
    assert "withdrawn as wrong" not in back
    assert GATE in (await said(whole_bot)).text
    kept = await pressed(whole_bot.manager, undone, "Keep")
    assert "Kept. The claim is shown" in kept.text
    assert GATE in (await reviews(whole_bot, show="kept")).text
    assert "nothing to decide" in (await reviews(whole_bot)).text


async def test_a_manager_who_reports_a_claim_may_withdraw_it_at_once(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    answer = await (await whole_bot.manager.slash(whole_bot.news, "said", actor="Elena Marsh")).done()
    shown = await (await choose_evidence(whole_bot.manager, answer, 1)).done()
    stored = await sent(whole_bot.manager, shown)
    assert "You may decide about it right now" in stored.text
    await pressed(whole_bot.manager, stored, "Withdraw")
    assert GATE not in (await said(whole_bot)).text


async def test_readers_and_strangers_decide_nothing(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    shown = await evidence(whole_bot)
    thanks = await sent(whole_bot.reader, shown)
    with pytest.raises(NoSuchComponent):
        await whole_bot.reader.click(thanks, "Withdraw")
    (report,) = [one async for one in whole_bot.services.store.reports.every()]
    for custom_id in (f"hearsay:decide:g:{report.claim_id}:w:o:0", "hearsay:review:g:o:0:next"):
        refused = await (await press_forged(whole_bot, custom_id)).done()
        assert "Only members with the Manage Server permission" in refused.text
    for custom_id in (f"hearsay:decide:a:{report.claim_id}:w:o:0", "hearsay:review:a:o:0:next"):
        refused = await (await press_forged(whole_bot, custom_id)).done()
        assert "only for whoever runs this bot" in refused.text
    page = await whole_bot.services.store.claim_decisions.page(whole_bot.guild_id, Decision.OPEN, 0)
    assert page.count == 1
    assert GATE in (await said(whole_bot)).text


async def test_members_with_the_chosen_role_correct_as_managers_do_and_others_do_not(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    carla = whole_bot.local.user("carla", permissions=Permission.MANAGE_MESSAGES)
    guild = whole_bot.local.guild()
    role = next(role for role in guild.roles.values() if role.name == "carla")
    everyone = guild.roles[guild.id]
    refused = await (await whole_bot.manager.slash(whole_bot.news, "settings correcting", role=everyone)).done()
    assert "a role that not everybody has" in refused.text
    told = await (await whole_bot.manager.slash(whole_bot.news, "settings correcting", role=role)).done()
    assert f"Members with <@&{role.id}> can now withdraw claims" in told.text
    settings = await (await whole_bot.manager.slash(whole_bot.news, "settings show")).done()
    assert f"<@&{role.id}> may correct" in settings.text
    answer = await (await carla.slash(whole_bot.news, "said", actor="Elena Marsh")).done()
    shown = await (await choose_evidence(carla, answer, 1)).done()
    stored = await sent(carla, shown)
    await whole_bot.restart()
    await pressed(carla, stored, "Withdraw")
    assert GATE not in (await said(whole_bot)).text
    (stories,) = (one for one in carla.world.commands.values() if one["name"] == "stories")
    stories["default_member_permissions"] = None  # as Server Settings, Integrations allow it
    changed = await (await carla.slash(whole_bot.news, "stories undo")).done()
    assert "can correct what Hearsay shows" not in changed.text
    await (await whole_bot.manager.slash(whole_bot.news, "settings correcting")).done()
    changed = await (await carla.slash(whole_bot.news, "stories undo")).done()
    assert "can correct what Hearsay shows" in changed.text
    refused = await pressed(carla, stored, "Undo")
    assert "can correct what Hearsay shows" in refused.text


async def test_only_members_with_the_chosen_role_ask_and_everybody_gets_help(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    carla = whole_bot.local.user("carla", permissions=Permission.MANAGE_MESSAGES)
    role = next(role for role in whole_bot.local.guild().roles.values() if role.name == "carla")
    told = await (await whole_bot.manager.slash(whole_bot.news, "settings asking", role=role)).done()
    assert f"Only members with <@&{role.id}>" in told.text
    for person, may in ((carla, True), (whole_bot.manager, True), (whole_bot.reader, False)):
        answer = await (await person.slash(whole_bot.news, "said")).done()
        assert (GATE in answer.text) == may
        assert ("only members with a certain role may ask" in answer.text) != may
        assert (await (await person.slash(whole_bot.news, "help")).done()).text
        mine = await (await person.slash(whole_bot.news, "following list")).done()
        assert "You follow nothing yet" in mine.text
    asked = await (await carla.slash(whole_bot.news, "said")).done()
    controls = [str(one.get("custom_id")) for one in all_components(asked.message["components"])]
    export, share = (next(one for one in controls if f":{name}:" in one) for name in ("export", "share"))
    query_id = share.split(":")[2]
    for custom_id in (export, f"{export}:csv", share, f"hearsay:said:{query_id}:0:next", "hearsay:follow:story:1"):
        refused = await (await press_forged(whole_bot, custom_id)).done()
        assert "only members with a certain role may ask" in refused.text
        assert GATE not in refused.text
    typing = {
        person: await person.autocomplete(whole_bot.news, "said", focused="actor", actor="")
        for person in (carla, whole_bot.reader)
    }
    assert [bool(one.choices) for one in typing.values()] == [True, False]

    shared = await (await carla.click(asked, "Share")).followup()
    assert "only members with a certain role may ask" in (await choose_evidence(whole_bot.reader, shared, 1)).text
    evidence = await (await choose_evidence(carla, shared, 1)).done()
    assert GATE in (await (await carla.click(evidence, "Wording by outlet")).done()).text
    await (await whole_bot.manager.slash(whole_bot.news, "digest subscribe")).done()
    await (await whole_bot.manager.slash(whole_bot.news, "digest now")).done()
    await whole_bot.work()
    posted = next(one for one in whole_bot.news.messages if "hearsay:more:" in str(one["components"]))
    stories = "More on a story: every claim"
    opened = await (await whole_bot.reader.choose(posted, stories, ["0"])).done()
    evidence = await (await whole_bot.reader.click(opened, "Evidence 1")).done()
    assert GATE in evidence.text, "a digest is for all who see the channel, with what it opens"
    assert GATE in (await (await whole_bot.reader.click(evidence, "Wording by outlet")).done()).text

    everyone = whole_bot.local.guild().roles[whole_bot.local.guild().id]
    opened = await (await whole_bot.manager.slash(whole_bot.news, "settings asking", role=everyone)).done()
    assert "Everybody in this server may ask." in opened.text
    assert GATE in (await said(whole_bot)).text
