"""`/feed add` if an address leads to several feeds: the choice between them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from preview.discord import Reply
from tests.e2e.whole import WholeBot
from tests.integration.feeds.server import served


def feed(title: str, link: str) -> bytes:
    item = f"<item><title>t</title><link>{link}</link><pubDate>Mon, 06 Jul 2026 09:00:00 GMT</pubDate></item>"
    return (
        f"<rss version='2.0'><channel><title>{title}</title><language>de</language>{item}</channel></rss>".encode()
    )


def opml(*addresses: str) -> bytes:
    outlines = "".join(f"<outline text='Feed {n}' xmlUrl='{a}'/>" for n, a in enumerate(addresses, 1))
    return f"<?xml version='1.0'?><opml version='2.0'><body>{outlines}</body></opml>".encode()


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """A site with two feeds and a list of thirty."""
    hostile = "[Sport](https://evil.example) @everyone *x*"
    pages = {
        "/": b"<link rel=alternate type=application/rss+xml href=/world>"
        b"<link rel=alternate type=application/rss+xml href=/sport>",
        "/world": feed("World", "http://a.example/1"),
        "/sport": feed(hostile, "http://a.example/2"),
        "/list": opml(*(f"http://127.0.0.1:9/{n}" for n in range(30))),
    }

    async def handler(request: web.Request) -> web.StreamResponse:
        body = pages.get(request.path)
        return web.Response(body=body, content_type="text/html") if body else web.Response(status=404)

    async with served(handler) as url:
        yield url


async def add(whole_bot: WholeBot, address: str) -> Reply:
    return await (await whole_bot.manager.slash(whole_bot.news, "feed add", address=address)).done()


async def choose(whole_bot: WholeBot, asked: Reply, *values: str) -> Reply:
    chosen = await whole_bot.manager.choose(asked, "Choose one feed or more", list(values))
    return await chosen.done()


async def urls(whole_bot: WholeBot) -> list[str]:
    return sorted(f.url for f in await whole_bot.services.store.guilds.feeds_of(whole_bot.guild_id))


async def test_which_feed_is_asked_with_what_tells_them_apart(whole_bot: WholeBot, site: str) -> None:
    asked = await add(whole_bot, site)
    assert asked.ephemeral
    assert "2 feeds found" in asked.text
    assert f"**1.** [World]({site}/world) · de, " in asked.text
    assert "last entry <t:" in asked.text
    assert "[Sport]" not in asked.text  # a title makes no link of its own
    assert "@everyone" not in asked.text
    assert await urls(whole_bot) == []
    added = await choose(whole_bot, asked, "World")
    assert "Feed added" in added.text
    assert "It is being read now" in added.text
    assert await urls(whole_bot) == [f"{site}/world"]


async def test_several_can_be_chosen_after_a_restart_too(whole_bot: WholeBot, site: str) -> None:
    asked = await add(whole_bot, site)
    await whole_bot.restart()
    added = await choose(whole_bot, asked, "0", "1")
    assert "2 feeds added" in added.text
    assert added.message["components"] == []
    assert await urls(whole_bot) == [f"{site}/sport", f"{site}/world"]


async def test_what_is_wrong_with_one_keeps_no_other_from_being_added(whole_bot: WholeBot, site: str) -> None:
    await add(whole_bot, f"{site}/world")
    added = await choose(whole_bot, await add(whole_bot, site), "0", "1")
    assert "Feed added" in added.text
    assert "This server has this feed already" in added.text
    limited = whole_bot.settings.model_copy(update={"feeds_per_server": 2})
    whole_bot.bot.services = replace(whole_bot.services, settings=limited)
    refused = await choose(whole_bot, await add(whole_bot, f"{site}/list"), "3")
    assert "No feed added" in refused.text
    assert "Remove one first" in refused.text


async def test_a_choice_that_is_too_old_says_so(whole_bot: WholeBot, site: str) -> None:
    asked = await add(whole_bot, site)
    whole_bot.ahead = timedelta(days=31)
    await add(whole_bot, site)
    late = await choose(whole_bot, asked, "0")
    assert "expired" in (await late.followup())["content"]
    assert await urls(whole_bot) == []


async def test_of_a_long_list_the_first_are_offered(whole_bot: WholeBot, site: str) -> None:
    asked = await add(whole_bot, f"{site}/list")
    assert "30 feeds found" in asked.text
    assert "These are the first 25 of 30." in asked.text
    added = await choose(whole_bot, asked, *map(str, range(25)))
    assert "25 feeds added" in added.text
    assert len(await urls(whole_bot)) == 25
