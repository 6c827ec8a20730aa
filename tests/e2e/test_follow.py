"""`/follow` and `/following`: letters at once and daily, in direct messages and channels, and what stops them."""

from datetime import timedelta
from typing import Any

import pytest

from bot.services.letters import write_letter
from preview.discord import CommandHidden, Person, Reply, text_of
from tests.e2e.controls import choose_evidence, choose_evidence_of
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot

DAM = "The dam will hold until spring"


async def follow(whole_bot: WholeBot, command: str, person: Person | None = None, **options: Any) -> Reply:
    person = person or whole_bot.reader
    return await (await person.slash(whole_bot.news, f"follow {command}", **options)).done()


async def following(whole_bot: WholeBot, command: str = "list", **options: Any) -> Reply:
    reader = whole_bot.reader
    return await (await reader.slash(reader.dm, f"following {command}", **options)).done()


async def print_dam(whole_bot: WholeBot, title: str = "Dam under watch", content: str = DAM) -> int:
    feed = await _the_feed(whole_bot)
    return await print_article(whole_bot.services, feed, title, [Words("Elena Marsh", content, role="mayor")])


async def _the_feed(whole_bot: WholeBot) -> Any:
    known = await whole_bot.services.store.guilds.feeds_of(whole_bot.guild_id)
    return known[0] if known else await feed_in(whole_bot.services, whole_bot.guild_id)


async def test_what_somebody_follows_comes_once_by_direct_message_with_evidence_and_changes(
    whole_bot: WholeBot,
) -> None:
    reader = whole_bot.reader
    await print_dam(whole_bot, "Before", "I was here before")
    made = await follow(whole_bot, "actor", actor="elena marsh", when="at once")
    assert made.ephemeral
    assert "**Elena Marsh** (actor) is followed: at once, in direct messages." in made.text
    assert "followed there already" in (await follow(whole_bot, "actor", actor="Elena Marsh")).text
    await follow(whole_bot, "topic", topic="dam")
    await whole_bot.work()
    assert reader.dm.messages == [], "what was known before is not told"

    await print_dam(whole_bot)
    await whole_bot.restart()
    await whole_bot.work()
    (letter,) = reader.dm.messages
    assert "You follow Elena Marsh and dam." in text_of(letter)
    assert text_of(letter).count(DAM) == 1
    assert "I was here before" not in text_of(letter)
    await whole_bot.work()
    whole_bot.ahead = timedelta(hours=1)
    await whole_bot.work()
    assert len(reader.dm.messages) == 1, "nothing is told twice"

    await whole_bot.restart()
    evidence = await (await choose_evidence(reader, letter, 1)).done()
    assert DAM in evidence.text
    assert "The weather stayed fine" in evidence.text
    held = await (await reader.slash(reader.dm, "privacy show")).done()
    assert "You followed: actor Elena Marsh" in held.text
    assert "You were sent a letter: letter 1" in held.text
    listed = await (await reader.click(letter, "What I follow")).done()
    assert "2 things followed" in listed.text
    stopped = await (await reader.click(made, "Stop following")).done()
    assert "is not followed any more" in stopped.text
    back = await (await reader.click(stopped, "Undo")).done()
    daily = await (await reader.click(back, "In a daily letter")).done()
    assert "in a daily letter at" in daily.text


async def test_a_daily_letter_comes_at_its_time_in_the_persons_zone(whole_bot: WholeBot) -> None:
    reader = whole_bot.reader
    hour = f"{(whole_bot.clock() + timedelta(hours=3)):%H}:00"
    made = await follow(whole_bot, "topic", topic="dam", at=hour, timezone="UTC")
    assert "(UTC), in direct messages" in made.text
    await print_dam(whole_bot)
    await whole_bot.work()
    assert reader.dm.messages == []
    whole_bot.ahead = timedelta(hours=3, minutes=1)
    await whole_bot.work()
    (letter,) = reader.dm.messages
    assert "Your letter: " in text_of(letter)
    assert DAM in text_of(letter)


async def test_a_channel_is_told_by_its_managers_and_its_digest_does_not_repeat_it(whole_bot: WholeBot) -> None:
    await print_dam(whole_bot, "Before the dam", "I was here before the dam")
    refused = await follow(whole_bot, "outlet", outlet="Example Times", channel=whole_bot.news)
    assert "Only members with the Manage Server permission" in refused.text
    made = await follow(
        whole_bot, "outlet", whole_bot.manager, outlet="exampel times", channel=whole_bot.news, when="at once"
    )
    assert f"at once, in <#{whole_bot.news.id}>" in made.text
    await print_dam(whole_bot)
    await whole_bot.work()
    (letter,) = whole_bot.news.messages
    assert "This channel follows Example Times." in text_of(letter)
    await (await whole_bot.manager.slash(whole_bot.news, "digest subscribe")).done()
    await whole_bot.work()
    digest = whole_bot.news.messages[-1]
    assert "I was here before" in text_of(digest)
    assert DAM not in text_of(digest)
    evidence = await (await choose_evidence(whole_bot.reader, letter, 1)).done()
    assert evidence.ephemeral
    assert (await whole_bot.reader.click(evidence, "Wrong?")).modal["title"]
    assert "You follow nothing yet" in (await following(whole_bot)).text


async def test_closed_messages_pause_it_and_the_person_is_told_once_at_the_next_command(
    whole_bot: WholeBot,
) -> None:
    reader = whole_bot.reader
    await print_dam(whole_bot, "Before", "I was here before")
    await follow(whole_bot, "actor", actor="Elena Marsh", when="at once")
    reader.close_direct_messages()
    await print_dam(whole_bot)
    await whole_bot.work()
    assert reader.dm.messages == []
    asked = await (await reader.slash(whole_bot.news, "about")).done()
    told = await asked.followup()
    assert "You are no longer told of Elena Marsh. You take no direct messages from Hearsay." in told["content"]
    again = await (await reader.slash(whole_bot.news, "about")).done()
    assert "Paused: You take no direct messages" in (await following(whole_bot)).text
    assert again.followups == []
    reader.close_direct_messages(closed=False)
    await (await reader.slash(whole_bot.news, "following resume", follow=await picked(whole_bot))).done()
    await whole_bot.work()
    assert DAM in text_of(reader.dm.messages[-1]), "what could not be told then is told now"


async def picked(whole_bot: WholeBot, typed: str = "") -> str:
    """Return the first of what the reader is offered to pick."""
    offered = await whole_bot.reader.autocomplete(
        whole_bot.reader.dm, "following mute", focused="follow", follow=typed
    )
    return str(offered.choices[0]["value"])


async def test_mutes_removals_and_wrong_input_are_told_in_words(whole_bot: WholeBot) -> None:
    reader = whole_bot.reader
    await print_dam(whole_bot, "Before", "I was here before")
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("actor", {"actor": "?!"}, "no word in this name"),
        ("topic", {"topic": "the of"}, "no word in this topic"),
        ("outlet", {"outlet": "Nowhere Gazette"}, "No outlet that this server reads"),
        ("story", {"story": "nonsense"}, "Pick a story"),
        ("story", {"story": "999"}, "no such story"),
        ("actor", {"actor": "Elena Marsh", "at": "25:00"}, "not a time of day"),
        ("actor", {"actor": "Elena Marsh", "when": "at once", "at": "08:00"}, "has no time of day"),
        ("actor", {"actor": "Elena Marsh", "timezone": "Atlantis"}, "not a time zone"),
    ]
    for command, options, told in wrong:
        assert told in (await follow(whole_bot, command, **options)).text
    await follow(whole_bot, "actor", actor="Elena Marsh", when="at once")
    chosen = await picked(whole_bot, "marsh")
    assert "is past" in (await following(whole_bot, "mute", follow=chosen, until="yesterday")).text
    reader.user.locale = "de"
    typing = await reader.autocomplete(whole_bot.news, "following mute", focused="until", until="morgen")
    assert [choice["name"].partition(":")[0] for choice in typing.choices] == ["morgen"]
    assert typing.choices[0]["value"] == "tomorrow"
    reader.user.locale = "en-GB"
    assert "from the list" in (await following(whole_bot, "mute", follow="Elena")).text
    assert (
        "not yours"
        in (await (await whole_bot.manager.slash(whole_bot.news, "following remove", follow=chosen)).done()).text
    )
    assert "Muted until <t:" in (await following(whole_bot, "mute", follow=chosen, until="3 days")).text
    await print_dam(whole_bot)
    await whole_bot.work()
    assert reader.dm.messages == []
    await following(whole_bot, "resume", follow=chosen)
    await whole_bot.work()
    assert reader.dm.messages == [], "what came while it was muted is never told"
    assert "You paused it." in (await following(whole_bot, "mute", follow=chosen)).text
    removed = await following(whole_bot, "remove", follow=chosen)
    assert "not followed any more" in removed.text
    assert "not followed any more" in (await following(whole_bot, "resume", follow=chosen)).text
    assert "is followed" in (await (await reader.click(removed, "Undo")).done()).text
    with pytest.raises(CommandHidden):
        await reader.slash(reader.dm, "follow actor", actor="Elena Marsh")


@pytest.mark.parametrize("command", ["remove", "mute"])
async def test_a_letter_that_waits_tells_nothing_of_what_is_not_followed_any_more(
    whole_bot: WholeBot, command: str
) -> None:
    services = whole_bot.services
    await print_dam(whole_bot, "Before", "I was here before")
    await follow(whole_bot, "actor", actor="Elena Marsh", when="at once")
    await follow(whole_bot, "topic", topic="bridge", when="at once")
    await whole_bot.work()
    await print_dam(whole_bot)
    bridge = [Words("Nils Berg", "The bridge opens in May")]
    await print_article(services, await _the_feed(whole_bot), "A bridge opens", bridge)
    (first, _second) = await services.store.follows.of_person(int(whole_bot.reader.user.id))
    assert await write_letter(services, first)
    await following(whole_bot, command, follow=await picked(whole_bot, "Marsh"))
    await whole_bot.work()
    (letter,) = whole_bot.reader.dm.messages
    assert "The bridge opens in May" in text_of(letter)
    assert DAM not in text_of(letter)


async def test_a_letter_that_may_have_been_posted_is_not_tried_again_once_its_follow_is_removed(
    whole_bot: WholeBot,
) -> None:
    store, clock = whole_bot.services.store, whole_bot.clock
    await print_dam(whole_bot, "Before", "I was here before")
    await follow(whole_bot, "actor", actor="Elena Marsh", when="at once")
    await whole_bot.work()
    await print_dam(whole_bot)
    (known,) = await store.follows.of_person(int(whole_bot.reader.user.id))
    assert await write_letter(whole_bot.services, known)
    (letter,) = await store.letters.due(clock(), 5)
    await store.letters.attempt(letter.delivery.id, clock())
    await following(whole_bot, "remove", follow=await picked(whole_bot))
    await whole_bot.work()
    assert whole_bot.reader.dm.messages == []
    assert await store.letters.due(clock() + timedelta(days=1), 5) == []


async def test_it_ends_when_the_person_leaves_or_the_bot_is_removed_and_stays_within_the_server(
    whole_bot: WholeBot,
) -> None:
    reader, others = whole_bot.reader, whole_bot.local.guild("Others")
    await print_dam(whole_bot, "Before", "I was here before")
    await follow(whole_bot, "actor", actor="Elena Marsh", when="at once")
    secret = await feed_in(whole_bot.services, int(others.id), "Secret Gazette")
    await print_article(whole_bot.services, secret, "Hidden", [Words("Elena Marsh", "I am a spy")])
    await whole_bot.work()
    assert reader.dm.messages == [], "articles of another server are not for this one"

    guild = whole_bot.local.guild()
    reader.leave(guild)
    await print_dam(whole_bot)
    await whole_bot.work()
    assert reader.dm.messages == []
    assert "You are no longer in the server" in (await following(whole_bot)).text
    whole_bot.local.remove_bot(others)
    assert (await whole_bot.work())["follow"] == 0


async def test_follow_buttons_are_under_answers_evidence_stories_and_digests(whole_bot: WholeBot) -> None:
    reader, news = whole_bot.reader, whole_bot.news
    await print_dam(whole_bot)
    await (await whole_bot.manager.slash(news, "digest subscribe")).done()
    await whole_bot.work()
    digest = news.messages[-1]
    answer = await (await reader.slash(news, "said", topic="dam")).done()
    story = (await reader.autocomplete(news, "story", focused="story", story="dam")).choices[0]["value"]
    told = await (await reader.slash(news, "story", story=story)).done()
    await whole_bot.restart()

    assert "**dam** (topic) is followed" in (await (await reader.click(answer, "Follow")).done()).text
    evidence = await (await choose_evidence(reader, answer, 1)).done()
    assert "**Elena Marsh** (actor) is followed" in (await (await reader.click(evidence, "Follow")).done()).text
    assert "**Dam under watch** (story) is followed" in (await (await reader.click(told, "Follow")).done()).text
    offered = await (await whole_bot.manager.click(digest, "Follow …")).done()
    assert offered.ephemeral
    chosen = await (await whole_bot.manager.choose(offered, "Choose a story or an actor", ["Elena Marsh"])).done()
    assert "**Elena Marsh** (actor) is followed: in a daily letter at 08:00" in chosen.text
    latest = await (await reader.slash(news, "said")).done()
    assert "Follow" not in [b.get("label") for row in latest.message["components"] for b in row["components"]]
    assert await choose_evidence_of(reader, latest, "1 · Elena Marsh")
