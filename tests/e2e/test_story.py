"""`/story` and `/stories`: how a story is told, and how managers put right what is one story."""

from datetime import timedelta
from typing import Any

import pytest

from bot.errors import NotFound
from bot.model.queries import ClaimQuery
from bot.services.wordings import wordings_of_claim
from preview.discord import Reply
from tests.e2e.controls import choose_evidence
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot

DAM = [Words("Elena Marsh", "The dam of Dunmore will hold until spring")]
NIGHT = [Words("Elena Marsh", "The dam of Dunmore held in the night")]
BANK = [Words("Ana Ruiz", "Rates will stay at nine percent")]


async def asked(whole_bot: WholeBot, command: str, **options: Any) -> Reply:
    return await (await whole_bot.manager.slash(whole_bot.news, command, **options)).done()


async def news(whole_bot: WholeBot) -> dict[str, str]:
    """Print three articles, and return the stories of two, and an article, as they are picked."""
    times = await feed_in(whole_bot.services, whole_bot.guild_id)
    echo = await feed_in(whole_bot.services, whole_bot.guild_id, "Dunmore Echo")
    day = timedelta(days=1)
    await print_article(whole_bot.services, times, "Dam of Dunmore under watch, says Marsh", DAM, age=day)
    held = await print_article(whole_bot.services, echo, "Dunmore dam held in the night, says Marsh", NIGHT)
    await print_article(whole_bot.services, times, "Central bank holds rates", BANK)
    await whole_bot.work()
    dam, bank = [
        (await whole_bot.manager.autocomplete(whole_bot.news, "story", focused="story", story=typed)).choices[0]
        for typed in ("dam", "bank")
    ]
    return {"dam": dam["value"], "bank": bank["value"], "held": str(held)}


async def test_a_story_is_told_with_its_sources_and_days(whole_bot: WholeBot) -> None:
    picked = await news(whole_bot)
    reply = await asked(whole_bot, "story", story=picked["dam"])
    assert reply.ephemeral
    assert "2 outlets, 2 origins" in reply.text
    assert "Dam of Dunmore under watch" in reply.text
    assert "Dunmore dam held in the night" in reply.text


async def test_an_article_is_split_off_and_comes_back(whole_bot: WholeBot) -> None:
    picked = await news(whole_bot)
    offered = await whole_bot.manager.autocomplete(
        whole_bot.news, "stories split", focused="article", story=picked["dam"], article="night"
    )
    assert [choice["value"] for choice in offered.choices] == [picked["held"]]
    reply = await asked(whole_bot, "stories split", story=picked["dam"], article=picked["held"])
    assert reply.ephemeral
    assert "a story of its own now" in reply.text
    assert "held in the night" not in (await asked(whole_bot, "story", story=picked["dam"])).text
    assert "split are one again" in (await asked(whole_bot, "stories undo")).text
    assert "held in the night" in (await asked(whole_bot, "story", story=picked["dam"])).text
    assert "no change of a story to undo" in (await asked(whole_bot, "stories undo")).text


async def test_two_stories_are_made_one(whole_bot: WholeBot) -> None:
    picked = await news(whole_bot)
    reply = await asked(whole_bot, "stories merge", story=picked["bank"], into=picked["dam"])
    assert "These are one story now" in reply.text
    merged = (await asked(whole_bot, "story", story=picked["bank"])).text
    assert "Dunmore dam held in the night" in merged
    assert merged.count("https://example-times.example") == 2
    again = await asked(whole_bot, "stories merge", story=picked["dam"], into=picked["dam"])
    assert "one story already" in again.text


async def test_what_was_shown_stays_shown_after_a_split(whole_bot: WholeBot) -> None:
    picked = await news(whole_bot)
    await asked(whole_bot, "digest subscribe", cadence="hourly")
    await asked(whole_bot, "digest now")
    await whole_bot.work()
    await whole_bot.local.wait_for_message(whole_bot.news, matching="Dunmore")
    await asked(whole_bot, "stories split", story=picked["dam"], article=picked["held"])
    assert "Nothing is new" in (await asked(whole_bot, "digest now")).text


async def test_typed_words_and_foreign_numbers_are_refused(whole_bot: WholeBot) -> None:
    picked = await news(whole_bot)
    assert "Pick a story" in (await asked(whole_bot, "story", story="the dam")).text
    assert "There is no such story" in (await asked(whole_bot, "story", story="999999")).text
    nothing = await asked(whole_bot, "stories split", story=picked["bank"], article=picked["held"])
    assert "no such articles" in nothing.text


async def test_disputes_show_both_sides_and_differing_figures(whole_bot: WholeBot) -> None:
    times = await feed_in(whole_bot.services, whole_bot.guild_id)
    echo = await feed_in(whole_bot.services, whole_bot.guild_id, "Dunmore Echo")
    first = [
        Words("Elena Marsh", "14 people were killed when the dam of Dunmore burst"),
        Words("Elena Marsh", "The company had known about the cracks at Dunmore since March"),
    ]
    second = [
        Words("Piotr Zielinski", "11 people were killed when the dam of Dunmore burst"),
        Words("Piotr Zielinski", "It is not true that the company had known about the cracks at Dunmore"),
    ]
    await print_article(whole_bot.services, times, "Dam of Dunmore burst, says Marsh", first)
    await print_article(whole_bot.services, echo, "Dunmore dam burst, Zielinski says", second)
    await whole_bot.work()
    picked = (
        await whole_bot.manager.autocomplete(whole_bot.news, "disputes", focused="story", story="dam")
    ).choices
    reply = await asked(whole_bot, "disputes", story=picked[0]["value"])
    assert reply.ephemeral
    assert "Differing figures" in reply.text
    assert "11 dead" in reply.text
    assert "14 dead" in reply.text
    await print_article(whole_bot.services, times, "Central bank holds rates", BANK)
    await whole_bot.work()
    bank = (
        await whole_bot.manager.autocomplete(whole_bot.news, "disputes", focused="story", story="bank")
    ).choices
    assert "do not contradict" in (await asked(whole_bot, "disputes", story=bank[0]["value"])).text


async def test_the_wordings_of_a_claim_are_shown_by_outlet(whole_bot: WholeBot) -> None:
    times = await feed_in(whole_bot.services, whole_bot.guild_id)
    echo = await feed_in(whole_bot.services, whole_bot.guild_id, "Dunmore Echo")
    whole = "We looked at the walls of the dam and it will hold until spring"
    await print_article(
        whole_bot.services, times, "Dam of Dunmore will hold, says Marsh", [Words("Elena Marsh", whole)]
    )
    cut = [Words("Elena Marsh", "it will hold until spring")]
    await print_article(whole_bot.services, echo, "Dunmore dam will hold, says Elena Marsh", cut)
    await whole_bot.work()
    claims = (await whole_bot.services.store.claims.search(ClaimQuery(whole_bot.guild_id), limit=9)).claims
    shown = await wordings_of_claim(whole_bot.services, whole_bot.guild_id, claims[0].id)
    assert [other.cuts_quotation for other in shown.others] == [True]
    with pytest.raises(NotFound):
        await wordings_of_claim(whole_bot.services, whole_bot.guild_id + 1, claims[0].id)
    answer = await asked(whole_bot, "said", actor="Elena Marsh")
    evidence = await (await choose_evidence(whole_bot.manager, answer, 1)).done()
    pressed = await (await whole_bot.manager.click(evidence, "Wording by outlet")).done()
    assert pressed.ephemeral
    assert "cuts the quotation" in pressed.text
