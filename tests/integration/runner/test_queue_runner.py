"""Steps as jobs: which process does them, what is asked for after them, and what a failure leads to."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.app import open_services
from bot.clock import utc_now
from bot.model.queues import ALONE, QUEUES, STEPS, UPKEEP, queue_of
from bot.runner import queue_runner, scheduler
from bot.runner.queue_runner import QueueRunner
from bot.runner.scheduler import Scheduler
from bot.runner.shared_clock import SharedClock
from bot.services.engine import Engine, Services
from bot.store import Store, open_store
from config.settings import Settings
from tests.databases import Server as PostgreSQL
from tests.databases import Templates


@pytest.fixture
def settings(postgres: PostgreSQL, templates: Templates, tmp_path: Path) -> Iterator[Settings]:
    with templates.postgres_emptied(postgres) as url:
        yield Settings(data_dir=tmp_path, database_url=SecretStr(url), pass_interval=3600)


class NotedSteps:
    """Steps that are only noted; `left` says how often each has something to do, `broken` which fail."""

    def __init__(self, runner: QueueRunner) -> None:
        self.done: list[str] = []
        self.left: dict[str, int] = {}
        self.broken: set[str] = set()
        runner.steps._each = {name: self._step(name) for name in runner.steps.names}

    def _step(self, name: str) -> Callable[[], Awaitable[int]]:
        async def step() -> int:
            self.done.append(name)
            if name in self.broken:
                raise ZeroDivisionError(name)
            self.left[name] = self.left.get(name, 0) - 1
            return int(self.left[name] >= 0)

        return step


@asynccontextmanager
async def process(settings: Settings, *queues: str) -> AsyncIterator[tuple[Services, NotedSteps]]:
    """A process that works `queues`, with steps that are only noted."""

    def runner_of(engine: Engine) -> QueueRunner:
        return QueueRunner(engine, queues)

    async with open_services(settings, runner=runner_of) as services:
        assert isinstance(services.runner, QueueRunner)
        steps = NotedSteps(services.runner)
        services.runner.sender = object()  # type: ignore[assignment]
        running = asyncio.create_task(services.runner.run())
        try:
            yield services, steps
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - what is awaited is in other tasks
            await asyncio.sleep(0.02)


async def test_what_is_woken_in_one_process_is_looked_at_in_the_one_that_works_its_queue(
    settings: Settings,
) -> None:
    async with process(settings) as (gateway, own), process(settings, *QUEUES) as (_, steps):
        gateway.runner.wake()
        await until(lambda: set(steps.done) >= {"poll", "read", "extract", "group", "compose", "deliver", "purge"})
    assert own.done == []


async def test_a_step_that_did_something_is_done_again_and_so_is_the_next(settings: Settings) -> None:
    async with process(settings, "read", "extract", "group") as (services, steps):
        steps.left = {"read": 2}
        services.runner.wake_step("read")  # type: ignore[attr-defined]
        await until(lambda: steps.done.count("read") >= 3 and "extract" in steps.done)
    assert "group" not in steps.done


async def test_a_step_that_fails_is_counted_and_keeps_no_other_queue_waiting(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_runner, "PAUSE_AFTER_ERROR", 0.01)
    async with process(settings, "read", "extract") as (services, steps):
        steps.broken = {"read"}
        with capture_logs() as logs:
            services.runner.wake()
            await until(lambda: "read" in steps.done and "extract" in steps.done)
    assert [log["step"] for log in logs if log["event"] == "step failed"] == ["read"]
    failures = services.metrics.registry.get_sample_value("hearsay_step_failures_total", {"step": "read"})
    assert failures == 1


async def test_a_step_that_fails_keeps_no_other_step_of_its_queue_waiting(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_runner, "PAUSE_AFTER_ERROR", 3600.0)
    monkeypatch.setattr(queue_runner, "LONGEST_PAUSE", 3600.0)
    async with process(settings, "upkeep") as (services, steps):
        steps.broken = {"correct"}
        for times in (1, 2):
            services.runner.wake()
            await until(lambda times=times: steps.done.count("purge") >= times)  # type: ignore[misc]
    assert steps.done.count("follow") == steps.done.count("notify") == 2
    assert steps.done.count("correct") == 1


async def test_a_step_that_failed_is_done_again_after_its_rest(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_runner, "PAUSE_AFTER_ERROR", 0.01)
    async with process(settings, "upkeep") as (services, steps), asyncio.timeout(60):
        steps.broken = {"correct"}
        while steps.done.count("correct") < 2:
            services.runner.wake()
            await asyncio.sleep(0.05)


def grouping() -> int:
    """Return how many workers of the queue of grouping there are."""
    return sum(task.get_name() == "jobs of group" for task in asyncio.all_tasks())


async def test_one_process_groups_for_all_until_it_stops(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_runner, "HELD_EVERY_S", 0.05)
    async with process(settings) as (gateway, _), AsyncExitStack() as stack:
        _, first = await stack.enter_async_context(process(settings, "group"))
        gateway.runner.wake()
        await until(lambda: bool(first.done))
        async with process(settings, "group") as (_, second):
            for times in range(2, 5):
                gateway.runner.wake()
                await until(lambda times=times: len(first.done) >= times)  # type: ignore[misc]
            assert second.done == []
            await stack.aclose()
            gateway.runner.wake()
            await until(lambda: bool(second.done))


async def test_a_process_that_lost_its_hold_of_a_queue_leaves_it_to_who_has_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_runner, "HELD_EVERY_S", 0.05)
    async with process(settings, "group") as (services, _):
        await until(lambda: grouping() == 1)
        async with services.store.database.writing() as connection:
            await connection.execute(text("UPDATE leases SET holder = 'other', until = now() + interval '1 hour'"))
        await until(lambda: grouping() == 0)
        async with services.store.database.writing() as connection:
            await connection.execute(text("DELETE FROM leases"))
        await until(lambda: grouping() == 1)


async def feed_due(store: Store) -> None:
    await store.feeds.add("https://news.example/rss", kept_by_host=True)


async def test_the_scheduler_finds_what_is_due_and_shows_how_the_queues_stand(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "EVERY_S", 0.05)
    async with process(settings, "poll") as (worker, steps):
        await feed_due(worker.store)
        async with open_services(settings, runner=QueueRunner) as services:
            made = Scheduler(services)
            task = asyncio.create_task(made.run())
            await until(lambda: len(steps.done) >= 2 and made.works)
            value = services.metrics.registry.get_sample_value
            light = sum(queue_of(step) == UPKEEP for step in ALONE)
            await until(lambda: value("hearsay_queue_jobs", {"queue": UPKEEP, "state": "waiting"}) == light)
            assert (value("hearsay_oldest_due_feed_seconds") or 0) > 0
            assert value("hearsay_waiting", {"what": "articles"}) == 0
            assert value("hearsay_queue_jobs", {"queue": "read", "state": "waiting"}) == 0
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def test_a_worker_does_not_show_what_waits_which_would_soon_be_long_ago(settings: Settings) -> None:
    async with open_services(settings, runner=lambda engine: QueueRunner(engine, QUEUES)) as services:
        await services.runner.pass_once()
        value = services.metrics.registry.get_sample_value
        assert value("hearsay_waiting", {"what": "articles"}) is None


async def test_a_process_with_a_wrong_clock_follows_that_of_the_database(settings: Settings) -> None:
    async with open_store(settings.store_url, migrate=False) as store:
        right, wrong = SharedClock(), SharedClock(lambda: utc_now() + timedelta(minutes=10))
        with capture_logs() as logs:
            await right.compare(store)
            await wrong.compare(store)
    (told,) = logs
    assert told["by"].startswith(("0:09:5", "0:10:0"))
    assert abs(wrong() - utc_now()) < timedelta(minutes=1)
    assert abs(right() - utc_now()) < timedelta(minutes=1)


async def test_a_queue_whose_jobs_nobody_works_keeps_one_job_of_each_step(settings: Settings) -> None:
    counted = text("SELECT count(*), count(DISTINCT queueing_lock) FROM procrastinate_jobs")
    async with process(settings) as (services, _), asyncio.timeout(60):
        jobs = 0
        while jobs < len(STEPS):
            services.runner.wake()
            await asyncio.sleep(0.05)
            async with services.store.database.reading() as connection:
                jobs, steps = (await connection.execute(counted)).one()
            assert jobs == steps <= len(STEPS)
