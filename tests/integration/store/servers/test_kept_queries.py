"""Stored searches, and facts about the installation."""

from datetime import timedelta

import pytest

from bot.errors import NotFound
from bot.model.claims import Kind, Wording
from bot.model.queries import ClaimQuery, Sort
from bot.store import Store
from tests.factories import GUILD, NOON, OTHER_GUILD, SetClock


async def test_a_question_comes_back_in_the_server_that_asked_it(store: Store) -> None:
    query = ClaimQuery(
        GUILD,
        "Ada Quist",
        "dam",
        NOON - timedelta(days=3),
        NOON,
        0.25,
        "The Courier",
        Kind.DENIAL,
        Wording.VERBATIM,
        Sort.RELEVANT,
        "Quits",
    )
    query_id = await store.queries.add(GUILD, query)
    assert await store.queries.get(query_id, GUILD) == query
    for guild_id in (OTHER_GUILD, None):
        with pytest.raises(NotFound):
            await store.queries.get(query_id, guild_id)


async def test_a_question_is_limited_to_where_it_was_asked_whatever_it_says(store: Store) -> None:
    query_id = await store.queries.add(GUILD, ClaimQuery(None, "Ada Quist"))
    assert (await store.queries.get(query_id, GUILD)).guild_id == GUILD
    alone = await store.queries.add(None, ClaimQuery(None, "Ada Quist"))
    assert (await store.queries.get(alone, None)).guild_id is None
    with pytest.raises(NotFound):
        await store.queries.get(alone, GUILD)


async def test_questions_are_dropped_after_ninety_days(store: Store, clock: SetClock) -> None:
    old = await store.queries.add(GUILD, ClaimQuery(GUILD))
    clock.advance(days=90)
    kept = await store.queries.add(GUILD, ClaimQuery(GUILD))
    assert await store.queries.get(old, GUILD)
    clock.advance(seconds=1)
    await store.queries.add(GUILD, ClaimQuery(GUILD))
    with pytest.raises(NotFound):
        await store.queries.get(old, GUILD)
    assert await store.queries.get(kept, GUILD)
    with pytest.raises(NotFound):
        await store.queries.get(2**64, GUILD)


async def test_a_fact_is_kept_until_another_takes_its_place(store: Store) -> None:
    assert await store.installation.get("commands") is None
    await store.installation.put("commands", "abc")
    await store.installation.put("commands", "def")
    assert await store.installation.get("commands") == "def"
