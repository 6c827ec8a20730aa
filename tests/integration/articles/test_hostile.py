"""Whatever a page is: its article is read, or it is said why not, in less time and memory than is given."""

from collections.abc import Iterator

import pytest
from aiohttp import web

from bot.articles.read import read
from bot.errors import NoText
from bot.fetching.client import Fetcher
from bot.model.articles import EntryToRead
from bot.workers import Workers
from tests.integration.articles.hostile_pages import PAGES, REFUSED, page
from tests.integration.feeds.server import always, served
from tests.integration.feeds.test_hostile import CAPPED_MB, PATIENCE_S, stopped, within_time
from tests.integration.feeds.test_poll import NOW


@pytest.fixture(scope="module")
def capped() -> Iterator[Workers]:
    yield from stopped(Workers(count=1, timeout_s=PATIENCE_S, memory_mb=CAPPED_MB))


def an_entry(url: str, attempts: int = 0) -> EntryToRead:
    return EntryToRead(1, "The Courier", url, "A title", None, None, "", attempts)


@pytest.mark.parametrize("name", PAGES)
async def test_a_hostile_page_is_read_or_refused_in_words_and_the_next_is_read(
    name: str, fetcher: Fetcher, capped: Workers
) -> None:
    body = PAGES[name]()
    pages = always(lambda: web.Response(body=body, content_type="text/html"))
    good = always(lambda: web.Response(body=page(""), content_type="text/html"))
    async with served(pages) as hostile, served(good) as fine:
        if name in REFUSED:
            with pytest.raises(NoText, match=REFUSED[name]) as refused:
                await read(an_entry(f"{hostile}/a"), fetcher=fetcher, workers=capped, now=NOW)
            assert not refused.value.retryable
        else:
            async with within_time(capped):
                article = await read(an_entry(f"{hostile}/a"), fetcher=fetcher, workers=capped, now=NOW)
            assert "gate number 8" in article.text
        article = await read(an_entry(f"{fine}/a"), fetcher=fetcher, workers=capped, now=NOW)
        assert "gate number 8" in article.text


@pytest.mark.parametrize(("attempts", "again"), [(0, True), (1, True), (2, False)])
async def test_a_page_that_stalls_its_worker_is_given_up_soon(
    fetcher: Fetcher, capped: Workers, attempts: int, again: bool
) -> None:
    body = PAGES["many_paragraphs"]()
    pages = always(lambda: web.Response(body=body, content_type="text/html"))
    async with served(pages) as url:
        with pytest.raises(NoText, match="could not be analysed") as stalled:
            await read(an_entry(f"{url}/a", attempts), fetcher=fetcher, workers=capped, now=NOW, timeout=0.05)
    assert stalled.value.retryable is again


def test_a_page_with_a_whole_document_in_one_attribute_is_no_flood() -> None:
    from bot.articles.pages import extracted_page

    data = "word " * 30_000
    text = extracted_page(
        page(f"<div data-page=\"{data}\" data-other='{data}'></div>"), "http://a.example/a", None
    ).text
    assert "gate number 8" in text
