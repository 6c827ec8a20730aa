"""When what was read is read again: on a hint of the feed, and where a digest has shown it."""

import json
from datetime import timedelta

import pytest

from bot.feeds.parse import Document, parse_feed
from bot.store import Store
from bot.store.articles.rechecks import RECHECK_DELAYS
from tests.factories import (
    GUILD,
    NOON,
    SetClock,
    a_subscription,
    an_article,
    an_attached_feed,
    an_outcome,
    put_digest,
    save_outcome,
)
from tests.integration.store.articles.test_copies import extracted, read, wire

__all__ = ["wire"]

EARLIER, LATER = "2026-03-04T09:00:00Z", "2026-03-04T11:00:00Z"


def atom(updated: str) -> bytes:
    return (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry><id>1</id><title>t</title>"
        f"<link href='http://a.example/1'/><published>{EARLIER}</published><updated>{updated}</updated></entry></feed>"
    ).encode()


def rss(updated: str) -> bytes:
    return (
        "<rss version='2.0' xmlns:dcterms='http://purl.org/dc/terms/'><channel><title>x</title><item><guid>1</guid>"
        f"<link>http://a.example/1</link><title>t</title><dcterms:modified>{updated}</dcterms:modified>"
        "<pubDate>Wed, 04 Mar 2026 09:00:00 GMT</pubDate></item></channel></rss>"
    ).encode()


def json_feed(updated: str) -> bytes:
    item = {
        "id": "1",
        "url": "http://a.example/1",
        "title": "t",
        "date_published": EARLIER,
        "date_modified": updated,
    }
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [item]}).encode()


@pytest.mark.parametrize("written", [atom, rss, json_feed])
async def test_an_entry_is_read_again_when_its_feed_dates_a_change(store: Store, written: object) -> None:
    assert callable(written)
    feed = await an_attached_feed(store)
    for updated, waits in ((EARLIER, 1), (EARLIER, 0), (LATER, 1)):
        document = parse_feed(Document(written(updated), "http://a.example/feed", None, NOON))
        saved = await save_outcome(store, an_outcome(feed.id, feed=document))
        entries = await store.articles.entries_to_read(NOON + timedelta(hours=1), 9)
        assert len(entries) == waits, updated
        assert [entry.was_read for entry in entries] == [saved.updated_entries == 1] * waits
        for entry in entries:
            await store.articles.save_read(entry.entry_id, an_article())


async def looked_at(store: Store, clock: SetClock) -> list[int]:
    """Return the entries whose look has come, read as they were."""
    planned = await store.articles.queue_rechecks(clock(), 9)
    found = [entry.entry_id for entry in await store.articles.entries_to_read(clock(), 9)]
    assert len(found) == planned
    for entry_id in found:
        await store.articles.read_unchanged(entry_id)
    return found


async def show(store: Store, article_id: int) -> None:
    await extracted(store, article_id)
    subscription = await a_subscription(store)
    await put_digest(store, subscription.id, NOON, [("nonce", {})], [article_id], NOON)


async def test_a_shown_article_is_looked_at_ever_more_rarely_by_its_first_entry(
    store: Store, clock: SetClock
) -> None:
    article_id, _ = await read(store, "The Courier", GUILD, url="https://a.example/1")
    assert (await read(store, "Front", GUILD, url="https://a.example/1"))[0] == article_id
    clock.advance(hours=2)
    assert await looked_at(store, clock) == []
    await show(store, article_id)
    seen = []
    for _ in range(60):
        if entries := await looked_at(store, clock):
            assert entries == [1]
            seen.append(clock() - NOON)
        clock.advance(hours=1)
    first, second, third = RECHECK_DELAYS
    assert seen == [first, first + second, first + second + third]


async def test_each_copy_of_a_shown_article_is_looked_at_too(store: Store, wire: object, clock: SetClock) -> None:
    await show(store, 1)
    clock.advance(hours=2)
    assert await looked_at(store, clock) == [1, 2]
    assert await looked_at(store, clock) == []


async def test_an_article_of_days_ago_is_left_alone(store: Store, clock: SetClock) -> None:
    article_id, _ = await read(store, "The Courier", GUILD, published_at=NOON - timedelta(days=3))
    await show(store, article_id)
    clock.advance(hours=2)
    assert await looked_at(store, clock) == []
