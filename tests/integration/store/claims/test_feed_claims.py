"""The rows by which servers find claims follow whatever happens to claims, entries and articles."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, text, update

from bot.model.claims import Kind
from bot.model.queries import ClaimQuery
from bot.store import Store, open_store
from bot.store.database import open_engine
from bot.store.schema.news_tables import ArticleRow, ClaimRow, EntryRow, FeedClaimRow
from bot.store.upgrade import upgrade
from tests.factories import (
    GUILD,
    NOON,
    OTHER_GUILD,
    a_claim,
    an_article,
    an_attached_feed,
    an_extraction,
    stored_article,
)
from tests.integration.store.test_upgrade import OLD_ROWS

OLD_ENTRIES = (
    *(
        f"""INSERT INTO feeds (id, url, title, state, kept_by_host, failures, next_poll_at, created_at)
            VALUES ({n}, 'https://{n}.example/', '', 'healthy', true, 0, '2026-03-04 12:00', '2026-03-04 12:00')"""
        for n in (1, 2)
    ),
    *(
        f"""INSERT INTO entries
                (feed_id, key, content_hash, title, html, first_seen_at, state, attempts, article_id)
            VALUES ({feed_id}, '{key}', '', '', '', '2026-03-04 12:00', 'read', 0, 7)"""
        for feed_id, key in ((1, "a"), (1, "b"), (2, "a"))
    ),
    f"INSERT INTO guild_feeds (guild_id, feed_id, added_by, added_at) VALUES ({GUILD}, 1, 1, '2026-03-04 12:00')",
)
EXPECTED = """SELECT DISTINCT c.id, e.feed_id, c.article_id, -c.position, c.confidence, c.kind, c.verbatim,
    c.actor_id
    FROM claims c JOIN entries e ON e.article_id = c.article_id ORDER BY 1, 2"""


async def assert_in_step(store: Store) -> int:
    """Compare the rows with what they are made from; return how many there are."""
    stored = select(
        FeedClaimRow.claim_id,
        FeedClaimRow.feed_id,
        FeedClaimRow.article_id,
        FeedClaimRow.place,
        FeedClaimRow.confidence,
        FeedClaimRow.kind,
        FeedClaimRow.verbatim,
        FeedClaimRow.actor_id,
    ).order_by(FeedClaimRow.claim_id, FeedClaimRow.feed_id)
    dates = select(FeedClaimRow.at, ArticleRow.published_at).join(
        ArticleRow, ArticleRow.id == FeedClaimRow.article_id
    )
    async with store.database.reading() as connection:
        rows = [tuple(row) for row in await connection.execute(stored)]
        assert rows == [tuple(row) for row in await connection.execute(text(EXPECTED))]
        assert all(at == int(published.timestamp()) for at, published in await connection.execute(dates))
    return len(rows)


async def change(store: Store, statement: object) -> None:
    async with store.database.writing() as connection:
        await connection.execute(statement)  # type: ignore[call-overload]


async def test_claims_that_are_stored_and_extracted_again(store: Store) -> None:
    stored = await stored_article(store)
    assert await assert_in_step(store) == 1
    again = an_extraction(a_claim(content="We will open it in May"), a_claim(confidence=0.5, kind=Kind.DENIAL))
    await store.claims.save_extraction(stored.article_id, again)
    assert await assert_in_step(store) == 2
    await store.claims.save_extraction(stored.article_id, an_extraction(actors=()))
    assert await assert_in_step(store) == 1


async def test_a_second_feed_and_its_end(store: Store) -> None:
    article = an_article()
    await stored_article(store, article=article)
    second = await stored_article(store, OTHER_GUILD, feed_url="https://other.example/rss", article=article)
    assert await assert_in_step(store) == 2
    await change(store, delete(EntryRow).where(EntryRow.feed_id == second.feed.id))
    assert await assert_in_step(store) == 1


async def test_two_entries_of_one_feed_count_once(store: Store) -> None:
    article = an_article()
    first = await stored_article(store, article=article)
    await stored_article(store, article=article)
    assert await assert_in_step(store) == 1
    await change(store, delete(EntryRow).where(EntryRow.id == first.entry_id))
    assert await assert_in_step(store) == 1, "the other entry still leads to it"


async def test_an_entry_that_goes_to_another_feed_or_article(store: Store) -> None:
    first, second = await stored_article(store), await stored_article(store)
    other = await an_attached_feed(store, OTHER_GUILD, "https://other.example/rss")
    await change(store, update(EntryRow).where(EntryRow.id == first.entry_id).values(feed_id=other.id))
    assert await assert_in_step(store) == 2
    moved = update(EntryRow).where(EntryRow.id == first.entry_id).values(article_id=second.article_id)
    await change(store, moved)
    assert await assert_in_step(store) == 2
    await change(store, update(EntryRow).values(article_id=None))
    assert await assert_in_step(store) == 0


@pytest.mark.parametrize("at", [NOON + timedelta(days=3), datetime(1969, 12, 31, 23, 59, 58, tzinfo=UTC)])
async def test_an_article_that_gets_another_date(store: Store, at: datetime) -> None:
    await stored_article(store)
    await change(store, update(ArticleRow).values(published_at=at))
    assert await assert_in_step(store) == 1


async def test_claims_and_articles_that_are_deleted(store: Store) -> None:
    first = await stored_article(store)
    await stored_article(store)
    await change(store, update(ClaimRow).values(actor_id=None, position=7, confidence=0.25))
    assert await assert_in_step(store) == 2
    await change(store, delete(ArticleRow).where(ArticleRow.id == first.article_id))
    assert await assert_in_step(store) == 1
    await change(store, delete(ClaimRow))
    assert await assert_in_step(store) == 0


async def test_claims_from_before_are_there_for_the_servers_that_may_see_them(empty_database_url: str) -> None:
    await upgrade(empty_database_url, "0015")
    engine = open_engine(empty_database_url, pooled=False)
    async with engine.begin() as connection:
        for statement in (*OLD_ROWS, *OLD_ENTRIES):
            await connection.execute(text(statement))
    await engine.dispose()
    async with open_store(empty_database_url) as store:
        assert await assert_in_step(store) == 2
        assert (await store.claims.search(ClaimQuery(GUILD), limit=5)).total == 1
        assert (await store.claims.search(ClaimQuery(OTHER_GUILD), limit=5)).total == 0
