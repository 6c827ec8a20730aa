"""Pages that show one article after another: each entry leads to the article of its day, and none is lost."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from bot.feeds.parse import Document, parse_feed
from bot.store import Store
from tests.factories import GUILD, NOON, SetClock, an_article, an_attached_feed, an_entry, an_outcome, save_outcome

FAR = NOON + timedelta(days=9999)
PAGE = "https://news.example/briefing"


def words(day: int) -> str:
    return " ".join(f"word{day}x{i}" for i in range(80))


async def read(store: Store, text: str) -> list[int]:
    """Read what waits, whose page says `text` now; return the articles."""
    entries = await store.articles.entries_to_read(FAR, 99)
    return [
        await store.articles.save_read(e.entry_id, an_article(url=PAGE, text=text, published_at=e.published_at))
        for e in entries
    ]


async def announce(store: Store, day: int, feed_url: str = "https://news.example/rss") -> int:
    """Poll a feed whose only entry is that of this day; return how many entries are new."""
    feed = await an_attached_feed(store, GUILD, feed_url)
    at = NOON + timedelta(days=day)
    entry = an_entry(key=f"day-{day}", url=PAGE, title=f"Of {day}", html="", published_at=at)
    return (await save_outcome(store, an_outcome(feed.id, entry, polled_at=at))).new_entries


async def test_a_briefing_at_one_address_is_an_article_every_day(store: Store) -> None:
    articles = []
    for day in range(9):
        assert await announce(store, day) == 1
        articles += await read(store, words(day))
    assert len(set(articles)) == 9
    texts = [(await store.articles.get(article_id)).text for article_id in articles]
    assert texts == [words(day) for day in range(9)]


async def test_an_earlier_briefing_keeps_its_text_when_its_page_is_checked_again(
    store: Store, clock: SetClock
) -> None:
    await announce(store, 0)
    (entry,) = await store.articles.entries_to_read(FAR, 9)
    (article_id,) = await read(store, words(0))
    await store.articles.save_read(entry.entry_id, an_article(url=PAGE, text=words(0) + " corrected"))
    assert (await store.articles.get(article_id)).text == words(0) + " corrected"
    await announce(store, 1)
    await store.articles.save_read(entry.entry_id, an_article(url=PAGE, text=words(1)))
    assert (await store.articles.get(article_id)).text == words(0) + " corrected"


async def test_a_page_that_was_merely_rewritten_or_that_another_feed_lists_is_one_article(store: Store) -> None:
    await announce(store, 0)
    (article_id,) = await read(store, words(0))
    await announce(store, 1)
    assert await read(store, f"{words(0)[:300]} {words(1)}") == [article_id]
    await announce(store, 2, "https://other.example/rss")
    assert await read(store, words(2)) == [article_id]


async def test_an_address_whose_old_entries_were_purged_still_brings_news(store: Store, clock: SetClock) -> None:
    await announce(store, 0)
    await read(store, words(0))
    clock.advance(days=500)
    assert (await store.retention.purge(clock.now)).entries == 1
    assert await announce(store, 0) == 0
    assert await announce(store, 500) == 1
    assert await announce(store, 100) == 0


def ticker(number: int, *, dated: bool, words_of: int | None = None) -> bytes:
    told = words(number if words_of is None else words_of)
    date = f"<pubDate>{format_datetime(NOON + timedelta(hours=number))}</pubDate>" if dated else ""
    item = f"<item><title>Report {number}</title><link>{PAGE}</link><description>{told}</description>{date}</item>"
    return f'<rss version="2.0"><channel><title>Ticker</title>{item}</channel></rss>'.encode()


async def poll(store: Store, document: bytes, hour: int) -> int:
    """Poll a feed that shows `document`; return how many entries are new."""
    feed = await an_attached_feed(store, GUILD, "https://news.example/ticker")
    at = NOON + timedelta(hours=hour, minutes=1)
    parsed = parse_feed(Document(document, feed.url, None, at))
    outcome = an_outcome(feed.id, *parsed.entries, polled_at=at)
    return (await save_outcome(store, outcome)).new_entries


@pytest.mark.parametrize("dated", [True, False])
async def test_a_feed_of_one_item_without_a_guid_loses_none_of_the_items_that_it_shows(
    store: Store, clock: SetClock, dated: bool
) -> None:
    articles = []
    for hour in range(12):
        clock.advance(hours=1)
        assert await poll(store, ticker(hour, dated=dated), hour) == 1
        assert await poll(store, ticker(hour, dated=dated), hour) == 0
        articles += await read(store, words(hour))
    assert len(set(articles)) == 12
    assert [(await store.articles.get(one)).text for one in articles] == [words(hour) for hour in range(12)]


async def test_an_item_without_a_guid_that_is_corrected_is_no_other_item(store: Store, clock: SetClock) -> None:
    assert await poll(store, ticker(0, dated=True), 0) == 1
    corrected = ticker(0, dated=True).replace(b"word0x7 ", b"word0x7, corrected, ")
    assert await poll(store, corrected, 1) == 0
    assert await poll(store, ticker(1, dated=True, words_of=0), 1) == 0
    assert await poll(store, ticker(2, dated=True), 2) == 1
    assert await poll(store, ticker(1, dated=True, words_of=0), 3) == 0
