"""Digests that are composed in one go read what they share once, and show what each would show alone."""

from datetime import timedelta
from functools import partial

import pytest

from bot.model.digests import Selection, Subscription
from bot.model.queries import ClaimQuery
from bot.model.reports import Decision
from bot.store import Store
from bot.store.servers import candidates_together, shared_articles
from bot.store.servers.candidates_together import Wanted
from bot.store.servers.shared_articles import SharedArticles
from tests.factories import (
    CHANNEL,
    GUILD,
    NOON,
    OTHER_GUILD,
    USER,
    a_subscription,
    an_article,
    an_attached_feed,
    put_digest,
    said,
    stored_article,
)

DAY_AGO = NOON - timedelta(days=1)
SERVERS = (GUILD, OTHER_GUILD, GUILD + 77, GUILD + 78)


async def four_servers(store: Store) -> list[Selection]:
    """Give four servers one feed with two articles. One withdraws a claim, one splits the story, one renames."""
    stored = []
    for when in ("soon", "late"):
        text, extraction = said(f"We will open it {when}", "Ada Quist")
        article = an_article(url=f"https://news.example/{when}", text=text)
        stored.append(await stored_article(store, article=article, extraction=extraction))
    for guild_id in SERVERS[1:]:
        await an_attached_feed(store, guild_id)
    first, second = stored
    story = await store.stories.save(first.article_id, None, {"dam": 1.0})
    await store.stories.save(second.article_id, story, {"dam": 1.0})
    (claim, _) = (await store.claims.search(ClaimQuery(OTHER_GUILD), limit=5)).claims
    await store.claim_decisions.decide(OTHER_GUILD, claim.id, Decision.WITHDRAWN, USER)
    await store.story_changes.split(SERVERS[2], story, [first.article_id], USER)
    assert claim.actor_id is not None
    await store.actor_changes.rename(SERVERS[3], claim.actor_id, "Ada of the dam", USER)
    return [Selection(guild_id, least) for guild_id in SERVERS for least in (0.0, 0.5)]


@pytest.mark.parametrize("most", [1, 2_000])
async def test_each_server_gets_what_it_would_get_alone(
    store: Store, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_articles, "MOST_SHARED", most)
    selections = await four_servers(store)
    shared = await store.digests.shared_by(SERVERS)
    unshown = partial(store.digests.unshown_articles, since=NOON - timedelta(days=1), limit=9)
    together = [await unshown(selection, shared=shared) for selection in (*selections, *selections)]
    alone = [await unshown(selection) for selection in selections]
    assert together == alone + alone
    seen = [({a.story_id for a in articles}, sum(len(a.claims) for a in articles)) for articles in alone]
    assert [(len(stories), claims) for stories, claims in seen[::2]] == [(1, 2), (1, 1), (2, 2), (1, 2)]
    names = [{claim.actor for article in articles for claim in article.claims} for articles in alone]
    assert names[::2] == [{"Ada Quist"}] * 3 + [{"Ada of the dam"}]


async def looked_up_together(store: Store, subscriptions: list[Subscription], since: timedelta) -> SharedArticles:
    wanted = [Wanted(one.selection, one.plan.channel_id, NOON - since) for one in subscriptions]
    return await store.digests.shared_among(wanted, 9)


async def test_what_is_looked_up_for_all_is_what_each_channel_would_find_alone(store: Store) -> None:
    selections = await four_servers(store)
    subscriptions = [
        await a_subscription(store, guild_id=one.guild_id or 0, channel_id=number)
        for number, one in enumerate(selections[::2], 100)
    ]
    found = await store.digests.unshown_articles(selections[0], since=DAY_AGO, limit=9)
    article_id = found[0].article_id
    first = subscriptions[0]
    await put_digest(store, first.id, NOON, [("n", {})], [article_id], NOON + timedelta(days=1))
    shared = await looked_up_together(store, subscriptions, timedelta(days=1))
    for one in subscriptions:
        unshown = partial(
            store.digests.unshown_articles,
            one.selection,
            since=DAY_AGO,
            limit=9,
            unshown_in=one.plan.channel_id,
        )
        together, alone = await unshown(shared=shared), await unshown()
        assert together == alone
        stories = [a.story_id for a in alone if a.story_id is not None]
        told = partial(store.digests.told_before, one.plan.channel_id, stories, one.selection)
        assert await told(shared) == await told()
    assert len(await store.digests.unshown_articles(first.selection, since=DAY_AGO, limit=9, unshown_in=100)) == 1
    (before,) = (await store.digests.told_before(100, stories, first.selection, shared)).values()
    assert (before.article_id, len(before.claims)) == (article_id, 1)


async def test_digests_of_one_channel_are_looked_up_one_by_one(store: Store) -> None:
    await stored_article(store, grouped=True)
    subscriptions = [await a_subscription(store) for _ in range(2)]
    shared = await looked_up_together(store, subscriptions, timedelta(days=1))
    assert shared.candidates.newest(subscriptions[0].selection, DAY_AGO, CHANNEL) is None
    unshown = partial(store.digests.unshown_articles, subscriptions[1].selection, since=DAY_AGO, limit=9)
    assert len(await unshown(unshown_in=CHANNEL, shared=shared)) == 1
    await put_digest(store, subscriptions[0].id, NOON, [("n", {})], [1], NOON + timedelta(days=1))
    assert await unshown(unshown_in=CHANNEL, shared=shared) == []


async def test_a_digest_that_looks_further_back_than_what_was_looked_up_asks_for_itself(store: Store) -> None:
    await stored_article(store, grouped=True)
    subscription = await a_subscription(store)
    shared = await looked_up_together(store, [subscription], -timedelta(days=1))
    (article,) = await store.digests.unshown_articles(
        subscription.selection, since=DAY_AGO, limit=9, unshown_in=CHANNEL, shared=shared
    )
    await put_digest(store, subscription.id, NOON, [("n", {})], [article.article_id], NOON)
    shared = await looked_up_together(store, [subscription], -timedelta(days=1))
    told = await store.digests.told_before(CHANNEL, [article.story_id or 0], subscription.selection, shared)
    assert [before.article_id for before in told.values()] == [article.article_id]


@pytest.mark.parametrize("others", [0, 1])
async def test_servers_whose_feeds_brought_too_much_are_asked_for_one_by_one(
    store: Store, monkeypatch: pytest.MonkeyPatch, others: int
) -> None:
    """Also if another server's feeds brought articles of the same stories."""
    monkeypatch.setattr(candidates_together, "MOST_CANDIDATES", others - 1)
    monkeypatch.setattr(candidates_together, "FEEDS_AT_ONCE", 1)
    subscriptions = [await a_subscription(store, guild_id=OTHER_GUILD, channel_id=1)] if others else []
    story, article_ids = None, []
    for number in range(2 + others):
        guild_id = OTHER_GUILD if number < others else GUILD
        text = f"The dam is safe, Ada Quist said {number}."
        article = an_article(url=f"https://news.example/{number}", text=text)
        feed_url = f"https://{number}.example/rss"
        stored = await stored_article(store, guild_id, feed_url=feed_url, article=article)
        article_ids.append(stored.article_id)
        story = await store.stories.save(stored.article_id, story, {"dam": 1.0})
    subscription = await a_subscription(store)
    await put_digest(store, subscription.id, NOON, [("n", {})], article_ids[-1:], NOON)
    shared = await looked_up_together(store, [*subscriptions, subscription], timedelta(days=1))
    assert shared.candidates.newest(subscription.selection, DAY_AGO, CHANNEL) is None
    unshown = partial(store.digests.unshown_articles, subscription.selection, since=DAY_AGO, limit=9)
    (article_found,) = await unshown(unshown_in=CHANNEL, shared=shared)
    assert article_found.article_id == article_ids[-2]
    told = await store.digests.told_before(CHANNEL, [story or 0], subscription.selection, shared)
    assert [before.article_id for before in told.values()] == article_ids[-1:]
