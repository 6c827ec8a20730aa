"""A question that takes too long is given up with a sentence, and nothing else waits for it."""

import asyncio

import pytest
from sqlalchemy import text

from bot.errors import StoreError, TooSlow
from bot.store import Store

LONG = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(600)",
}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.database.ANSWERED_WITHIN_S", 0.3)


async def ask(store: Store, question: str) -> object:
    async with store.database.answering() as connection:
        return (await connection.execute(text(question))).scalar()


async def test_a_question_that_takes_too_long_ends_with_a_sentence(store: Store) -> None:
    with pytest.raises(TooSlow, match="Ask again"):
        await ask(store, LONG[store.database.dialect])
    assert await ask(store, "SELECT 7") == 7


async def test_many_slow_questions_leave_room_for_the_steps(store: Store) -> None:
    slow = [asyncio.create_task(ask(store, LONG[store.database.dialect])) for _ in range(40)]
    await asyncio.sleep(0.05)
    async with store.database.reading() as connection:
        assert (await connection.execute(text("SELECT 7"))).scalar() == 7
    found = await asyncio.gather(*slow, return_exceptions=True)
    assert {type(one) for one in found} == {TooSlow}
    assert await ask(store, "SELECT 8") == 8


async def test_who_types_a_name_does_not_wait_for_slow_questions(store: Store) -> None:
    slow = [asyncio.create_task(ask(store, LONG[store.database.dialect])) for _ in range(40)]
    await asyncio.sleep(0.05)
    assert await store.claims.actor_names("Lindmark", 1, 25) == []
    assert not any(one.done() for one in slow[:8])
    await asyncio.gather(*slow, return_exceptions=True)


async def test_other_failures_stay_what_they_are(store: Store) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        await ask(store, "SELECT 1 FROM nowhere")
    with pytest.raises(ZeroDivisionError):
        async with store.database.answering():
            raise ZeroDivisionError
