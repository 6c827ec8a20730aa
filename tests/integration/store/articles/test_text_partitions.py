"""The partitions of the texts of articles on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from bot.store import Store, open_store
from bot.store.articles.text_partitions import make_partitions
from bot.store.retention import Kept
from bot.store.schema.news_tables import ArticleTextRow
from bot.store.sizes import database_size
from tests.databases import Server
from tests.factories import SetClock, an_article, stored_article

DAY = timedelta(days=1)
KEPT = Kept(texts=30 * DAY)


@pytest.fixture
async def shared(postgres: Server, clock: SetClock) -> AsyncIterator[Store]:
    """A store of its own: partitions outlive the emptying of the one that tests share."""
    with postgres.database() as url:
        async with open_store(url, clock=clock) as store:
            yield store


async def number_articles_from(store: Store, number: int) -> None:
    async with store.database.writing() as connection:
        await connection.execute(text(f"ALTER SEQUENCE articles_id_seq RESTART WITH {number}"))


async def partitions(store: Store) -> list[str]:
    """Return the names of the partitions, without what all have in common."""
    names = text("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'article_texts'::regclass")
    async with store.database.reading() as connection:
        found = (await connection.execute(names)).scalars()
        return sorted((name.removeprefix("article_texts_from_") for name in found), key=int)


async def places(store: Store) -> dict[int, str]:
    """Return which article's text is in which partition."""
    query = text("SELECT article_id, tableoid::regclass::text AS name FROM article_texts ORDER BY article_id")
    async with store.database.reading() as connection:
        rows = await connection.execute(query)
        return {row.article_id: row.name.removeprefix("article_texts_from_") for row in rows}


async def purge(store: Store, clock: SetClock) -> None:
    while (await store.retention.purge(clock.now, kept=KEPT)).total:
        pass
    await store.retention.free_space(clock.now, KEPT)


async def test_a_partition_is_dropped_with_its_last_text(shared: Store, clock: SetClock) -> None:
    await number_articles_from(shared, 9_999)
    await stored_article(shared, grouped=True)
    clock.advance(days=20)
    later = await stored_article(shared, grouped=True)
    assert await places(shared) == {9_999: "0", 10_000: "10000"}
    clock.advance(days=9)
    await purge(shared, clock)
    assert await partitions(shared) == ["0", "10000", "20000"]
    clock.advance(days=2)
    await purge(shared, clock)
    assert await places(shared) == {10_000: "10000"}
    assert await partitions(shared) == ["10000", "20000"]
    assert (await shared.articles.get(later.article_id)).text == an_article().text


async def test_a_partition_with_a_text_that_is_needed_stays(shared: Store, clock: SetClock) -> None:
    await number_articles_from(shared, 9_998)
    waiting = await stored_article(shared, grouped=False)
    await stored_article(shared, grouped=True)
    clock.advance(days=31)
    await stored_article(shared, grouped=True)
    clock.advance(days=1)
    await purge(shared, clock)
    assert await places(shared) == {9_998: "0", 10_000: "10000"}
    await shared.stories.save(waiting.article_id, None, {"dam": 1.0})
    await purge(shared, clock)
    assert await places(shared) == {10_000: "10000"}
    assert await partitions(shared) == ["10000", "20000"]


async def test_a_partition_whose_numbers_may_still_be_used_stays(shared: Store, clock: SetClock) -> None:
    """After a long silence the first new article may overtake one with an earlier number."""
    await number_articles_from(shared, 9_999)
    await stored_article(shared, grouped=True)
    clock.advance(days=60)
    await stored_article(shared, grouped=True)
    await purge(shared, clock)
    assert await partitions(shared) == ["0", "10000", "20000"]
    clock.advance(hours=2)
    await purge(shared, clock)
    assert await partitions(shared) == ["10000", "20000"]


async def test_a_text_always_has_its_place_and_partitions_catch_up(
    shared: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.articles.text_partitions.FEWEST", 2)
    await number_articles_from(shared, 20_005)
    for _ in range(3):
        await stored_article(shared)
    assert set((await places(shared)).values()) == {"20000"}
    await shared.retention.free_space(clock.now, KEPT)
    assert await partitions(shared) == ["0", "10000", "20000", "20008", "20010"]
    for _ in range(4):
        await stored_article(shared)
    assert list((await places(shared)).values()) == [*["20000"] * 3, *["20008"] * 2, *["20010"] * 2]
    await shared.retention.free_space(clock.now, KEPT)
    assert (await partitions(shared))[5:] == ["20016", "20022"], "as wide as what was read meanwhile"
    await shared.retention.free_space(clock.now, KEPT)
    assert (await partitions(shared))[7:] == [], "there is one ahead"


async def test_a_partition_is_as_wide_as_what_was_read_in_its_time(
    shared: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.articles.text_partitions.FEWEST", 1)
    await number_articles_from(shared, 20_001)
    for _ in range(4):
        await stored_article(shared)
        clock.advance(days=1)
    async with shared.database.writing() as connection:
        await make_partitions(connection, 2 * DAY)
    assert (await partitions(shared))[2:] == ["20000", "20005", "20007"]


async def test_those_who_use_the_texts_are_not_held_up_for_long(
    shared: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.articles.text_partitions.LOCK_TIMEOUT", "20ms")
    await number_articles_from(shared, 9_999)
    await stored_article(shared, grouped=True)
    clock.advance(days=31)
    await stored_article(shared, grouped=True)
    clock.advance(days=1)
    async with shared.database.reading() as reader:
        await reader.execute(select(func.count()).select_from(ArticleTextRow))
        await purge(shared, clock)
        assert await partitions(shared) == ["0", "10000", "20000"]
    await purge(shared, clock)
    assert await partitions(shared) == ["10000", "20000"]


async def test_processes_that_renew_the_partitions_at_once_do_not_clash(
    shared: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.articles.text_partitions.FEWEST", 2)
    await number_articles_from(shared, 20_005)
    await stored_article(shared)
    await asyncio.gather(*(shared.retention.free_space(clock.now, KEPT) for _ in range(4)))
    assert await partitions(shared) == ["0", "10000", "20000", "20006", "20008"]


async def test_the_size_of_a_table_is_that_of_its_partitions(shared: Store) -> None:
    await stored_article(shared)
    url: Any = shared.database.engine.url.set(drivername="postgresql")
    sizes = {
        table.name: table for table in (await database_size(url.render_as_string(hide_password=False))).tables
    }
    assert (sizes["article_texts"].rows, bool(sizes["article_texts"].size)) == (1, True)
