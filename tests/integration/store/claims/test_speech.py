"""Details of the speech are stored, follow a revision, and are empty for older claims."""

from dataclasses import replace

from sqlalchemy import text

from bot.model.queries import ClaimQuery
from bot.store import Store, open_store
from bot.store.database import open_engine
from bot.store.upgrade import upgrade
from tests.factories import GUILD, TEXT, a_claim, an_article, an_extraction, span_in, stored_article
from tests.integration.store.test_upgrade import OLD_ROWS

ALL = ClaimQuery()


async def test_hedge_addressee_and_time_come_back(store: Store) -> None:
    claim = a_claim(hedged=True, addressee=span_in(TEXT, "Ada"), time=span_in(TEXT, "on Monday"))
    await stored_article(store, extraction=an_extraction(claim))
    (found,) = (await store.claims.search(ALL, limit=5)).claims
    assert (found.hedged, found.addressee, found.time) == (True, "Ada", "on Monday")
    assert await store.claims.get(found.id, GUILD) == found
    assert (await store.claims.evidence(found.id, GUILD)).claim == found


async def test_both_probabilities_come_back(store: Store) -> None:
    claim = replace(a_claim(), confidence=0.72, claim_confidence=0.9, actor_confidence=0.8)
    await stored_article(store, extraction=an_extraction(claim))
    (found,) = (await store.claims.search(ALL, limit=5)).claims
    assert (found.confidence, found.claim_confidence, found.actor_confidence) == (0.72, 0.9, 0.8)


async def test_what_the_article_does_not_say_is_empty(store: Store) -> None:
    await stored_article(store, extraction=an_extraction(a_claim()))
    (found,) = (await store.claims.search(ALL, limit=5)).claims
    assert (found.hedged, found.addressee, found.time) == (False, None, None)


async def test_reading_again_changes_it_under_the_same_number(store: Store) -> None:
    stored = await stored_article(store, extraction=an_extraction(a_claim(time=span_in(TEXT, "on Monday"))))
    (before,) = (await store.claims.search(ALL, limit=5)).claims
    await store.claims.save_extraction(stored.article_id, an_extraction(a_claim(hedged=True)))
    (after,) = (await store.claims.search(ALL, limit=5)).claims
    assert (after.id, after.hedged, after.time) == (before.id, True, None)


async def test_a_claim_from_a_headline_in_capitals_is_stored_as_the_article_writes_it(store: Store) -> None:
    article = "DAM IS SAFE, SAYS QUIST\n\nThe dam is safe, Ada Quist said."
    claim = a_claim(article, content="DAM IS SAFE", source="QUIST", cue="SAYS", actor=None)
    await stored_article(store, article=an_article(text=article), extraction=an_extraction(claim))
    (found,) = (await store.claims.search(ALL, limit=5)).claims
    assert found.content_text == "Dam is safe"
    evidence = await store.claims.evidence(found.id, GUILD)
    assert [evidence.text[start:end] for start, end in evidence.content] == ["DAM IS SAFE"]


async def test_claims_from_before_have_none(empty_database_url: str) -> None:
    await upgrade(empty_database_url, "0007")
    engine = open_engine(empty_database_url, pooled=False)
    async with engine.begin() as connection:
        for statement in OLD_ROWS[:1]:
            await connection.execute(
                text(
                    statement.replace("attempts, read_at", "attempts, read_at, revisions").replace(
                        "12:00:00')", "12:00:00', 0)"
                    )
                )
            )
        for statement in OLD_ROWS[1:]:
            await connection.execute(text(statement))
    await engine.dispose()
    async with open_store(empty_database_url) as store:
        (found,) = (await store.claims.search(ALL, limit=5)).claims
        assert (found.hedged, found.addressee, found.time) == (None, None, None)
        assert (found.claim_confidence, found.actor_confidence) == (None, None)
