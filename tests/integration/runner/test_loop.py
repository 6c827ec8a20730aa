"""The embedded runner: every step in a loop of its own."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.app import open_services
from bot.runner import all_steps, loop, steps
from bot.runner.loop import EmbeddedRunner
from bot.services.engine import Services
from config.settings import Settings
from preview.newsroom import Newsroom

STEPS = ("poll", "read", "extract", "group", "compose", "deliver")


@pytest.fixture
async def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Services]:
    monkeypatch.chdir(tmp_path)
    settings = Settings(data_dir=tmp_path, allow_private_addresses=True, pass_interval=3600)
    async with open_services(settings) as made:
        yield made


@pytest.fixture
def runner(services: Services) -> EmbeddedRunner:
    assert isinstance(services.runner, EmbeddedRunner)
    return services.runner


class Watched:
    """Steps that do nothing but be seen; `work` says how much each has to do, `broken` which fail."""

    def __init__(self, runner: EmbeddedRunner) -> None:
        self.seen: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self.order: list[str] = []
        self.work: Counter[str] = Counter()
        self.broken: set[str] = set()
        self.at_once = self.most_at_once = 0
        runner.steps._each = {name: self._step(name) for name in STEPS}

    def _step(self, name: str) -> Callable[[], Awaitable[int]]:
        inside = 0

        async def step() -> int:
            nonlocal inside
            inside += 1
            self.most_at_once = max(self.most_at_once, inside)
            self.seen[name] += 1
            self.order.append(name)
            await asyncio.sleep(0.005)
            inside -= 1
            if name in self.broken:
                raise ZeroDivisionError(name)
            self.ended[name] += 1
            self.work[name] -= 1
            return int(self.work[name] >= 0)

        return step

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not holds():  # noqa: ASYNC110 - what is awaited tells nobody
                await asyncio.sleep(0.005)


@asynccontextmanager
async def looping(runner: EmbeddedRunner) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(runner.run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_every_step_looks_at_once_and_again_when_it_is_woken(runner: EmbeddedRunner) -> None:
    watched = Watched(runner)
    async with looping(runner):
        await watched.until(lambda: set(watched.seen) == set(STEPS))
        assert max(watched.seen.values()) == 1
        runner.wake()
        await watched.until(lambda: min(watched.seen.values()) == 2)


def failed(logs: Sequence[MutableMapping[str, Any]]) -> list[str]:
    """Return the steps that the log says have failed, in order."""
    return [log["step"] for log in logs if log["event"] == "step failed"]


@pytest.mark.parametrize(
    ("feeds", "articles", "words"),
    [
        (12, 3, "polled 12 feeds: 3 new articles"),
        (1, 1, "polled 1 feed: 1 new article"),
        (2, 0, "polled 2 feeds: no new articles"),
    ],
)
def test_a_pass_is_put_in_words(feeds: int, articles: int, words: str) -> None:
    assert all_steps.pass_in_words(feeds, articles) == words


async def test_a_step_that_fails_is_counted_and_stops_no_other(services: Services, runner: EmbeddedRunner) -> None:
    watched = Watched(runner)
    watched.broken = {"read"}
    with capture_logs() as logs:
        async with looping(runner) as task:
            await watched.until(lambda: set(watched.seen) == set(STEPS))
            runner.wake()
            await watched.until(lambda: min(watched.seen.values()) == 2 and len(failed(logs)) == 2)
            assert not task.done()
    assert failed(logs) == ["read", "read"]
    failures = services.metrics.registry.get_sample_value("hearsay_step_failures_total", {"step": "read"})
    assert failures == 2


async def test_a_step_goes_on_while_there_is_work_and_the_next_one_sees_it(runner: EmbeddedRunner) -> None:
    watched = Watched(runner)
    async with looping(runner):
        await watched.until(lambda: set(watched.ended) == set(STEPS))
        before = watched.seen.copy()
        watched.work = Counter(poll=0, read=3, extract=0, group=1, compose=0, deliver=0)
        runner._wakes["read"].set()
        runner._wakes["group"].set()
        await watched.until(lambda: watched.seen["read"] == before["read"] + 4)
        await watched.until(lambda: watched.seen["extract"] > before["extract"])
        await watched.until(lambda: watched.seen["group"] == before["group"] + 2)
        assert watched.seen["compose"] == before["compose"]
        assert watched.seen["poll"] == before["poll"]


async def test_a_pass_does_every_step_in_the_order_of_an_articles_way(runner: EmbeddedRunner) -> None:
    watched = Watched(runner)
    watched.work = Counter(poll=1, deliver=1)
    done = await runner.pass_once()
    assert watched.order == list(STEPS)
    assert done == {"poll": 1, "read": 0, "extract": 0, "group": 0, "compose": 0, "deliver": 1}


async def test_a_pass_beside_the_loops_is_never_in_the_same_step(runner: EmbeddedRunner) -> None:
    watched = Watched(runner)
    async with looping(runner):
        for _ in range(3):
            runner.wake()
            await asyncio.gather(runner.pass_once(), runner.pass_once())
    assert watched.most_at_once == 1


async def test_cancelling_leaves_no_task_behind_in_the_middle_of_a_step(runner: EmbeddedRunner) -> None:
    begun = asyncio.Event()

    async def endless() -> int:
        begun.set()
        await asyncio.Event().wait()
        return 0

    runner.steps._each = dict.fromkeys(STEPS, endless)
    async with looping(runner):
        await asyncio.wait_for(begun.wait(), 10)
    assert [task for task in asyncio.all_tasks() if task.get_name().startswith("step ")] == []


async def test_what_waits_in_the_outbox_waits_until_there_is_a_sender(
    services: Services, runner: EmbeddedRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered: list[object] = []

    async def deliver(_store: object, sender: object, *_given: object) -> int:
        delivered.append(sender)
        return 2

    monkeypatch.setattr(steps, "deliver", deliver)
    assert (await runner.pass_once())["deliver"] == 0
    assert delivered == []
    sender = runner.sender = object()  # type: ignore[assignment]
    assert (await runner.pass_once())["deliver"] == 2
    assert delivered == [sender]
    assert services.metrics.registry.get_sample_value("hearsay_messages_posted_total") == 2


async def test_loops_and_passes_together_read_every_article_once(
    services: Services, runner: EmbeddedRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_args: object) -> int:
        return 0

    monkeypatch.setattr(steps, "extract_articles", nothing)
    async with Newsroom() as newsroom:
        for outlet in ("heap", "konkan"):
            await services.store.feeds.add(newsroom.feed_url(outlet), kept_by_host=True)
        with capture_logs() as logs:
            async with looping(runner):
                await asyncio.gather(*(runner.pass_once() for _ in range(4)))
        told = [log for log in logs if log["log_level"] == "info" and log["event"].startswith("polled")]
        pages = {a.path for outlet in ("heap", "konkan") for a in newsroom.articles_of(outlet)}
        visits = Counter(visit.path for visit in newsroom.visits)
    assert {path: visits[path] for path in pages} == dict.fromkeys(pages, 1)
    read = services.metrics.registry.get_sample_value("hearsay_entries_read_total")
    assert read == len(pages)
    assert services.metrics.registry.get_sample_value("hearsay_polls_total", {"status": "changed"}) == 2
    assert loop.PAUSE_AFTER_ERROR > 0
    assert [log["event"] for log in told] == [all_steps.pass_in_words(2, len(pages))]
