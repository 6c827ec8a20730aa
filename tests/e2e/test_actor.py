"""`/actor`: who somebody in the news is."""

from datetime import timedelta
from typing import Any

import pytest

from bot.model.claims import Kind, Wording
from preview.discord import Reply
from preview.discord.errors import CommandHidden
from tests.e2e.controls import choose_evidence
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot

MAYOR = "mayor of Dunmore"
PROMISE = "We will repair the dam by March 2027"
REPEATED = "The dam will hold until spring, whatever comes down the river"


async def actor(whole_bot: WholeBot, name: str) -> Reply:
    return await (await whole_bot.reader.slash(whole_bot.news, "actor", actor=name)).done()


async def print_news(whole_bot: WholeBot) -> None:
    """Elena Marsh was on the council, became mayor, promised a repair, and said one thing in two outlets."""
    services = whole_bot.services
    feed = await feed_in(services, whole_bot.guild_id)
    other = await feed_in(services, whole_bot.guild_id, "Morning Herald")

    def marsh(content: str, role: str = MAYOR, **given: Any) -> list[Words]:
        return [Words("Elena Marsh", content, role=role, **given)]

    promise = marsh(PROMISE, kind=Kind.PROMISE, due="by March 2027", verbatim=Wording.PARAPHRASED)
    await print_article(services, feed, "Long ago", promise, age=timedelta(days=9))
    early = marsh("Roads matter more than anything", "member of the council")
    await print_article(services, feed, "Before", early, age=timedelta(days=20))
    await print_article(services, feed, "Third", marsh(REPEATED), age=timedelta(days=6))
    await print_article(services, other, "Fourth", marsh(REPEATED), age=timedelta(days=5))
    for number in range(3):
        news = marsh(f"Bridge number {number} has been painted blue")
        await print_article(services, feed, f"Bridge {number}", news, age=timedelta(hours=5 + number))
    await print_article(services, feed, "Others", [Words("Piotr Zielinski", "Nobody asked the miners")])


async def test_roles_outlets_latest_and_repeated_claims_and_promises_are_shown(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await actor(whole_bot, "Elena Marsh")
    assert reply.ephemeral
    told = reply.embeds[0]["description"]
    assert told.startswith(f"**Elena Marsh** ({MAYOR})")
    opening, roles, outlets, latest, repeated, promises = told.split("\n\n")
    assert "\n" not in opening
    assert roles.index(f"{MAYOR} · <t:") < roles.index("member of the council · <t:")
    assert roles.count(" to <t:") == 1, "of a role that was given once there is one day"
    assert "Example Times (6), Morning Herald (1)" in outlets
    assert [f"number {number}" in latest for number in range(3)] == [True] * 3
    assert "in 2 articles" in repeated
    assert REPEATED in repeated
    assert "by March 2027" in promises
    assert "repair the dam" in promises
    assert "miners" not in told
    assert reply.embeds[0]["footer"]["text"] == "7 claims"


async def test_evidence_and_sharing_work_after_a_restart(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await actor(whole_bot, "Elena Marsh")
    await whole_bot.restart()
    evidence = await (await choose_evidence(whole_bot.reader, reply, 5)).done()
    assert evidence.ephemeral
    assert "repair the dam" in evidence.text
    assert "The weather stayed fine" in evidence.text
    shared = await (await whole_bot.reader.click(reply, "Share")).followup()
    assert shared["mentions"] == []
    assert shared["embeds"][0]["description"].startswith("**Elena Marsh**")
    private = await (await choose_evidence(whole_bot.manager, shared, 1)).done()
    assert private.ephemeral


async def test_a_part_of_the_name_and_typing_errors_are_enough(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    typing = await whole_bot.reader.autocomplete(whole_bot.news, "actor", focused="actor", actor="ziel")
    assert typing.choices == [{"name": "Piotr Zielinski", "value": "Piotr Zielinski"}]
    assert (await actor(whole_bot, "marsh")).embeds[0]["description"].startswith("**Elena Marsh**")
    forgiven = await actor(whole_bot, "Zielinsky")
    assert "No actor here is called “Zielinsky”. The most similar name:\n**Piotr Zielinski**" in forgiven.text


async def test_others_whom_the_name_fits_are_named_and_not_mixed_in(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    feed = await feed_in(whole_bot.services, whole_bot.guild_id, "Third Gazette")
    await print_article(whole_bot.services, feed, "Sport", [Words("Oscar Marsh", "We played well tonight")])
    told = (await actor(whole_bot, "Marsh")).embeds[0]["description"]
    assert told.startswith(f"**Elena Marsh** ({MAYOR})\n-# The name also fits Oscar Marsh")
    assert "played well" not in told
    assert "played well" in (await actor(whole_bot, "Oscar Marsh")).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("?!", "no word in this name"),
        ("Nobody Atall", "No claims found by anybody called **Nobody Atall**."),
        ('" OR actor:* NEAR(', "No claims found"),
        ("@everyone **bold**", "No claims found"),
    ],
)
async def test_whatever_else_is_typed_is_answered_in_a_sentence(
    whole_bot: WholeBot, typed: str, told: str
) -> None:
    await print_news(whole_bot)
    reply = await actor(whole_bot, typed)
    assert told in reply.text
    assert "@everyone" not in reply.text


async def test_a_server_sees_only_what_its_own_feeds_brought(whole_bot: WholeBot) -> None:
    services = whole_bot.services
    others = await feed_in(services, int(whole_bot.local.guild("Others").id), "Secret Gazette")
    hidden = Words("Elena Marsh", "I am a spy", role="spy")
    await print_article(services, others, "Hidden", [hidden], age=timedelta(hours=1))
    assert "/feed add" in (await actor(whole_bot, "Elena Marsh")).text
    await feed_in(services, whole_bot.guild_id, "Empty Journal")
    assert "No claims found" in (await actor(whole_bot, "Elena Marsh")).text
    await print_news(whole_bot)
    told = (await actor(whole_bot, "Elena Marsh")).text
    assert "Bridge" in told
    assert "spy" not in told
    assert "Secret" not in told


async def test_it_is_not_offered_in_direct_messages(whole_bot: WholeBot) -> None:
    with pytest.raises(CommandHidden):
        await whole_bot.reader.slash(whole_bot.reader.dm, "actor", actor="Elena Marsh")
