"""Which canonical links of pages are believed, over real HTTP."""

import pytest

from bot.articles.read import read
from bot.clock import utc_now
from bot.fetching.client import Answer, Fetcher
from bot.workers import Workers
from tests.integration.articles.test_read import entry, html


@pytest.mark.parametrize(
    ("address", "named", "url"),
    [
        ("https://m.news.example/a-story", "https://www.news.example/a-story", "https://www.news.example/a-story"),
        ("https://amp.news.example/a-story", "https://news.example/a-story", "https://news.example/a-story"),
        ("https://news.example/a-story/amp", "/a-story?utm_source=amp", "https://news.example/a-story"),
        ("https://news.example/a-story/page/2", "/a-story", "https://news.example/a-story"),
        ("https://news.example/world/a-story", "/world", "https://news.example/world/a-story"),
        ("https://news.example/world/a-story", "/", "https://news.example/world/a-story"),
        ("https://m.news.example/a-story", "https://other.example/a-story", "https://m.news.example/a-story"),
    ],
)
async def test_a_canonical_link(
    fetcher: Fetcher, workers: Workers, monkeypatch: pytest.MonkeyPatch, address: str, named: str, url: str
) -> None:
    page = html(6, f'<link rel="Canonical" href="{named}">').encode()

    async def answered(asked: str, **options: object) -> Answer:
        return Answer(200, asked, {"Content-Type": "text/html"}, page)

    monkeypatch.setattr(fetcher, "fetch", answered)
    article = await read(entry(address), fetcher=fetcher, workers=workers, now=utc_now())
    assert article.url == url
