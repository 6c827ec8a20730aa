"""What is kept, for how long, and what remains of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState, PostedAt
from bot.model.queries import ClaimQuery
from bot.runner import steps
from bot.store import Store
from bot.store.retention import Kept
from bot.store.schema.columns import ArticleState
from bot.store.schema.news_tables import ArticleRow, ArticleTextRow, EntryRow
from bot.store.schema.server_tables import DeliveryRow
from tests.factories import GUILD, NOON, SetClock, a_subscription, an_article, put_digest, said, stored_article

DAY = timedelta(days=1)
KEPT = Kept(claims=400 * DAY, texts=30 * DAY, deliveries=60 * DAY)


async def count(store: Store, table: Any) -> int:
    async with store.database.reading() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


async def test_claims_outlive_the_text_with_their_sentences(store: Store, clock: SetClock) -> None:
    content = "The dam is safe"
    told, extraction = said(content)
    whole = f"It rained for days. {told} Nobody else spoke."
    by = whole.index(told)
    moved = replace(
        extraction.claims[0],
        source=tuple((a + by, b + by) for a, b in extraction.claims[0].source),
        cue=tuple((a + by, b + by) for a, b in extraction.claims[0].cue),
        content=tuple((a + by, b + by) for a, b in extraction.claims[0].content),
        evidence=(by, by + len(told)),
    )
    stored = await stored_article(
        store, article=an_article(text=whole), extraction=replace(extraction, claims=(moved,)), grouped=True
    )
    (claim,) = (await store.claims.search(ClaimQuery(GUILD), limit=5)).claims
    before = await store.claims.evidence(claim.id, GUILD)
    assert (await store.retention.purge(NOON + 29 * DAY, kept=KEPT)).total == 0
    assert (await store.retention.purge(NOON + 31 * DAY, kept=KEPT)).texts == 1
    assert (await store.retention.purge(NOON + 31 * DAY, kept=KEPT)).total == 0
    assert (await store.articles.get(stored.article_id)).text == ""
    after = await store.claims.evidence(claim.id, GUILD)
    assert after.text == told
    assert (after.cut_before, after.cut_after) == (True, True)
    for part in ("source", "cue", "content"):
        words = [[e.text[a:b] for a, b in getattr(e, part)] for e in (before, after)]
        assert words[0] == words[1], part
    assert (await store.claims.search(ClaimQuery(GUILD, topic="dam"), limit=5)).total == 1
    assert (await store.retention.purge(NOON + 401 * DAY, kept=KEPT)).articles == 1
    assert (await store.claims.search(ClaimQuery(GUILD), limit=5)).total == 0


async def test_texts_that_are_still_needed_stay(store: Store) -> None:
    await stored_article(store, grouped=False)
    assert (await store.retention.purge(NOON + 31 * DAY, kept=KEPT)).texts == 0


async def test_a_text_that_could_not_be_analysed_goes_like_the_others(store: Store) -> None:
    stored = await stored_article(store)
    async with store.database.writing() as connection:
        await connection.execute(update(ArticleRow).values(state=ArticleState.FAILED))
    assert (await store.retention.purge(NOON + 31 * DAY, kept=KEPT)).texts == 1
    assert (await store.articles.get(stored.article_id)).text == ""


async def test_a_text_that_was_needed_for_longer_goes_later(store: Store, clock: SetClock) -> None:
    waiting = await stored_article(store, grouped=False)
    clock.advance(days=1)
    await stored_article(store, grouped=True)
    assert (await store.retention.purge(NOON + 32 * DAY, kept=KEPT)).texts == 1
    await store.stories.save(waiting.article_id, None, {"dam": 1.0})
    assert (await store.retention.purge(NOON + 33 * DAY, kept=KEPT)).texts == 1
    assert await count(store, ArticleTextRow) == 0


async def test_a_text_that_is_revised_while_it_is_purged_stays(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = await stored_article(store, grouped=True)
    writing = store.database.writing

    @asynccontextmanager
    async def after_a_revision() -> AsyncIterator[AsyncConnection]:
        async with writing() as connection:
            await connection.execute(update(ArticleRow).values(state=ArticleState.READ))
        async with writing() as connection:
            yield connection

    monkeypatch.setattr(store.database, "writing", after_a_revision)
    assert (await store.retention.purge(NOON + 31 * DAY, kept=KEPT)).texts == 0
    assert (await store.articles.get(stored.article_id)).text == an_article().text


async def test_a_text_goes_with_its_article(store: Store) -> None:
    await stored_article(store, grouped=True)
    assert (await store.retention.purge(NOON + 401 * DAY)).articles == 1
    assert await count(store, ArticleTextRow) == 0


async def test_messages_go_and_what_they_showed_stays_shown(store: Store) -> None:
    stored = await stored_article(store, grouped=True)
    subscription = await a_subscription(store)
    slots = [NOON + n * timedelta(hours=1) for n in range(3)]
    ids = []
    for slot in slots:
        shown = [stored.article_id] if slot == NOON else []
        nonce = slot.isoformat()
        ids += await put_digest(store, subscription.id, slot, [(nonce, {"content": "x"})], shown, NOON + DAY)
    await store.deliveries.sent(ids[0], PostedAt(1))
    await store.deliveries.failed(ids[1], "no", None)
    assert (await store.retention.purge(NOON + 59 * DAY, kept=replace(KEPT, texts=400 * DAY))).total == 0
    assert (await store.retention.purge(NOON + 61 * DAY, kept=replace(KEPT, texts=400 * DAY))).messages == 2
    counts = await store.deliveries.counts()
    assert counts[DeliveryState.PENDING] == await count(store, DeliveryRow) == 1
    left = await store.digests.unshown_articles(
        subscription.selection, unshown_in=subscription.plan.channel_id, since=NOON - DAY, limit=9
    )
    assert left == []


async def test_articles_that_lost_their_entries_are_swept_in_steps(store: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr("bot.store.retention.LOOKED_AT", 2)
    for _ in range(5):
        await stored_article(store)
    async with store.database.writing() as connection:
        last = select(func.max(EntryRow.article_id)).scalar_subquery()
        await connection.execute(delete(EntryRow).where(EntryRow.article_id == last))
    while (await store.retention.purge(NOON)).total:
        pass
    assert await count(store, ArticleRow) == 4
    assert (await store.retention.purge(NOON)).total >= 0


async def test_nothing_is_looked_up_under_the_writers_lock(store: Store, clock: SetClock) -> None:
    """A purge that has nothing to do writes next to nothing: whoever polls or posts does not wait for it."""
    await stored_article(store, grouped=True)
    under_lock: list[str] = []

    def note(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if connection.get_execution_options().get("writes"):
            under_lock.append(statement)

    engine = store.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        await store.retention.purge(NOON)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert not [statement for statement in under_lock if statement.startswith("SELECT")]


async def test_statistics_are_renewed_at_the_end_of_the_day(store: Store, clock: SetClock) -> None:
    await stored_article(store, grouped=True)
    await steps.purge(store, clock)
    statistics = {"sqlite": "SELECT count(*) FROM sqlite_stat1", "postgresql": "SELECT count(*) FROM pg_stats"}
    async with store.database.reading() as connection:
        assert (await connection.execute(text(statistics[store.database.dialect]))).scalar_one()
