"""One text in several outlets: extracted once, visible to each server as its own feeds have it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.model.articles import Printing, ReadArticle
from bot.model.queries import ClaimQuery
from bot.store import Store
from tests.factories import (
    GUILD,
    NOON,
    OTHER_GUILD,
    TEXT,
    SetClock,
    a_subscription,
    an_article,
    an_attached_feed,
    an_entry,
    an_extraction,
    an_outcome,
    put_digest,
    save_outcome,
)

WIRE = f"{TEXT} " + " ".join(f"Gauge {n} at the dam stood at {n * 7} centimetres on Monday." for n in range(12))
THIRD_GUILD = GUILD + 7
FEEDS = {"The Courier": "https://courier.example/rss", "The Herald": "https://herald.example/rss"}


async def read(store: Store, outlet: str, guild_id: int | None, **given: Any) -> tuple[int, ReadArticle]:
    """Let a feed of an outlet bring a server an article; return its id."""
    feed = await an_attached_feed(store, guild_id, FEEDS.get(outlet, f"https://{outlet.lower()}.example/rss"))
    await save_outcome(store, an_outcome(feed.id, an_entry(), polled_at=given.pop("seen_at", NOON)))
    (entry,) = await store.articles.entries_to_read(NOON + timedelta(days=30), 10)
    article = an_article(**{"outlet": outlet, "title": f"As in {outlet}", "text": WIRE} | given)
    return await store.articles.save_read(entry.entry_id, article), article


async def extracted(store: Store, article_id: int) -> None:
    await store.claims.save_extraction(article_id, an_extraction())
    await store.stories.save(article_id, None, {"dam": 1.0})


@pytest.fixture
async def wire(store: Store) -> tuple[ReadArticle, ReadArticle]:
    """An article of the Courier and its copy in the Herald; one server has the first, one the second, one both."""
    first, original = await read(store, "The Courier", GUILD)
    second, copy = await read(store, "The Herald", OTHER_GUILD, text=f"DUNMORE (AP) — {WIRE}")
    assert first == second
    for url in FEEDS.values():
        await an_attached_feed(store, THIRD_GUILD, url)
    await extracted(store, first)
    return original, copy


def printed(article: ReadArticle) -> Printing:
    assert article.published_at is not None
    return Printing(article.outlet, article.url, article.title, article.published_at, article.image_url)


async def test_a_copy_is_not_extracted_again(store: Store, wire: tuple[ReadArticle, ReadArticle]) -> None:
    assert await store.articles.to_extract(10) == []
    assert (await store.claims.search(ClaimQuery(), limit=5)).total == 1


async def test_each_server_sees_the_claims_as_its_own_feeds_have_them(
    store: Store, wire: tuple[ReadArticle, ReadArticle]
) -> None:
    original, copy = wire
    for guild_id, shown, others in (
        (GUILD, original, ()),
        (OTHER_GUILD, copy, ()),
        (THIRD_GUILD, original, (printed(copy),)),
        (None, original, (printed(copy),)),
    ):
        query = ClaimQuery(guild_id=guild_id, actor="Ada Quist")
        (claim,) = (await store.claims.search(query, limit=5)).claims
        assert (claim.outlet, claim.url, claim.title) == (shown.outlet, shown.url, shown.title)
        assert claim.also_in == others
        assert await store.claims.get(claim.id, guild_id) == claim
        assert (await store.claims.evidence(claim.id, guild_id)).claim == claim
        if guild_id is not None:
            assert await store.claims.actor_names("ada", guild_id, 5) == ["Ada Quist"]
    assert (await store.claims.search(ClaimQuery(guild_id=GUILD + 99), limit=5)).total == 0


async def test_a_digest_shows_a_copy_once_and_by_the_outlets_of_the_server(
    store: Store, wire: tuple[ReadArticle, ReadArticle]
) -> None:
    original, copy = wire
    for guild_id, shown, others in (
        (GUILD, original, ()),
        (OTHER_GUILD, copy, ()),
        (THIRD_GUILD, original, (printed(copy),)),
    ):
        subscription = await a_subscription(store, guild_id, channel_id=guild_id)
        since = NOON - timedelta(days=1)
        (article,) = await store.digests.unshown_articles(
            subscription.selection, unshown_in=subscription.plan.channel_id, since=since, limit=9
        )
        assert (article.outlet, article.url, article.title) == (shown.outlet, shown.url, shown.title)
        (claim,) = article.claims
        assert (claim.outlet, claim.url, claim.copies) == (shown.outlet, shown.url, others)
        await put_digest(store, subscription.id, NOON, [("n" + str(guild_id), {})], [article.article_id], NOON)
        assert (
            await store.digests.unshown_articles(
                subscription.selection, unshown_in=subscription.plan.channel_id, since=since, limit=9
            )
            == []
        )


async def test_a_subscription_to_the_feed_of_the_copy_shows_the_copy(
    store: Store, wire: tuple[ReadArticle, ReadArticle]
) -> None:
    herald = await store.feeds.by_url(FEEDS["The Herald"])
    assert herald is not None
    subscription = await a_subscription(store, THIRD_GUILD, feed_ids=(herald.id,))
    (article,) = await store.digests.unshown_articles(
        subscription.selection, unshown_in=subscription.plan.channel_id, since=NOON - timedelta(days=1), limit=9
    )
    assert (article.outlet, article.claims[0].copies) == ("The Herald", ())


async def test_the_address_of_a_copy_leads_to_the_same_copy_again(
    store: Store, wire: tuple[ReadArticle, ReadArticle]
) -> None:
    _, copy = wire
    await read(store, "Front", THIRD_GUILD, url=copy.url, text="Changed since. " * 50)
    (claim,) = (await store.claims.search(ClaimQuery(guild_id=THIRD_GUILD), limit=5)).claims
    assert [one.outlet for one in claim.also_in] == ["The Herald"]


async def test_an_outlet_with_the_text_at_two_addresses_is_named_once(
    store: Store, wire: tuple[ReadArticle, ReadArticle]
) -> None:
    await read(store, "The Courier", GUILD)
    for guild_id, others in ((GUILD, []), (THIRD_GUILD, ["The Herald"])):
        (claim,) = (await store.claims.search(ClaimQuery(guild_id=guild_id), limit=5)).claims
        assert (claim.url, [one.outlet for one in claim.also_in]) == (wire[0].url, others)


async def test_what_says_more_is_too_short_or_comes_too_late_is_an_article_of_its_own(
    store: Store, clock: SetClock
) -> None:
    first, _ = await read(store, "The Courier", GUILD)
    longer = f"{WIRE} " + " ".join(f"Engineer {n} spoke of crack {n * 3} in the wall." for n in range(9))
    ids = {first, (await read(store, "The Herald", GUILD, text=longer))[0]}
    ids |= {(await read(store, outlet, GUILD, text=TEXT))[0] for outlet in ("Pilot", "Mercury")}
    clock.advance(days=8)
    ids.add((await read(store, "Gazette", GUILD, seen_at=clock()))[0])
    assert len(ids) == 5


async def test_of_two_copies_that_are_read_at_once_one_is_the_original(store: Store) -> None:
    feed = await an_attached_feed(store)
    await save_outcome(store, an_outcome(feed.id, *(an_entry() for _ in range(4))))
    entries = await store.articles.entries_to_read(NOON, 10)
    saved = [store.articles.save_read(entry.entry_id, an_article(text=WIRE)) for entry in entries]
    assert len(set(await asyncio.gather(*saved))) == 1


async def test_an_entry_that_is_put_off_waits_without_having_failed(store: Store) -> None:
    feed = await an_attached_feed(store)
    await save_outcome(store, an_outcome(feed.id, an_entry()))
    (entry,) = await store.articles.entries_to_read(NOON, 10)
    await store.articles.put_off(entry.entry_id, NOON + timedelta(minutes=5))
    assert await store.articles.entries_to_read(NOON, 10) == []
    assert await store.articles.entries_to_read(NOON + timedelta(minutes=5), 10) == [entry]
