"""From an entry to an article, over real HTTP and a real worker process."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from bot.articles.read import read
from bot.errors import ArticleError, FetchFailed, HearsayError, NoText, TooLarge, WorkerFailed
from bot.fetching.client import Fetcher
from bot.model.articles import EntryToRead, Origin, ReadArticle
from bot.workers import Workers
from tests.integration.feeds.server import always, served

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
SENTENCE = "The minister said on Tuesday that the ferry contract number {} had been awarded after a proper tender."
Read = Callable[[EntryToRead], Awaitable[ReadArticle]]


def sentences(count: int) -> list[str]:
    return [SENTENCE.format(number) for number in range(count)]


def html(count: int, head: str = "") -> str:
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences(count))
    head = f"<head><title>T</title>{head}</head>"
    return f"<!doctype html><html lang=en>{head}<body><article>{body}</article></body></html>"


def page(count: int, head: str = "", **options: object) -> Callable[[], web.Response]:
    return lambda: web.Response(text=html(count, head), content_type="text/html")


def entry(
    url: str | None, content: str = "", published_at: datetime | None = None, title: str = "Headline"
) -> EntryToRead:
    return EntryToRead(1, "Feed title", url, title, "Ann Author", published_at, content)


@pytest.fixture
def read_entry(fetcher: Fetcher, workers: Workers) -> Read:
    async def reading(one: EntryToRead) -> ReadArticle:
        return await read(one, fetcher=fetcher, workers=workers, now=NOW)

    return reading


async def test_the_page_gives_the_text_and_the_feed_the_headline(read_entry: Read) -> None:
    head = (
        '<meta property=og:site_name content="The Outlet">'
        '<meta property=article:published_time content="2026-03-04T09:00:00Z">'
    )
    async with served(always(page(8, head))) as url:
        article = await read_entry(entry(f"{url}/story?utm_source=rss#x", "<p>Summary.</p>"))
    assert article.text == "\n\n".join(sentences(8))
    assert (article.url, article.outlet, article.title, article.author) == (
        f"{url}/story",
        "The Outlet",
        "Headline",
        "Ann Author",
    )
    assert (article.origin, article.language) == (Origin.PAGE, "en")
    assert article.published_at == datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


async def test_redirects_lead_to_the_address_of_the_article(read_entry: Read) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path == "/proxy":
            return web.Response(status=302, headers={"Location": "/story?utm_medium=feed"})
        return web.Response(text=html(5), content_type="text/html")

    async with served(handler) as url:
        article = await read_entry(entry(f"{url}/proxy", title=""))
        assert (article.url, article.outlet, article.title) == (f"{url}/story", "Feed title", sentences(1)[0])


@pytest.mark.parametrize(
    ("named", "path"),
    [("/canonical", "/canonical"), ("https://famous.example/story", "/story"), ("/", "/story")],
)
async def test_a_canonical_link_counts_only_within_the_site(read_entry: Read, named: str, path: str) -> None:
    async with served(always(page(5, f'<link rel=canonical href="{named}">'))) as url:
        assert (await read_entry(entry(f"{url}/story"))).url == url + path


async def test_a_stub_of_a_page_gives_way_to_the_full_text_of_the_feed(read_entry: Read) -> None:
    content = "".join(f"<p>{sentence}</p>" for sentence in sentences(10))
    async with served(always(page(2))) as url:
        article = await read_entry(entry(f"{url}/story", content))
    assert (article.origin, article.text) == (Origin.FEED, "\n\n".join(sentences(10)))


@pytest.mark.parametrize("status", [401, 404, 410])
async def test_a_page_that_is_gone_leaves_the_text_of_the_feed(read_entry: Read, status: int) -> None:
    async with served(always(lambda: web.Response(status=status))) as url:
        article = await read_entry(entry(f"{url}/story", " ".join(sentences(2))))
        assert (article.origin, article.url) == (Origin.FEED, f"{url}/story")
        with pytest.raises(FetchFailed) as caught:
            await read_entry(entry(f"{url}/story", "Too short."))
    assert not caught.value.retryable


async def test_a_page_out_of_reach_is_tried_again_before_the_summary_will_do(read_entry: Read) -> None:
    async with served(always(lambda: web.Response(status=503))) as url:
        summary = entry(f"{url}/story", " ".join(sentences(2)))
        for tried in (summary, replace(summary, attempts=1), replace(summary, html="", attempts=9)):
            with pytest.raises(FetchFailed) as caught:
                await read_entry(tried)
            assert caught.value.retryable
        for tried in (replace(summary, attempts=2), replace(summary, html=" ".join(sentences(12)))):
            assert (await read_entry(tried)).origin is Origin.FEED


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"%PDF-1.7 ...", "text/html", "PDF"),
        (b"whatever", "application/pdf", "PDF"),
        (b"\x89PNG", "image/png", "image/png"),
        (b"<html><body><p>Please enable JavaScript.", "text/html", "too little text"),
        (bytes(range(1, 256)) * 9, "text/html", "too little text"),
    ],
)
async def test_what_is_no_article_is_said_in_words(read_entry: Read, body: bytes, kind: str, words: str) -> None:
    async with served(always(lambda: web.Response(body=body, content_type=kind))) as url:
        with pytest.raises(NoText, match=words) as caught:
            await read_entry(entry(f"{url}/story", "Short."))
        assert not caught.value.retryable
        assert (await read_entry(entry(f"{url}/story", " ".join(sentences(3))))).origin is Origin.FEED


async def test_a_50_megabyte_page_is_refused(read_entry: Read) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        for _ in range(50):
            await response.write(b"<p>" + b"x" * 1_000_000)
        return response

    async with served(handler) as url:
        with pytest.raises(TooLarge) as caught:
            await read_entry(entry(f"{url}/story"))
    assert not caught.value.retryable


async def test_an_empty_page_fails(read_entry: Read) -> None:
    async with served(always(lambda: web.Response(body=b"", content_type="text/html"))) as url:
        with pytest.raises(FetchFailed, match="empty"):
            await read_entry(entry(url))


async def test_an_entry_without_a_link_cannot_be_read(read_entry: Read) -> None:
    with pytest.raises(ArticleError, match="no link"):
        await read_entry(entry(None, " ".join(sentences(5))))


async def test_a_page_that_stalls_the_worker_is_no_article(fetcher: Fetcher) -> None:
    class Stalled(Workers):
        async def run(self, *args: Any, **options: Any) -> Any:
            raise WorkerFailed

    async with served(always(page(5))) as url:
        with pytest.raises(NoText, match="could not be analysed"):
            await read(entry(url, "content"), fetcher=fetcher, workers=Stalled(1, 1, 512), now=NOW)


async def test_a_consent_host_is_no_article(
    fetcher: Fetcher, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fetcher.fetch

    async def elsewhere(url: str, **options: object) -> object:
        answer = await real(url)
        return type(answer)(200, "https://consent.news.example/x", answer.headers, answer.body)

    monkeypatch.setattr(fetcher, "fetch", elsewhere)
    async with served(always(page(9))) as url:
        with pytest.raises(NoText, match="consent"):
            await read(entry(url), fetcher=fetcher, workers=workers, now=NOW)


async def test_dates_are_never_in_the_future(read_entry: Read) -> None:
    head = "<meta property=article:published_time content=2099-01-01>"
    async with served(always(page(5, head))) as url:
        assert (await read_entry(entry(url))).published_at == NOW


def test_every_error_of_reading_says_whether_to_try_again() -> None:
    for error in (NoText(), ArticleError(), FetchFailed(), TooLarge()):
        assert isinstance(error, HearsayError)
        assert isinstance(error.retryable, bool)
