"""Kill -9 between any two steps: nothing is lost, and nothing is posted twice."""

from datetime import time, timedelta

from bot.clock import utc_now
from bot.model.delivery import DeliveryState
from bot.store import open_store
from config.settings import Settings
from preview.discord import LocalDiscord
from preview.newsroom import Newsroom
from tests.e2e.killed import BOUNDARIES
from tests.e2e.mortal import KILLED, MortalBot
from tests.factories import a_subscription


async def test_killed_at_every_boundary_in_turn_nothing_is_lost_and_nothing_repeated(
    local: LocalDiscord, newsroom: Newsroom, settings: Settings, mortal_bot: MortalBot
) -> None:
    channel = local.channel("news")
    guild_id = int(local.guild().id)
    async with open_store(settings.store_url, clock=utc_now) as store:
        feed = await store.feeds.add(newsroom.feed_url("konkan"))
        await store.guilds.attach(guild_id, feed.id, 1, limit=10)
        await a_subscription(
            store,
            guild_id,
            channel_id=int(channel.id),
            at=time(9),
            timezone="UTC",
            minimum_confidence=0.0,
            next_at=utc_now() - timedelta(minutes=1),
        )

    for boundary in BOUNDARIES:
        assert await mortal_bot.live(boundary) == KILLED, f"never came to where {boundary}"
    assert await mortal_bot.live() == 0
    assert await mortal_bot.live() == 0

    titles = {article.title for article in newsroom.articles_of("konkan")}
    shown = [embed["title"] for message in channel.messages for embed in message["embeds"]]
    stories = [title for title in shown if title in titles]
    assert len(stories) == len(set(stories))
    posts = [
        r for r in local.requests if r.method == "POST" and r.path.endswith(f"/channels/{channel.id}/messages")
    ]
    assert len(posts) == len(channel.messages)

    async with open_store(settings.store_url, clock=utc_now) as store:
        counts = await store.deliveries.counts()
        assert counts.get(DeliveryState.SENT) == len(channel.messages)
        assert not counts.get(DeliveryState.PENDING)
        assert not counts.get(DeliveryState.FAILED)
        subscription = (await store.subscriptions.all())[0]
        left = await store.digests.unshown_articles(
            subscription.selection,
            unshown_in=subscription.plan.channel_id,
            since=utc_now() - timedelta(days=2),
            limit=99,
        )
    # every article that was new when the feed was added was read and shown, by itself or in a story
    assert left == []
    linked = str([message["embeds"] for message in channel.messages])
    missing = [a.title for a in newsroom.articles_of("konkan") if newsroom.article_url(a.slug) not in linked]
    assert len(missing) <= len(titles) - len(stories)
