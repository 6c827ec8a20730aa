"""Workers survive anything that a task does to its process."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator

import pytest

from bot.errors import FetchFailed, NotAFeed, WorkerFailed
from bot.workers import Workers


def double(number: int) -> int:
    return number * 2


def process_id() -> int:
    return os.getpid()


def loop_forever() -> None:
    while True:
        pass


def sleep_in_c(seconds: float) -> str:
    time.sleep(seconds)
    return "woke"


def eat_memory() -> int:
    return len(bytearray(4 * 1024**3))


def exit_politely() -> None:
    sys.exit(0)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse() -> None:
    raise NotAFeed("This is soup.")


def fail_to_fetch() -> None:
    raise FetchFailed("Gone.", retryable=False, status=410)


class Unpicklable(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)


def raise_something_odd() -> None:
    raise Unpicklable("a", "b")


def return_something_unpicklable() -> object:
    return lambda: None


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    pool = Workers(count=1, timeout_s=30, memory_mb=1024)
    yield pool
    await pool.close()


async def test_a_task_runs_in_another_process(workers: Workers) -> None:
    assert await workers.run(double, 21) == 42
    assert await workers.run(process_id) != os.getpid()


async def test_an_endless_loop_is_stopped_and_the_next_task_runs(workers: Workers) -> None:
    with pytest.raises(WorkerFailed, match="longer than 1 second"):
        await workers.run(loop_forever, timeout=1)
    assert await workers.run(double, 2) == 4


async def test_a_memory_bomb_fails_alone(workers: Workers) -> None:
    with pytest.raises(WorkerFailed, match="more memory"):
        await workers.run(eat_memory)
    assert await workers.run(double, 3) == 6


@pytest.mark.parametrize("task", [exit_politely, die, raise_something_odd, return_something_unpicklable])
async def test_a_task_that_ends_its_process_or_breaks_pickling_fails_alone(workers: Workers, task: object) -> None:
    with pytest.raises(WorkerFailed):
        await workers.run(task, timeout=10)  # type: ignore[arg-type]
    assert await workers.run(double, 4) == 8


async def test_an_error_is_not_told_as_a_lack_of_time_or_memory(workers: Workers) -> None:
    with pytest.raises(WorkerFailed, match="does not expect"):
        await workers.run(raise_something_odd)


async def test_errors_of_hearsay_come_back_as_they_are(workers: Workers) -> None:
    with pytest.raises(NotAFeed, match="This is soup"):
        await workers.run(refuse)
    with pytest.raises(FetchFailed) as caught:
        await workers.run(fail_to_fetch)
    assert (caught.value.message, caught.value.retryable, caught.value.status) == ("Gone.", False, 410)


async def test_an_idle_process_that_was_killed_is_replaced(workers: Workers) -> None:
    os.kill(await workers.run(process_id), signal.SIGKILL)
    await asyncio.sleep(0.5)
    assert await workers.run(double, 5) == 10


async def test_a_process_that_was_killed_just_now_is_replaced(workers: Workers) -> None:
    os.kill(await workers.run(process_id), signal.SIGKILL)
    assert await workers.run(double, 5) == 10


async def test_tasks_wait_for_a_free_process_and_all_finish(workers: Workers) -> None:
    assert await asyncio.gather(*(workers.run(double, n) for n in range(50))) == [n * 2 for n in range(50)]


async def test_a_cancelled_task_frees_its_process(workers: Workers) -> None:
    await workers.run(double, 1)
    task = asyncio.create_task(workers.run(sleep_in_c, 60.0))
    await asyncio.sleep(0.3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await workers.run(double, 6, timeout=10) == 12


async def test_closing_stops_what_runs_and_says_so() -> None:
    workers = Workers(count=1, timeout_s=60, memory_mb=1024)
    running = asyncio.create_task(workers.run(sleep_in_c, 60.0))
    await asyncio.sleep(0.5)
    await workers.close()
    with pytest.raises(WorkerFailed, match="stopping"):
        await running
    with pytest.raises(WorkerFailed, match="stopping"):
        await workers.run(double, 1)


async def test_closing_what_never_ran_does_nothing() -> None:
    await Workers(count=1, timeout_s=1, memory_mb=512).close()


async def test_processes_that_cannot_start_are_reported() -> None:
    workers = Workers(count=1, timeout_s=5, memory_mb=1)
    with pytest.raises(WorkerFailed):
        await workers.run(double, 1)
    await workers.close()


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


async def test_idle_processes_end_and_the_next_task_starts_them_again() -> None:
    workers = Workers(1, timeout_s=20, memory_mb=1024, idle_s=0.05)
    try:
        first = await workers.run(process_id)
        async with asyncio.timeout(20):
            while is_alive(first):  # noqa: ASYNC110 - nobody tells when it ends
                await asyncio.sleep(0.01)
        assert not workers.is_running
        assert await workers.run(process_id) != first
    finally:
        await workers.close()
