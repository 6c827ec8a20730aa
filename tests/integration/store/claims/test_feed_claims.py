"""The rows by which servers find claims follow whatever happens to claims, entries and articles."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, text, update

from bot.model.claims import Kind
from bot.store import Store
from bot.store.schema.news_tables import ArticleRow, ClaimRow, EntryRow, FeedClaimRow
from tests.factories import NOON, OTHER_GUILD, a_claim, an_article, an_attached_feed, an_extraction, stored_article

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
