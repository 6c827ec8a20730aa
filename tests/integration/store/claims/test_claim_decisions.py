"""Claims that were withdrawn are nowhere in that server, and come back with the undo."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import LimitReached, NotFound
from bot.model.digests import Selection
from bot.model.queries import ClaimQuery
from bot.model.reports import EVERYWHERE, Decision, Fault
from bot.store import Store
from bot.store.claims import claim_decisions
from tests.factories import (
    GUILD,
    NOON,
    OTHER_GUILD,
    USER,
    SetClock,
    a_claim,
    an_article,
    an_attached_feed,
    an_extraction,
    said,
    stored_article,
)

SEEN = NOON - timedelta(days=1)
Shown = Callable[[Store, int], Awaitable[Any]]


async def stored(store: Store) -> int:
    """Store an article with one claim, seen by two servers. Return the claim."""
    text, extraction = said("The dam is safe")
    await stored_article(store, article=an_article(text=text), extraction=extraction, grouped=True)
    await an_attached_feed(store, OTHER_GUILD)
    (claim,) = (await store.claims.search(ClaimQuery(GUILD), limit=5)).claims
    return claim.id


async def withdraw(store: Store, claim_id: int, scope: int = GUILD) -> None:
    await store.claim_decisions.decide(scope, claim_id, Decision.WITHDRAWN, USER)


async def newest(store: Store, guild_id: int) -> Any:
    return (await store.claims.search(ClaimQuery(guild_id), limit=5)).claims


async def by_actor(store: Store, guild_id: int) -> Any:
    return (await store.claims.search(ClaimQuery(guild_id, actor="Ada Quist"), limit=5)).claims


async def by_topic(store: Store, guild_id: int) -> Any:
    return (await store.claims.search(ClaimQuery(guild_id, topic="dam"), limit=5)).claims


async def names(store: Store, guild_id: int) -> Any:
    return [*await store.claims.actor_names("", guild_id, 5), *await store.claims.actor_names("quis", guild_id, 5)]


async def in_digests(store: Store, guild_id: int) -> Any:
    articles = await store.digests.unshown_articles(Selection(guild_id, 0.5), since=SEEN, limit=5)
    return [claim for article in articles for claim in article.claims]


async def in_filters(store: Store, guild_id: int) -> Any:
    return [
        claim for article in await store.filtering.latest(Selection(guild_id, 0.5), 5) for claim in article.claims
    ]


async def in_stories(store: Store, guild_id: int) -> Any:
    article_ids = [article.article_id for article in await store.filtering.latest(Selection(guild_id, 0.5), 5)]
    found = await store.digests.as_now(article_ids, guild_id)
    return [claim for article in found.values() for claim in article.claims]


PLACES = [newest, by_actor, by_topic, names, in_digests, in_filters, in_stories]


@pytest.mark.parametrize("place", PLACES)
async def test_a_withdrawn_claim_is_nowhere_in_that_server_until_that_is_undone(
    store: Store, place: Shown
) -> None:
    claim_id = await stored(store)
    assert await place(store, GUILD)
    await withdraw(store, claim_id)
    assert not await place(store, GUILD)
    assert await place(store, OTHER_GUILD), "for another server nothing has changed"
    await store.claim_decisions.decide(GUILD, claim_id, Decision.OPEN, USER)
    assert await place(store, GUILD)


@pytest.mark.parametrize("place", PLACES)
async def test_what_the_host_withdraws_is_nowhere(store: Store, place: Shown) -> None:
    await withdraw(store, await stored(store), EVERYWHERE)
    assert not await place(store, GUILD)
    assert not await place(store, OTHER_GUILD)


async def test_the_host_sees_what_servers_withdrew_and_not_what_the_host_did(store: Store) -> None:
    claim_id = await stored(store)
    await withdraw(store, claim_id)
    assert (await store.claims.search(ClaimQuery(), limit=5)).claims
    await withdraw(store, claim_id, EVERYWHERE)
    assert not (await store.claims.search(ClaimQuery(), limit=5)).claims


async def test_its_evidence_is_for_those_who_decide(store: Store) -> None:
    claim_id = await stored(store)
    await withdraw(store, claim_id)
    for ask in (store.claims.get, store.claims.evidence):
        with pytest.raises(NotFound):
            await ask(claim_id, GUILD)
    assert (await store.claims.evidence(claim_id, GUILD, withdrawn=True)).claim.id == claim_id


async def test_a_withdrawal_survives_that_the_article_is_read_again(store: Store) -> None:
    text, extraction = said("The dam is safe")
    article = await stored_article(store, article=an_article(text=text), extraction=extraction)
    (claim,) = await newest(store, GUILD)
    await withdraw(store, claim.id)
    await store.claims.save_extraction(article.article_id, extraction)
    assert not await newest(store, GUILD), "the claim is the same"
    await store.claims.save_extraction(article.article_id, an_extraction(actors=[]))
    assert [one.content_text for one in await newest(store, GUILD)] == []
    other = an_extraction(a_claim(text, content="safe", actor="Ada Quist", source="Ada Quist"))
    await store.claims.save_extraction(article.article_id, other)
    assert [one.content_text for one in await newest(store, GUILD)] == ["safe"], "another claim was not withdrawn"
    await store.claims.save_extraction(article.article_id, extraction)
    assert not await newest(store, GUILD), "it has come back under another number, and is still withdrawn"
    (claim_now,) = (await store.claims.search(ClaimQuery(), limit=5)).claims
    assert claim_now.id != claim.id
    await store.claim_decisions.decide(GUILD, claim_now.id, Decision.OPEN, USER)
    assert await newest(store, GUILD)


async def test_of_two_equal_claims_of_an_article_the_other_one_stays(store: Store) -> None:
    text = "Safe, Ada Quist said. Safe, Ada Quist said."
    claim = a_claim(text, content="Safe")
    twice = an_extraction(claim, claim)
    article = await stored_article(store, article=an_article(text=text), extraction=twice)
    first, _ = await newest(store, GUILD)
    await withdraw(store, first.id)
    await store.claims.save_extraction(article.article_id, twice)
    assert len(await newest(store, GUILD)) == 1


async def test_what_a_server_cannot_see_it_cannot_withdraw(store: Store) -> None:
    claim_id = await stored(store)
    for unknown in (claim_id + 1, 10**18, 2**70, -1):
        with pytest.raises(NotFound):
            await withdraw(store, unknown)
    with pytest.raises(NotFound):
        await withdraw(store, claim_id, OTHER_GUILD + 1)


async def test_so_many_claims_can_be_withdrawn(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    claim_id = await stored(store)
    monkeypatch.setattr(claim_decisions, "MOST_WITHDRAWN", 0)
    with pytest.raises(LimitReached, match="which is the limit"):
        await withdraw(store, claim_id)


async def report(store: Store, claim_id: int, user_id: int = USER) -> None:
    evidence = await store.claims.evidence(claim_id, GUILD)
    await store.reports.add(GUILD, evidence, Fault.SPEAKER, "It was Otto.", user_id, a_day=9)


async def test_reported_claims_wait_until_something_is_decided_and_again_after_a_later_report(
    store: Store, clock: SetClock
) -> None:
    claim_id = await stored(store)
    page = store.claim_decisions.page
    assert (await page(GUILD, Decision.OPEN, 0)).claim is None
    await report(store, claim_id)
    await report(store, claim_id, USER + 1)
    first = await page(GUILD, Decision.OPEN, 7)
    assert first.claim is not None
    assert (first.number, first.count, first.claim.readers) == (0, 1, 2)
    assert [one.remark for one in first.claim.reports] == ["It was Otto."] * 2
    clock.advance(minutes=1)
    await store.claim_decisions.decide(GUILD, claim_id, Decision.KEPT, USER)
    assert (await page(GUILD, Decision.OPEN, 0)).claim is None
    assert (await page(GUILD, Decision.KEPT, 0)).count == 1
    clock.advance(minutes=1)
    await report(store, claim_id, USER + 2)
    assert (await page(GUILD, Decision.OPEN, 0)).count == 1
    await withdraw(store, claim_id)
    assert (await page(GUILD, Decision.OPEN, 0)).claim is None
    assert (await page(GUILD, Decision.WITHDRAWN, 0)).count == 1


async def test_the_host_sees_the_reports_of_all_servers_and_a_server_its_own(store: Store) -> None:
    claim_id = await stored(store)
    await report(store, claim_id)
    assert (await store.claim_decisions.page(EVERYWHERE, Decision.OPEN, 0)).count == 1
    assert (await store.claim_decisions.page(OTHER_GUILD, Decision.OPEN, 0)).count == 0
    await withdraw(store, claim_id, EVERYWHERE)
    assert (await store.claim_decisions.page(GUILD, Decision.OPEN, 0)).claim is None
    assert (await store.claim_decisions.reviewed(GUILD, claim_id)).everywhere
    with pytest.raises(NotFound):
        await store.claim_decisions.reviewed(GUILD, claim_id + 1)


async def test_a_decision_that_was_taken_back_is_deleted_once_messages_are_as_before(
    store: Store, clock: SetClock
) -> None:
    claim_id = await stored(store)
    await withdraw(store, claim_id)
    await store.claim_decisions.decide(GUILD, claim_id, Decision.OPEN, USER)
    await store.retention.purge(clock.advance(days=7))
    assert (await store.personal_data.counts_of_guild(GUILD))["claim_decisions"] == 1
    await store.retention.purge(clock.advance(days=2))
    assert (await store.personal_data.counts_of_guild(GUILD))["claim_decisions"] == 0


async def test_who_decides_finds_it_among_their_data_and_can_be_forgotten(store: Store) -> None:
    claim_id = await stored(store)
    await store.claim_decisions.decide(GUILD, claim_id, Decision.WITHDRAWN, USER + 7)
    (trace,) = await store.personal_data.of_person(USER + 7)
    assert (trace.what, trace.of) == ("decided about a claim", "The dam is safe")
    await store.personal_data.forget_person(USER + 7)
    assert await store.personal_data.of_person(USER + 7) == []
    assert not await newest(store, GUILD), "what was decided stays"
    await store.guilds.forget(GUILD)
    assert (await store.personal_data.counts_of_guild(GUILD))["claim_decisions"] == 0
