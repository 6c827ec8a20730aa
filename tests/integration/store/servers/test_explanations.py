"""What is known about one article, to explain why it was or was not posted, on either database."""

import hashlib
from datetime import timedelta

from bot.feeds.prints import prints_of
from bot.model.delivery import DeliveryState
from bot.model.queries import ClaimQuery
from bot.store import Store
from bot.store.schema.columns import ArticleState, EntryState
from tests.factories import (
    GUILD,
    NOON,
    OTHER_GUILD,
    TEXT,
    USER,
    a_claim,
    a_subscription,
    an_article,
    an_attached_feed,
    an_entry,
    an_extraction,
    an_outcome,
    put_digest,
    save_outcome,
    stored_article,
)


def link_print(url: str) -> str:
    return prints_of(an_entry(url=url)).link


async def test_an_entry_is_found_by_its_link_in_its_own_server(store: Store) -> None:
    stored = await stored_article(store)
    url = "https://news.example/waiting"
    await save_outcome(store, an_outcome(stored.feed.id, an_entry(url=url), polled_at=NOON))
    (entry,) = await store.explanations.entries(GUILD, link_print("http://www.news.example/waiting/?utm_id=1"), [])
    assert (entry.url, entry.state, entry.article_id, entry.read_at) == (url, EntryState.NEW, None, NOON)
    assert await store.explanations.entries(OTHER_GUILD, link_print(url), []) == []
    assert await store.explanations.entries(GUILD, "", []) == []


async def test_an_article_is_found_by_its_address(store: Store) -> None:
    stored = await stored_article(store, article=an_article(url="https://news.example/a"), grouped=True)
    article = await store.explanations.article(stored.article_id, GUILD)
    assert article is not None
    assert (article.state, article.claims, article.printed[0][1]) == (
        ArticleState.EXTRACTED,
        1,
        "https://news.example/a",
    )
    assert article.story_id is not None
    assert await store.explanations.article(stored.article_id + 1, GUILD) is None


async def test_how_a_digest_showed_an_article_is_kept(store: Store) -> None:
    lead = await stored_article(store, grouped=True)
    other = await stored_article(store)
    article = await store.explanations.article(lead.article_id, GUILD)
    assert article is not None
    await store.stories.save(other.article_id, article.story_id, {"dam": 1.0})
    subscription = await a_subscription(store)
    assert await store.explanations.shown(subscription, article) is None
    ids = [lead.article_id, other.article_id]
    await put_digest(store, subscription.id, NOON, [("n1", {"embeds": []})], ids, NOON + timedelta(days=1))
    shown = await store.explanations.shown(subscription, article)
    assert shown is not None
    (posting,) = shown.postings
    assert (posting.state, posting.message_id, posting.payload) == (DeliveryState.PENDING, None, {"embeds": []})
    assert len(shown.story) == 1


async def test_a_story_is_sure_where_one_of_its_articles_that_wait_is(store: Store) -> None:
    weak = await stored_article(store, extraction=an_extraction(a_claim(confidence=0.2)), grouped=True)
    article = await store.explanations.article(weak.article_id, GUILD)
    assert article is not None
    subscription = await a_subscription(store)
    assert not await store.explanations.is_sure(subscription, article)
    strong = await stored_article(store)
    await store.stories.save(strong.article_id, article.story_id, {"dam": 1.0})
    assert await store.explanations.is_sure(subscription, article)
    await put_digest(store, subscription.id, NOON, [("n1", {})], [strong.article_id], NOON)
    assert not await store.explanations.is_sure(subscription, article)


async def test_what_a_hidden_actor_says_explains_nothing(store: Store) -> None:
    stored = await stored_article(store, grouped=True)
    article = await store.explanations.article(stored.article_id, GUILD)
    assert article is not None
    assert article.claims == 1
    subscription = await a_subscription(store)
    assert await store.explanations.is_sure(subscription, article)
    (claim,) = (await store.claims.search(ClaimQuery(GUILD), limit=5)).claims
    await store.actor_changes.hide(GUILD, claim.actor_id or 0, USER)
    assert not await store.explanations.is_sure(subscription, article)
    hidden = await store.explanations.article(stored.article_id, GUILD)
    assert hidden is not None
    assert hidden.claims == 0


async def test_the_newest_link_of_each_feed_tells_its_site(store: Store) -> None:
    stored = await stored_article(store)
    entries = [an_entry(url="https://site.example/new"), an_entry(url=None)]
    await save_outcome(store, an_outcome(stored.feed.id, *entries, polled_at=NOON))
    assert await store.explanations.latest_links(GUILD) == {stored.feed.id: "https://site.example/new"}
    assert await store.explanations.latest_links(OTHER_GUILD) == {}


async def test_keys_that_a_feed_has_brought_are_known(store: Store) -> None:
    stored = await stored_article(store)
    await save_outcome(store, an_outcome(stored.feed.id, an_entry(key="here"), polled_at=NOON))
    assert await store.explanations.known_keys(stored.feed.id, ["here", "elsewhere"]) == {"here"}


async def test_a_copy_is_told_as_the_server_s_own_feeds_have_it(store: Store) -> None:
    wire = f"{TEXT} " + " ".join(
        f"Gauge {n} at the dam stood at {n * 7} centimetres on Monday." for n in range(12)
    )
    ids = []
    for guild_id, outlet in ((GUILD, "courier"), (OTHER_GUILD, "herald")):
        feed = await an_attached_feed(store, guild_id, f"https://{outlet}.example/rss")
        await save_outcome(store, an_outcome(feed.id, an_entry(), polled_at=NOON))
        (entry,) = await store.articles.entries_to_read(NOON + timedelta(days=30), 10)
        article = an_article(outlet=outlet, title=f"In the {outlet}", text=wire, url=f"https://{outlet}.example/a")
        ids.append(await store.articles.save_read(entry.entry_id, article))
    assert ids[0] == ids[1]
    for guild_id, outlet in ((GUILD, "courier"), (OTHER_GUILD, "herald")):
        url = f"https://{outlet}.example/a"
        (found,) = await store.explanations.entries(guild_id, "", [hashlib.sha256(url.encode()).hexdigest()])
        assert found.article_id == ids[0]
        told = await store.explanations.article(ids[0], guild_id)
        assert told is not None
        assert told.printed == ((f"In the {outlet}", url),)
