"""The steps of an article, with a real database, a real newsroom and the real model."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_services
from bot.clock import utc_now
from bot.errors import ChannelGone, ModelMissing
from bot.model.delivery import Delivery, DeliveryState, PostedAt
from bot.model.digests import Cadence, Subscription
from bot.model.feeds import FeedState, PollStatus, PollSummary
from bot.model.queries import ClaimQuery
from bot.runner import polling, steps
from bot.services.digests_together import span_of
from bot.services.engine import Services
from config.settings import Settings
from preview.newsroom import Fault, Newsroom
from tests.factories import CHANNEL, GUILD, USER, a_subscription


class Posted:
    """A sender that keeps the messages."""

    def __init__(self, error: Exception | None = None) -> None:
        self.deliveries: list[Delivery] = []
        self.error = error

    async def send(self, delivery: Delivery) -> PostedAt:
        if self.error:
            raise self.error
        self.deliveries.append(delivery)
        return PostedAt(len(self.deliveries))

    async def is_member(self, guild_id: int, user_id: int) -> bool:
        return True

    async def find_posted(self, delivery: Delivery, now: datetime) -> PostedAt | None:
        return None


@pytest.fixture
async def newsroom() -> AsyncIterator[Newsroom]:
    async with Newsroom() as made:
        yield made


@pytest.fixture
async def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Services]:
    monkeypatch.chdir(tmp_path)
    settings = Settings(data_dir=tmp_path, allow_private_addresses=True)
    async with open_services(settings) as made:
        yield made


async def poll(services: Services) -> PollSummary:
    return await polling.poll_feeds(
        services.store,
        services.fetcher,
        services.workers,
        services.clock,
        targets=await services.store.feeds.targets(None),
        limits=services.poll_limits,
        concurrency=10,
    )


async def subscribed(services: Services, **changes: Any) -> Subscription:
    due: dict[str, Any] = {"timezone": "UTC", "next_at": utc_now() - timedelta(minutes=1)}
    return await a_subscription(services.store, **(due | changes))


async def konkan(services: Services, newsroom: Newsroom) -> None:
    feed = await services.store.feeds.add(newsroom.feed_url("konkan"))
    await services.store.guilds.attach(GUILD, feed.id, USER, limit=5)


async def test_an_article_goes_its_way_from_feed_to_message(services: Services, newsroom: Newsroom) -> None:
    await konkan(services, newsroom)
    await subscribed(services)
    services.runner.sender = posted = Posted()
    done = await services.runner.pass_once()
    articles = len(newsroom.articles_of("konkan"))
    assert (done["poll"], done["read"], done["extract"], done["group"]) == (articles,) * 4
    assert done["compose"] == 1
    assert done["deliver"] == len(posted.deliveries) > 0
    found = await services.store.claims.search(ClaimQuery(guild_id=GUILD), limit=5)
    assert found.total > articles
    assert await services.runner.pass_once() == dict.fromkeys(done, 0)


async def test_a_second_poll_finds_nothing_modified(services: Services, newsroom: Newsroom) -> None:
    await konkan(services, newsroom)
    first, second = await poll(services), await poll(services)
    assert (first.statuses[PollStatus.CHANGED], first.new_entries) == (1, 6)
    # now and then a poll is unconditional and finds the same body
    assert second.statuses[PollStatus.NOT_MODIFIED] + second.statuses[PollStatus.UNCHANGED] == 1
    assert second.new_entries == 0


@pytest.mark.parametrize(
    ("fault", "state", "words"),
    [
        (Fault.NOT_FOUND, FeedState.FAILING, "404"),
        (Fault.GONE, FeedState.DISABLED, "410"),
        (Fault.NOT_A_FEED, FeedState.FAILING, "not a feed"),
        (Fault.HUGE, FeedState.FAILING, "larger"),
        (Fault.SERVER_ERROR, FeedState.FAILING, "500"),
    ],
)
async def test_a_broken_feed_says_why_and_the_others_go_on(
    fault: Fault, state: FeedState, words: str, services: Services, newsroom: Newsroom
) -> None:
    await konkan(services, newsroom)
    broken = await services.store.feeds.add(newsroom.feed_url("courier"), kept_by_host=True)
    newsroom.break_feed("courier", fault)
    summary = await poll(services)
    assert summary.statuses[PollStatus.CHANGED] == 1
    assert words in summary.errors[broken.url]
    kept = await services.store.feeds.get(broken.id)
    assert (kept.state, kept.error) == (state, summary.errors[broken.url])


async def test_a_dead_host_and_a_private_address_are_distinguished(tmp_path: Path, newsroom: Newsroom) -> None:
    address = newsroom.feed_url("konkan")
    async with open_services(Settings(data_dir=tmp_path, fetch_timeout=5)) as services:
        dead = await services.store.feeds.add("http://feeds.invalid/rss", kept_by_host=True)
        private = await services.store.feeds.add("http://127.0.0.1:8080/feed", kept_by_host=True)
        odd = await services.store.feeds.add(address, kept_by_host=True)
        summary = await poll(services)
    assert "name" in summary.errors[dead.url]
    assert "not public" in summary.errors[private.url]
    assert "Port" in summary.errors[odd.url]
    assert newsroom.visits == []


async def test_an_article_without_text_is_given_up_with_its_reason(services: Services, newsroom: Newsroom) -> None:
    await konkan(services, newsroom)
    newsroom.break_feed("konkan", Fault.EMPTY_ARTICLE)
    await poll(services)
    await steps.read_entries(services.store, services.fetcher, services.workers, services.clock)
    waiting = await services.store.articles.entries_to_read(utc_now() + timedelta(days=3), 99)
    assert await services.store.articles.to_extract(99) == []
    assert all(entry.attempts > 0 for entry in waiting)


async def test_a_missing_model_loses_no_article(tmp_path: Path, newsroom: Newsroom) -> None:
    settings = Settings(data_dir=tmp_path, allow_private_addresses=True, model=tmp_path / "nowhere")
    async with open_services(settings) as services:
        await konkan(services, newsroom)
        await poll(services)
        await steps.read_entries(services.store, services.fetcher, services.workers, services.clock)
        with pytest.raises(ModelMissing):
            await steps.extract_articles(services.store, services.extractor)
        assert len(await services.store.articles.to_extract(99)) == 6


async def test_a_subscription_without_news_only_gets_its_next_slot(services: Services) -> None:
    before = await subscribed(services)
    assert await steps.compose_digests(services.store, services.clock) == 0
    after = await services.store.subscriptions.get(before.id, GUILD)
    assert after.next_at > utc_now()
    assert await services.store.deliveries.counts() in ({}, dict.fromkeys(DeliveryState, 0))


async def test_a_channel_that_is_gone_pauses_its_subscription(services: Services, newsroom: Newsroom) -> None:
    await konkan(services, newsroom)
    subscription = await subscribed(services)
    services.runner.sender = Posted(ChannelGone())
    await services.runner.pass_once()
    paused = await services.store.subscriptions.get(subscription.id, GUILD)
    assert paused.paused_reason == ChannelGone().message
    assert (await services.store.deliveries.counts())[DeliveryState.FAILED] > 0


async def test_without_a_client_digests_wait_in_the_outbox(services: Services, newsroom: Newsroom) -> None:
    await konkan(services, newsroom)
    await subscribed(services)
    await services.runner.pass_once()
    assert (await services.store.deliveries.counts())[DeliveryState.PENDING] > 0


def test_a_weekly_digest_looks_back_further_than_a_week() -> None:
    assert span_of(Cadence.WEEKLY) > timedelta(days=7)
    assert span_of(Cadence.DAILY) < timedelta(days=7)


async def test_two_subscriptions_are_each_shown_everything_once(services: Services, newsroom: Newsroom) -> None:
    await konkan(services, newsroom)
    first = await subscribed(services)
    second = await subscribed(services, channel_id=CHANNEL + 1)
    services.runner.sender = posted = Posted()
    await services.runner.pass_once()
    by_channel = {d.channel_id for d in posted.deliveries}
    assert by_channel == {CHANNEL, CHANNEL + 1}
    for subscription in (first, second):
        left = await services.store.digests.unshown_articles(
            subscription.selection,
            unshown_in=subscription.plan.channel_id,
            since=utc_now() - span_of(subscription.plan.cadence),
            limit=99,
        )
        assert left == []
