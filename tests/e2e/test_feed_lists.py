"""`/feed import` and `/feed export`: lists of feeds as files."""

from dataclasses import replace

import aiohttp
import pytest

from bot.feeds.opml import OpmlFeed, listed_feeds, opml_of
from preview.discord import File, OptionRefused, Reply
from tests.e2e.printed import feed_in
from tests.e2e.whole import WholeBot


def a_list(*addresses: str) -> File:
    return File("mine.opml", opml_of(OpmlFeed(address, f"Feed {n}") for n, address in enumerate(addresses, 1)))


async def imported(whole_bot: WholeBot, file: File) -> Reply:
    return await (await whole_bot.manager.slash(whole_bot.news, "feed import", file=file)).done()


async def test_the_feeds_of_a_file_are_added_and_handed_out_again(whole_bot: WholeBot) -> None:
    addresses = [f"https://outlet-{n}.example/feed" for n in range(3)]
    reply = await imported(whole_bot, a_list(*addresses))
    assert reply.ephemeral
    assert reply.text == "Added 3 feeds."
    assert "had 3 feeds of these already" in (await imported(whole_bot, a_list(*addresses))).text
    export = await (await whole_bot.manager.slash(whole_bot.news, "feed export")).done()
    assert export.ephemeral
    (attachment,) = export.message["attachments"]
    assert attachment["filename"] == "feeds.opml"
    async with aiohttp.ClientSession() as session, session.get(attachment["url"]) as answer:
        handed_out = listed_feeds(await answer.read())
    assert handed_out == tuple(OpmlFeed(address, f"Feed {n}") for n, address in enumerate(addresses, 1))


async def test_as_many_are_added_as_fit_and_the_others_are_told_of(whole_bot: WholeBot) -> None:
    limited = whole_bot.settings.model_copy(update={"feeds_per_server": 3})
    whole_bot.bot.services = replace(whole_bot.services, settings=limited)
    ours = await feed_in(whole_bot.services, whole_bot.guild_id)
    wanted = a_list("javascript:alert(1)", ours.url, *(f"https://outlet-{n}.example/feed" for n in range(4)))
    reply = await imported(whole_bot, wanted)
    assert reply.text.splitlines() == [
        "Added 2 feeds.",
        "This server had 1 feed of these already.",
        "Left out 1 feed without a public web address.",
        "Left out 2 feeds: a server may have 3.",
    ]
    assert len(await whole_bot.services.store.guilds.feeds_of(whole_bot.guild_id)) == 3


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "not an OPML file"),
        (b"<html>", "not an OPML file"),
        (b"<opml><body/></opml>", "names no feeds"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><opml/>", "XML entities"),
        (b" " * 2_000_001, "larger than 2 MB"),
    ],
)
async def test_a_file_that_is_no_list_is_refused_in_a_sentence(
    whole_bot: WholeBot, content: bytes, told: str
) -> None:
    reply = await imported(whole_bot, File("mine.opml", content))
    assert told in reply.text
    assert await whole_bot.services.store.feeds.all() == []


async def test_a_server_without_feeds_has_nothing_to_hand_out(whole_bot: WholeBot) -> None:
    reply = await (await whole_bot.manager.slash(whole_bot.news, "feed export")).done()
    assert "/feed add" in reply.text


async def test_a_list_is_a_file(whole_bot: WholeBot) -> None:
    with pytest.raises(OptionRefused):
        await whole_bot.manager.slash(whole_bot.news, "feed import", file="https://a.example/list.opml")
