"""What people had read, kept for a while."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.errors import NotFound
from bot.model.readings import Reading
from bot.services.fresh_claims import evidence_in
from bot.store import Store
from bot.store.schema.person_tables import ReadingRow
from tests.factories import NOON, TEXT, SetClock, a_claim, an_article, an_extraction

KEY = "0123456789abcdef"


def a_reading(key: str = KEY, url: str | None = "https://news.example/1") -> Reading:
    extraction = an_extraction(a_claim(due=(0, 3), told_by=()))
    evidence = evidence_in(
        an_article(text=TEXT, title="“Dam” is safe \ufffd", url="https://news.example/1"), extraction, NOON, 0.5
    )
    return Reading(
        key=key,
        title="“Dam” is safe",
        outlet="The Courier",
        url=url,
        published_at=NOON,
        claims=tuple(one.claim for one in evidence),
        evidence=evidence,
        note="Only the beginning.",
    )


async def test_what_was_read_comes_back_as_it_was(store: Store) -> None:
    await store.readings.put(a_reading(), "a" * 64)
    assert await store.readings.get(KEY) == a_reading()
    assert await store.readings.latest("a" * 64, NOON) == a_reading()
    assert await store.readings.latest("c" * 64, NOON) is None
    assert await store.readings.latest("a" * 64, NOON + timedelta(seconds=1)) is None


async def test_the_latest_of_several_is_found(store: Store, clock: SetClock) -> None:
    await store.readings.put(a_reading(), "a" * 64)
    clock.advance(hours=2)
    newer = replace(a_reading("f" * 16), title="Corrected")
    await store.readings.put(newer, "a" * 64)
    found = await store.readings.latest("a" * 64, NOON)
    assert found == newer
    assert await store.readings.get(KEY) == a_reading()


@pytest.mark.parametrize(("url", "days"), [("https://news.example/1", 7), (None, 1)])
async def test_pages_are_kept_for_a_week_and_texts_for_a_day(
    store: Store, clock: SetClock, url: str | None, days: int
) -> None:
    await store.readings.put(a_reading(url=url), "a" * 64)
    clock.advance(days=days, seconds=-1)
    await store.readings.get(KEY)
    clock.advance(seconds=2)
    with pytest.raises(NotFound):
        await store.readings.get(KEY)
    await store.readings.put(a_reading("f" * 16), "b" * 64)
    async with store.database.reading() as connection:
        tokens = (await connection.execute(select(ReadingRow.token))).scalars().all()
    assert tokens == ["f" * 16]


async def test_what_an_earlier_version_wrote_otherwise_is_too_old(store: Store) -> None:
    await store.readings.put(a_reading(), "a" * 64)
    async with store.database.writing() as connection:
        await connection.execute(update(ReadingRow).values(content={"title": "Only a title"}))
    assert await store.readings.latest("a" * 64, NOON) is None
    with pytest.raises(NotFound, match="too old"):
        await store.readings.get(KEY)


async def test_an_unknown_key_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.readings.get("f" * 16)
