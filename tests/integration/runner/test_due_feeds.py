"""Due feeds flow: each is polled once, new ones join, and a slow host holds up no other."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from bot.errors import StoreError
from bot.feeds.poll import PollLimits
from bot.fetching.client import Fetcher, open_fetcher
from bot.model.feeds import FeedState, PollOutcome, PollStatus, PollSummary, PollTarget
from bot.runner import due_feeds, polling
from bot.runner.due_feeds import DueFeeds
from bot.store import Store, open_store
from bot.store.feeds.feeds import Feeds
from bot.store.feeds.poll_outcomes import SavedPoll
from bot.workers import Workers
from tests.databases import Server as PostgreSQL
from tests.databases import Templates
from tests.factories import NOON, SetClock, an_outcome, save_outcome
from tests.integration.feeds.server import served

HOUR = timedelta(hours=1)


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with open_fetcher("Hearsay", allow_private=True) as opened:
        yield opened


async def feeds(store: Store, *urls: str) -> list[int]:
    return [(await store.feeds.add(url, kept_by_host=True)).id for url in urls]


def due_feeds_of(store: Store, clock: SetClock, look_again_s: float = 60.0) -> DueFeeds:
    return DueFeeds(store, clock, news=asyncio.Event(), look_again_s=look_again_s)


async def stored(store: Store, due: DueFeeds, page: Sequence[PollTarget]) -> None:
    outcomes = [
        an_outcome(t.feed_id, status=PollStatus.NOT_MODIFIED, feed=None, next_poll_at=NOON + HOUR) for t in page
    ]
    await store.feeds.save_outcomes(outcomes)
    due.stored(outcomes)


async def test_each_due_feed_is_given_once_and_again_when_it_is_due_again(store: Store, clock: SetClock) -> None:
    ids = await feeds(store, "https://a.example/", "https://b.example/")
    due = due_feeds_of(store, clock, look_again_s=0.01)
    async with aclosing(due.pages()) as pages:
        first = await anext(pages)
        assert [target.feed_id for target in first] == ids
        await stored(store, due, first[:1])
        clock.advance(hours=2)
        assert [target.feed_id for target in await anext(pages)] == ids[:1]  # b is still under way
        await stored(store, due, first)
        clock.now = NOON
        assert [page async for page in pages] == []


async def test_a_host_is_left_to_other_processes_once_its_feeds_are_polled_though_the_pass_goes_on(
    postgres: PostgreSQL, templates: Templates, clock: SetClock
) -> None:
    later = SetClock(NOON + 2 * HOUR)
    with templates.postgres_emptied(postgres) as url:
        async with open_store(url, clock=clock, migrate=False) as one, open_store(url, migrate=False) as other:
            first, _ = await feeds(one, "https://a.example/", "https://b.example/")
            due = due_feeds_of(one, clock, look_again_s=0.01)
            async with aclosing(due.pages()) as pages, asyncio.timeout(30):
                page = await anext(pages)
                await stored(one, due, page[:1])
                going_on = asyncio.create_task(anext(pages))
                given: Sequence[PollTarget] = ()
                while not given:
                    async with aclosing(due_feeds_of(other, later).pages()) as others:
                        given = await anext(others, ())
                assert [target.feed_id for target in given] == [first]
                assert not going_on.done()
                await stored(one, due, page)
                with pytest.raises(StopAsyncIteration):
                    await going_on


async def test_what_is_stored_while_the_store_is_asked_is_not_given_again_by_its_stale_answer(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await feeds(store, "https://a.example/")
    due = due_feeds_of(store, clock)
    asked = store.feeds.due
    stale = 0

    async def slowly(*args: object, **options: object) -> Sequence[PollTarget]:
        nonlocal stale
        page = await asked(*args, **options)  # type: ignore[arg-type]
        if stale == 1:
            await stored(store, due, page)
        stale += 1
        return page

    monkeypatch.setattr(store.feeds, "due", slowly)
    async with asyncio.timeout(10), aclosing(due.pages()) as pages:
        assert len(await anext(pages)) == 1
        assert [page async for page in pages] == []


async def test_all_that_are_due_are_given_page_by_page_without_waiting_for_any_to_end(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_feeds, "PAGE", 2)
    ids = await feeds(store, *(f"https://{n}.example/" for n in range(5)))
    await save_outcome(store, an_outcome(ids[4], next_poll_at=NOON - HOUR))  # has waited longest
    due = due_feeds_of(store, clock)
    async with aclosing(due.pages()) as pages:
        given = [await anext(pages) for _ in range(3)]
        assert [[t.feed_id for t in page] for page in given] == [[ids[4], ids[0]], ids[1:3], ids[3:4]]
        for page in given:
            await stored(store, due, page)
        assert [page async for page in pages] == []


async def test_no_more_are_under_way_than_memory_has_room_for(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_feeds, "PAGE", 2)
    monkeypatch.setattr(due_feeds, "MOST", 2)
    await feeds(store, *(f"https://{n}.example/" for n in range(3)))
    due = due_feeds_of(store, clock)
    async with aclosing(due.pages()) as pages:
        first = await anext(pages)
        waiting = asyncio.ensure_future(anext(pages))
        await asyncio.sleep(0.02)
        assert not waiting.done()
        await stored(store, due, first)
        assert len(await waiting) == 1


async def polled(store: Store, fetcher: Fetcher, due: DueFeeds, clock: SetClock) -> list[PollSummary]:
    workers = Workers(1, timeout_s=5, memory_mb=512)  # never started: nothing here has a body
    given = {"limits": PollLimits(), "concurrency": 4}
    found = polling.polls(store, fetcher, workers, clock, targets=due, **given)  # type: ignore[arg-type]
    return [summary async for summary in found]


async def test_a_feed_that_comes_due_while_a_slow_host_is_waited_for_is_polled_at_once(
    store: Store, clock: SetClock, fetcher: Fetcher
) -> None:
    asked: list[str] = []
    begun, release = asyncio.Event(), asyncio.Event()

    async def handler(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        if request.path == "/slow":
            begun.set()
            await release.wait()
        else:
            release.set()
        return web.Response(status=404)

    async with served(handler) as url:
        await feeds(store, f"{url}/slow")
        news = asyncio.Event()
        due = DueFeeds(store, clock, news=news, look_again_s=60.0)
        passing = asyncio.create_task(polled(store, fetcher, due, clock))
        await begun.wait()
        await feeds(store, url.replace("127.0.0.1", "localhost") + "/new")
        news.set()
        async with asyncio.timeout(10):
            summaries = await passing
    assert asked == ["/slow", "/new"]
    assert sum(summary.feeds for summary in summaries) == 2
    assert set().union(*(summary.errors for summary in summaries)) == {
        f"{url}/slow",
        url.replace("127.0.0.1", "localhost") + "/new",
    }


async def test_what_cannot_be_stored_takes_no_other_with_it_and_leaves_its_feed_alone_for_a_while(
    store: Store, clock: SetClock, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def handler(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=304)

    save = Feeds.save_outcomes

    async def odd(self: Feeds, outcomes: Sequence[PollOutcome]) -> list[SavedPoll]:
        if any(o.url.endswith("odd") and o.status is not PollStatus.ERROR for o in outcomes):
            raise StoreError("odd on purpose")
        return await save(self, outcomes)

    monkeypatch.setattr(Feeds, "save_outcomes", odd)
    monkeypatch.setattr("bot.feeds.poll.UNCONDITIONAL", 0.0)
    async with served(handler) as url:
        ids = await feeds(store, f"{url}/odd", f"{url}/even")
        known = [an_outcome(i, next_poll_at=NOON) for i in ids]
        for outcome in known:
            validated = replace(outcome, validators=replace(outcome.validators, etag='"x"'))
            await save_outcome(store, validated)
        summaries = await polled(store, fetcher, due_feeds_of(store, clock), clock)
    assert sum(summary.feeds for summary in summaries) == 2
    first, second = [await store.feeds.get(feed_id) for feed_id in ids]
    assert (first.state, first.failures, second.state) == (FeedState.FAILING, 1, FeedState.HEALTHY)
    assert "could not be stored" in (first.error or "")
    assert first.next_poll_at >= NOON + HOUR


async def test_a_store_that_takes_nothing_ends_the_pass(
    store: Store, clock: SetClock, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_self: Feeds, _outcomes: Sequence[PollOutcome]) -> list[SavedPoll]:
        raise StoreError("broken on purpose")

    monkeypatch.setattr(Feeds, "save_outcomes", broken)
    await feeds(store, "http://127.0.0.1:9/")
    with pytest.raises(StoreError):
        await polled(store, fetcher, due_feeds_of(store, clock), clock)
