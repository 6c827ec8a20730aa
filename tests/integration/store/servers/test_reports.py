"""Reports of wrong claims: one for each reader and claim, so many a day, and who sent them forgotten in time."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.errors import AlreadyThere
from bot.model.claims import Evidence
from bot.model.queries import ClaimQuery
from bot.model.reports import EVERYWHERE, Decision, Fault, Report
from bot.store import Store
from bot.store.retention import Kept
from bot.store.schema.server_tables import ReportRow
from bot.store.servers.personal_data import NOBODY
from tests.factories import GUILD, NOON, OTHER_GUILD, USER, SetClock, a_claim, an_extraction, stored_article

DAY = timedelta(days=1)
SENTENCE = "The dam is safe, Ada Quist said on Monday."


async def some_evidence(store: Store, claims: int = 1) -> list[Evidence]:
    """Store articles with a claim each, and return its sentence."""
    for number in range(claims):
        url = f"https://news.example/{number}/rss"
        await stored_article(store, feed_url=url, extraction=an_extraction(a_claim(evidence=(0, len(SENTENCE)))))
    found = (await store.claims.search(ClaimQuery(GUILD), limit=claims)).claims
    return [await store.claims.evidence(claim.id, GUILD, context=0) for claim in found]


async def report(store: Store, evidence: Evidence, guild_id: int = GUILD, user_id: int = USER) -> Any:
    return await store.reports.add(guild_id, evidence, Fault.SPEAKER, "It was Otto.", user_id, a_day=2)


async def reporters(store: Store) -> list[int]:
    async with store.database.reading() as connection:
        return list((await connection.execute(select(ReportRow.reported_by))).scalars())


async def every(store: Store) -> list[Report]:
    return [one async for one in store.reports.every()]


async def test_a_report_holds_the_claim_as_it_was(store: Store) -> None:
    (evidence,) = await some_evidence(store)
    await report(store, evidence)
    (stored,) = await every(store)
    assert (stored.fault, stored.remark, stored.reported_at) == (Fault.SPEAKER, "It was Otto.", NOON)
    assert stored.content == "The dam is safe"
    assert stored.sentence == SENTENCE
    assert stored.url == evidence.claim.url


async def test_a_claim_that_enough_readers_report_is_disputed_in_their_server_alone(store: Store) -> None:
    (evidence,) = await some_evidence(store)
    claim_id = evidence.claim.id
    await report(store, evidence)
    assert await store.reports.disputed(GUILD, [claim_id], 2) == set()
    await report(store, evidence, user_id=USER + 1)
    assert await store.reports.disputed(GUILD, [claim_id, claim_id + 9], 2) == {claim_id}
    assert await store.reports.disputed(OTHER_GUILD, [claim_id], 2) == set()


@pytest.mark.parametrize("scope", [GUILD, EVERYWHERE])
async def test_reports_from_before_a_claim_was_found_right_do_not_count(
    store: Store, clock: SetClock, scope: int
) -> None:
    (evidence,) = await some_evidence(store)
    claim_id = evidence.claim.id
    await report(store, evidence)
    clock.advance(minutes=1)
    await store.claim_decisions.decide(scope, claim_id, Decision.KEPT, USER)
    assert await store.reports.disputed(GUILD, [claim_id], 1) == set()
    clock.advance(minutes=1)
    await report(store, evidence, user_id=USER + 1)
    assert await store.reports.disputed(GUILD, [claim_id], 1) == {claim_id}
    assert await store.reports.disputed(GUILD, [claim_id], 2) == set()
    await store.claim_decisions.decide(scope, claim_id, Decision.OPEN, USER)
    assert await store.reports.disputed(GUILD, [claim_id], 2) == {claim_id}


async def test_nobody_reports_a_claim_twice_and_others_may(store: Store) -> None:
    (evidence,) = await some_evidence(store)
    await report(store, evidence)
    with pytest.raises(AlreadyThere):
        await report(store, evidence)
    await report(store, evidence, user_id=USER + 1)
    assert len(await every(store)) == 2


async def test_the_cap_of_a_day_ends_a_day_after_the_first_that_counts(store: Store, clock: SetClock) -> None:
    evidence = await some_evidence(store, 3)
    assert await report(store, evidence[0]) is None
    clock.now = NOON + timedelta(hours=1)
    assert await report(store, evidence[1]) is None
    assert await report(store, evidence[2]) == NOON + DAY
    assert len(await every(store)) == 2
    clock.now = NOON + DAY
    assert await report(store, evidence[2]) is None


async def test_who_reported_is_forgotten_after_a_month_and_the_report_with_its_claims(store: Store) -> None:
    await report(store, (await some_evidence(store))[0])
    kept = Kept(claims=60 * DAY)
    await store.retention.purge(NOON + 30 * DAY, kept=kept)
    assert await reporters(store) == [USER]
    await store.retention.purge(NOON + 31 * DAY, kept=kept)
    assert await reporters(store) == [NOBODY]
    await store.retention.purge(NOON + 61 * DAY, kept=kept)
    assert await every(store) == []


async def test_readers_find_their_reports_and_take_them_back(store: Store) -> None:
    await report(store, (await some_evidence(store))[0])
    *_, trace = await store.personal_data.of_person(USER)
    assert (trace.what, trace.of) == ("reported a claim", "The dam is safe (It was Otto.)")
    await store.personal_data.forget_person(USER)
    assert await store.personal_data.of_person(USER) == []
    assert await every(store) == []


async def test_a_reader_who_is_forgotten_in_between_is_still_one_reader(store: Store) -> None:
    (evidence,) = await some_evidence(store)
    await report(store, evidence)
    await store.personal_data.forget_person(USER)
    await report(store, evidence)
    assert await store.reports.disputed(GUILD, [evidence.claim.id], 2) == set()
    page = await store.claim_decisions.page(GUILD, Decision.OPEN, 0)
    assert page.claim is not None
    assert page.claim.readers == 1


async def test_managers_get_the_reports_of_their_server_without_who_sent_them(store: Store) -> None:
    await report(store, (await some_evidence(store))[0])
    (row,) = (await store.personal_data.of_guild(GUILD))["reports"]
    assert row["remark"] == "It was Otto."
    assert USER not in row.values()
    await store.guilds.forget(GUILD)
    assert await every(store) == []
