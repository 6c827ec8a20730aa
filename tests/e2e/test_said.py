"""`/said`: who said what, page by page, with the evidence."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import discord
import pytest

from bot.delivery.sender import view_of
from bot.model.claims import Wording
from bot.model.queries import ClaimQuery
from bot.services.server_settings import choose_timezone
from preview.discord import Reply
from preview.discord.errors import CommandHidden
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot


async def printed_twelve(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    for number in range(6):
        words = [
            Words("Elena Marsh", f"The dam at section {number} will hold until spring"),
            Words("Piotr Zielinski", f"Nobody asked the miners of pit {number}", Wording.PARAPHRASED),
        ]
        age = timedelta(hours=number * 20)
        await print_article(whole_bot.services, feed, f"Report number {number}", words, age=age)


async def said(whole_bot: WholeBot, **options: Any) -> Reply:
    return await (await whole_bot.reader.slash(whole_bot.news, "said", **options)).done()


def forged(custom_id: str) -> discord.ui.View:
    button = {"type": 2, "style": 2, "label": "Forged", "custom_id": custom_id, "disabled": False}
    return view_of([{"type": 1, "components": [button]}])


async def press_forged(whole_bot: WholeBot, custom_id: str) -> Reply:
    """Press a button that the bot would not have made."""
    channel = whole_bot.bot.get_channel(int(whole_bot.news.id))
    assert isinstance(channel, discord.TextChannel)
    await channel.send("Forged", view=forged(custom_id))
    message = whole_bot.news.messages[-1]
    return await (await whole_bot.reader.click(message, custom_id)).done()


async def test_without_options_the_latest_claims_are_shown_to_the_channel(whole_bot: WholeBot) -> None:
    await printed_twelve(whole_bot)
    reply = await said(whole_bot)
    assert not reply.ephemeral
    assert "section 0 will hold" in reply.text
    assert "12 claims" in reply.text
    assert "Example Times" in reply.text


async def test_an_actor_is_completed_from_a_part_of_the_name_and_asked_for(whole_bot: WholeBot) -> None:
    await printed_twelve(whole_bot)
    typing = await whole_bot.reader.autocomplete(whole_bot.news, "said", focused="actor", actor="ziel")
    assert typing.choices == [{"name": "Piotr Zielinski", "value": "Piotr Zielinski"}]
    reply = await said(whole_bot, actor=typing.choices[0]["value"])
    assert "6 claims" in reply.text
    assert "Elena Marsh" not in reply.text


async def test_topic_and_time_narrow_the_answer(whole_bot: WholeBot) -> None:
    await printed_twelve(whole_bot)
    assert "6 claims" in (await said(whole_bot, topic="dam")).text
    assert "2 claims" in (await said(whole_bot, actor="Elena Marsh", since="30 hours")).text
    assert "No claims" in (await said(whole_bot, topic="volcano")).text


async def test_moments_are_suggested_and_what_is_typed_is_shown_as_understood(whole_bot: WholeBot) -> None:
    async def offered(typed: str) -> list[str]:
        reply = await whole_bot.reader.autocomplete(whole_bot.news, "said", focused="since", since=typed)
        return [choice["value"] for choice in reply.choices]

    assert {"today", "yesterday", "24 hours", "3 days", "this week", "this month"} <= {*await offered("")}
    assert await offered("this w") == ["this week"]
    assert "5 days" in await offered("5 days")
    assert await offered("whenever") == []


async def test_pages_are_turned_in_place_by_anybody(whole_bot: WholeBot) -> None:
    await printed_twelve(whole_bot)
    first = await said(whole_bot)
    before = first.text
    turned = await (await whole_bot.manager.click(first, "Next")).done()
    assert turned.message["id"] == first.message["id"]
    assert "Page 2 of 3" in turned.text
    last = await (await whole_bot.reader.click(turned, "Next")).done()
    assert "Page 3 of 3" in last.text
    await (await whole_bot.reader.click(last, "Previous")).done()
    back = await (await whole_bot.reader.click(last, "Previous")).done()
    assert back.text == before
    assert len(whole_bot.news.messages) == 1


async def test_evidence_is_shown_to_whoever_asks_alone_with_the_sentence_in_its_context(
    whole_bot: WholeBot,
) -> None:
    await printed_twelve(whole_bot)
    answer = await said(whole_bot, actor="Elena Marsh")
    evidence = await (await whole_bot.manager.click(answer, "Evidence 1")).done()
    assert evidence.ephemeral
    assert "The dam at section 0 will hold until spring" in evidence.text
    assert "The weather stayed fine" in evidence.text
    assert "Report number 0" in evidence.text


async def test_days_are_those_of_the_server(whole_bot: WholeBot) -> None:
    await printed_twelve(whole_bot)
    zone = "Pacific/Kiritimati"  # 14 hours ahead of UTC, so its day begins first
    await choose_timezone(whole_bot.services, whole_bot.guild_id, zone)
    there = whole_bot.clock().astimezone(ZoneInfo(zone))
    reply = await said(whole_bot, since=f"{there:%Y-%m-%d}")
    assert "is in the future" not in reply.text
    typing = await whole_bot.reader.autocomplete(
        whole_bot.news, "said", focused="since", since=f"{there:%Y-%m-%d}"
    )
    assert f"{there:%d %B %Y}" in typing.choices[0]["name"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"since": "whenever"}, "I do not understand since “whenever”"),
        ({"since": "2999-01-01"}, "is in the future"),
        ({"confidence": 100}, "Nothing would be shown: no claim is 100% sure"),
    ],
)
async def test_what_is_not_understood_is_answered_in_a_sentence(
    whole_bot: WholeBot, options: dict[str, Any], told: str
) -> None:
    await feed_in(whole_bot.services, whole_bot.guild_id)
    assert told in (await said(whole_bot, **options)).text


@pytest.mark.parametrize(
    "typed",
    ['" OR actor:* NEAR(', "@everyone **bold** [x](https://evil.example)", "%_\\", "'; DROP TABLE claims--"],
)
async def test_whatever_is_typed_finds_nothing_and_breaks_nothing(whole_bot: WholeBot, typed: str) -> None:
    await printed_twelve(whole_bot)
    for options in ({"actor": typed}, {"topic": typed}):
        reply = await said(whole_bot, **options)
        assert "No claims" in reply.text
        assert "@everyone" not in reply.text
        typing = await whole_bot.reader.autocomplete(whole_bot.news, "said", focused="actor", actor=typed)
        assert typing.choices == []
    assert "12 claims" in (await said(whole_bot)).text


async def test_a_server_without_feeds_is_told_how_to_begin(whole_bot: WholeBot) -> None:
    assert "/feed add" in (await said(whole_bot)).text


async def test_the_question_is_not_offered_where_it_could_not_be_answered(whole_bot: WholeBot) -> None:
    for command, options in (("said", {}), ("why", {"url": "https://times.example/1"})):
        with pytest.raises(CommandHidden):
            await whole_bot.reader.slash(whole_bot.reader.dm, command, **options)


async def test_a_server_sees_only_what_its_own_feeds_brought_even_by_forged_buttons(whole_bot: WholeBot) -> None:
    services = whole_bot.services
    others = int(whole_bot.local.guild("Others").id)
    feed = await feed_in(services, others, "Secret Gazette")
    await print_article(services, feed, "Hidden", [Words("Hidden Actor", "Nobody here may read this")])
    await feed_in(services, whole_bot.guild_id)
    claim = (await services.store.claims.search(_everything(), limit=1, offset=0)).claims[0]
    query_id = await services.store.queries.add(others, 1, _everything(others))

    assert "No claims" in (await said(whole_bot)).text
    typing = await whole_bot.reader.autocomplete(whole_bot.news, "said", focused="actor", actor="hid")
    assert typing.choices == []
    for custom_id in (f"hearsay:evidence:{claim.id}", f"hearsay:said:{query_id}:0:next"):
        reply = await press_forged(whole_bot, custom_id)
        told = [reply.text if reply.has_message else "", *(str(f["content"]) for f in reply.followups)]
        assert "Nobody here" not in "".join(told)
        assert "This claim is gone" in "".join(told) or "too old" in "".join(told)


async def test_an_answer_that_is_kept_no_longer_says_so_when_its_pages_are_turned(whole_bot: WholeBot) -> None:
    await printed_twelve(whole_bot)
    answer = await said(whole_bot)
    before = answer.text
    await whole_bot.services.store.guilds.forget(whole_bot.guild_id)
    reply = await whole_bot.reader.click(answer, "Next")
    assert "too old" in (await reply.followup())["content"]
    assert answer.text == before


@pytest.mark.parametrize("custom_id", ["hearsay:evidence:999999999999999999", "hearsay:said:1:999999:next"])
async def test_ids_of_nothing_are_answered_in_a_sentence(whole_bot: WholeBot, custom_id: str) -> None:
    reply = await press_forged(whole_bot, custom_id)
    told = reply.followups[0]["content"] if reply.followups else reply.text
    assert "This claim is gone" in told or "too old" in told


async def test_a_page_beyond_the_last_is_the_last(whole_bot: WholeBot) -> None:
    await printed_twelve(whole_bot)
    query_id = await whole_bot.services.store.queries.add(whole_bot.guild_id, 1, _everything(whole_bot.guild_id))
    reply = await press_forged(whole_bot, f"hearsay:said:{query_id}:999:next")
    assert "Page 3 of 3" in reply.text


def _everything(guild_id: int | None = None) -> ClaimQuery:
    return ClaimQuery(guild_id=guild_id)
