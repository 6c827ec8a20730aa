"""Robots rules over real HTTP: what a site asks for is kept to, and said."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.articles.manners import Manners
from bot.articles.read import read
from bot.clock import utc_now
from bot.errors import FetchFailed, PageDisallowed
from bot.fetching.client import Fetcher
from bot.model.articles import Origin, ReadArticle
from bot.workers import Workers
from tests.integration.articles.test_read import entry, html, sentences
from tests.integration.feeds.server import served

Asked = list[str]


@asynccontextmanager
async def site(robots: Callable[[], web.Response], asked: Asked) -> AsyncIterator[str]:
    async def handler(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        if request.path == "/robots.txt":
            return robots()
        if request.path == "/proxy":
            raise web.HTTPFound("/private/story")
        return web.Response(text=html(6), content_type="text/html")

    async with served(handler) as url:
        yield url


async def read_from(url: str, fetcher: Fetcher, workers: Workers, content: str = "") -> ReadArticle:
    manners = Manners(fetcher, utc_now)
    return await read(entry(url, content), fetcher=fetcher, workers=workers, now=utc_now(), manners=manners)


def rules() -> web.Response:
    return web.Response(text="User-agent: Hearsay\nDisallow: /private/\n")


async def test_a_forbidden_page_is_never_asked_for_and_the_feeds_text_stands_in(
    fetcher: Fetcher, workers: Workers
) -> None:
    asked: Asked = []
    async with site(rules, asked) as url:
        article = await read_from(f"{url}/private/story", fetcher, workers, " ".join(sentences(3)))
        assert (article.origin, article.text) == (Origin.FEED, " ".join(sentences(3)))
        assert article.note is not None
        assert "the feed's own text" in article.note
        assert "robots.txt" in article.note
        with pytest.raises(PageDisallowed) as caught:
            await read_from(f"{url}/private/story", fetcher, workers)
        assert not caught.value.retryable
    assert set(asked) == {"/robots.txt"}


async def test_a_page_that_redirects_to_a_forbidden_one_is_not_used(fetcher: Fetcher, workers: Workers) -> None:
    async with site(rules, []) as url:
        with pytest.raises(PageDisallowed):
            await read_from(f"{url}/proxy", fetcher, workers)
        assert (await read_from(f"{url}/story", fetcher, workers)).note is None


@pytest.mark.parametrize(("status", "pages"), [(404, 1), (403, 1), (500, 0), (503, 0)])
async def test_missing_rules_forbid_nothing_and_broken_ones_all(
    fetcher: Fetcher, workers: Workers, status: int, pages: int
) -> None:
    asked: Asked = []
    async with site(lambda: web.Response(status=status), asked) as url:
        if pages:
            assert (await read_from(f"{url}/story", fetcher, workers)).origin is Origin.PAGE
        else:
            with pytest.raises(FetchFailed, match="rules for robots"):
                await read_from(f"{url}/story", fetcher, workers)
    assert asked == ["/robots.txt", *["/story"] * pages]
