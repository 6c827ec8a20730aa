"""Claims that others pass on: stored with the chain, and shown in place of the claim that passes them on."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.model.claims import Kind, Teller, Wording
from bot.model.digests import Selection
from bot.model.queries import ClaimQuery
from bot.store import Store
from tests.factories import GUILD, USER, a_claim, an_article, an_extraction, span_in, stored_article

TEXT = "Ada Quist said Owen Pike had told her that the dam is safe."
OUTER = a_claim(TEXT, content="Owen Pike had told her that the dam is safe")
INNER = replace(
    a_claim(TEXT, content="the dam is safe", source="Owen Pike", cue="had told", actor="Owen Pike"),
    told_by=(Teller(OUTER.source, OUTER.cue, "Ada Quist"),),
)


async def contents(store: Store, query: ClaimQuery) -> list[tuple[str | None, tuple[str, ...]]]:
    found = (await store.claims.search(query, limit=5)).claims
    return [(claim.actor, claim.told_by) for claim in found]


async def test_the_chain_comes_back(store: Store) -> None:
    await stored_article(store, article=an_article(text=TEXT), extraction=an_extraction(OUTER, INNER))
    (found,) = (await store.claims.search(ClaimQuery(actor="Owen Pike"), limit=5)).claims
    assert found.told_by == ("Ada Quist",)
    assert (await store.claims.evidence(found.id, GUILD)).claim == found


async def test_who_passes_a_claim_on_is_called_what_a_server_calls_them(store: Store) -> None:
    article = an_article(text=TEXT)
    stored = await stored_article(store, article=article, extraction=an_extraction(OUTER, INNER), grouped=True)
    (outer,) = (await store.claims.search(ClaimQuery(GUILD, actor="Ada Quist"), limit=5)).claims

    async def told() -> set[tuple[str, ...]]:
        (inner,) = (await store.claims.search(ClaimQuery(GUILD, actor="Owen Pike"), limit=5)).claims
        assert (await store.claims.evidence(inner.id, GUILD)).claim.told_by == inner.told_by
        assert (await store.claims.get(inner.id, GUILD)).told_by == inner.told_by
        _, read = await store.claims.of_article(stored.article_id, GUILD, 0.5)
        now = (await store.digests.as_now([stored.article_id], GUILD))[stored.article_id]
        in_article = [one.told_by for one in read] + [one.told_by for one in now.claims]
        return {inner.told_by, *filter(None, in_article)}

    change = await store.actor_changes.rename(GUILD, outer.actor_id or 0, "Adelaide Quist", USER)
    assert await told() == {("Adelaide Quist",)}
    await store.actor_changes.undo(GUILD, change.id)
    assert await told() == {("Ada Quist",)}
    await store.actor_changes.hide(GUILD, outer.actor_id or 0, USER)
    assert await told() == {("somebody",)}


async def test_the_inner_claim_stands_for_both_unless_the_teller_is_asked_for(store: Store) -> None:
    await stored_article(store, article=an_article(text=TEXT), extraction=an_extraction(OUTER, INNER))
    assert await contents(store, ClaimQuery()) == [("Owen Pike", ("Ada Quist",))]
    assert await contents(store, ClaimQuery(actor="Ada Quist")) == [("Ada Quist", ())]


async def test_the_outer_claim_is_shown_if_the_inner_one_is_not_sure_enough(store: Store) -> None:
    unsure = replace(INNER, confidence=0.5)
    await stored_article(store, article=an_article(text=TEXT), extraction=an_extraction(OUTER, unsure))
    assert await contents(store, ClaimQuery(minimum_confidence=0.8)) == [("Ada Quist", ())]


async def test_a_teller_who_says_more_is_shown_too(store: Store) -> None:
    text = TEXT.removesuffix(".") + ", but she had not believed him."
    outer = a_claim(text, content=text[len("Ada Quist said ") : -1])
    await stored_article(store, article=an_article(text=text), extraction=an_extraction(outer, INNER))
    assert len(await contents(store, ClaimQuery())) == 2


async def test_a_teller_without_a_name_is_shown_in_the_articles_words(store: Store) -> None:
    text = TEXT.replace("Ada Quist said", "A person close to the talks said")
    outer = a_claim(
        text,
        content="Owen Pike had told her that the dam is safe",
        source="A person close to the talks",
        actor=None,
    )
    inner = replace(
        a_claim(text, content="the dam is safe", source="Owen Pike", cue="had told", actor="Owen Pike"),
        told_by=(Teller(outer.source, outer.cue, None),),
    )
    await stored_article(store, article=an_article(text=text), extraction=an_extraction(outer, inner))
    assert await contents(store, ClaimQuery()) == [("Owen Pike", ("A person close to the talks",))]


async def test_digests_get_the_inner_claim_only(store: Store) -> None:
    extraction = an_extraction(OUTER, INNER)
    await stored_article(store, article=an_article(text=TEXT), extraction=extraction, grouped=True)
    found = await store.digests.unshown_articles(
        Selection(None, 0.5), since=datetime(2000, 1, 1, tzinfo=UTC), limit=5
    )
    assert [claim.told_by for article in found for claim in article.claims] == [("Ada Quist",)]


async def test_what_was_taken_back_and_when_a_promise_is_due_come_back(store: Store) -> None:
    text = "Ada Quist promised a new dam within two years. She later took it back."
    claim = a_claim(
        text,
        content="a new dam within two years",
        cue="promised",
        kind=Kind.PROMISE,
        kind_confidence=0.95,
        verbatim=Wording.PARAPHRASED,
        due=span_in(text, "within two years"),
        taken_back=span_in(text, "later took it back"),
    )
    day = datetime(2026, 7, 18, tzinfo=UTC)
    await stored_article(store, article=an_article(text=text, published_at=day), extraction=an_extraction(claim))
    (found,) = (await store.claims.search(ClaimQuery(), limit=5)).claims
    assert (found.taken_back, found.due, found.due_on) == (
        "later took it back",
        "within two years",
        date(2028, 7, 18),
    )


async def test_what_an_opening_pronoun_means_comes_back(store: Store) -> None:
    text = "Asked about the dam, Ada Quist said it is safe. The council said it would pay."
    topic = a_claim(text, content="it is safe", refers_to=span_in(text, "the dam"))
    speaker = span_in(text, "The council")
    own = a_claim(text, content="it would pay", source="The council", actor="council", refers_to=speaker)
    quist = a_claim(text, content="safe", refers_to=span_in(text, "Ada Quist"))
    await stored_article(store, article=an_article(text=text), extraction=an_extraction(topic, own, quist))
    found = (await store.claims.search(ClaimQuery(), limit=5)).claims
    assert [claim.refers_to for claim in found] == ["the dam", "the council", "Ada Quist"]


async def test_only_a_promise_is_due(store: Store) -> None:
    text = "Ada Quist said the dam will open by May."
    claim = a_claim(text, content="the dam will open by May", due=span_in(text, "by May"))
    await stored_article(store, article=an_article(text=text), extraction=an_extraction(claim))
    (found,) = (await store.claims.search(ClaimQuery(), limit=5)).claims
    assert (found.due, found.due_on) == (None, None)
