"""An invented news wire on loopback: outlets that publish articles about different things, and count visits."""

import random
from collections import Counter
from email.utils import format_datetime
from html import escape
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.clock import utc_now

SYLLABLES = (
    "bal",
    "cor",
    "den",
    "fir",
    "gol",
    "har",
    "jun",
    "kel",
    "lor",
    "mar",
    "nor",
    "pel",
    "ros",
    "tam",
    "vin",
)
THINGS = (
    "bridge",
    "harbour",
    "museum",
    "railway",
    "hospital",
    "stadium",
    "library",
    "tunnel",
    "market",
    "airport",
)
ENDS = ("reopen in May", "cost twice as much", "be sold to the region", "close for a year", "never be finished")


class Newswire:
    """Outlets at 127.0.0.2, 127.0.0.3 and so on: for the bot, each is a host of its own."""

    def __init__(self, outlets: int, seed: int) -> None:
        self.visits: Counter[str] = Counter()
        self.titles: list[str] = []
        self._outlets = outlets
        self._chance = random.Random(seed)
        self._items: list[list[tuple[str, str, str]]] = [[] for _ in range(outlets)]
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        """Serve."""
        app = web.Application()
        app.router.add_get("/robots.txt", self._robots)
        app.router.add_get("/{outlet}/feed", self._feed)
        app.router.add_get("/{outlet}/{number}", self._page)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "0.0.0.0", 0).start()
        self._port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        if self._runner is not None:
            await self._runner.cleanup()

    def _url(self, outlet: int) -> str:
        return f"http://127.0.0.{outlet + 2}:{self._port}/{outlet}"

    @property
    def feeds(self) -> list[str]:
        """The addresses of the feeds."""
        return [f"{self._url(outlet)}/feed" for outlet in range(self._outlets)]

    def _word(self) -> str:
        return "".join(self._chance.choices(SYLLABLES, k=3)).capitalize()

    def publish(self) -> str:
        """Publish an article at some outlet; return its title."""
        place, first, last, firm, mayor = (self._word() for _ in range(5))
        thing, end = self._chance.choice(THINGS), self._chance.choice(ENDS)
        title = f"{place} {thing}: {last} of {firm} warns"
        # words that no other article has, so that few are taken for one event
        plans = [" ".join(self._word().lower() for _ in range(8)) for _ in range(3)]
        text = (
            f"<p>{place}: {plans[0]}.</p>"
            f"<p>“The {thing} of {place} will {end}, and the {plans[1]} with it,” said {first} {last}, the head "
            f"of {firm}, on Monday.</p>"
            f"<p>Mayor {mayor} {self._word()} said the {plans[2]} belonged to {place} and would stay there. "
            f"“We have waited for {self._chance.randint(3, 90)} years,” he said.</p>"
        )
        items = self._items[self._chance.randrange(self._outlets)]
        items.append((title, text, format_datetime(utc_now())))
        self.titles.append(title)
        return title

    async def _robots(self, _request: web.Request) -> web.Response:
        raise web.HTTPNotFound

    async def _feed(self, request: web.Request) -> web.Response:
        self.visits[request.path] += 1
        outlet = int(request.match_info["outlet"])
        items = "".join(
            f"<item><title>{escape(title)}</title><link>{self._url(outlet)}/{number}</link>"
            f"<guid>{self._url(outlet)}/{number}</guid><pubDate>{at}</pubDate></item>"
            for number, (title, _, at) in list(enumerate(self._items[outlet]))[-100:]
        )
        return web.Response(
            text=f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet {outlet}</title>'
            f"<link>{self._url(outlet)}/</link><description>News</description><language>en</language>{items}"
            "</channel></rss>",
            content_type="application/rss+xml",
        )

    async def _page(self, request: web.Request) -> web.Response:
        self.visits[request.path] += 1
        title, text, _ = self._items[int(request.match_info["outlet"])][int(request.match_info["number"])]
        return web.Response(
            text=f'<html lang="en"><head><title>{escape(title)}</title></head>'
            f"<body><article><h1>{escape(title)}</h1>{text}</article></body></html>",
            content_type="text/html",
        )
