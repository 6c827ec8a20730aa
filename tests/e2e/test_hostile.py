"""Hostile feeds: commands are still answered, good feeds delivered, and users see what is wrong."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import time, timedelta

import pytest
from aiohttp import web

from bot.model.feeds import FeedState
from config.settings import Settings
from preview.discord import LocalDiscord
from preview.newsroom.server import Newsroom
from tests.e2e.whole import WholeBot
from tests.factories import a_subscription
from tests.integration.feeds import corpus
from tests.integration.feeds.server import Handler, served
from tests.integration.feeds.test_hostile import SERVERS, body_of, redirect

ASKED = "asked for"
DRIP = "a slow drip"
FETCH_S = 6.0
"""Seconds for a fetch: fewer than usual, because the test lasts as long as the slow drip."""
WORDS = {
    DRIP: "took too long",
    "a gzip bomb": "larger than 5 MB",
    "a flood of attributes": "too many attributes",
    "200,000 items": "lists 200,000 entries",
    "endless redirects": "redirects without end",
}


class Enemies:
    """Servers of hostile feeds, each on its own host, and what happened in which order."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str]] = []
        self.feeds: dict[str, str] = {}
        self._all_asked = asyncio.Event()

    async def start(self, stack: AsyncExitStack) -> None:
        handlers: dict[str, Handler] = {
            DRIP: self._drip,
            "a gzip bomb": SERVERS["a gzip bomb"][0],
            "a flood of attributes": body_of(corpus.attribute_flood()[0]),
            "200,000 items": body_of(corpus.many_items()[0]),
            "endless redirects": redirect,
        }
        for number, (name, handler) in enumerate(handlers.items(), start=2):
            self.feeds[name] = await stack.enter_async_context(
                served(self._noting(name, handler), f"127.0.0.{number}")
            )

    def note(self, name: str, event: str) -> None:
        self.events.append((name, event))
        if {name for name, event in self.events if event == ASKED} >= WORDS.keys():
            self._all_asked.set()

    async def at_work(self) -> None:
        """Wait until every hostile feed has been requested."""
        async with asyncio.timeout(30):
            await self._all_asked.wait()

    def _noting(self, name: str, handler: Handler) -> Handler:
        async def noted(request: web.Request) -> web.StreamResponse:
            self.note(name, ASKED)
            return await handler(request)

        return noted

    async def _drip(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b" ")
                await asyncio.sleep(0.02)
        finally:
            self.note(DRIP, "ended")


@pytest.fixture
async def enemies() -> AsyncIterator[Enemies]:
    async with AsyncExitStack() as stack:
        made = Enemies()
        await made.start(stack)
        yield made


@pytest.fixture
async def hurried_bot(
    local: LocalDiscord, newsroom: Newsroom, settings: Settings, enemies: Enemies
) -> AsyncIterator[WholeBot]:
    if not (settings.model / "config.cfg").is_file():
        pytest.skip(f"the model is not at {settings.model}")
    made = WholeBot(local, newsroom, settings.model_copy(update={"fetch_timeout": FETCH_S}))
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


async def attach(whole_bot: WholeBot, address: str, title: str) -> None:
    store = whole_bot.services.store
    feed = await store.feeds.add(address, title=title)
    await store.guilds.attach(whole_bot.guild_id, feed.id, 1, limit=100)


async def test_the_bot_answers_delivers_and_says_what_was_wrong(hurried_bot: WholeBot, enemies: Enemies) -> None:
    bot = hurried_bot
    for name, address in enemies.feeds.items():
        await attach(bot, f"{address}/", name)
    await attach(bot, bot.newsroom.feed_url("meridian"), "A good feed")
    await a_subscription(
        bot.services.store,
        bot.guild_id,
        channel_id=int(bot.news.id),
        at=time(9),
        timezone="UTC",
        minimum_confidence=0.0,
        next_at=bot.clock() - timedelta(minutes=1),
    )

    working = asyncio.create_task(bot.work())
    await enemies.at_work()
    for command in ("about", "feed list"):
        reply = await (await bot.manager.slash(bot.news, command)).done()
        assert reply.has_message
        enemies.note(command, "answered")
    await working

    events = [event for event in enemies.events if event[1] != ASKED]
    assert events == [("about", "answered"), ("feed list", "answered"), (DRIP, "ended")]

    health = (await (await bot.manager.slash(bot.news, "feed health")).done()).text
    feeds = {feed.title: feed for feed in await bot.services.store.guilds.feeds_of(bot.guild_id)}
    for name, words in WORDS.items():
        assert feeds[name].state is FeedState.FAILING, name
        assert words in (feeds[name].error or ""), name
        assert words in health, name
    assert [feed.title for feed in feeds.values() if feed.state is FeedState.HEALTHY] == [
        title for title, address in bot.newsroom.feeds if address == bot.newsroom.feed_url("meridian")
    ]
    posted = await bot.local.wait_for_message(bot.news, matching="Who said what")
    assert posted["embeds"][1]["url"].startswith(bot.newsroom.url)
