"""Walls over real HTTP: what the feed carries stands in, and what is missing is said."""

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from bot.articles.read import read
from bot.clock import utc_now
from bot.errors import FetchFailed, NoText
from bot.fetching.client import Fetcher
from bot.model.articles import EntryToRead, Origin, ReadArticle, Wall
from bot.workers import Workers
from tests.integration.articles.test_read import entry, html, sentences
from tests.integration.feeds.server import always, served

Read = Callable[[EntryToRead], Awaitable[ReadArticle]]
LOCKED = '<meta property="article:content_tier" content="locked">'
SITE_NAME = '<meta property="og:site_name" content="Cookie Dialogue">'


@pytest.fixture
def read_entry(fetcher: Fetcher, workers: Workers) -> Read:
    async def reading(one: EntryToRead) -> ReadArticle:
        return await read(one, fetcher=fetcher, workers=workers, now=utc_now())

    return reading


def shows(page: str) -> Callable[[], web.Response]:
    return lambda: web.Response(text=page, content_type="text/html")


async def test_the_beginning_of_an_article_for_subscribers_is_read_and_said_to_be_one(read_entry: Read) -> None:
    async with served(always(shows(html(5, LOCKED)))) as url:
        article = await read_entry(entry(f"{url}/story"))
    assert (article.origin, article.text) == (Origin.PAGE, "\n\n".join(sentences(5)))
    assert article.note == Wall.PAYWALL.message


async def test_a_feed_with_the_full_text_beats_the_paywall(read_entry: Read) -> None:
    content = "".join(f"<p>{sentence}</p>" for sentence in sentences(20))
    async with served(always(shows(html(5, LOCKED)))) as url:
        article = await read_entry(entry(f"{url}/story", content))
    assert (article.origin, article.text) == (Origin.FEED, "\n\n".join(sentences(20)))
    assert article.note is not None
    assert Wall.PAYWALL.message in article.note


async def test_a_consent_notice_never_becomes_the_article(read_entry: Read) -> None:
    notice = "<p>We and our 842 partners store and/or access information on a device to show personalised ads.</p>"
    page = f"<html><head>{SITE_NAME}</head><body>{notice * 3}<p>{'We ask for it. ' * 9}</p></body></html>"
    async with served(always(shows(page))) as url:
        with pytest.raises(NoText, match="consent"):
            await read_entry(entry(f"{url}/story"))
        article = await read_entry(entry(f"{url}/story", " ".join(sentences(3))))
    assert (article.origin, article.outlet, article.url) == (Origin.FEED, "Feed title", f"{url}/story")


@pytest.mark.parametrize(("path", "word"), [("/", "no longer there"), ("/login", "logged in")])
async def test_a_redirect_to_another_page_is_not_taken_for_the_article(
    read_entry: Read, path: str, word: str
) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path == "/2026/story":
            raise web.HTTPFound(path)
        return web.Response(text=html(9), content_type="text/html")

    async with served(handler) as url:
        with pytest.raises(NoText, match=word):
            await read_entry(entry(f"{url}/2026/story"))
        article = await read_entry(entry(f"{url}/2026/story", " ".join(sentences(3))))
        assert (article.url, article.origin) == (f"{url}/2026/story", Origin.FEED)


async def test_a_challenge_is_named(read_entry: Read) -> None:
    page = "<title>Just a moment...</title><p>Checking your browser."
    challenge = web.Response
    async with served(
        always(lambda: challenge(status=403, text=page, headers={"cf-mitigated": "challenge"}))
    ) as url:
        with pytest.raises(FetchFailed, match="challenge"):
            await read_entry(entry(f"{url}/story"))
    async with served(always(shows(page))) as url:
        with pytest.raises(NoText, match="challenge"):
            await read_entry(entry(f"{url}/story"))
