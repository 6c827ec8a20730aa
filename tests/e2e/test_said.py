"""`/said`: who said what, page by page, with the evidence."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import discord
import pytest

from bot.delivery.views import rows_of
from bot.model.claims import Wording
from bot.model.queries import ClaimQuery
from bot.services.server_settings import choose_timezone
from preview.discord import Reply
from preview.discord.errors import CommandHidden
from tests.e2e.controls import choose_evidence
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
    return rows_of([{"type": 1, "components": [button]}])


async def press_forged(whole_bot: WholeBot, custom_id: str) -> Reply:
    """Press a button that the bot would not have made."""
    channel = whole_bot.bot.get_channel(int(whole_bot.news.id))
    assert isinstance(channel, discord.TextChannel)
    await channel.send("Forged", view=forged(custom_id))
    message = whole_bot.news.messages[-1]
    return await (await whole_bot.reader.click(message, custom_id)).done()


async def test_without_options_the_latest_claims_are_shown_to_whoever_asks(whole_bot: WholeBot) -> None:
    await printed_twelve(whole_bot)
    reply = await said(whole_bot)
    assert reply.ephemeral
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
    async def offered(typed: str, option: str = "since") -> list[dict[str, str]]:
        reply = await whole_bot.reader.autocomplete(whole_bot.news, "said", focused=option, **{option: typed})
        return reply.choices

    for option in ("since", "until"):
        values = {choice["value"] for choice in await offered("", option)}
        assert {"today", "yesterday", "24 hours", "3 days", "this week", "this month"} <= values
    assert [choice["value"] for choice in await offered("this w")] == ["this week"]
    assert "1 July 2025: Tue, 1 Jul 2025" in [choice["name"] for choice in await offered("1 July 2025")]
    assert await offered("whenever") == []


async def test_numeric_dates_are_read_in_the_order_of_the_readers_language(whole_bot: WholeBot) -> None:
    for locale, shown in (("en-US", "Fri, Mar 7, 2025"), ("de", "Do., 3. Juli 2025")):
        whole_bot.reader.user.locale = locale
        typing = await whole_bot.reader.autocomplete(whole_bot.news, "said", focused="since", since="3/7/2025")
        assert typing.choices[0]["name"] == f"3/7/2025: {shown}"


async def test_a_typing_error_in_a_name_is_forgiven_and_said(whole_bot: WholeBot) -> None:
    await printed_twelve(whole_bot)
    for typed in ("Zielinsky", "Piotr Zielinksi", "Izelinski"):
        typing = await whole_bot.reader.autocomplete(whole_bot.news, "said", focused="actor", actor=typed)
        assert typing.choices == [{"name": "Piotr Zielinski", "value": "Piotr Zielinski"}], typed
        reply = await said(whole_bot, actor=typed)
        assert f"No actor here is called “{typed}”. Claims by **Piotr Zielinski**" in reply.text
        assert "6 claims" in reply.text


async def test_outlet_kind_wording_and_time_narrow_the_answer_and_are_repeated(whole_bot: WholeBot) -> None:
    await printed_twelve(whole_bot)
    other = await feed_in(whole_bot.services, whole_bot.guild_id, "Morning Herald")
    await print_article(whole_bot.services, other, "Elsewhere", [Words("Elena Marsh", "The weather is fine")])
    typing = await whole_bot.reader.autocomplete(whole_bot.news, "said", focused="outlet", outlet="heral")
    assert typing.choices == [{"name": "Morning Herald", "value": "Morning Herald"}]
    for typed in ("Morning Herald", "herald", "Mornign Herald"):
        reply = await said(whole_bot, outlet=typed)
        assert "Claims in Morning Herald:" in reply.text
        assert "1 claim" in reply.text
    assert "6 claims" in (await said(whole_bot, wording="paraphrased")).text
    assert "that are denials" in (await said(whole_bot, kind="denial")).text
    assert "1 claim" in (await said(whole_bot, since="50 hours", until="30 hours", topic="dam")).text


async def test_the_most_relevant_claims_come_first_if_wished(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    words = [Words("Ada Quist", "The dam will hold")], [Words("Dam Builder", "Nothing to add here")]
    await print_article(whole_bot.services, feed, "First", words[0], age=timedelta(hours=9))
    await print_article(whole_bot.services, feed, "Second", words[1], age=timedelta(hours=1))
    newest, best = (
        await said(whole_bot, topic="dam"),
        await said(whole_bot, topic="dam", sort="most relevant first"),
    )
    assert newest.text.index("Nothing to add") < newest.text.index("will hold")
    assert best.text.index("will hold") < best.text.index("Nothing to add")


async def test_pages_are_turned_in_place_and_chosen(whole_bot: WholeBot) -> None:
    await printed_twelve(whole_bot)
    first = await said(whole_bot)
    before = first.text
    turned = await (await whole_bot.reader.click(first, "Next ▶")).done()
    assert turned.message["id"] == first.message["id"]
    assert "Page 2 of 3" in turned.text
    last = await (await whole_bot.reader.click(turned, "Next ▶")).done()
    assert "Page 3 of 3" in last.text
    await (await whole_bot.reader.click(last, "◀ Previous")).done()
    back = await (await whole_bot.reader.click(last, "◀ Previous")).done()
    assert back.text == before
    assert whole_bot.news.messages == []


async def test_any_page_of_many_is_chosen_even_after_a_restart(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    words = [Words("Ada Quist", f"Sentence number {number} of the speech") for number in range(23)]
    await print_article(whole_bot.services, feed, "A long speech", words)
    first = await said(whole_bot)
    await whole_bot.restart()
    chosen = await (await whole_bot.reader.choose(first, "Page 1 of 5: go to …", ["Page 5 of 5"])).done()
    assert "Page 5 of 5" in chosen.text
    assert "number 22" in chosen.text


async def test_an_answer_is_shared_with_the_channel_and_strangers_use_it_privately(whole_bot: WholeBot) -> None:
    await printed_twelve(whole_bot)
    answer = await said(whole_bot)
    done = await whole_bot.reader.click(answer, "Share")
    shared = await done.followup()
    assert shared["content"] == f"<@{whole_bot.reader.user.id}> asked:"
    assert whole_bot.news.messages[-1]["id"] == shared["id"]
    assert shared["mentions"] == []
    labels = [b["label"] for row in shared["components"] for b in row["components"] if "label" in b]
    assert labels == ["◀ Previous", "Next ▶"]
    # it is not shared twice
    await done.edited(lambda reply: "Shared" in str(reply.message["components"]))
    button = next(b for r in done.message["components"] for b in r["components"] if b.get("label") == "Shared")
    assert button["disabled"]
    # a stranger gets a page of their own; who shared it turns it for all
    private = await (await whole_bot.manager.click(shared, "Next ▶")).done()
    assert private.ephemeral
    assert "Page 2 of 3" in private.text
    assert "Page 1 of 3" in str(whole_bot.news.messages[-1]["embeds"])
    turned = await (await whole_bot.reader.click(shared, "Next ▶")).done()
    assert turned.message["id"] == shared["id"]
    assert "Page 2 of 3" in turned.text
    assert len(whole_bot.news.messages) == 1


async def test_evidence_is_shown_to_whoever_asks_alone_with_the_sentence_in_its_context(
    whole_bot: WholeBot,
) -> None:
    await printed_twelve(whole_bot)
    answer = await said(whole_bot, actor="Elena Marsh")
    evidence = await (await choose_evidence(whole_bot.reader, answer, 1)).done()
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
    assert f"{there.day} {there:%b %Y}" in typing.choices[0]["name"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"since": "whenever"}, "I do not understand “whenever” as a date"),
        ({"since": "2999-01-01"}, "is in the future"),
        ({"since": "today", "until": "yesterday"}, "`until` is before `since`"),
        ({"outlet": "Nowhere Gazette"}, "No outlet that this server reads is called “Nowhere Gazette”."),
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
    query_id = await services.store.queries.add(others, _everything(others))

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
    reply = await whole_bot.reader.click(answer, "Next ▶")
    assert "too old" in (await reply.followup())["content"]
    assert answer.text == before


@pytest.mark.parametrize("custom_id", ["hearsay:evidence:999999999999999999", "hearsay:said:1:999999:next"])
async def test_ids_of_nothing_are_answered_in_a_sentence(whole_bot: WholeBot, custom_id: str) -> None:
    reply = await press_forged(whole_bot, custom_id)
    told = reply.followups[0]["content"] if reply.followups else reply.text
    assert "This claim is gone" in told or "too old" in told


async def test_a_page_beyond_the_last_is_the_last(whole_bot: WholeBot) -> None:
    await printed_twelve(whole_bot)
    query_id = await whole_bot.services.store.queries.add(whole_bot.guild_id, _everything(whole_bot.guild_id))
    reply = await press_forged(whole_bot, f"hearsay:said:{query_id}:999:next")
    assert "Page 3 of 3" in reply.text


def _everything(guild_id: int | None = None) -> ClaimQuery:
    return ClaimQuery(guild_id=guild_id)
