"""What filters look at, from the store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import NotFound
from bot.model.claims import Kind
from bot.store import Store
from tests.factories import (
    GUILD,
    NOON,
    OTHER_GUILD,
    a_subscription,
    an_actor,
    an_article,
    an_attached_feed,
    an_extraction,
    said,
    stored_article,
)


async def test_a_filter_sees_all_of_an_article_that_it_can_ask_for(store: Store) -> None:
    text, extraction = said(
        "The dam is safe", "Ada Quist", aliases=["Quist"], kind=Kind.DENIAL, kind_confidence=0.95
    )
    article = an_article(text=text, language="en")
    stored = await stored_article(store, article=article, extraction=extraction)
    subscription = await a_subscription(store)
    (seen,) = (await store.filtering.of(subscription.selection, [stored.article_id, 10**9])).values()
    assert (seen.article_id, seen.title, seen.url) == (stored.article_id, article.title, article.url)
    assert (seen.text, seen.outlet, seen.language) == (text, "The Courier", "en")
    assert seen.actors == ("Ada Quist",)
    assert "Quist" in seen.aliases
    assert seen.claims == ((Kind.DENIAL, "The dam is safe"),)
    assert seen.feeds == (("The Courier", "https://news.example/rss"),)


async def test_claims_that_the_subscription_would_not_show_do_not_count(store: Store) -> None:
    stored = await stored_article(store)
    sure = await a_subscription(store, minimum_confidence=0.95)
    (seen,) = (await store.filtering.of(sure.selection, [stored.article_id])).values()
    assert seen.claims == ()


async def test_feeds_of_other_servers_are_not_seen(store: Store) -> None:
    article = an_article()
    stored = await stored_article(store, article=article)
    await stored_article(store, OTHER_GUILD, feed_url="https://secret.example/rss", article=article)
    subscription = await a_subscription(store)
    (seen,) = (await store.filtering.of(subscription.selection, [stored.article_id])).values()
    assert [url for _, url in seen.feeds] == ["https://news.example/rss"]


async def test_the_latest_are_those_of_the_feeds_that_the_subscription_reads(store: Store) -> None:
    other = await an_attached_feed(store, url="https://other.example/rss")
    old = await stored_article(store, article=an_article(published_at=NOON - timedelta(days=9)))
    new = await stored_article(store, feed_url=other.url)
    await stored_article(store, OTHER_GUILD, feed_url="https://third.example/rss")
    everything, one = await a_subscription(store), await a_subscription(store, feed_ids=[other.id])
    assert [a.article_id for a in await store.filtering.latest(everything.selection, 50)] == [
        new.article_id,
        old.article_id,
    ]
    assert [a.article_id for a in await store.filtering.latest(everything.selection, 1)] == [new.article_id]
    assert [a.article_id for a in await store.filtering.latest(one.selection, 50)] == [new.article_id]
    host = replace(everything.selection, guild_id=None)
    assert len(await store.filtering.latest(host, 50)) == 3


async def test_a_filter_is_kept_and_changed(store: Store) -> None:
    plain = await a_subscription(store)
    assert plain.selection.filter == ""
    made = await a_subscription(store, filter="dam -snow")
    assert made.selection.filter == "dam -snow"
    await store.subscriptions.set_filter(made.id, "")
    assert (await store.subscriptions.get(made.id, GUILD)).selection.filter == ""
    with pytest.raises(NotFound):
        await store.subscriptions.set_filter(made.id + 1, "dam")


async def test_an_article_without_actors_and_claims_is_seen_too(store: Store) -> None:
    stored = await stored_article(store, extraction=an_extraction(actors=[an_actor()]))
    bare = await stored_article(store, extraction=replace(an_extraction(), actors=(), claims=()))
    seen = await store.filtering.of((await a_subscription(store)).selection, [stored.article_id, bare.article_id])
    assert (seen[bare.article_id].actors, seen[bare.article_id].claims) == ((), ())


async def test_an_article_that_outlets_copied_is_seen_as_the_servers_feeds_have_it(store: Store) -> None:
    text = " ".join(f"word{number}" for number in range(60))
    secret = an_article(text=text, outlet="Secret Wire", title="As the agency has it")
    ours = an_article(text=text, outlet="The Courier", title="As we have it")
    other = an_article(text=text, outlet="The Herald", published_at=NOON)
    empty = replace(an_extraction(), actors=(), claims=())
    stored = await stored_article(
        store, OTHER_GUILD, feed_url="https://secret.example/rss", article=secret, extraction=empty
    )
    await stored_article(store, article=ours, extraction=empty)
    await stored_article(store, feed_url="https://herald.example/rss", article=other, extraction=empty)
    (seen,) = (await store.filtering.of((await a_subscription(store)).selection, [stored.article_id])).values()
    assert (seen.title, seen.outlet, seen.url) == (ours.title, ours.outlet, ours.url)
    assert seen.copies == ((other.outlet, other.url),)
