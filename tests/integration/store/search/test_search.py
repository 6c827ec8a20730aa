"""Full-text search over claims."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from bot.model.claims import ActorType, Kind, Wording
from bot.model.queries import ClaimQuery
from bot.store import Store
from bot.store.schema.news_tables import ActorRow, ClaimRow
from bot.store.search.search import is_about
from tests.factories import GUILD, NOON, OTHER_GUILD, an_article, said, stored_article, stored_claims


async def found(store: Store, **asked: object) -> list[str]:
    page = await store.claims.search(ClaimQuery(GUILD, **asked), limit=50)  # type: ignore[arg-type]
    assert page.total == len(page.claims)
    return [claim.content_text for claim in page.claims]


async def test_a_topic_is_found_by_its_words_in_any_order_case_and_accent(store: Store) -> None:
    await stored_claims(store, "Zürich’s dam is safe", "The bridge is closed")
    for topic in ("dam", "DAM", "zurich", "Zürich", "safe dam", "the dam of Zurich", "Zürich's"):
        assert await found(store, topic=topic) == ["Zürich’s dam is safe"], topic
    assert await found(store, topic="dam bridge") == []


async def test_the_last_word_may_be_half_typed(store: Store) -> None:
    await stored_claims(store, "The election was fair")
    assert await found(store, topic="ele") == ["The election was fair"]
    assert await found(store, topic="fair elec") == ["The election was fair"]
    assert await found(store, topic="elec fair") == []


async def test_words_are_found_in_their_other_forms(store: Store) -> None:
    await stored_claims(store, "The governments negotiated")
    for topic in ("government", "negotiating", "negotiate government"):
        assert await found(store, topic=topic) == ["The governments negotiated"], topic


async def test_a_topic_finds_the_actor_too(store: Store) -> None:
    await stored_claims(store, "The dam is safe", actor="Ada Quist")
    assert await found(store, topic="quist dam") == ["The dam is safe"]


async def test_a_topic_without_telling_words_finds_what_it_may_become(store: Store) -> None:
    await stored_claims(store, "Italy will help")
    assert await found(store, topic="it") == ["Italy will help"]
    assert await found(store, topic="?!") == []
    assert await found(store, topic="") == []


async def test_an_actor_is_found_by_exactly_this_name_before_any_like_it(store: Store) -> None:
    for name in ("China", "Bank of China"):
        content, extraction = said(f"{name} grows", name, type=ActorType.ORG)
        await stored_article(store, article=an_article(text=content), extraction=extraction)
    assert await found(store, actor="china") == ["China grows"]
    assert await found(store, actor="bank chi") == ["Bank of China grows"]
    assert await found(store, actor="of china") == ["Bank of China grows"]
    assert await found(store, actor="nobody") == []
    assert await found(store, actor="!") == []


async def test_a_person_is_found_by_last_name_alias_and_title(store: Store) -> None:
    content, extraction = said("The dam is safe", "Jens Stoltenberg", aliases=["the Nato chief"])
    await stored_article(store, article=an_article(text=content), extraction=extraction)
    for name in ("stoltenberg", "Jens Stoltenberg", "Mr. Stoltenberg", "Nato chief", "the nato chief", "jens"):
        assert await found(store, actor=name) == ["The dam is safe"], name


async def test_limits_of_time_and_confidence_are_kept(store: Store) -> None:
    for number, confidence in enumerate((0.3, 0.6, 0.9)):
        content, extraction = said(f"Number {number}", confidence=confidence)
        article = an_article(text=content, published_at=NOON - timedelta(days=number))
        await stored_article(store, article=article, extraction=extraction)
    assert await found(store) == ["Number 0", "Number 1", "Number 2"]
    assert await found(store, minimum_confidence=0.6) == ["Number 1", "Number 2"]
    assert await found(store, since=NOON - timedelta(days=1)) == ["Number 0", "Number 1"]
    assert await found(store, until=NOON - timedelta(days=1)) == ["Number 1", "Number 2"]
    assert await found(store, topic="number", until=NOON, since=NOON) == ["Number 0"]


async def test_pages_follow_each_other_without_gap_or_overlap(store: Store) -> None:
    await stored_claims(store, *(f"Number {number}" for number in range(7)))
    pages = [await store.claims.search(ClaimQuery(GUILD), limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [len(page.claims) for page in pages] == [3, 3, 1, 0]
    assert {page.total for page in pages} == {7}
    ids = [claim.id for page in pages for claim in page.claims]
    assert len(set(ids)) == 7
    for offset in (-1, 2**70):
        assert (await store.claims.search(ClaimQuery(GUILD), limit=3, offset=offset)).total == 7


@pytest.mark.parametrize(
    "hostile",
    ['"', "'", "a'b", "\\", "dam OR 1=1", "NEAR(a b)", "dam*", "-dam", "a:b", "search_text:dam", "(((",
     "dam & | !",
     "'; DROP TABLE claims; --", "%", "_", "\0", "\ud800", "a" * 10_000, "x " * 5000, "🧨", "İ", "ﷺ",
     "１２", "1e5", "<->"],
)  # fmt: skip
async def test_hostile_words_are_only_words(store: Store, hostile: str) -> None:
    await stored_claims(store, hostile + " dam")
    await store.claims.search(ClaimQuery(GUILD, topic=hostile, actor=hostile), limit=5)
    await store.claims.actor_names(hostile, GUILD, 5)
    assert (await store.claims.search(ClaimQuery(GUILD, topic="dam"), limit=5)).total == 1


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(words=st.text(st.characters(codec=None, exclude_categories=()), max_size=40))
async def test_no_text_at_all_breaks_a_search(store: Store, words: str) -> None:
    for asked in (
        ClaimQuery(GUILD, topic=words),
        ClaimQuery(GUILD, actor=words),
        ClaimQuery(topic=f"dam {words}"),
    ):
        assert (await store.claims.search(asked, limit=5)).total == 0
    assert await store.claims.actor_names(words, GUILD, 5) == []


async def test_ten_thousand_claims_are_searched_by_index(store: Store) -> None:
    stored = await stored_article(store)
    row = (await store.claims.get(1, None)).actor_id
    filler = {
        "article_id": stored.article_id, "position": 0, "source": [], "cue": [], "content": [],
        "evidence_start": 0, "evidence_end": 0, "source_text": "", "cue_text": "", "content_text": "",
        "kind": "statement", "verbatim": "verbatim", "confidence": 1.0,
    }  # fmt: skip
    async with store.database.writing() as connection:
        actors = [{"name": f"N {n}", "folded": f"n {n}", "type": "PERSON"} for n in range(500)]
        await connection.execute(insert(ActorRow), actors)
        others = list((await connection.execute(select(ActorRow.id).where(ActorRow.id != row))).scalars())
        rows = [
            filler | {"search_text": f"word{n} of claim", "actor_id": others[n % len(others)]}
            for n in range(10_000)
        ]
        await connection.execute(insert(ClaimRow), rows)
    async with store.database.engine.connect() as connection:
        if store.database.dialect == "postgresql":
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("VACUUM ANALYZE"))
        explain = "EXPLAIN " if store.database.dialect == "postgresql" else "EXPLAIN QUERY PLAN "
        query = select(ClaimRow.id).where(is_about("word77 claim", store.database.dialect))
        by_actor = select(ClaimRow.id).where(ClaimRow.actor_id == row)
        plans = []
        for asked in (query, by_actor):
            compiled = asked.compile(store.database.engine.sync_engine, compile_kwargs={"literal_binds": True})
            plan = await connection.execute(
                text(explain + str(compiled).replace(":*", r"\:*").replace("::", r"\:\:"))
            )
            plans.append("\n".join(str(tuple(line)) for line in plan))
    if store.database.dialect == "postgresql":
        assert "ix_claims_search_vector" in plans[0]
        assert "ix_claims_actor_id" in plans[1]
    else:
        assert "claims_search VIRTUAL TABLE INDEX" in plans[0]
        assert "SCAN claims\n" not in plans[0] + "\n"
        assert "ix_claims_actor_id" in plans[1]
    page = await store.claims.search(ClaimQuery(topic="word77 claim"), limit=5)
    assert page.total == 1


async def test_claims_are_counted_to_a_hundred_or_to_the_end_of_the_page(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stored_claims(store, *(f"Gate {number} is open" for number in range(7)))
    monkeypatch.setattr("bot.store.claims.claims.COUNTED", 4)
    first = await store.claims.search(ClaimQuery(GUILD), limit=3)
    assert (len(first.claims), first.total, first.more) == (3, 4, True)
    later = await store.claims.search(ClaimQuery(GUILD), limit=3, offset=3)
    assert (len(later.claims), later.total, later.more) == (3, 6, True)
    last = await store.claims.search(ClaimQuery(GUILD), limit=3, offset=6)
    assert (len(last.claims), last.total, last.more) == (1, 7, False)


@pytest.mark.parametrize("guild_id", [GUILD, None])
async def test_kind_wording_and_outlet_narrow_a_search(store: Store, guild_id: int | None) -> None:
    wanted: dict[str, Any] = {"kind": Kind.DENIAL, "wording": Wording.VERBATIM, "outlet": "The Herald"}
    for kind in (Kind.DENIAL, Kind.OPINION):
        for wording in (Wording.VERBATIM, Wording.MIXED):
            for outlet in ("The Herald", "The Pilot"):
                text, extraction = said(
                    f"{kind} {wording} {outlet}", kind=kind, kind_confidence=1.0, verbatim=wording
                )
                await stored_article(store, article=an_article(text=text, outlet=outlet), extraction=extraction)
    every = await store.claims.search(ClaimQuery(guild_id), limit=20)
    for name, value in wanted.items():
        found = await store.claims.search(replace(ClaimQuery(guild_id), **{name: value}), limit=20)
        assert found.total == every.total / 2, name
    assert (await store.claims.search(ClaimQuery(guild_id, **wanted), limit=20)).total == 1


async def test_common_words_and_names_find_the_same_as_rare_ones(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        actor = f"Ada Quist{number % 3}"
        await stored_claims(store, f"Gate {number} is {('open', 'shut')[number % 2]}", actor=actor)
    await stored_article(store, OTHER_GUILD, feed_url="https://other.example/rss")
    asked = (ClaimQuery(GUILD, topic="open"), ClaimQuery(GUILD, actor="Quis"), ClaimQuery(GUILD, "Quis", "open"))
    found = [await store.claims.search(query, limit=20) for query in asked]
    assert [page.total for page in found] == [5, 9, 5]
    monkeypatch.setattr("bot.store.claims.newest.NAMED", 1)
    monkeypatch.setattr("bot.store.claims.newest.RARE", {"sqlite": 1, "postgresql": 1})
    monkeypatch.setattr("bot.store.claims.newest.WINDOW", 2)
    assert [await store.claims.search(query, limit=20) for query in asked] == found


async def test_common_words_are_found_however_long_ago_they_were_said(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = (0, 0, 0, 1, 1, 2, 40, 41, 41, 200, 200, 390)
    for number, day in enumerate(days):
        text, extraction = said(f"Gate {number} is open", "Ada Quist")
        article = an_article(
            url=f"https://news.example/{number}",
            text=text,
            published_at=NOON - timedelta(days=day, minutes=number),
        )
        await stored_article(store, article=article, extraction=extraction)
    query = ClaimQuery(GUILD, topic="open")
    found = await store.claims.search(query, limit=20)
    assert [claim.content_text[:7].strip() for claim in found.claims] == [f"Gate {n}" for n in range(len(days))]
    monkeypatch.setattr("bot.store.claims.newest.RARE", {"sqlite": 1, "postgresql": 1})
    for window in (1, 2, 3, 5):
        monkeypatch.setattr("bot.store.claims.newest.WINDOW", window)
        assert await store.claims.search(query, limit=20) == found
        # a page is sought no further than it needs, and then tells that there are more
        pages = [await store.claims.search(query, limit=2, offset=first) for first in range(0, len(days), 2)]
        assert [claim for page in pages for claim in page.claims] == list(found.claims)
        assert pages[0].more
        for shown, page in enumerate(pages, 1):
            assert (page.total == found.total and not page.more) or 2 * shown <= page.total < found.total
            assert page.more == (page.total < found.total)
