"""`/topic`: who said what about something, actor by actor."""

from datetime import timedelta
from typing import Any

import pytest

from bot.model.claims import Wording
from preview.discord import Reply
from preview.discord.errors import CommandHidden
from tests.e2e.controls import choose_evidence
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot

SPEAKERS = ("Elena Marsh", "Piotr Zielinski", "Ada Quist", "Jens Lindmark")


async def topic(whole_bot: WholeBot, words: str = "dam", **options: Any) -> Reply:
    return await (await whole_bot.reader.slash(whole_bot.news, "topic", topic=words, **options)).done()


async def print_news(whole_bot: WholeBot) -> None:
    """Three reports, the newest first, in each of which the four speak of the dam in the same order."""
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    for number in range(3):
        words = [Words(name, f"The dam at section {number} worries {name.split()[0]}") for name in SPEAKERS]
        words.append(Words("Rosa Thorne", f"The harvest of year {number} was good", Wording.PARAPHRASED))
        age = timedelta(hours=1 + number * 20)
        await print_article(whole_bot.services, feed, f"Report number {number}", words, age=age)


async def test_whoever_spoke_on_it_is_shown_once_with_two_claims_and_how_many_more(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await topic(whole_bot)
    assert reply.ephemeral
    told = reply.embeds[0]["description"]
    assert told.startswith("Who said what about “dam”:")
    assert told.count("**Elena Marsh**") == 1
    assert told.index("section 0 worries Elena") < told.index("section 1 worries Elena")
    assert "section 2 worries Elena" not in told
    assert told.count("and 1 more") == 3
    assert "Example Times" in told
    assert "Rosa Thorne" not in told
    assert reply.embeds[0]["footer"]["text"] == "Page 1 of 2 · 4 actors"


async def test_pages_evidence_and_sharing_work_after_a_restart(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await topic(whole_bot)
    first = reply.text
    await whole_bot.restart()
    evidence = await (await choose_evidence(whole_bot.reader, reply, 2)).done()
    assert evidence.ephemeral
    assert "The weather stayed fine" in evidence.text
    turned = await (await whole_bot.reader.click(reply, "Next ▶")).done()
    assert "Page 2 of 2" in turned.text
    assert not any(f"**{name}**" in first and f"**{name}**" in turned.text for name in SPEAKERS)
    shared = await (await whole_bot.reader.click(turned, "Share")).followup()
    assert shared["mentions"] == []
    assert "Page 2 of 2" in str(shared["embeds"])
    private = await (await whole_bot.manager.click(shared, "◀ Previous")).done()
    assert private.ephemeral
    assert private.text.startswith("Who said what")
    assert "Page 1 of 2" in private.text


async def test_the_same_words_of_one_actor_are_shown_once_and_unknown_speakers_last(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    await print_article(whole_bot.services, feed, "Newest", [Words(None, "The dam is cracked, engineers fear")])
    for number in range(2):
        words = [Words("Elena Marsh", "The dam will hold" + "." * number)]
        await print_article(whole_bot.services, feed, f"Day {number}", words, age=timedelta(hours=9 + number))
    told = (await topic(whole_bot)).embeds[0]["description"]
    assert told.count("The dam will hold") == 1
    assert "more" not in told
    assert told.index("**Elena Marsh**") < told.index("*Unknown speaker*")


async def test_who_comes_first_is_whoever_spoke_last_or_most_to_the_point(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    words = [Words("Ada Quist", "The dam will hold")], [Words("Dam Builder", "Nothing to add here")]
    await print_article(whole_bot.services, feed, "First", words[0], age=timedelta(hours=9))
    await print_article(whole_bot.services, feed, "Second", words[1], age=timedelta(hours=1))
    newest, best = (await topic(whole_bot)).text, (await topic(whole_bot, sort="most relevant first")).text
    assert newest.index("Dam Builder") < newest.index("Ada Quist")
    assert best.index("Ada Quist") < best.index("Dam Builder")


async def test_time_and_outlet_narrow_the_answer_and_typing_errors_are_forgiven(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    other = await feed_in(whole_bot.services, whole_bot.guild_id, "Morning Herald")
    await print_article(whole_bot.services, other, "Elsewhere", [Words("Nils Berg", "The dam is fine")])
    typing = await whole_bot.reader.autocomplete(whole_bot.news, "topic", focused="outlet", outlet="heral")
    assert typing.choices == [{"name": "Morning Herald", "value": "Morning Herald"}]
    reply = await topic(whole_bot, outlet="Mornign Herald")
    assert "about “dam” in Morning Herald:" in reply.text
    assert "1 actor" in reply.text
    assert "Elena Marsh" not in reply.text
    days = await whole_bot.reader.autocomplete(whole_bot.news, "topic", focused="since", since="this w")
    assert [choice["value"] for choice in days.choices] == ["this week"]
    assert "section 1" not in (await topic(whole_bot, since="10 hours")).text
    nobody = await topic(whole_bot, "volcano", since="10 hours")
    assert "Nobody was found who said something about “volcano”" in nobody.text
    assert "Leave out an option" in nobody.text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"words": "?!"}, "no word in this topic"),
        ({"since": "whenever"}, "I do not understand “whenever” as a date"),
        ({"since": "today", "until": "yesterday"}, "`until` is before `since`"),
        ({"outlet": "Nowhere Gazette"}, "No outlet that this server reads is called “Nowhere Gazette”."),
    ],
)
async def test_what_is_not_understood_is_answered_in_a_sentence(
    whole_bot: WholeBot, options: dict[str, Any], told: str
) -> None:
    await feed_in(whole_bot.services, whole_bot.guild_id)
    assert told in (await topic(whole_bot, **options)).text


@pytest.mark.parametrize("typed", ['" OR actor:* NEAR(', "@everyone **bold**", "'; DROP TABLE claims--"])
async def test_whatever_is_typed_finds_nobody_and_pings_nobody(whole_bot: WholeBot, typed: str) -> None:
    await print_news(whole_bot)
    reply = await topic(whole_bot, typed)
    assert "Nobody was found" in reply.text
    assert "@everyone" not in reply.text


async def test_a_server_sees_only_what_its_own_feeds_brought(whole_bot: WholeBot) -> None:
    others = int(whole_bot.local.guild("Others").id)
    feed = await feed_in(whole_bot.services, others, "Secret Gazette")
    await print_article(whole_bot.services, feed, "Hidden", [Words("Hidden Actor", "The dam is a secret")])
    assert "/feed add" in (await topic(whole_bot)).text
    await feed_in(whole_bot.services, whole_bot.guild_id)
    assert "Nobody was found" in (await topic(whole_bot)).text


async def test_it_is_not_offered_in_direct_messages(whole_bot: WholeBot) -> None:
    with pytest.raises(CommandHidden):
        await whole_bot.reader.slash(whole_bot.reader.dm, "topic", topic="dam")
