"""Managers put right who is who: merge, split, rename, hide, each with its undo, for their server alone."""

from datetime import timedelta
from typing import Any

import pytest

from bot.errors import NotFound
from bot.services.actor_changes import actor_changes_of, split_offered
from preview.discord import Reply
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.test_said import press_forged, said
from tests.e2e.whole import WholeBot
from tests.factories import a_subscription

NOTE = "A speaker was corrected by this server's managers."
GATE, RAIN, RACE = (
    "The dam will hold until spring",
    "The rain on the dam will end on Sunday",
    "Our race was the hardest ever",
)


async def printed(whole_bot: WholeBot) -> None:
    for guild_id in (whole_bot.guild_id, int(whole_bot.local.guild("Others").id)):
        feed = await feed_in(whole_bot.services, guild_id)
    await print_article(whole_bot.services, feed, "Dam under watch", [Words("Elena Marsh", GATE)])
    await print_article(whole_bot.services, feed, "Rain to end", [Words("Helena Marsh", RAIN)])
    await print_article(whole_bot.services, feed, "Race over", [Words("Elena Marsh", RACE)])


async def posted(whole_bot: WholeBot) -> str:
    """Let everything run that is due, and return what the messages of the channel show."""
    whole_bot.ahead += timedelta(minutes=1)
    await whole_bot.work()
    await whole_bot.work()
    return "\n".join(
        str(embed.get(key)) for one in whole_bot.news.messages for embed in one["embeds"] for key in sorted(embed)
    )


async def changed(whole_bot: WholeBot, command: str, **options: Any) -> Reply:
    return await (await whole_bot.manager.slash(whole_bot.news, f"actors {command}", **options)).done()


async def picked(whole_bot: WholeBot, typed: str, shown: str) -> str:
    """Return the value of the suggestion that is shown as `shown`."""
    typing = await whole_bot.manager.autocomplete(whole_bot.news, "actors merge", focused="actor", actor=typed)
    return str(next(one["value"] for one in typing.choices if one["name"] == shown))


async def names(whole_bot: WholeBot, typed: str) -> set[str]:
    typing = await whole_bot.reader.autocomplete(whole_bot.news, "said", focused="actor", actor=typed)
    return {one["value"] for one in typing.choices}


async def test_two_actors_are_merged_by_what_is_suggested_and_apart_again_after_a_restart(
    whole_bot: WholeBot,
) -> None:
    await printed(whole_bot)
    one, other = await picked(whole_bot, "mar", "Helena Marsh"), await picked(whole_bot, "mar", "Elena Marsh")
    done = await changed(whole_bot, "merge", actor=one, into=other)
    assert "**Helena Marsh** and **Elena Marsh** are one actor now" in done.text
    assert done.ephemeral
    answer = (await said(whole_bot, actor="Elena Marsh")).text
    assert all(words in answer for words in (GATE, RAIN, RACE))
    assert "Helena" not in answer
    assert await names(whole_bot, "mar") == {"Elena Marsh"}
    assert "Merged into **Elena Marsh**" in (await changed(whole_bot, "list")).text
    for refused in (await changed(whole_bot, "merge", actor=one, into=other),):
        assert "There is no such actor here" in refused.text
    await whole_bot.restart()
    undone = await (await whole_bot.manager.click(done, "Undo")).done()
    assert "an actor of its own again" in undone.text
    assert RAIN not in (await said(whole_bot, actor="Elena Marsh")).text
    assert await names(whole_bot, "mar") == {"Elena Marsh", "Helena Marsh"}


async def test_an_actor_who_is_two_people_is_split_by_articles(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    asked = await changed(whole_bot, "split", actor="Elena Marsh", name="Elena Marsh (runner)")
    assert "In which of these articles is **Elena Marsh** somebody else?" in asked.text
    await whole_bot.restart()
    (row,) = asked.message["components"]
    value = next(one["value"] for one in row["components"][0]["options"] if one["label"] == "Race over")
    done = await (await whole_bot.manager.choose(asked, "Choose the articles", [value])).done()
    assert "In 1 article **Elena Marsh** is another actor now" in done.text
    assert RACE not in (await said(whole_bot, actor="Elena Marsh")).text
    assert RACE in (await said(whole_bot, actor="Elena Marsh (runner)")).text
    profile = await (await whole_bot.reader.slash(whole_bot.news, "actor", actor="runner")).done()
    assert "Elena Marsh (runner)" in profile.text
    assert GATE not in profile.text
    assert "nothing to split" in (await changed(whole_bot, "split", actor="Helena Marsh", name="X")).text


async def test_an_actor_is_renamed_hidden_and_both_are_undone_from_the_list(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    assert (
        "is called **Rosa \\*Hale** now"
        in (await changed(whole_bot, "rename", actor="Helena Marsh", name="  Rosa   *Hale ")).text
    )
    assert "Rosa" in (await said(whole_bot, actor="Helena Marsh")).text
    hidden = await changed(whole_bot, "hide", actor="Rosa *Hale")
    assert "Nothing that **Rosa \\*Hale** says is shown" in hidden.text
    assert RAIN not in (await said(whole_bot)).text
    assert "Rosa *Hale" not in await names(whole_bot, "")
    typing = await whole_bot.manager.autocomplete(whole_bot.news, "actors undo", focused="change", change="")
    assert [one["name"] for one in typing.choices] == ["Hidden: Rosa \\*Hale", "Called Rosa \\*Hale"]
    await changed(whole_bot, "undo", change=typing.choices[1]["value"])
    await changed(whole_bot, "undo")
    assert "Helena Marsh" in (await said(whole_bot)).text
    assert "no such change" in (await changed(whole_bot, "undo")).text
    assert "Nothing. Every actor" in (await changed(whole_bot, "list")).text


async def test_posted_messages_follow_a_change_of_an_actor_and_its_undo(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    await a_subscription(
        whole_bot.services.store,
        whole_bot.guild_id,
        channel_id=int(whole_bot.news.id),
        next_at=whole_bot.clock() - timedelta(minutes=1),
    )
    first = await posted(whole_bot)
    assert "Helena Marsh" in first
    assert NOTE not in first
    await changed(whole_bot, "rename", actor="Helena Marsh", name="Rosa Hale")
    renamed = await posted(whole_bot)
    assert "Rosa Hale" in renamed
    assert "Helena Marsh" not in renamed
    assert NOTE in renamed
    await changed(whole_bot, "undo")
    assert await posted(whole_bot) == first
    await changed(whole_bot, "merge", actor="Helena Marsh", into="Elena Marsh")
    merged = await posted(whole_bot)
    assert "Helena Marsh" not in merged
    assert NOTE in merged
    await changed(whole_bot, "undo")
    await changed(whole_bot, "hide", actor="Helena Marsh")
    hidden = await posted(whole_bot)
    assert RAIN not in hidden
    assert GATE in hidden
    assert "1 claim is not shown: this server's managers hid its speaker." in hidden
    assert "withdrawn" not in hidden
    await changed(whole_bot, "undo")
    assert await posted(whole_bot) == first


async def test_wrong_names_and_numbers_and_strangers_change_nothing(whole_bot: WholeBot) -> None:
    await printed(whole_bot)
    for wrong in ("#99", "#-3", "#" + "9" * 17, "#x", "Nobody Known"):
        assert "There is no such actor here" in (await changed(whole_bot, "hide", actor=wrong)).text
    for unusable in ("…", "*"):
        refused = await changed(whole_bot, "rename", actor="Elena Marsh", name=unusable)
        assert "A name has a letter" in refused.text
    assert "one actor already" in (await changed(whole_bot, "merge", actor="Elena Marsh", into="elena marsh")).text
    for wrong in ("x", "99", "9" * 30):
        assert "no such change" in (await changed(whole_bot, "undo", change=wrong)).text
    await changed(whole_bot, "hide", actor="Elena Marsh")
    (change,) = await actor_changes_of(whole_bot.services, whole_bot.guild_id)
    offer = await whole_bot.services.store.offers.add(whole_bot.guild_id, {"announcement": "of something else"})
    with pytest.raises(NotFound):
        await split_offered(whole_bot.services, whole_bot.guild_id, offer, {1}, 1)
    refused = await (await press_forged(whole_bot, f"hearsay:actor-undo:{change.id}")).done()
    assert "Only members with the Manage Server permission" in refused.text
    assert len(await actor_changes_of(whole_bot.services, whole_bot.guild_id)) == 1
    others = int(whole_bot.local.guild("Others").id)
    assert await actor_changes_of(whole_bot.services, others) == []
