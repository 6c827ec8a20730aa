"""The queue on PostgreSQL: who asks for a look, who looks, and what becomes of workers that die."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.errors import StoreError
from bot.model.queues import QUEUES, STEPS, queue_of
from bot.runner import job_queue
from bot.runner.job_queue import JobQueue, Look, open_queue
from bot.store import Store, open_store
from tests.databases import Server as PostgreSQL
from tests.databases import Templates


@pytest.fixture
def url(postgres: PostgreSQL, templates: Templates) -> Iterator[str]:
    with templates.postgres_emptied(postgres) as made:
        yield made


@pytest.fixture
async def shared(url: str) -> AsyncIterator[Store]:
    async with open_store(url, migrate=False) as store:
        yield store


@asynccontextmanager
async def working(url: str, store: Store, look: Look, queue: str = "extract") -> AsyncIterator[JobQueue]:
    """A worker of one queue."""
    async with open_queue(url, store, look) as opened:
        task = asyncio.create_task(opened.work(queue))
        try:
            yield opened
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await holds():  # noqa: ASYNC110 - what is awaited is in the database
            await asyncio.sleep(0.02)


async def scalar(store: Store, query: str) -> object:
    async with store.database.reading() as connection:
        return (await connection.execute(text(query))).scalar()


def test_each_step_has_a_queue_and_the_light_ones_share_theirs() -> None:
    assert QUEUES == ("poll", "read", "extract", "group", "compose", "deliver", "upkeep")
    assert {queue_of(step) for step in STEPS} == set(QUEUES)


async def test_a_step_is_asked_for_once_however_often_somebody_asks(url: str, shared: Store) -> None:
    async with open_queue(url, shared) as queue:
        assert await queue.ask(["extract", "read", "extract"]) == 2
        assert await queue.ask(["extract"]) == 0
        results = await asyncio.gather(*(queue.ask(["group"]) for _ in range(5)))
    assert sum(results) == 1
    states = {state.queue: state for state in await shared.due_work.queues()}
    assert {name: state.waiting for name, state in states.items()} == {"extract": 1, "group": 1, "read": 1}
    assert all(timedelta() <= state.oldest < timedelta(minutes=5) for state in states.values())


async def test_a_worker_looks_at_its_own_queue_as_soon_as_it_is_asked_and_leaves_no_job_behind(
    url: str, shared: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_queue, "LOOKED_EVERY_S", 3600)  # it is told, and does not ask
    looked: list[str] = []
    called = asyncio.Event()

    async def look(step: str) -> None:
        looked.append(step)
        called.set()

    async with working(url, shared, look) as queue:
        listening = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query = 'SELECT 1'"
        await until(lambda: is_true(shared, f"SELECT ({listening}) > 0"))
        await queue.ask(["read", "extract"])
        async with asyncio.timeout(30):
            await called.wait()
        await until(lambda: is_true(shared, "SELECT count(*) = 1 FROM procrastinate_jobs"))
    assert looked == ["extract"]
    assert await shared.due_work.queued() == {"read"}


async def is_true(store: Store, query: str) -> bool:
    return bool(await scalar(store, query))


async def test_the_job_of_a_worker_that_is_gone_is_given_to_others(url: str, shared: Store) -> None:
    async with open_queue(url, shared) as queue:
        await queue.ask(["extract"])
        async with shared.database.writing() as connection:
            dead = (
                "INSERT INTO procrastinate_workers(last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
            )
            worker = (await connection.execute(text(dead))).scalar()
            fetch = text("SELECT id FROM procrastinate_fetch_job_v2('{extract}', :worker)")
            assert (await connection.execute(fetch, {"worker": worker})).scalar() is not None
        assert await shared.due_work.queued() == set()
        with capture_logs() as logs:
            assert await queue.give_back_stalled() == 1
        assert [log["steps"] for log in logs] == [["extract"]]
        assert await shared.due_work.queued() == {"extract"}
        assert await queue.give_back_stalled() == 0
    assert await scalar(shared, "SELECT count(*) FROM procrastinate_workers") == 0


async def test_the_daily_purge_of_a_worker_that_is_gone_is_given_to_others(url: str, shared: Store) -> None:
    async with open_queue(url, shared) as queue:
        async with shared.database.writing() as connection:
            await connection.execute(
                text(
                    """WITH dead AS (INSERT INTO procrastinate_workers(last_heartbeat)
                        VALUES (now() - interval '1 hour') RETURNING id)
                    INSERT INTO procrastinate_jobs(queue_name, task_name, args, status, worker_id)
                    SELECT 'upkeep', 'purge', '{"timestamp": 1}', 'doing', id FROM dead"""
                )
            )
        assert await queue.give_back_stalled() == 1
        assert await shared.due_work.queued() == {"purge"}
        (state,) = await shared.due_work.queues()
        assert (state.queue, state.waiting, state.running) == ("upkeep", 1, 0)


async def test_a_look_that_fails_ends_neither_worker_nor_queue(url: str, shared: Store) -> None:
    looks = 0

    async def look(_step: str) -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise ZeroDivisionError

    async def happened() -> bool:
        await queue.ask(["extract"])
        return looks >= 2

    async with working(url, shared, look) as queue:
        await until(happened)


async def test_a_worker_whose_connections_are_cut_goes_on(
    url: str, shared: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_queue, "AGAIN_S", 0.05)
    monkeypatch.setattr(job_queue, "LOOKED_EVERY_S", 0.1)
    looks = 0

    async def look(_step: str) -> None:
        nonlocal looks
        looks += 1

    async def looked_again() -> bool:
        with suppress(StoreError):
            await queue.ask(["extract"])
        return looks > before

    async with working(url, shared, look) as queue:
        before = 0
        await until(looked_again)
        before = looks
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hearsay queue'"
        async with shared.database.writing() as connection:
            await connection.execute(text(cut))
        await until(looked_again)


async def test_a_queue_that_cannot_be_reached_is_an_error_with_a_sentence(
    shared: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_queue, "CONNECTED_WITHIN_S", 0.5)
    with pytest.raises(StoreError, match="queue"):
        async with open_queue("postgresql://nobody:secret@127.0.0.1:1/none", shared):
            pass


def test_the_migrated_tables_are_those_of_the_installed_procrastinate() -> None:
    from importlib.metadata import version

    assert version("procrastinate").rpartition(".")[0] == "3.10"
