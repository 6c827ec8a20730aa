"""Articles in the store."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import NotFound
from bot.model.articles import ArticleToExtract, Origin
from bot.model.claims import Extraction
from bot.model.feeds import ParsedEntry
from bot.store import Store
from bot.store.setbacks import DELAYS
from tests.factories import (
    NOON,
    SetClock,
    an_article,
    an_attached_feed,
    an_entry,
    an_outcome,
    save_outcome,
)

FAR = NOON + timedelta(days=30)


async def entries(store: Store, *given: ParsedEntry) -> list[int]:
    feed = await an_attached_feed(store)
    await save_outcome(store, an_outcome(feed.id, *(given or (an_entry(),))))
    return [entry.entry_id for entry in await store.articles.entries_to_read(NOON, 100)]


async def test_an_article_comes_back_as_it_was_read(store: Store) -> None:
    (entry_id,) = await entries(store)
    article = an_article(
        author="Bo", image_url="https://news.example/i.png", origin=Origin.FEED, text="Zürich \0 \ud800."
    )
    article_id = await store.articles.save_read(entry_id, article)
    found = await store.articles.get(article_id)
    assert (found.url, found.outlet, found.title) == (article.url, article.outlet, article.title)
    assert (found.author, found.published_at, found.language) == ("Bo", article.published_at, "en")
    assert (found.image_url, found.story_id) == ("https://news.example/i.png", None)
    assert found.text == "Zürich \ufffd \ufffd."
    assert await store.articles.entries_to_read(FAR, 10) == []


async def test_entries_that_lead_to_one_address_share_an_article(store: Store) -> None:
    first, second = await entries(store, an_entry(), an_entry())
    article = an_article(url="https://news.example/" + "long" * 2000)
    article_id = await store.articles.save_read(first, article)
    other = an_article(url=article.url, title="Another title")
    assert await store.articles.save_read(second, other) == article_id
    assert await store.articles.save_read(second, other) == article_id
    assert (await store.articles.get(article_id)).title == article.title
    assert len(await store.articles.to_extract(10)) == 1


async def test_two_workers_that_read_the_same_page_make_one_article(store: Store) -> None:
    ids = await entries(store, *(an_entry() for _ in range(6)))
    article = an_article()
    saved = await asyncio.gather(*(store.articles.save_read(entry_id, article) for entry_id in ids))
    assert len(set(saved)) == 1


async def test_an_article_without_a_date_gets_the_best_that_is_known(store: Store) -> None:
    dated = datetime(2026, 3, 1, tzinfo=UTC)
    first, second = await entries(store, an_entry(published_at=dated), an_entry())
    of_entry = await store.articles.save_read(first, an_article(published_at=None))
    of_poll = await store.articles.save_read(second, an_article(published_at=None))
    assert (await store.articles.get(of_entry)).published_at == dated
    assert (await store.articles.get(of_poll)).published_at == NOON


async def test_an_entry_that_fails_waits_for_its_next_time(store: Store) -> None:
    (entry_id,) = await entries(store)
    await store.articles.read_failed(entry_id, "no answer", NOON + timedelta(minutes=5))
    assert await store.articles.entries_to_read(NOON, 10) == []
    (again,) = await store.articles.entries_to_read(NOON + timedelta(minutes=5), 10)
    assert (again.entry_id, again.attempts) == (entry_id, 1)


async def test_an_entry_waits_as_long_as_it_is_given_another_try(store: Store) -> None:
    first, second = await entries(store, an_entry(), an_entry())
    await store.articles.read_failed(first, "404", None)
    for _ in range(7):
        assert [e.entry_id for e in await store.articles.entries_to_read(FAR, 10)] == [second]
        await store.articles.read_failed(second, "no answer", NOON)
    await store.articles.read_failed(second, "no answer", None)
    assert await store.articles.entries_to_read(FAR, 10) == []


async def test_articles_wait_for_extraction_and_those_that_failed_are_left_alone_and_come_last(
    store: Store, clock: SetClock
) -> None:
    first, second = await entries(store, an_entry(), an_entry())
    one = await store.articles.save_read(first, an_article(text="One", language=None))
    two = await store.articles.save_read(second, an_article(text="Two"))
    title = an_article().title
    assert await store.articles.to_extract(10) == [
        ArticleToExtract(one, None, title, "One"),
        ArticleToExtract(two, "en", title, "Two"),
    ]
    for delay in DELAYS[:2]:
        await store.articles.extraction_failed(one, "out of time")
        clock.now += delay - timedelta(seconds=1)
        assert [each.article_id for each in await store.articles.to_extract(10)] == [two]
        clock.now += timedelta(seconds=2)
        assert [each.article_id for each in await store.articles.to_extract(10)] == [two, one]
    await store.articles.extraction_failed(one, "out of time")
    clock.now += timedelta(days=3)
    assert [each.article_id for each in await store.articles.to_extract(10)] == [two]
    await store.claims.save_extraction(two, Extraction((), ()))
    assert await store.articles.to_extract(10) == []


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.articles.get(1)
    with pytest.raises(NotFound):
        await store.articles.save_read(1, an_article())
    with pytest.raises(NotFound):
        await store.articles.read_failed(1, "x", None)
    with pytest.raises(NotFound):
        await store.articles.extraction_failed(1, "x")
