"""Documents of feeds for tests, and what is read of them."""

from datetime import UTC, datetime

from bot.feeds.parse import Document, parse_feed
from bot.model.feeds import ParsedFeed

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
URL = "https://news.example/feeds/all.xml"


def parsed(body: bytes | str, content_type: str | None = None) -> ParsedFeed:
    return parse_feed(Document(body.encode() if isinstance(body, str) else body, URL, content_type, NOW))


def rss(*items: str, head: str = "<title>News</title>") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{inner}</channel></rss>'
