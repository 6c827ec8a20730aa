"""SQLite is copied into PostgreSQL: everything, once, even if it is interrupted."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from bot.errors import BadInput, StoreError
from bot.model.queries import ClaimQuery
from bot.store import Store, open_store
from bot.store.copying import UNCOPIED, copy_database
from bot.store.database import open_engine
from bot.store.run_lock import hold_run_lock
from bot.store.schema.news_tables import ArticleRow
from bot.store.schema.rows import Row
from tests.databases import Server as PostgreSQL
from tests.databases import Templates
from tests.factories import GUILD, NOON, SetClock, a_subscription, put_digest, stored_article, stored_claims


@pytest.fixture
def target(postgres: PostgreSQL) -> Iterator[str]:
    with postgres.database() as url:
        yield url


@pytest.fixture
async def source(templates: Templates, tmp_path: Path) -> str:
    """A SQLite database with some of everything, of which the last article was deleted."""
    url = templates.sqlite_copy(tmp_path)
    async with open_store(url, clock=SetClock(), migrate=False) as store:
        await stored_claims(store, "Zürich’s dam is safe", "It is “shut”\n\t\\N", actor="İda Quist")
        stored = await stored_article(store, grouped=True)
        subscription = await a_subscription(store)
        await put_digest(
            store,
            subscription.id,
            NOON,
            [("nonce", {"content": "🧨"})],
            [stored.article_id],
            NOON + timedelta(days=1),
        )
        await store.queries.add(GUILD, ClaimQuery(GUILD, actor="x"))
        await store.installation.put("fact", "value")
        gone = await stored_article(store)
        async with store.database.writing() as connection:
            await connection.execute(ArticleRow.__table__.delete().where(ArticleRow.id == gone.article_id))
    return url


async def counts(url: str) -> dict[str, int]:
    engine = open_engine(url, pooled=False)
    try:
        async with engine.connect() as connection:
            return {
                table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
                for table in Row.metadata.sorted_tables
            }
    finally:
        await engine.dispose()


async def everything(store: Store) -> list[Any]:
    page = await store.claims.search(ClaimQuery(GUILD), limit=50)
    evidence = [await store.claims.evidence(claim.id, GUILD) for claim in page.claims]
    return [
        page,
        evidence,
        await store.subscriptions.all(),
        await store.feeds.all(),
        await store.deliveries.due(NOON, 9),
    ]


async def test_everything_is_there_and_new_rows_get_new_numbers(source: str, target: str) -> None:
    copied = await copy_database(source, target)
    assert copied.rows == {name: rows for name, rows in (await counts(source)).items() if name not in UNCOPIED}
    assert copied.rows["claims"] == copied.rows["feed_claims"] == 3
    async with open_store(source, clock=SetClock()) as old, open_store(target, clock=SetClock()) as new:
        assert await everything(new) == await everything(old)
        assert await new.installation.get("fact") == "value"
        stored = await stored_article(new)
        assert stored.article_id == 5, "the number of the deleted article is not used again"
        assert (await new.claims.search(ClaimQuery(GUILD), limit=1)).total == 4, "triggers work again"


async def test_a_copy_that_was_interrupted_goes_on(
    source: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.copying.PAGE", 1)
    real = __import__("bot.store.copying", fromlist=["_page"])._page
    pages = 0

    def failing(*arguments: Any) -> Any:
        nonlocal pages
        pages += 1
        if pages == stop_at:
            raise StoreError("the power failed")
        return real(*arguments)

    monkeypatch.setattr("bot.store.copying._page", failing)
    for limit in (5, 12, 33, 40, 50):
        pages, stop_at = 0, limit
        with pytest.raises(StoreError, match="power"):
            await copy_database(source, target)
    stop_at = -1
    copied = await copy_database(source, target)
    assert copied.rows["claims"] == 3
    assert (await counts(target))["meta"] == (await counts(source))["meta"]


async def test_a_copy_that_differs_is_noticed(source: str, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def tell(table: str, _rows: int) -> None:
        told.append(table)
        if table == "articles":
            raise StoreError("stopped")

    with pytest.raises(StoreError, match="stopped"):
        await copy_database(source, target, tell)
    engine = open_engine(target, pooled=False)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE articles SET title = title || '!' WHERE id = 1"))
    await engine.dispose()
    with pytest.raises(StoreError, match="copy of articles differs"):
        await copy_database(source, target)


async def test_a_target_that_is_in_use_or_not_empty_is_refused(source: str, target: str) -> None:
    async with open_store(target, clock=SetClock()) as store:
        await store.feeds.add("https://news.example/rss")
    with pytest.raises(BadInput, match="not empty: it has feeds"):
        await copy_database(source, target)
    async with hold_run_lock(source):
        with pytest.raises(StoreError, match="running"):
            await copy_database(source, target)
    with pytest.raises(BadInput, match="PostgreSQL"):
        await copy_database(source, source)
    with pytest.raises(BadInput, match="SQLite"):
        await copy_database(target, target)
