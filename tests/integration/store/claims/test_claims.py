"""Claims: stored, visible only to the right servers, traced to their sentences."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import ExtractionError, NotFound
from bot.model.claims import ActorType, Claim, Extraction, Kind, Wording
from bot.model.queries import ClaimQuery
from bot.store import Store
from tests.factories import (
    GUILD,
    NOON,
    OTHER_GUILD,
    TEXT,
    a_claim,
    an_actor,
    an_article,
    an_attached_feed,
    an_entry,
    an_extraction,
    an_outcome,
    said,
    save_outcome,
    stored_article,
    stored_claims,
)

ALL = ClaimQuery()


async def test_a_claim_comes_back_as_it_was_extracted(store: Store) -> None:
    claim = a_claim(kind=Kind.PREDICTION, kind_confidence=0.95, verbatim=Wording.MIXED, confidence=0.75)
    actors = [an_actor(role="engineer", aliases=("the engineer",))]
    stored = await stored_article(store, extraction=an_extraction(claim, actors=actors))
    (found,) = (await store.claims.search(ALL, limit=5)).claims
    assert (found.actor, found.actor_type, found.role) == ("Ada Quist", ActorType.PERSON, "engineer")
    assert (found.source_text, found.cue_text, found.content_text) == ("Ada Quist", "said", "The dam is safe")
    assert (found.kind, found.verbatim, found.confidence) == (Kind.PREDICTION, Wording.MIXED, 0.75)
    assert (found.article_id, found.outlet, found.title) == (
        stored.article_id,
        "The Courier",
        "Dam is safe, says engineer",
    )
    assert found.published_at == NOON - timedelta(hours=1)
    assert await store.claims.get(found.id, GUILD) == found


async def test_an_unknown_speaker_stays_unknown(store: Store) -> None:
    nobody = a_claim(source=None, actor=None)
    stray = a_claim(actor="Somebody whom the extraction does not list")
    await stored_article(store, extraction=Extraction((), (nobody, stray)))
    page = await store.claims.search(ALL, limit=5)
    assert [(c.actor, c.actor_id, c.actor_type) for c in page.claims] == [(None, None, None)] * 2
    assert [c.source_text for c in page.claims] == ["", "Ada Quist"]


async def test_pieces_of_one_claim_are_joined_with_a_gap(store: Store) -> None:
    text = "“We will\nwin,” said Bo, “in May.”"
    pieces = ((1, text.index(",")), (text.index("in May"), text.index(".”")))
    claim = Claim(((20, 22),), (), pieces, None, Kind.STATEMENT, Wording.VERBATIM, 0.9, (0, len(text)))
    await stored_article(store, article=an_article(text=text), extraction=Extraction((), (claim,)))
    (found,) = (await store.claims.search(ALL, limit=5)).claims
    assert found.content_text == "We will win … in May"


async def test_extracting_again_replaces_what_was_there(store: Store) -> None:
    stored = await stored_article(store)
    (before,) = (await store.claims.search(ALL, limit=5)).claims
    again = an_extraction(a_claim(content="We will open it in May", cue="added", source=None, actor=None))
    await store.claims.save_extraction(stored.article_id, again)
    (after,) = (await store.claims.search(ALL, limit=5)).claims
    assert after.content_text == "We will open it in May"
    assert after.id > before.id, "a number is never used again"
    with pytest.raises(NotFound):
        await store.claims.get(before.id, GUILD)
    assert await store.claims.actor_names("", GUILD, 5) == []
    assert (await store.claims.search(ClaimQuery(topic="safe"), limit=5)).total == 0


async def test_an_extraction_that_does_not_fit_its_text_changes_nothing(store: Store) -> None:
    stored = await stored_article(store)
    before = await store.claims.search(ALL, limit=5)
    broken = a_claim(evidence=(0, len(TEXT) + 1))
    with pytest.raises(ExtractionError):
        await store.claims.save_extraction(stored.article_id, an_extraction(a_claim(), broken))
    assert await store.claims.search(ALL, limit=5) == before
    with pytest.raises(NotFound):
        await store.claims.save_extraction(stored.article_id + 1, an_extraction())


async def test_a_server_sees_only_what_its_own_feeds_brought(store: Store) -> None:
    await stored_claims(store, "The dam is safe", feed_url="https://ours.example/")
    await stored_claims(
        store, "The dam is not safe", actor="Bo Lund", guild_id=OTHER_GUILD, feed_url="https://theirs.example/"
    )
    everything = await store.claims.search(ALL, limit=5)
    assert everything.total == 2
    theirs = next(claim for claim in everything.claims if claim.actor == "Bo Lund")
    for query in (ClaimQuery(GUILD), ClaimQuery(GUILD, topic="dam"), ClaimQuery(GUILD, actor="Ada Quist")):
        page = await store.claims.search(query, limit=5)
        assert [claim.actor for claim in page.claims] == ["Ada Quist"]
    assert (await store.claims.search(ClaimQuery(GUILD, actor="Bo Lund"), limit=5)).total == 0
    assert await store.claims.actor_names("", GUILD, 5) == ["Ada Quist"]
    assert await store.claims.actor_names("bo", GUILD, 5) == []
    for reading in (store.claims.get(theirs.id, GUILD), store.claims.evidence(theirs.id, GUILD)):
        with pytest.raises(NotFound):
            await reading
    assert (await store.claims.get(theirs.id, OTHER_GUILD)).actor == "Bo Lund"
    assert (await store.claims.get(theirs.id, None)).actor == "Bo Lund"


async def test_an_article_that_two_feeds_bring_is_seen_by_the_servers_of_both(store: Store) -> None:
    stored = await stored_article(store, article=an_article(url="https://news.example/shared"))
    feed = await an_attached_feed(store, OTHER_GUILD, "https://theirs.example/")
    assert (await store.claims.search(ClaimQuery(OTHER_GUILD), limit=5)).total == 0
    await save_outcome(store, an_outcome(feed.id, an_entry()))
    (entry,) = await store.articles.entries_to_read(NOON, 5)
    assert (
        await store.articles.save_read(entry.entry_id, an_article(url="https://news.example/shared"))
        == stored.article_id
    )
    assert (await store.claims.search(ClaimQuery(OTHER_GUILD), limit=5)).total == 1
    await store.guilds.detach(OTHER_GUILD, feed.id)
    assert (await store.claims.search(ClaimQuery(OTHER_GUILD), limit=5)).total == 0


async def test_evidence_is_the_sentence_in_its_context_with_offsets_that_fit(store: Store) -> None:
    before = "One thing happened. " * 40
    after = " Another thing happened." * 40
    sentence = "The dam is safe, Ada Quist said on Monday."
    text = before + sentence + after
    claim = a_claim(text, evidence=(len(before), len(before) + len(sentence)))
    await stored_article(store, article=an_article(text=text), extraction=an_extraction(claim))
    (found,) = (await store.claims.search(ALL, limit=1)).claims
    evidence = await store.claims.evidence(found.id, GUILD, context=100)
    assert evidence.claim == found
    assert evidence.text.startswith("One thing happened.")
    assert evidence.text.endswith("Another thing happened.")
    assert len(evidence.text) <= len(sentence) + 200
    assert (evidence.cut_before, evidence.cut_after) == (True, True)
    parts = [
        [evidence.text[start:end] for start, end in spans]
        for spans in (evidence.source, evidence.cue, evidence.content)
    ]
    assert parts == [["Ada Quist"], ["said"], ["The dam is safe"]]


@pytest.mark.parametrize("claim_id", [0, -1, 2**63, 10**40, 12345])
async def test_a_claim_that_cannot_be_is_not_found(store: Store, claim_id: int) -> None:
    with pytest.raises(NotFound):
        await store.claims.evidence(claim_id, None)


async def test_two_writers_at_once_link_the_same_actor_once(store: Store) -> None:
    feed = await an_attached_feed(store)
    await save_outcome(store, an_outcome(feed.id, *(an_entry() for _ in range(8))))
    article_ids, extractions = [], []
    for number, entry in enumerate(await store.articles.entries_to_read(NOON, 20)):
        text, extraction = said(f"Number {number} is safe")
        article_ids.append(await store.articles.save_read(entry.entry_id, an_article(text=text)))
        extractions.append(extraction)
    await asyncio.gather(*map(store.claims.save_extraction, article_ids, extractions))
    page = await store.claims.search(ALL, limit=20)
    assert page.total == 8
    assert len({claim.actor_id for claim in page.claims}) == 1
