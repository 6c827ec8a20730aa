"""Articles that a digest may show."""

from datetime import timedelta

from bot.model.claims import ActorType, Kind, Wording
from bot.model.digests import Selection, Subscription
from bot.store import Store
from tests.factories import (
    CHANNEL,
    GUILD,
    NOON,
    OTHER_GUILD,
    a_claim,
    a_subscription,
    an_actor,
    an_article,
    an_attached_feed,
    an_entry,
    an_extraction,
    an_outcome,
    put_digest,
    save_outcome,
    stored_article,
)

HOUR = timedelta(hours=1)
SINCE = NOON - HOUR


async def shown(store: Store, subscription: Subscription, limit: int = 10) -> list[int]:
    articles = await store.digests.unshown_articles(
        subscription.selection, unshown_in=subscription.plan.channel_id, since=SINCE, limit=limit
    )
    return [article.article_id for article in articles]


async def test_an_article_comes_with_its_claims_and_actors(store: Store) -> None:
    subscription = await a_subscription(store, minimum_confidence=0.5)
    claims = (
        a_claim(content="We will open it in May", cue="added", source=None, actor=None, verbatim=Wording.VERBATIM),
        a_claim(confidence=0.5),
        a_claim(confidence=0.49),
    )
    actors = [
        an_actor("an official", type=ActorType.UNNAMED),
        an_actor("Oslo", type=ActorType.GPE),
        an_actor(role="engineer"),
    ]
    article = an_article(image_url="https://news.example/i.png")
    stored = await stored_article(
        store, article=article, extraction=an_extraction(*claims, actors=actors), grouped=True
    )
    (found,) = await store.digests.unshown_articles(
        subscription.selection, unshown_in=subscription.plan.channel_id, since=SINCE, limit=5
    )
    assert (found.article_id, found.title, found.url) == (stored.article_id, article.title, article.url)
    assert (found.outlet, found.published_at, found.image_url) == (
        "The Courier",
        article.published_at,
        article.image_url,
    )
    assert found.story_id is not None
    assert found.actors == ("Oslo", "Ada Quist")
    assert [claim.content for claim in found.claims] == ["We will open it in May", "The dam is safe"]
    unknown, known = found.claims
    assert (unknown.actor, unknown.verbatim) == (None, Wording.VERBATIM)
    assert (known.actor, known.role, known.source) == ("Ada Quist", "engineer", "Ada Quist")
    assert (known.kind, known.confidence, known.outlet, known.url) == (
        Kind.STATEMENT,
        0.5,
        "The Courier",
        article.url,
    )
    assert (await store.claims.get(known.claim_id, GUILD)).content_text == "The dam is safe"


async def test_articles_published_last_come_first(store: Store) -> None:
    subscription = await a_subscription(store)
    early, late = [
        (await stored_article(store, article=an_article(published_at=at), grouped=True)).article_id
        for at in (NOON - HOUR, NOON)
    ]
    assert await shown(store, subscription) == [late, early]
    assert await shown(store, subscription, limit=1) == [late]


async def test_only_articles_in_stories_are_shown(store: Store) -> None:
    subscription = await a_subscription(store)
    stored = await stored_article(store)
    assert await shown(store, subscription) == []
    await store.stories.save(stored.article_id, None, {})
    assert await shown(store, subscription) == [stored.article_id]


async def test_only_articles_of_the_servers_feeds_are_shown(store: Store) -> None:
    subscription = await a_subscription(store)
    theirs = await stored_article(store, OTHER_GUILD, feed_url="https://theirs.example/", grouped=True)
    assert await shown(store, subscription) == []
    await store.guilds.attach(GUILD, theirs.feed.id, 1, limit=5)
    assert await shown(store, subscription) == [theirs.article_id]
    await store.guilds.detach(GUILD, theirs.feed.id)
    assert await shown(store, subscription) == []


async def test_the_host_sees_the_articles_of_all_feeds(store: Store) -> None:
    theirs = await stored_article(store, OTHER_GUILD, feed_url="https://theirs.example/", grouped=True)
    host = Selection(guild_id=None, minimum_confidence=0.5)
    (found,) = await store.digests.unshown_articles(host, since=SINCE, limit=5)
    assert found.article_id == theirs.article_id


async def test_a_subscription_to_some_feeds_gets_only_theirs(store: Store) -> None:
    one = await stored_article(store, feed_url="https://one.example/", grouped=True)
    await stored_article(store, feed_url="https://two.example/", grouped=True)
    subscription = await a_subscription(store, feed_ids=[one.feed.id])
    assert await shown(store, subscription) == [one.article_id]


async def test_what_was_first_seen_too_long_ago_is_not_shown(store: Store) -> None:
    subscription = await a_subscription(store)
    await stored_article(store, seen_at=SINCE - timedelta(seconds=1), grouped=True)
    in_time = await stored_article(store, seen_at=SINCE, grouped=True)
    assert await shown(store, subscription) == [in_time.article_id]


async def test_what_a_channel_was_given_it_is_not_given_again_but_others_are(store: Store) -> None:
    first, second = await a_subscription(store), await a_subscription(store, channel_id=CHANNEL + 1)
    stored = await stored_article(store, article=an_article(url="https://news.example/x"), grouped=True)
    await put_digest(store, first.id, NOON, [("n", {})], [stored.article_id], NOON)
    assert await shown(store, first) == []
    assert await shown(store, second) == [stored.article_id]
    feed = await an_attached_feed(store, url="https://again.example/")
    await save_outcome(store, an_outcome(feed.id, an_entry()))
    (entry,) = await store.articles.entries_to_read(NOON, 5)
    await store.articles.save_read(entry.entry_id, an_article(url="https://news.example/x"))
    assert await shown(store, first) == [], "not even where another feed brings it again"
    assert await shown(store, second) == [stored.article_id], "once, though two feeds brought it"
