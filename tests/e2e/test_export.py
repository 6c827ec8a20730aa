"""`/export`, and the button under answers: what was found as a file."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from preview.discord import Reply
from preview.discord.errors import CommandHidden
from tests.e2e.printed import Words, feed_in, print_article
from tests.e2e.whole import WholeBot

FILES = {"catchup": "missed", "story": "story", "check": "checked"}


async def export(whole_bot: WholeBot, format: str = "CSV", **options: Any) -> Reply:  # noqa: A002
    return await (await whole_bot.reader.slash(whole_bot.news, "export", format=format, **options)).done()


async def file_of(reply: Reply) -> tuple[str, str]:
    (attachment,) = reply.message["attachments"]
    async with aiohttp.ClientSession() as session, session.get(attachment["url"]) as answer:
        return attachment["filename"], (await answer.read()).decode("utf-8-sig")


async def print_news(whole_bot: WholeBot) -> None:
    feed = await feed_in(whole_bot.services, whole_bot.guild_id)
    for number in range(7):
        words = [Words("Elena Marsh", f"=The dam at section {number} is sound"), Words("Ada Quist", "No")]
        await print_article(whole_bot.services, feed, f"Report {number}", words, age=timedelta(hours=number + 1))


async def test_what_is_asked_for_is_handed_out_privately_in_every_format(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await export(whole_bot, actor="marsh", topic="dam")
    assert reply.ephemeral
    assert reply.text == "7 claims as CSV."
    name, content = await file_of(reply)
    assert name.startswith("hearsay-said-")
    assert name.endswith(".csv")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["content_text"] for row in rows][:1] == ["'=The dam at section 0 is sound"]
    _, content = await file_of(await export(whole_bot, "JSON", topic="dam"))
    assert len(json.loads(content)) == 7
    _, content = await file_of(await export(whole_bot, "BibTeX", topic="dam"))
    assert content.count("@article{exampletimesreport") == 7
    name, content = await file_of(await export(whole_bot, "CSL-JSON", topic="dam"))
    assert name.endswith(".csl.json")
    assert json.loads(content)[0]["container-title"] == "Example Times"


async def test_every_answer_has_a_button_that_exports_all_of_it_also_after_a_restart(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    answers = {
        "said": {"actor": "marsh"},
        "topic": {"topic": "dam"},
        "actor": {"actor": "marsh"},
        "compare": {"first": "marsh", "second": "quist"},
        "timeline": {"actor": "marsh", "topic": "dam"},
    }
    replies = [
        await (await whole_bot.reader.slash(whole_bot.news, name, **given)).done()
        for name, given in answers.items()
    ]
    await whole_bot.restart()
    numbers = {}
    for name, reply in zip(answers, replies, strict=True):
        asked = await (await whole_bot.reader.click(reply, "Export")).done()
        assert asked.ephemeral
        assert "at most the newest 500 claims" in asked.text
        made = await (await whole_bot.reader.click(asked, "JSON")).done()
        numbers[name] = [row["title"] for row in json.loads((await file_of(made))[1])]
    assert {name: len(titles) for name, titles in numbers.items()} == dict.fromkeys(answers, 7) | {"compare": 14}
    assert numbers["timeline"] == list(reversed(numbers["said"]))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"topic": "volcano"}, "There is nothing to export: no claims were found."),
        ({"since": "whenever"}, "I do not understand “whenever” as a date"),
        ({"outlet": "Nowhere Gazette"}, "No outlet that this server reads is called “Nowhere Gazette”."),
    ],
)
async def test_what_cannot_be_exported_is_said_in_a_sentence(
    whole_bot: WholeBot, options: dict[str, str], told: str
) -> None:
    assert "/feed add" in (await export(whole_bot)).text
    await print_news(whole_bot)
    reply = await export(whole_bot, **options)
    assert told in reply.text
    assert not reply.has_message or reply.message["attachments"] == []


async def test_what_is_shared_has_no_export_and_there_is_none_in_direct_messages(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await (await whole_bot.reader.slash(whole_bot.news, "said")).done()
    shared = await (await whole_bot.reader.click(reply, "Share")).followup()
    assert "Export" not in str(shared["components"])
    with pytest.raises(CommandHidden):
        await whole_bot.reader.slash(whole_bot.reader.dm, "export", format="CSV")


async def test_what_was_missed_a_story_and_checked_words_are_exported_too_after_a_restart(
    whole_bot: WholeBot,
) -> None:
    await print_news(whole_bot)
    story = await whole_bot.reader.autocomplete(whole_bot.news, "story", focused="story", story="")
    answers = {
        "catchup": {"since": "a week"},
        "story": {"story": story.choices[0]["value"]},
        "check": {"words": "the dam at section 3 is sound"},
    }
    replies = {
        name: await (await whole_bot.reader.slash(whole_bot.news, name, **given)).done()
        for name, given in answers.items()
    }
    await whole_bot.restart()
    for name, reply in replies.items():
        asked = await (await whole_bot.reader.click(reply, "Export")).done()
        assert asked.ephemeral
        assert "This answer as a file" in asked.text
        made = await (await whole_bot.reader.click(asked, "JSON")).done()
        filename, content = await file_of(made)
        assert filename.startswith(f"hearsay-{FILES[name]}-"), filename
        contents = [row["content_text"] for row in json.loads(content)]
        assert contents
        if name == "check":
            assert contents[0] == "=The dam at section 3 is sound"


async def test_what_was_withdrawn_since_is_in_no_file(whole_bot: WholeBot) -> None:
    await print_news(whole_bot)
    reply = await (await whole_bot.reader.slash(whole_bot.news, "catchup", since="a week")).done()
    for guild_feed in await whole_bot.services.store.guilds.feeds_of(whole_bot.guild_id):
        await whole_bot.services.store.guilds.detach(whole_bot.guild_id, guild_feed.id)
    asked = await (await whole_bot.reader.click(reply, "Export")).done()
    made = await (await whole_bot.reader.click(asked, "JSON")).done()
    assert "There is nothing to export" in made.text
    assert made.message["attachments"] == []
