"""What is due is found without doing it, on both databases."""

from datetime import timedelta

from bot.store import Store
from bot.store.leases import Topic
from tests.factories import NOON, SetClock, a_subscription, an_article, an_entry, an_outcome, stored_article


async def an_article_to_extract(store: Store) -> int:
    feed = await store.feeds.add("https://news.example/rss", kept_by_host=True)
    await store.feeds.save_outcomes([an_outcome(feed.id, an_entry())])
    (entry,) = await store.articles.entries_to_read(NOON + timedelta(days=1), 10)
    return await store.articles.save_read(entry.entry_id, an_article())


async def test_an_empty_store_has_nothing_to_do(store: Store) -> None:
    assert await store.due_work.steps(NOON) == set()
    assert await store.due_work.oldest_feed(NOON) == timedelta()


async def test_each_step_is_found_when_it_has_something_to_do(store: Store, clock: SetClock) -> None:
    feed = await store.feeds.add("https://news.example/rss", kept_by_host=True)
    assert await store.due_work.steps(clock()) == {"poll"}
    assert await store.due_work.oldest_feed(clock() + timedelta(minutes=3)) == timedelta(minutes=3)
    later = clock() + timedelta(hours=1)
    await store.feeds.save_outcomes([an_outcome(feed.id, an_entry(), next_poll_at=later)])
    assert await store.due_work.steps(clock()) == {"read"}


async def test_an_article_is_to_be_extracted_unless_it_was_put_off(store: Store, clock: SetClock) -> None:
    article_id = await an_article_to_extract(store)
    assert "extract" in await store.due_work.steps(clock())
    await store.articles.extraction_failed(article_id, "It failed.")
    assert "extract" not in await store.due_work.steps(clock())


async def test_what_was_extracted_is_to_be_grouped(store: Store, clock: SetClock) -> None:
    stored = await stored_article(store)
    assert await store.due_work.steps(clock()) & {"extract", "group"} == {"group"}
    await store.stories.save(stored.article_id, None, {"dam": 1.0})
    assert "group" not in await store.due_work.steps(clock())


async def test_a_digest_is_due_at_its_time(store: Store, clock: SetClock) -> None:
    await a_subscription(store, next_at=clock() + timedelta(hours=1))
    assert "compose" not in await store.due_work.steps(clock())
    assert "compose" in await store.due_work.steps(clock() + timedelta(hours=1))


async def test_a_feed_that_nobody_wants_is_not_due(store: Store, clock: SetClock) -> None:
    await store.feeds.add("https://news.example/rss")
    assert await store.due_work.steps(clock()) == set()


async def test_what_another_process_works_at_is_left_out(store: Store, clock: SetClock) -> None:
    article_id = await an_article_to_extract(store)
    await store.leases.take(Topic.EXTRACT, [article_id])
    store.leases.holder = "another"
    expected = {"extract"} if store.database.dialect == "sqlite" else set()
    assert await store.due_work.steps(clock()) & {"extract"} == expected
