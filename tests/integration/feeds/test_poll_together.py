"""Many polls: what comes together, what waits, and what is known from the last time."""

import asyncio
from contextlib import aclosing

import pytest
from aiohttp import web

from bot.feeds import poll as polling
from bot.feeds.poll import poll, poll_together
from bot.fetching.client import Fetcher
from bot.model.feeds import FeedState, ParsedEntry, ParsedFeed, PollOutcome, PollStatus, PollTarget
from bot.workers import Workers
from tests.integration.feeds.server import always, served
from tests.integration.feeds.test_poll import NOW, rss


async def test_entries_known_from_the_last_poll_are_left_out(fetcher: Fetcher, workers: Workers) -> None:
    titles = ["two", "one"]
    async with served(always(lambda: web.Response(body=rss(*titles)))) as url:
        first = await poll(PollTarget(1, url), fetcher=fetcher, workers=workers, clock=lambda: NOW)
        assert first.feed is not None
        titles.insert(0, "three")
        target = PollTarget(1, url, body_hash=first.body_hash, item_hashes=first.feed.item_hashes)
        again = await poll(target, fetcher=fetcher, workers=workers, clock=lambda: NOW)
    assert again.feed is not None
    assert ([entry.key for entry in again.feed.entries], again.feed.left_out) == (["three"], 2)
    assert len(again.feed.item_hashes) > len(first.feed.item_hashes)


async def test_outcomes_come_together(fetcher: Fetcher, workers: Workers) -> None:
    async with served(always(lambda: web.Response(body=rss("one")))) as url:
        targets = [PollTarget(n, f"{url}/{n}") for n in range(12)]
        batches = [
            batch
            async for batch in poll_together(
                targets, fetcher=fetcher, workers=workers, clock=lambda: NOW, within_s=5.0, per_host=4
            )
        ]
    assert [len(batch) for batch in batches] == [12]
    assert {outcome.status for outcome in batches[0]} == {PollStatus.CHANGED}


async def test_polls_wait_while_nobody_takes_their_outcomes(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    polled = 0
    html = "x" * 1000
    feed = ParsedFeed("F", entries=(ParsedEntry("k", None, "t", html=html),))

    async def fake(target: PollTarget, **_: object) -> PollOutcome:
        nonlocal polled
        polled += 1
        await asyncio.sleep(0)
        return PollOutcome(
            target.feed_id,
            PollStatus.CHANGED,
            polled_at=NOW,
            next_poll_at=NOW,
            state=FeedState.HEALTHY,
            feed=feed,
        )

    monkeypatch.setattr(polling, "poll", fake)
    monkeypatch.setattr(polling, "TOGETHER_SIZE", 20_000)
    targets = [PollTarget(n, f"https://{n}.example/") for n in range(500)]
    seen = 0
    options = {"fetcher": None, "workers": workers, "clock": lambda: NOW, "concurrency": 10}
    async with aclosing(poll_together(targets, **options)) as batches:  # type: ignore[arg-type]
        async for batch in batches:
            seen += len(batch)
            for _ in range(50):
                await asyncio.sleep(0)
            assert len(batch) <= 31
            assert polled - seen <= 31  # those that wait, and one in each place
    assert seen == polled == 500
